"""Preparing a round, opening it (then its rules are frozen), giving more time, closing it when the time is over."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.guideline.queries import pack
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.clock import platform
from wanowa.kernel.errors import Conflict, Invalid, Refused
from wanowa.kernel.text import search_key
from wanowa.people.models import User
from wanowa.proposals.models import Capacity, Criterion, Proposal, Reviewer, Round, RoundStage
from wanowa.proposals.queries.judging import begun
from wanowa.proposals.queries.proposals import waiting_for_a_round
from wanowa.proposals.queries.rounds import apply_end, locked_round, next_number, require_desk, rules_of
from wanowa.proposals.rules.deadlines import deadline, may_close
from wanowa.proposals.rules.lifecycle import ROUND, RoundMove, RoundStatus
from wanowa.proposals.rules.stages import Stage, StageKey, check_stages, extended
from wanowa.proposals.rules.told import RoundRules
from wanowa.proposals.rules.vocabulary import LEAST_REVIEWERS
from wanowa.proposals.verbs import (
    APPOINTED,
    CALLED_OFF,
    CLOSED,
    EXTENDED,
    NEXT_OPENED,
    OPENED,
    PREPARED,
    REWORKED,
)
from wanowa.record.models import Entry
from wanowa.record.services import records, write

ONE_YEAR = 364
"""Days by which last year's calendar is moved: the same day of the week."""


@records(PREPARED)
def prepare(rules: RoundRules, stages: Sequence[Stage], *, demonstration: bool = False, by: Actor) -> Round:
    """Begin a round; nobody else sees it yet. Raises Forbidden, Invalid, Conflict for one that is there already."""
    require_desk(by)
    rules.check()
    found = Round(status=RoundStatus.DRAFT, demonstration=demonstration)
    _fill(found, rules)
    _insert(found)
    _lay_out(found, rules, stages)
    write(PREPARED, found, by=by)
    return found


@records(REWORKED)
def rework(found: Round, rules: RoundRules, stages: Sequence[Stage], *, by: Actor) -> Round:
    """Replace the rules and the calendar of a round that is not open yet. Raises Forbidden, Invalid, Refused."""
    require_desk(by)
    found = locked_round(found)
    ROUND.after(RoundStatus(found.status), RoundMove.EDIT)
    rules.check()
    if (rules.fiscal_year, rules.number) != (found.fiscal_year, found.number):
        raise Invalid(_("年度と回は、あとから変えられません。新しい募集を作ってください。"))
    _fill(found, rules)
    found.save()
    _lay_out(found, rules, stages)
    write(REWORKED, found, by=by)
    return found


def _insert(found: Round) -> None:
    """Keep a new round, unless its number is taken, perhaps in this very moment."""
    try:
        with transaction.atomic():
            found.save(force_insert=True)
    except IntegrityError as taken:
        raise Conflict(_("その回の募集は、いま、ほかの人が作りました。もう一度押してください。")) from taken


def _fill(found: Round, rules: RoundRules) -> None:
    for name in ("fiscal_year", "number", "title", "intro", "cap", "frame", "places", "blind"):
        setattr(found, name, getattr(rules, name))
    for name in ("kinds", "questions", "papers", "conflicts", "shown"):
        setattr(found, name, [str(one) for one in getattr(rules, name)])
    found.search_key = search_key(f"{rules.title} {rules.intro}")


def _lay_out(found: Round, rules: RoundRules, stages: Sequence[Stage]) -> None:
    found.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(
            round=found,
            position=place,
            key=f"c{place}",
            label=one.label,
            weight=one.weight,
            levels=list(one.levels),
        )
        for place, one in enumerate(rules.criteria, 1)
    )
    found.stages.all().delete()
    RoundStage.objects.bulk_create(
        RoundStage(
            round=found,
            key=stage.key,
            starts_on=stage.starts_on,
            ends_on=stage.ends_on,
            original_end=stage.ends_on,
            way=stage.way,
            required=stage.required,
        )
        for stage in stages
    )


