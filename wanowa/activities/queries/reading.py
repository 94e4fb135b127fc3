"""Reading activities: the list, one of them, and what other pages show of them."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wanowa.activities.models import Activity
from wanowa.activities.rules import LIFECYCLE, OWN_AREAS, Move, Stand, Status, roles_for, stand_of
from wanowa.guideline.queries import Example, Word
from wanowa.guideline.rules import Area, Kind
from wanowa.kernel.errors import Forbidden, Refused, Sentence
from wanowa.kernel.rows import only
from wanowa.kernel.text import search_key, truncated
from wanowa.parties.models import Party
from wanowa.parties.queries import Card, Held

EXAMPLES = 4
CARDS = 12
TEASER = 80
"""Graphemes of the text on a card."""


def directory(*, q: str = "", area: str = "", field: str = "", status: str = "") -> QuerySet[Activity]:
    """Return the public list, newest first, with the parties; ended ones only when asked for. Costs one query."""
    found = Activity.objects.filter(status=status or Status.GOING).select_related("party")
    for word in search_key(q).split():
        found = found.filter(search_key__contains=word)
    chosen = {"area": area, "field": field}
    found = found.filter(**{name: value for name, value in chosen.items() if value})
    return found.defer("search_key", "how_to_join").order_by("-id")


def by_slug(slug: str) -> Activity | None:
    """Return the activity at an address with its party. Costs one query."""
    return only(Activity.objects.filter(slug=slug).select_related("party"))


def locked(activity: Activity) -> Activity:
    """Return the row, fresh and locked until commit: changes around one activity happen one after the other."""
    return Activity.objects.select_for_update(of=("self",)).select_related("party").get(pk=activity.pk)


def possible(activity: Activity, stand: Stand, held: Held) -> set[Move]:
    """Return the moves that somebody may make now for a party she acts for. No query."""
    allowed = LIFECYCLE.allowed(Status(activity.status))
    return {move for move in allowed if held.role in roles_for(Area(activity.area), stand, move)}


def stands(activity: Activity, held: tuple[Held, ...]) -> list[tuple[Stand, Held]]:
    """Return how each party of the reader stands to the activity. No query."""
    return [(stand_of(one.party.id, Kind(one.party.kind), activity.party_id), one) for one in held]


def refuse_unless(activity: Activity, move: Move, *, owner: int) -> None:
    """Raise Forbidden when `owner` is not the activity's party, Refused when it is no time for the move."""
    if owner != activity.party_id:
        raise Forbidden(_("この活動の主体だけができます。"))
    require_possible(activity, move)


def require_possible(activity: Activity, move: Move) -> None:
    """Raise Refused when the activity's status or area does not allow the move."""
    LIFECYCLE.after(Status(activity.status), move)
    area = Area(activity.area)
    if not any(roles_for(area, stand, move) for stand in Stand):
        raise Refused(
            _("領域%(area)sの活動では、それはできません。活動のページで、できることを確かめてください。")
            % {"area": area}
        )


def cards_of(party: Party) -> list[Card]:
    """Return what a party does alone, going ones first, then the newest. Costs one query."""
    found = Activity.objects.filter(party=party, forgotten_at__isnull=True).order_by("-status", "-id")
    return [
        Card(
            title=one.title,
            href=one.get_absolute_url(),
            text=truncated(one.what, TEASER),
            kicker=_("自分たちの活動（領域%(area)s）・%(status)s")
            % {"area": one.area, "status": one.get_status_display()},
        )
        for one in found[:CARDS]
    ]


def living_examples(word: Word) -> Iterator[Example]:
    """Yield the newest activities of area A or E. Costs one query for these, none for other words."""
    if not isinstance(word, Area) or word not in OWN_AREAS:
        return
    for one in directory(area=word)[:EXAMPLES]:
        yield Example(one.title, one.get_absolute_url(), _("%(party)sの活動") % {"party": one.party.name})


def keeps_from_closing(party: Party) -> Sentence | None:
    """Say why a party cannot close: an activity of its own is still going. Costs one query."""
    first = Activity.objects.filter(party=party, status=Status.GOING).order_by("id").first()
    if first is None:
        return None
    return _("先に、活動「%(title)s」を終えてください。") % {"title": first.title}
