"""A round from its preparation to its closing: frozen when open, more time but never less, copied next year."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.proposals.models import Capacity, Need, Round
from wanowa.proposals.queries.rounds import apply_end, calendar_of, rooms_in, rules_of
from wanowa.proposals.rules.deadlines import GRACE, deadline
from wanowa.proposals.rules.lifecycle import RoundStatus
from wanowa.proposals.rules.stages import StageKey, Way, check_stages
from wanowa.proposals.services import departments, rounds
from wanowa.proposals.tests import factories as make
from wanowa.record.models import Entry
from wanowa.record.queries import case_of, history
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make.coordinator()


@pytest.fixture
def open_round(desk):
    return make.opened(desk)


def test_only_the_desk_prepares_opens_and_extends(desk):
    for stranger in (make.actor(), make.office()):
        with pytest.raises(Forbidden):
            make.prepared(stranger)
    found = make.prepared(desk)
    for act in (
        lambda by: rounds.open_round(found, by=by),
        lambda by: rounds.call_off(found, reason="わけ", by=by),
        lambda by: rounds.copy(found, by=by),
    ):
        with pytest.raises(Forbidden):
            act(make.actor())


def test_a_round_is_there_once_a_year_and_number(desk):
    make.prepared(desk)
    with pytest.raises(Conflict, match="もう一度押して"):
        make.prepared(desk)
    make.prepared(desk, number=2)


def test_what_is_prepared_can_be_rewritten_until_it_opens(desk):
    found = make.prepared(desk)
    changed = rounds.rework(found, make.rules(title="よい題名"), make.calendar(), by=desk)
    assert changed.title == "よい題名"
    opened = rounds.open_round(changed, by=desk)
    with pytest.raises(Refused):
        rounds.rework(opened, make.rules(title="こっそり"), make.calendar(), by=desk)
    with pytest.raises(Refused):
        rounds.appoint(opened, [(desk.person, "学識経験者")], by=desk)
    assert history(opened).last().facts["fingerprint"] == opened.fingerprint
    assert verify().clean


def test_a_round_with_a_required_step_in_the_daytime_does_not_open(desk):
    found = make.prepared(desk)
    found.stages.filter(key=StageKey.SCORING).update(required=False, way=Way.DAYTIME)
    with pytest.raises(DatabaseError), transaction.atomic():
        found.stages.filter(key=StageKey.SCORING).update(required=True)
    found.stages.filter(key=StageKey.QUESTIONS).update(required=True)
    rounds.open_round(found, by=desk)


def test_a_round_without_criteria_does_not_open(desk):
    with pytest.raises(Invalid, match="審査の項目"):
        rounds.open_round(make.prepared(desk, criteria=()), by=desk)


FROZEN = {
    "the title": "UPDATE proposals_round SET title = 'ちがう'",
    "the cap": "UPDATE proposals_round SET cap = 1",
    "blindness": "UPDATE proposals_round SET blind = NOT blind",
    "what is published": "UPDATE proposals_round SET shown = '{}'",
    "who does not judge": "UPDATE proposals_round SET conflicts = '{}'",
    "the fingerprint": "UPDATE proposals_round SET fingerprint = repeat('0', 64)",
    "the status, backwards": "UPDATE proposals_round SET status = 'draft'",
    "the status, over a step": "UPDATE proposals_round SET status = 'finished', closed_at = now()",
    "the round": "DELETE FROM proposals_round",
    "an earlier deadline": "UPDATE proposals_roundstage SET ends_on = ends_on - 1",
    "an earlier beginning": "UPDATE proposals_roundstage SET starts_on = starts_on - 1 WHERE key <> 'apply'",
    "the way": "UPDATE proposals_roundstage SET way = 'inside' WHERE key = 'apply'",
    "what was opened with": "UPDATE proposals_roundstage SET original_end = original_end + 1",
    "a stage": "DELETE FROM proposals_roundstage WHERE key = 'questions'",
    "a weight": "UPDATE proposals_criterion SET weight = weight + 1",
    "a criterion": "DELETE FROM proposals_criterion",
    "one criterion more": """INSERT INTO proposals_criterion (round_id, position, key, label, weight, levels)
        SELECT id, 9, 'x', 'x', 1, '{a,b}' FROM proposals_round""",
    "less room": "UPDATE proposals_capacity SET places = places - 1",
    "a department's word": "DELETE FROM proposals_capacity",
    "a need's text": "UPDATE proposals_need SET text = 'ちがう'",
    "a need's budget": "UPDATE proposals_need SET budget = 1",
    "a need": "DELETE FROM proposals_need",
    "all rounds": "TRUNCATE proposals_round CASCADE",
}


def refused(statement):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount, f"nothing to change: {statement}"
    except DatabaseError:
        return True
    return False


def with_departments(found, office):
    departments.declare(found, places=2, by=office)
    departments.publish_need(found, title="公園の世話", text="花を植える人", budget=100, by=office)


def test_the_database_itself_freezes_an_open_round(desk):
    with_departments(make.opened(desk), make.office())
    assert [name for name, statement in FROZEN.items() if not refused(statement)] == []


def test_without_the_guards_everything_would_change(desk):
    """The negative control: the statements are right, and it is the triggers that refuse them."""
    with_departments(make.opened(desk), make.office())
    tables = ["round", "roundstage", "criterion", "capacity", "need"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE proposals_{table} DISABLE TRIGGER USER")
    kept = {
        name
        for name, statement in FROZEN.items()
        if not name.startswith(("the round", "all")) and refused(statement)
    }
    assert kept == set()


def test_a_draft_can_be_changed_freely(desk):
    make.prepared(desk)
    assert not refused("UPDATE proposals_round SET title = 'よい', cap = 5")
    assert not refused("UPDATE proposals_criterion SET weight = weight + 1")
    assert not refused("UPDATE proposals_roundstage SET ends_on = ends_on - 1 WHERE key = 'apply'")


def test_more_time_moves_what_follows_and_is_on_record(open_round, desk):
    before = apply_end(open_round)
    found = rounds.extend(open_round, until=before + timedelta(days=2), by=desk)
    assert apply_end(make.fresh(found)) == before + timedelta(days=2)
    entry = history(found).last()
    assert entry.facts == {"before": before.isoformat(), "deadline": (before + timedelta(days=2)).isoformat()}
    check_stages([row.stage for row in found.stages.all()], found.fiscal_year)
    assert verify().clean
    for until in (before, before + timedelta(days=2)):
        with pytest.raises(Invalid):
            rounds.extend(found, until=until, by=desk)


def test_a_deadline_that_is_over_is_not_moved(open_round, desk):
    last = apply_end(open_round)
    with time_machine.travel(deadline(last)), pytest.raises(Refused, match="もうすぎました"):
        rounds.extend(open_round, until=last + timedelta(days=2), by=desk)


def test_a_round_closes_by_itself_after_the_grace_and_not_before(open_round):
    end = deadline(apply_end(open_round))
    with time_machine.travel(end + GRACE, tick=False):
        assert rounds.close_due_rounds() == 0
        with pytest.raises(Refused, match="まだ"):
            rounds.close(open_round)
    with time_machine.travel(end + GRACE + timedelta(seconds=1), tick=False):
        assert rounds.close_due_rounds() == 1
        found = make.fresh(open_round)
        assert (found.status, found.closed_at) == (RoundStatus.JUDGING, timezone.now())
    assert history(found).last().facts == {"received": 0}
    assert verify().clean


def test_a_round_is_called_off_with_a_reason(open_round, desk):
    with pytest.raises(Invalid):
        rounds.call_off(open_round, reason=" ", by=desk)
    assert (
        rounds.call_off(open_round, reason="予算の見通しが変わりました。", by=desk).status
        == RoundStatus.CALLED_OFF
    )
    assert verify().clean


def test_next_year_begins_with_the_rules_of_this_one(open_round, desk):
    departments.declare(open_round, places=2, note="公園の仕事", by=make.office())
    made = rounds.copy(open_round, by=desk)
    assert (made.fiscal_year, made.status, made.copied_from) == (
        open_round.fiscal_year + 1,
        "draft",
        open_round,
    )
    assert rules_of(made).criteria == rules_of(open_round).criteria
    check_stages([row.stage for row in made.stages.all()], made.fiscal_year)
    assert Capacity.objects.get(round=made).places == 0
    assert rounds.copy(open_round, by=desk).number == 2


def test_departments_say_what_they_can_carry_and_only_more_while_it_is_open(open_round):
    office = make.office()
    with pytest.raises(Forbidden):
        departments.declare(open_round, places=1, by=make.actor())
    departments.declare(open_round, places=1, forms=["accord"], note="公園の仕事", by=office)
    with pytest.raises(Refused, match="へらせません"):
        departments.declare(open_round, places=0, by=office)
    departments.declare(open_round, places=2, by=office)
    (room,) = rooms_in(open_round)
    assert (room.capacity.places, room.taken, room.free) == (2, 0, 2)


def test_a_need_is_published_and_withdrawn_with_a_reason(open_round):
    office, other = make.office(), make.office()
    need = departments.publish_need(
        open_round, title="公園の世話", text="花を植える人", budget=300_000, by=office
    )
    assert Need.objects.get().get_absolute_url().endswith(f"#need-{need.pk}")
    with pytest.raises(Forbidden):
        departments.withdraw_need(need, reason="わけ", by=other)
    with pytest.raises(Invalid):
        departments.withdraw_need(need, reason="", by=office)
    proposal = make.begun(open_round, make.actor(), need=need)
    with pytest.raises(Refused, match="もう、提案を書いている"):
        departments.withdraw_need(need, reason="わけ", by=office)
    assert proposal.kind == "city"


INTRUSIONS = {
    "round": [
        "UPDATE proposals_round SET title = 'ちがう'",
        "UPDATE proposals_round SET cap = 5",
        "UPDATE proposals_criterion SET weight = weight + 1",
        "UPDATE proposals_roundstage SET ends_on = ends_on - 1, original_end = original_end - 1 WHERE key = 'apply'",
        "UPDATE proposals_roundstage SET ends_on = ends_on + 1 WHERE key = 'apply'",
        "UPDATE proposals_roundstage SET way = 'evening' WHERE key = 'scoring'",
        "UPDATE proposals_round SET opened_at = now()",
    ],
    "missing": [
        "DELETE FROM proposals_criterion; DELETE FROM proposals_roundstage; DELETE FROM proposals_round"
    ],
}


def test_verify_finds_what_an_intruder_changed(open_round, desk):
    assert Entry.objects.filter(case=case_of(open_round)).count() == 3
    unseen = []
    for kind, statements in INTRUSIONS.items():
        for statement in statements:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    for table in ("round", "roundstage", "criterion"):
                        cursor.execute(f"ALTER TABLE proposals_{table} DISABLE TRIGGER USER")
                    cursor.execute(statement)
                if kind not in {problem.kind for problem in verify().problems}:
                    unseen.append(statement)
                transaction.set_rollback(True)
    assert unseen == []
    assert Round.objects.exists()


@pytest.mark.parametrize(
    ("status", "over"),
    [
        (RoundStatus.OPEN, 0),
        (RoundStatus.JUDGING, 1),
        (RoundStatus.DECIDED, 6),
        (RoundStatus.FINISHED, 6),
    ],
)
def test_a_stage_is_over_once_the_round_has_gone_on(desk, status, over):
    found = make.opened(desk)
    found.status = status
    states = [day.state for day in calendar_of(found)]
    assert states[:over] == ["done"] * over
    assert "done" not in states[over:]
    assert ("current" in states) == (status is RoundStatus.OPEN)