@records(REWORKED, APPOINTED)
def appoint(found: Round, people: Collection[tuple[int, str]], *, reason: str = "", by: Actor) -> None:
    """Say who judges: (person, in what capacity), until the scoring begins.

    Once the round is open, two remain at least, and everybody can read how many judge and why that changed. Who stays
    keeps the day of being asked. Raises Forbidden, Invalid, Refused.
    """
    require_desk(by)
    found = locked_round(found)
    ROUND.after(RoundStatus(found.status), RoundMove.APPOINT)
    if begun(found):
        raise Refused(_("審査が始まったので、審査する人は変えられません。"))
    chosen = dict(people)
    if User.objects.filter(pk__in=chosen, is_active=True).count() < len(chosen):
        raise Invalid(_("審査する人が見つかりません。登録のある人をえらんでください。"))
    told = _appointed(found, len(chosen), reason.strip(), by)
    found.reviewers.exclude(person__in=chosen).delete()
    kept = {one.person_id: one for one in found.reviewers.all()}
    for person, one in kept.items():
        if one.capacity != chosen[person]:
            one.capacity = chosen[person]
            one.save(update_fields=["capacity"])
    Reviewer.objects.bulk_create(
        Reviewer(round=found, person_id=pk, capacity=role, appointed_at=told.at)
        for pk, role in chosen.items()
        if pk not in kept
    )


def _appointed(found: Round, number: int, reason: str, by: Actor) -> Entry:
    """Put on record that who judges is decided anew: in public, with a reason, once the round is open."""
    if found.status == RoundStatus.DRAFT:
        return write(REWORKED, found, by=by)
    if number < LEAST_REVIEWERS:
        raise Invalid(_few_reviewers())
    if not reason:
        raise Invalid(_("審査する人を変えるわけを書いてください。だれでも読めます。"))
    return write(APPOINTED, found, by=by, published={"reason": reason}, reviewers=number)


def _few_reviewers() -> str:
    return _("審査する人を、%(least)s人より少なくできません。「審査する人を決める」で、足してください。") % {
        "least": LEAST_REVIEWERS
    }


@records(PREPARED)
def copy(source: Round, *, by: Actor) -> Round:
    """Prepare next year's round from an older one: the same rules, every day 52 weeks later, the same reviewers.

    Raises Forbidden, Conflict, Refused for a round that was held on paper: it has no rules here.
    """
    require_desk(by)
    if source.status == RoundStatus.PAST:
        raise Refused(
            _("わのわの前の募集には、決まりと日にちの記録がありません。新しい募集を作ってください。")
        )
    year = source.fiscal_year + 1
    rules = rules_of(source)
    found = Round(status=RoundStatus.DRAFT, copied_from=source, demonstration=source.demonstration)
    _fill(found, rules)
    found.fiscal_year, found.number = year, next_number(year)
    _insert(found)
    later = timedelta(days=ONE_YEAR)
    moved = [
        Stage(one.key, one.starts_on + later, one.ends_on + later, one.way, one.required)
        for one in (row.stage for row in source.stages.all())
    ]
    _lay_out(found, rules, [_in_april(one, year) for one in moved])
    told = write(PREPARED, found, by=by)
    Reviewer.objects.bulk_create(
        Reviewer(round=found, person_id=one.person_id, capacity=one.capacity, appointed_at=told.at)
        for one in source.reviewers.all()
    )
    Capacity.objects.bulk_create(
        Capacity(
            round=found,
            department_id=one.department_id,
            person_id=one.person_id,
            places=0,
            forms=one.forms,
            note=one.note,
        )
        for one in source.capacities.all()
    )
    return found


def _in_april(stage: Stage, year: int) -> Stage:
    """Return the stage; the start of the work stays in the fiscal year after the call."""
    if stage.key is not StageKey.START:
        return stage
    first = max(stage.starts_on, date(year + 1, 4, 1))
    return Stage(stage.key, first, max(stage.ends_on, first), stage.way, stage.required)


