"""Published evaluations together: the list, and numbers over years and forms that isolate nobody."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wanowa.evaluations.models import Evaluation, Round
from wanowa.evaluations.queries.results import kept_back_in
from wanowa.evaluations.rules import Status, answers_in
from wanowa.evaluations.rules.crowds import Atom, Part, counted, cuts
from wanowa.evaluations.rules.sides import median
from wanowa.guideline.rules import Form, View
from wanowa.kernel.eras import fiscal_year_label, fiscal_year_of


@dataclass(frozen=True, slots=True)
class Tally:
    """The scores behind one published number: how often each was given, and by how many parties."""

    label: str
    view: str
    parties: int
    evaluations: int
    scores: tuple[int, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """How often 1, 2, 3, 4 and 5 were given."""
        return tuple(counted(self.scores).values())

    @property
    def median(self) -> Decimal | None:
        """The score in the middle."""
        return median(self.scores)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What may be told about all published evaluations together. Empty while too few parties stand behind them."""

    whole: tuple[Tally, ...] = ()
    years: tuple[Tally, ...] = ()
    forms: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class _Given:
    """What one party scored in one published round: the view and score of every question it could tell."""

    round: int
    party: int
    scores: tuple[tuple[str, int], ...]


def published_rounds() -> QuerySet[Round]:
    """Return the published rounds, newest first. Costs one query."""
    return (
        Round.objects.filter(status=Status.PUBLISHED)
        .select_related("collaboration", "version")
        .order_by("-published_at", "-id")
    )


def comparison(views: Sequence[str] = tuple(View.values)) -> Comparison:
    """Return the numbers over all published evaluations, a tally for each view in each part. Costs four queries.

    Only what the public pages show is counted. A party counts where it gave a score in both views, so that behind
    every number of one part stand the same parties.
    """
    given: dict[Atom, list[_Given]] = {}
    for (year, form), found in _by_place(list(published_rounds())).items():
        given[Atom(year, form, frozenset(one.party for one in found))] = found
    allowed = cuts(given)

    def tallies(parts: Iterable[tuple[str, Iterable[Atom]]]) -> Iterator[Tally]:
        for label, atoms in parts:
            found = [one for atom in atoms for one in given[atom]]
            for view in views:
                yield _tally(label, view, found)

    return Comparison(
        whole=tuple(tallies([(_("すべて"), allowed.whole)] if allowed.whole else [])),
        years=tuple(tallies((_years(part), part.atoms) for part in _in_order(allowed.years))),
        forms=tuple(tallies((_forms(part), part.atoms) for part in _in_order(allowed.forms))),
    )


def _by_place(rounds: list[Round]) -> dict[tuple[int, str], list[_Given]]:
    """Return what was scored, by fiscal year and form."""
    kept_back = kept_back_in(rounds)
    by_id = {found.pk: found for found in rounds}
    places: dict[tuple[int, str], list[_Given]] = defaultdict(list)
    sealed = Evaluation.objects.filter(round__in=by_id, content__isnull=False)
    for round_id, party, content in sealed.values_list("round_id", "party_id", "content"):
        found = by_id[round_id]
        if content is None or party in kept_back[round_id]:
            continue
        view_of = {question["key"]: question["view"] for question in found.questions}
        scores = tuple(
            (view_of[key], answer.score)
            for key, answer in answers_in(content).items()
            if key in view_of and answer.score is not None
        )
        if {view for view, _score in scores} == set(View.values):
            place = (fiscal_year_of(found.until), str(found.version.content["form"]))
            places[place].append(_Given(round_id, party, scores))
    return places


def _tally(label: str, view: str, given: Sequence[_Given]) -> Tally:
    return Tally(
        label=label,
        view=view,
        parties=len({one.party for one in given}),
        evaluations=len({one.round for one in given}),
        scores=tuple(score for one in given for kind, score in one.scores if kind == view),
    )


def _in_order(parts: Iterable[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: str(min(part.keys, key=str)))


def _years(part: Part) -> str:
    return pgettext("list", "と").join(
        fiscal_year_label(int(str(year))) for year in sorted(part.keys, key=str)
    )


def _forms(part: Part) -> str:
    return pgettext("list", "と").join(
        str(Form(str(form)).label) for form in sorted(part.keys, key=str) if form in Form.values
    )
