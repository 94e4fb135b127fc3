"""Where a case led on to and how that stands now, for its readers; and the way back, for who may read the case."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Model, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import Link
from wanowa.collaborations.queries import visible_to as collaborations_for
from wanowa.consultations.models import Case, Way
from wanowa.consultations.queries.sight import reader_of, sight_of
from wanowa.consultations.rules import Outcome
from wanowa.introductions.models import Introduction
from wanowa.introductions.rules import Status, as_seen
from wanowa.kernel.actors import Actor
from wanowa.parties.queries import parties_of
from wanowa.people.queries import coordinators
from wanowa.proposals.models import Proposal, Seed
from wanowa.proposals.queries.proposals import readers_of
from wanowa.proposals.queries.seeds import address_of


@dataclass(frozen=True, slots=True)
class Step:
    """One station of a way: what it is, how it stands, its page. Names and page only for who may know of them."""

    kind: Outcome
    title: str
    status: str = ""
    href: str = ""


type Chain = list[Step]


@dataclass(frozen=True, slots=True)
class _Eyes:
    """What one reader of a case may know of what came of it."""

    mine: Collection[int]
    desk: bool
    own: bool
    collaborations: Collection[int]

    def introduced(self, one: Introduction) -> Iterator[Step]:
        """Yield an introduction, and the collaboration it became."""
        inside = self.desk or bool({one.first_id, one.second_id} & set(self.mine))
        now = Status(one.status)
        status = now if self.desk else as_seen(now, one.answer_by, timezone.localdate())
        sides = {"first": one.first.name, "second": one.second.name}
        title = _("引き合わせ：%(first)sと%(second)s") % sides if inside else _("引き合わせ")
        yield Step(Outcome.INTRODUCTION, title, str(status.label), one.get_absolute_url() if inside else "")
        yield from self.together(one.collaboration)

    def planted(self, seed: Seed) -> Step:
        """Return an idea; its address is a key to it, so it is for its author and the coordinators."""
        if seed.forgotten_at:
            return Step(Outcome.PROPOSAL, _("ひとこと提案"), _("文を消しました"))
        title = _("ひとこと提案 %(number)s") % {"number": seed.number}
        href = address_of(seed) if self.desk or self.own else ""
        return Step(Outcome.PROPOSAL, title, str(seed.get_status_display()), href)

    def proposed(self, one: Proposal) -> Iterator[Step]:
        """Yield a proposal, and the collaboration that its award began."""
        around = readers_of(one, list(one.partners.all()))
        if self.desk or not around.isdisjoint(self.mine):
            yield Step(Outcome.PROPOSAL, str(one), str(one.get_status_display()), one.get_absolute_url())
        else:
            yield Step(Outcome.PROPOSAL, _("提案"))
        award = getattr(one, "award", None)
        yield from self.together(award.collaboration if award else None)

    def together(self, found: Collaboration | None) -> Iterator[Step]:
        """Yield a collaboration, if there is one."""
        if found is None:
            return
        if found.pk in self.collaborations:
            page = reverse("collaborations:collaboration", args=[found.slug])
            yield Step(Outcome.COLLABORATION, found.title, str(found.get_status_display()), page)
        else:
            yield Step(Outcome.COLLABORATION, _("協働の取組"))


def ways_of(case: Case, by: Actor, *, own: bool = False) -> list[Chain]:
    """Return every way on from a case, station by station, as a reader of the case may know of it.

    `own`: the reader is the person herself. Costs one query, ≤ nine when it leads anywhere, however far.
    """
    related = ("introduction__first", "introduction__second", "introduction__collaboration", "seed")
    ways = list(Way.objects.filter(case=case).select_related(*related))
    if not ways and case.lead is None and case.collaboration_id is None:
        return []
    introductions = [way.introduction for way in ways if way.introduction]
    introductions += _led_to(case, introductions)
    seeds = [way.seed for way in ways if way.seed]
    proposals = _grown(case, seeds)
    eyes = _eyes(case, introductions, proposals, by, own=own)
    chains = [list(eyes.introduced(one)) for one in introductions]
    planted = {seed.pk for seed in seeds}
    for seed in seeds:
        later = [step for one in proposals if one.seed_id == seed.pk for step in eyes.proposed(one)]
        chains.append([eyes.planted(seed), *later])
    chains += [list(eyes.proposed(one)) for one in proposals if one.seed_id not in planted]
    if not any(step.kind is Outcome.COLLABORATION for chain in chains for step in chain):
        chains.append(list(eyes.together(case.collaboration)))
    return [chain for chain in chains if chain]


def _led_to(case: Case, known: Sequence[Introduction]) -> list[Introduction]:
    """Return the introduction whose address was written at the end, unless it was begun from the case anyway."""
    if case.outcome != Outcome.INTRODUCTION or case.lead is None or case.lead in {one.pk for one in known}:
        return []
    found = Introduction.objects.filter(pk=case.lead)
    return list(found.select_related("first", "second", "collaboration"))


def _grown(case: Case, seeds: Sequence[Seed]) -> list[Proposal]:
    """Return the proposals that ideas grew to, and the one whose address was written at the end."""
    wanted = Q(seed__in=seeds)
    if case.outcome == Outcome.PROPOSAL and case.lead is not None:
        wanted |= Q(pk=case.lead)
    found = Proposal.objects.filter(wanted).select_related("round", "award__collaboration")
    return list(found.prefetch_related("partners").order_by("pk"))


def _eyes(
    case: Case,
    introductions: Sequence[Introduction],
    proposals: Sequence[Proposal],
    by: Actor,
    *,
    own: bool,
) -> _Eyes:
    awards = [getattr(one, "award", None) for one in proposals]
    keys = {one.collaboration_id for one in (case, *introductions, *awards) if one and one.collaboration_id}
    readable = collaborations_for(by).filter(pk__in=keys).values_list("pk", flat=True)
    desk = by.person is not None and coordinators().filter(pk=by.person).exists()
    return _Eyes(parties_of(by.person), desk, own, frozenset(readable) if keys else frozenset())


def outcome_of(chains: Sequence[Chain]) -> Outcome | None:
    """Return what has come of a case so far: the farthest that one of its ways has led. No query."""
    reached = {step.kind for chain in chains for step in chain}
    order = (Outcome.COLLABORATION, Outcome.PROPOSAL, Outcome.INTRODUCTION)
    return next((one for one in order if one in reached), None)


def beginning_of(row: Model, person: int | None) -> Link | None:
    """Return the way back to the case from which an introduction, an idea or its proposal began, for its readers.

    Costs one query for everybody; up to ten more where there is such a case and somebody who may read one.
    """
    asked = _asked(row)
    found = Way.objects.filter(asked).select_related("case").first() if asked else None
    if found is None or person is None:
        return None
    case = found.case
    if case.person_id == person:
        return Link(_("あなたの相談から始まりました"), reverse("consultations:case", args=[case.number]))
    reader = reader_of(person)
    if reader is None or sight_of(case, reader) is None:
        return None
    label = _("相談 %(number)s から始まりました") % {"number": case.number}
    return Link(label, reverse("consultations:held", args=[case.number]))


def _asked(row: Model) -> Q | None:
    match row:
        case Introduction():
            return Q(introduction=row)
        case Seed():
            return Q(seed=row)
        case Proposal() if row.seed_id is not None:
            return Q(seed=row.seed_id)
    return None
