"""What the drift alarm looks at: the sums of the ledger, the agreement in force, and who decided, from the record."""

from collections import Counter
from collections.abc import Iterator, Mapping

from django.db.models import Q

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.rules import Load, Status, carrying
from wanowa.collaborations.verbs import CHANGE_BEGUN, OFFERED, SENT_BACK
from wanowa.contributions.models import Contribution
from wanowa.contributions.queries.sums import Sums
from wanowa.contributions.rules import Judgement, Look, Seen, TooEarly, judge
from wanowa.contributions.rules import Status as EntryStatus
from wanowa.contributions.verbs import DRIFT_NOTICED
from wanowa.guideline.rules import Form
from wanowa.record.queries import history

DECIDING = (OFFERED.name, CHANGE_BEGUN.name, SENT_BACK.name)
"""What counts as deciding: putting a text before everybody, beginning a change, sending a text back."""


def judgement_of(collaboration: Collaboration, sums: Sums) -> Judgement | TooEarly | None:
    """Return what a collaboration looks like; None without an agreement in one of the eight forms. Costs one query.

    Reads `in_force`: select it, or it costs one query more.
    """
    if collaboration.in_force is None or collaboration.form not in Form.values:
        return None
    terms = collaboration.in_force.terms
    return judge(
        Seen(
            form=Form(collaboration.form),
            parties=tuple(sorted({*terms.parties, *sums.hours, *sums.money})),
            posts=terms.posts,
            hours=_given(sums.hours),
            money=_given(sums.money),
            decisions=decisions_of(collaboration),
            others=Counter(total.party for total in sums.things if total.party and total.amount > 0),
            agreed_hours=_agreed(collaboration, Load.HOURS),
            agreed_money=_agreed(collaboration, Load.MONEY),
            entries=sums.confirmed,
            first=sums.first,
            last=sums.last,
        )
    )


def _given(net: Mapping[int, int]) -> dict[int, int]:
    return {party: max(amount, 0) for party, amount in net.items()}


def _agreed(collaboration: Collaboration, load: Load) -> dict[int, int]:
    measures = carrying(collaboration.in_force.terms) if collaboration.in_force else ()
    return {
        part.party: part.amount or 0 for measure in measures if measure.load is load for part in measure.parts
    }


def decisions_of(collaboration: Collaboration) -> Counter[int]:
    """Return how often each party decided something, as the record tells. Costs one query."""
    told = history(collaboration).filter(verb__in=DECIDING, party__isnull=False)
    return Counter(party for party in told.values_list("party", flat=True) if party is not None)


def noticed_last(collaboration: Collaboration) -> Look:
    """Return the judgement that was recorded last; FITS when there is none. Costs one query."""
    told = history(collaboration).filter(verb=DRIFT_NOTICED.name).last()
    return Look(told.facts["looks_like"]) if told else Look.FITS


def to_watch() -> Iterator[Collaboration]:
    """Yield the running collaborations that have confirmed entries. Costs one query."""
    booked = Contribution.objects.filter(status=EntryStatus.CONFIRMED).values("collaboration")
    found = Collaboration.objects.filter(
        Q(status=Status.ACTIVE) | Q(status=Status.SUSPENDED), form__in=Form.values, pk__in=booked
    )
    yield from found.select_related("in_force").order_by("pk")
