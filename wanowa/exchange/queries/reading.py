"""Reading listings: what is open, one of them, what somebody may do with it, and what other pages show."""

from collections.abc import Collection, Mapping

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.exchange.models import Hand, Listing, Picture
from wanowa.exchange.rules import HIDDEN, LIFECYCLE, HandStatus, Move, Side, Status, distance
from wanowa.guideline.queries import Example, Word, pack
from wanowa.guideline.rules import Resource
from wanowa.kernel.errors import Forbidden, Refused, Sentence
from wanowa.kernel.rows import only
from wanowa.kernel.text import search_key, truncated
from wanowa.parties.models import Party
from wanowa.parties.queries import Card, Held
from wanowa.parties.rules import WRITES

EXAMPLES = 4
CARDS = 12
TEASER = 80
"""Graphemes of the text on a card."""
LOOKED_AT = 60
"""First steps that are compared by their distance; more are rarely ahead at once."""
UNDER_WAY = frozenset({Status.OPEN, Status.PAUSED, Status.MET})
"""Statuses that a party has to bring to an end before it closes."""


def open_listings(
    *, side: str = "", resource: str = "", quarter: str = "", keys: Collection[str] = ()
) -> QuerySet[Listing]:
    """Return what is open now, newest first, with the parties; `keys`: with one of these at least. Costs one query."""
    found = Listing.objects.filter(
        status=Status.OPEN, expires_on__gte=timezone.localdate(), party__closed_at__isnull=True
    )
    chosen = {"side": side, "resource": resource, "quarter": quarter}
    found = found.filter(**{name: value for name, value in chosen.items() if value})
    if keys:
        found = found.filter(keys__overlap=list(keys))
    return found.select_related("party").order_by("-id")


def directory(
    *,
    q: str = "",
    side: str = "",
    resource: str = "",
    quarter: str = "",
    when: str = "",
    audience: str = "",
    keys: Collection[str] = (),
) -> QuerySet[Listing]:
    """Return the public list, newest first; what is possible anywhere in the city fits every quarter.

    Costs one query. First steps are told apart by `first_step` and know how many places are taken.
    """
    found = open_listings(side=side, resource=resource, keys=keys)
    for word in search_key(q).split():
        found = found.filter(search_key__contains=word)
    if quarter:
        found = found.filter(quarter__in=["", quarter])
    if when:
        found = found.filter(slots__contains=[when])
    if audience:
        found = found.filter(audience__contains=[audience])
    return with_places(found)


def with_places(found: QuerySet[Listing]) -> QuerySet[Listing]:
    """Add to each how many places are free (`free`) and whether there is a picture. No query of its own."""
    held = Count("hands", filter=Q(hands__status=HandStatus.HELD))
    pictured = Exists(Picture.objects.filter(listing=OuterRef("pk")))
    return found.annotate(free=F("capacity") - held, pictured=pictured).defer("search_key", "safety")


def steps(quarter: str = "", *, limit: int) -> list[Listing]:
    """Return the next first steps: near the quarter first, then the soonest; full ones last. Costs one query."""
    today = timezone.localdate()
    found = with_places(open_listings().filter(first_step=True, day__gte=today)).order_by(
        "day", "starts", "id"
    )
    coming = [one for one in found[:LOOKED_AT] if one.begins and one.begins > timezone.now()]
    near = neighbours()
    if quarter:
        coming.sort(key=lambda one: distance(one.quarter, quarter, near))
    coming.sort(key=lambda one: getattr(one, "free", 0) <= 0)
    return coming[:limit]


def neighbours() -> Mapping[str, frozenset[str]]:
    """Return which quarters lie next to each. No query."""
    return {one.key: one.neighbours for one in pack().quarters}


def quarters() -> dict[str, str]:
    """Return the quarters of the city: key → name. No query."""
    return {one.key: one.name for one in pack().quarters}


