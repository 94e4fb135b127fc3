"""What waits at the desk: open introductions, parties without contact, needs without partners, a whole day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from wanowa.exchange.models import Listing, Pledge
from wanowa.exchange.queries import current, open_listings, plan_of
from wanowa.exchange.rules import PledgeStatus, Side
from wanowa.introductions.models import Introduction, Remark
from wanowa.introductions.rules import OPEN, QUIET
from wanowa.parties.models import Party
from wanowa.parties.queries import answerable
from wanowa.people.models import User
from wanowa.record.models import Entry
from wanowa.record.verbs import Fact, known

ABOUT = ("first", "second", "owner")


def open_for(coordinator: User | None = None) -> QuerySet[Introduction]:
    """Return what goes on and whom this coordinator looks after (None: all of it), what is due first. One query."""
    found = Introduction.objects.filter(due__isnull=False).select_related(*ABOUT)
    if coordinator is not None:
        found = found.filter(owner=coordinator)
    return found.order_by("due", "id")


def parties_without_contact() -> QuerySet[Party]:
    """Return the open parties by or about which nothing was recorded for 90 days, by name. Costs two queries.

    The first reads the entries of these days, each party of them once; only parties that can answer are named.
    """
    return answerable().exclude(pk__in=_in_contact()).order_by("sort_key", "id")


def _in_contact() -> set[int]:
    """Return the parties that acted or were named on record lately. A fact of one name may be no party elsewhere."""
    naming = {
        verb.name: {name for name, kind in verb.facts.items() if kind is Fact.PARTY}
        for verb in known().values()
    }
    names = sorted(set[str]().union(*naming.values()))
    lately = Entry.objects.filter(at__gte=timezone.now() - QUIET).order_by()
    found = set[int]()
    for verb, party, *facts in lately.values_list(
        "verb", "party", *(f"facts__{name}" for name in names)
    ).distinct():
        named = (fact for name, fact in zip(names, facts, strict=True) if name in naming.get(verb, ()))
        found.update(one for one in (party, *named) if one is not None)
    return found


def needs_without_suggestions() -> QuerySet[Listing]:
    """Return the open needs with no partner in sight: none suggested, none promised, none asked. Costs one query.

    The longest waiting come first. First steps are not among them: people come to these one by one.
    """
    mine = {"need": OuterRef("pk")}
    raised = Pledge.objects.filter(
        listing=OuterRef("pk"), status__in=[PledgeStatus.RAISED, PledgeStatus.AGREED]
    )
    going = Introduction.objects.filter(**mine, status__in=sorted(OPEN))
    return (
        open_listings(side=Side.NEED)
        .filter(first_step=False)
        .exclude(Exists(current().filter(**mine)))
        .exclude(Exists(raised))
        .exclude(Exists(going))
        .order_by("opened_at", "id")
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """One need of a day, who could answer it, and why."""

    need: Listing
    offer: Listing
    reason: str


def planned_on(day: date) -> list[Plan]:
    """Return who could help whom on a day, so that its needs together are served best. Costs two queries.

    Compares everything that is open, so it is asked for one day at a time.
    """
    planned = plan_of(day)
    rows = Listing.objects.select_related("party").in_bulk(
        {pk for one in planned for pk in (one.need, one.offer)}
    )
    return [Plan(rows[one.need], rows[one.offer], one.reason) for one in planned]


def remarks(kind: Remark.Kind) -> QuerySet[Remark]:
    """Return what sides told the desk lately, newest first. Costs one query."""
    found = Remark.objects.filter(kind=kind).exclude(body="", side__introduction__forgotten_at__isnull=False)
    about = ("side__party", "side__introduction__first", "side__introduction__second", "person")
    return found.select_related(*about).order_by("-said_at", "-id")