@records(OPENED, NEXT_OPENED)
def open_round(found: Round, *, by: Actor) -> Round:
    """Open the round for everybody; from now on its rules are frozen. Raises Forbidden, Invalid, Refused.

    Opened early, it takes proposals from its first day on. Who waits for a next round is told.
    """
    require_desk(by)
    found = locked_round(found)
    after = ROUND.after(RoundStatus(found.status), RoundMove.OPEN)
    rules, stages = rules_of(found), [row.stage for row in found.stages.all()]
    rules.check()
    rules.check_criteria()
    check_stages(stages, found.fiscal_year, closing=pack().closing_days)
    if found.reviewers.count() < LEAST_REVIEWERS:
        raise Invalid(_few_reviewers())
    last = next(stage.ends_on for stage in stages if stage.key is StageKey.APPLY)
    if last < timezone.localdate(platform.now()):
        raise Invalid(_("受付の終わりの日が、もうすぎています。先の日にしてください。"))
    found.fingerprint = rules.digest(
        (one.key, one.starts_on.isoformat(), one.ends_on.isoformat(), one.way, one.required)
        for one in sorted(stages, key=lambda one: list(StageKey).index(one.key))
    )
    found.opened_at = write(OPENED, found, by=by, deadline=last, fingerprint=found.fingerprint).at
    found.status = after
    found.save()
    for proposal in waiting_for_a_round():
        write(NEXT_OPENED, proposal, by=by, proposer=proposal.party_id)
    return found


@records(EXTENDED)
def extend(found: Round, *, until: date, by: Actor) -> Round:
    """Give more time to hand in; what follows moves too. Everybody who writes is told.

    Raises Forbidden, Invalid for an earlier day, Refused when the time is over.
    """
    require_desk(by)
    found = locked_round(found)
    ROUND.after(RoundStatus(found.status), RoundMove.EXTEND)
    before = apply_end(found)
    if platform.now() >= deadline(before):
        raise Refused(_("締め切りは、もうすぎました。すぎたあとは、のばせません。"))
    later = {stage.key: stage for stage in extended([row.stage for row in found.stages.all()], until)}
    check_stages(list(later.values()), found.fiscal_year, closing=pack().closing_days)
    for row in found.stages.all():
        row.starts_on, row.ends_on = later[StageKey(row.key)].starts_on, later[StageKey(row.key)].ends_on
        row.save(update_fields=["starts_on", "ends_on"])
    write(EXTENDED, found, by=by, before=before, deadline=until)
    return found


@records(CALLED_OFF)
def call_off(found: Round, *, reason: str, by: Actor) -> Round:
    """Give the round up, with a reason that everybody reads. Raises Forbidden, Invalid, Refused."""
    require_desk(by)
    found = locked_round(found)
    after = ROUND.after(RoundStatus(found.status), RoundMove.CALL_OFF)
    if not reason.strip():
        raise Invalid(_("とりやめるわけを書いてください。だれでも読めます。"))
    write(CALLED_OFF, found, by=by)
    found.status, found.reason = after, reason.strip()
    found.save()
    return found


@records(CLOSED)
def close(found: Round, *, by: Actor = SYSTEM) -> Round:
    """Close a round whose time and grace are over, and hand what was received to the judging. Raises Refused."""
    found = locked_round(found)
    after = ROUND.after(RoundStatus(found.status), RoundMove.CLOSE)
    if not may_close(platform.now(), apply_end(found)):
        raise Refused(_("締め切りは、まだです。終わりの日の24時をすぎると、閉じます。"))
    received = Proposal.objects.filter(round=found, receipt__isnull=False).count()
    found.closed_at = write(CLOSED, found, by=by, received=received).at
    found.status = after
    found.save()
    return found


def close_due_rounds() -> int:
    """Close every round whose time is over. Returns how many. The clock calls it every few minutes."""
    closed = 0
    for found in Round.objects.filter(status=RoundStatus.OPEN).order_by("pk"):
        if may_close(platform.now(), apply_end(found)):
            with transaction.atomic():
                close(found)
            closed += 1
    return closed