def listing_at(pk: int, mine: Collection[int]) -> Listing | None:
    """Return a listing with its party if the reader may see it: a draft is its party's alone. Costs one query."""
    found = only(with_places(Listing.objects.filter(pk=pk)).select_related("party", "collaboration"))
    if found is None or (found.status in HIDDEN and found.party_id not in mine):
        return None
    if found.opened_at is None and found.party_id not in mine:
        return None
    return found


def listings_among(keys: Collection[int], mine: Collection[int]) -> dict[int, Listing]:
    """Return those listings that were put before everybody, or are of these parties. Costs one query, none for none."""
    if not keys:
        return {}
    seen = Q(opened_at__isnull=False) & ~Q(status__in=HIDDEN)
    found = Listing.objects.filter(seen | Q(party__in=mine), pk__in=keys).select_related("party")
    return {one.pk: one for one in found}


def locked(listing: Listing) -> Listing:
    """Return the row, fresh and locked until commit: what happens around one listing happens in turn."""
    return Listing.objects.select_for_update(of=("self",)).select_related("party").get(pk=listing.pk)


def possible(listing: Listing, held: Collection[Held]) -> set[Move]:
    """Return the moves that the reader may make now. No query."""
    if not any(one.party.id == listing.party_id and one.role in WRITES for one in held):
        return set()
    by_itself = {Move.EXPIRE} | ({Move.PAUSE, Move.MEET, Move.FINISH} if listing.first_step else set())
    return set(LIFECYCLE.allowed(Status(listing.status))) - by_itself


def require_owner(listing: Listing, party: int) -> None:
    """Raise Forbidden unless the listing is the party's."""
    if listing.party_id != party:
        raise Forbidden(_("これをのせた主体だけができます。"))


def listings_of(mine: Collection[int]) -> QuerySet[Listing]:
    """Return everything that these parties have put, drafts too, newest first. Costs one query."""
    return with_places(Listing.objects.filter(party__in=mine)).select_related("party").order_by("-id")


def latest_of(party: int) -> Listing | None:
    """Return what the party put last: its form proposes the same again. Costs one query."""
    return Listing.objects.filter(party=party, forgotten_at__isnull=True).order_by("-id").first()


def cards_of(party: Party) -> list[Card]:
    """Return what a party offers and needs now, newest first. Costs one query."""
    return [
        Card(
            title=one.title,
            href=one.get_absolute_url(),
            text=truncated(one.text, TEASER),
            kicker=_("・").join((one.get_side_display(), one.get_resource_display())),
        )
        for one in open_listings().filter(party=party)[:CARDS]
    ]


def living_examples(word: Word) -> list[Example]:
    """Return the newest open listings of a resource. Costs one query for these words, none for others."""
    if not isinstance(word, Resource):
        return []
    return [
        Example(
            one.title,
            one.get_absolute_url(),
            _("%(party)sの「%(side)s」") % {"party": one.party.name, "side": Side(one.side).label},
        )
        for one in open_listings(resource=word)[:EXAMPLES]
    ]


def keeps_from_closing(party: Party) -> Sentence | None:
    """Say why a party cannot close: something that it has put still goes on. Costs one query."""
    first = Listing.objects.filter(party=party, status__in=UNDER_WAY).order_by("id").first()
    if first is None:
        return None
    return _("先に、「%(title)s」を取り下げるか、終えてください。") % {"title": first.title}


def hands_taken(listing: Listing) -> set[int]:
    """Return the seats that are given. Costs one query."""
    held = Hand.objects.filter(listing=listing, status=HandStatus.HELD)
    return {seat for seat in held.values_list("seat", flat=True) if seat}


def still_open(listing: Listing) -> None:
    """Raise Refused when no hand can be raised for this any more. No query."""
    if not listing.first_step:
        raise Refused(_("ここでは、手をあげられません。ページのボタンから進んでください。"))
    if listing.status != Status.OPEN or listing.begins is None or listing.begins <= timezone.now():
        raise Refused(_("受けつけは、終わりました。ほかの「はじめての一歩」を見てください。"))
