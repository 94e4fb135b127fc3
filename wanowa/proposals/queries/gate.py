"""What was adopted, what it waits for, how its years went; and the numbers of every round for the 懇話会."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import Addition
from wanowa.kernel.money import yen
from wanowa.proposals.models import Award, Budget, Continuation, Proposal, Round
from wanowa.proposals.queries.judging import JUDGED
from wanowa.proposals.rules.judging import AwardStatus
from wanowa.proposals.rules.lifecycle import SHOWN


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers of one round, from what came in to what goes on."""

    fiscal_year: int
    number: int
    received: int
    judged: int
    adopted: int
    funded: int
    started: int
    given_up: int
    continuing: int
    demonstration: bool


def awards() -> list[Award]:
    """Return everything that was adopted, what waits first, each with `years` and `has_budget`. Costs three queries."""
    found = Award.objects.select_related("proposal__round", "proposal__party", "proposal__department")
    held = list(found.select_related("collaboration").prefetch_related("years").order_by("fiscal_year", "pk"))
    passed = set(Budget.objects.values_list("fiscal_year", flat=True))
    order = list(AwardStatus.values)
    for one in held:
        one.has_budget = one.fiscal_year in passed  # type: ignore[attr-defined]
    return sorted(held, key=lambda one: (order.index(one.status), -one.fiscal_year, one.pk))


def budgets() -> list[Budget]:
    """Return the budgets on record, newest first. Costs one query."""
    return list(Budget.objects.order_by("-fiscal_year"))


def summaries() -> list[Summary]:
    """Return the numbers of every round that was opened, newest first. Costs five queries."""
    rounds = list(Round.objects.filter(status__in=SHOWN).order_by("-fiscal_year", "-number"))
    received = Counter(Proposal.objects.filter(submitted_at__isnull=False).values_list("round_id", flat=True))
    judged = Counter(Proposal.objects.filter(status__in=JUDGED).values_list("round_id", flat=True))
    passed = set(Budget.objects.values_list("fiscal_year", flat=True))
    held = list(Award.objects.values_list("proposal__round_id", "status", "fiscal_year", "pk"))
    newest: dict[int, bool] = dict(
        Continuation.objects.order_by("fiscal_year").values_list("award_id", "continues")
    )
    return [
        Summary(
            fiscal_year=one.fiscal_year,
            number=one.number,
            received=received[one.pk],
            judged=judged[one.pk],
            adopted=len(own),
            funded=sum(year in passed for _status, year, _pk in own),
            started=sum(status == AwardStatus.STARTED for status, _year, _pk in own),
            given_up=sum(status in _GIVEN_UP for status, _year, _pk in own),
            continuing=sum(newest.get(pk, False) for _status, _year, pk in own),
            demonstration=one.demonstration,
        )
        for one in rounds
        for own in [[(status, year, pk) for found, status, year, pk in held if found == one.pk]]
    ]


def origin_of(collaboration: Collaboration) -> Iterator[Addition]:
    """Yield where a collaboration comes from, when it was adopted in a round. Costs one query."""
    found = Award.objects.filter(collaboration=collaboration).select_related("proposal__round").first()
    if found is not None:
        yield Addition(
            _("協働事業提案から始まりました"),
            reverse("proposals:result", args=[found.proposal.round_id]),
            _("%(round)s　採択された金額：%(amount)s")
            % {"round": found.proposal.round.title, "amount": yen(found.amount)},
            _("審査の結果を読む"),
        )


_GIVEN_UP = frozenset({AwardStatus.CANCELLED, AwardStatus.DECLINED})
