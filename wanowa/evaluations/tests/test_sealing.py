"""Sealing: each side alone, all opened in one moment, and what is opened is what was sealed."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from wanowa.collaborations import services as collaborations
from wanowa.collaborations.models import Draft as Text
from wanowa.collaborations.rules import Clause, Goal, mark
from wanowa.collaborations.tests.factories import agreed, complete, town
from wanowa.evaluations import queries, services, tasks
from wanowa.evaluations.models import Agreement, Draft, Evaluation, Round, Writer, Yardstick
from wanowa.evaluations.queries import evidence
from wanowa.evaluations.rules import Answer, Sketch, Status
from wanowa.evaluations.services import rounds
from wanowa.evaluations.tests.factories import filled, opened, proposed, sealed, told
from wanowa.evaluations.verbs import MISSED, REMINDED, REVEALED
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.envelopes import Unopened
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.models import User
from wanowa.people.services import erase
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


def long_ago(people, **options):
    """Return a round agreed on so long ago that its last day is over by the real clock, which the database reads."""
    with time_machine.travel(timezone.now() - timedelta(days=40)):
        return opened(people, **options)


def while_it_was_open():
    return time_machine.travel(timezone.now() - timedelta(days=35))


def end(collaboration, people):
    version = collaborations.propose_turn(
        collaboration, change="end", reason="区切りです", by=people.actors[0]
    )
    collaborations.consent(collaboration, seen=version.fingerprint, by=people.actors[1])


def test_the_last_seal_opens_all_envelopes_in_the_same_moment():
    people = town(3)
    found = opened(people)
    for actor in people.actors[:2]:
        found = sealed(found, actor)
        assert (found.status, queries.revealed(found)) == (Status.OPEN, None)
    found = sealed(found, people.actors[2], choice="unknown", words="まだ決めていません。")
    both = queries.revealed(found)
    assert found.status == Status.REVEALED
    assert [side.party.id for side in both.sides] == sorted(people.parties)
    answers = {side.party.id: side.answers["equality"] for side in both.sides}
    assert answers[people.parties[0]] == Answer(4, "よく話せました。")
    assert answers[people.parties[2]] == Answer(None, "まだ決めていません。")
    assert not Draft.objects.exists()
    assert not any(bytes(one.envelope) for one in Evaluation.objects.all())
    assert not verify().problems


def test_a_side_that_is_missing_at_the_deadline_is_said_to_be_missing_and_stays_so():
    people = town(2)
    found = long_ago(people)
    with while_it_was_open():
        sealed(found, people.actors[0])
        filled(found, people.actors[1])
    tasks.reveal(0)
    tasks.reveal(0)
    found = Round.objects.get(pk=found.pk)
    first, second = queries.revealed(found).sides
    assert (first.missing, second.missing, second.answers) == (False, True, {})
    log = history(found.collaboration)
    assert log.filter(verb=REVEALED.name).count() == 1
    assert [entry.facts["missing"] for entry in log.filter(verb=MISSED.name)] == [people.parties[1]]
    assert not Draft.objects.exists(), "what was never handed in is nobody's to read"
    for act in (
        lambda: services.seal(found, seen="", by=people.actors[1]),
        lambda: services.save_draft(found, key="equality", sketch=Sketch("1"), seen=0, by=people.actors[1]),
        lambda: services.reveal(found),
    ):
        with pytest.raises(Refused):
            act()
    assert not verify().problems


def test_nobody_seals_or_writes_after_the_last_day_even_before_the_worker_has_opened():
    people = town(2)
    found = long_ago(people)
    with while_it_was_open():
        seen = queries.desk_of(filled(found, people.actors[0]), people.actors[0]).mark
    with pytest.raises(Refused, match="締め切り"):
        services.seal(found, seen=seen, by=people.actors[0])
    with pytest.raises(Refused, match="締め切り"):
        services.save_draft(found, key="others", sketch=Sketch("1"), seen=1, by=people.actors[0])


def test_the_worker_opens_nothing_before_its_time_whatever_the_clock_of_its_machine_says():
    people = town(2)
    found = sealed(opened(people), people.actors[0])
    tasks.reveal(0)
    with pytest.raises(Refused):
        services.reveal(found)
    with (
        time_machine.travel(timezone.now() + timedelta(days=60)),
        pytest.raises(DatabaseError, match="there is still time"),
        transaction.atomic(),
    ):
        services.reveal(found)
    assert Round.objects.get().status == Status.OPEN


def test_a_round_that_cannot_be_opened_keeps_no_other_one_closed(settings, tmp_path):
    people, others = town(2), town(2)
    first, second = long_ago(people), long_ago(others)
    with while_it_was_open():
        sealed(first, people.actors[0])
    settings.SEAL_KEY = tmp_path / "another"
    tasks.reveal(0)
    states = dict(Round.objects.values_list("pk", "status"))
    assert states == {first.pk: Status.OPEN, second.pk: Status.REVEALED}


def test_only_what_was_read_is_sealed():
    people = town(2)
    colleague = Actor(
        MembershipFactory(party_id=people.parties[0], role=Role.MEMBER).person_id, people.parties[0]
    )
    found = filled(opened(people), people.actors[0])
    seen = queries.desk_of(found, people.actors[0]).mark
    services.save_draft(found, key="equality", sketch=Sketch("1", "ちがう"), seen=1, by=colleague)
    with pytest.raises(Conflict):
        services.seal(found, seen=seen, by=people.actors[0])
    assert not Evaluation.objects.exists()


def test_a_colleague_who_was_faster_is_not_overwritten():
    people = town(2)
    colleague = Actor(
        MembershipFactory(party_id=people.parties[0], role=Role.MEMBER).person_id, people.parties[0]
    )
    found = opened(people)
    services.save_draft(found, key="equality", sketch=Sketch("1", "先に"), seen=0, by=colleague)
    with pytest.raises(Conflict):
        services.save_draft(found, key="equality", sketch=Sketch("5", "あと"), seen=0, by=people.actors[0])
    again = services.save_draft(
        found, key="equality", sketch=Sketch("1", "先に"), seen=0, by=people.actors[0]
    )
    assert again.revision == 1, "the same words twice are no conflict"


def test_nothing_unanswered_is_sealed_and_nothing_is_sealed_twice():
    people = town(2)
    found = opened(people)
    with pytest.raises(Invalid, match="まだ答えていない"):
        services.seal(found, seen=queries.desk_of(found, people.actors[0]).mark, by=people.actors[0])
    sealed(found, people.actors[0])
    with pytest.raises(Refused, match="もう封をしました"):
        services.seal(found, seen="", by=people.actors[0])


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
def test_only_a_representative_seals_and_a_viewer_does_not_write(role):
    people = town(2)
    other = Actor(MembershipFactory(party_id=people.parties[0], role=role).person_id, people.parties[0])
    found = filled(opened(people), people.actors[0])
    with pytest.raises(Forbidden):
        services.seal(found, seen=queries.desk_of(found, other).mark, by=other)
    if role is Role.VIEWER:
        with pytest.raises(Forbidden):
            services.save_draft(found, key="equality", sketch=Sketch("1"), seen=1, by=other)


def test_a_person_of_two_parties_reads_no_side_until_she_has_chosen_and_then_only_that_one():
    people = town(2)
    double = MembershipFactory(party_id=people.parties[0]).person_id
    MembershipFactory(party_id=people.parties[1], person_id=double)
    found = opened(people)
    first, second = (Actor(double, party) for party in people.parties)
    for by in (first, second):
        with pytest.raises(Refused, match="先にえらんで"):
            queries.desk_of(found, by)
    services.take_side(found, by=first)
    assert queries.desk_of(found, first).written == {}
    for act in (
        lambda: queries.desk_of(found, second),
        lambda: services.save_draft(found, key="equality", sketch=Sketch("1"), seen=0, by=second),
        lambda: services.seal(found, seen="", by=second),
        lambda: services.take_side(found, by=second),
    ):
        with pytest.raises(Refused):
            act()


def test_nobody_outside_reads_or_writes():
    people = town(3)
    found = opened(town(2))
    for by in (people.actors[2], Actor(people.actors[2].person, found.concerned[0])):
        for act in (
            lambda by=by: queries.desk_of(found, by),
            lambda by=by: services.save_draft(found, key="equality", sketch=Sketch("1"), seen=0, by=by),
            lambda by=by: services.seal(found, seen="", by=by),
        ):
            with pytest.raises(Forbidden):
                act()


def test_one_person_does_not_agree_for_two_parties():
    people = town(2)
    double = people.actors[0].person
    MembershipFactory(party_id=people.parties[1], person_id=double)
    found = proposed(people)
    with pytest.raises(Refused, match="ひとりで2つ"):
        services.agree(found, seen=found.fingerprint, by=Actor(double, people.parties[1]))
    assert Round.objects.get().status == Status.PROPOSED


def test_goals_stay_while_the_parties_look_back_and_ending_does_not_wait():
    people = town(2)
    found = opened(people)
    draft = collaborations.begin_amendment(found.collaboration, by=people.actors[0])
    text = complete(draft.terms, goals=(Goal("別の目標", 1, "回", "2027-03-31"),))
    draft = collaborations.edit(
        found.collaboration,
        clause=Clause.GOALS,
        written=text,
        seen=mark(draft.terms, Clause.GOALS),
        by=people.actors[0],
    )
    with pytest.raises(Refused, match="目標を変えられません"):
        collaborations.offer(found.collaboration, revision=draft.revision, by=people.actors[0])
    collaborations.drop_change(found.collaboration, by=people.actors[0])
    end(found.collaboration, people)
    for actor in people.actors:
        found = sealed(found, actor)
    assert found.status == Status.REVEALED


def test_the_database_keeps_the_goals_too():
    people = town(2)
    found = opened(people)
    draft = collaborations.begin_amendment(found.collaboration, by=people.actors[0])
    goals = [{"what": "別", "target": 1, "unit": "回", "due": "2027-03-31"}]
    Text.objects.filter(pk=draft.pk).update(content=draft.content | {"goals": goals})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wanowa.collaborations.services.consenting.refuse", lambda *_: None)
        version = collaborations.offer(found.collaboration, revision=draft.revision, by=people.actors[0])
        with pytest.raises(DatabaseError, match="goals stay"), transaction.atomic():
            collaborations.consent(found.collaboration, seen=version.fingerprint, by=people.actors[1])


def test_a_collaboration_keeps_the_criteria_of_the_day_on_which_it_started(monkeypatch):
    people = town(2)
    collaboration = agreed(people)
    kept = Yardstick.objects.get(collaboration=collaboration)
    monkeypatch.setattr(rounds, "pack", lambda: pytest.fail("the pack of today is not asked"))
    found = proposed(people, collaboration)
    assert kept.fingerprint == kept.criteria.fingerprint
    assert {one.criterion for one in found.asked} == {one.key for one in kept.criteria.criteria}


def test_one_round_at_a_time_and_a_proposal_can_be_taken_off_the_table():
    people = town(2)
    found = proposed(people)
    with pytest.raises(Refused, match="別のふりかえり"):
        proposed(people, found.collaboration)
    services.close(found, by=people.actors[1])
    again = proposed(people, found.collaboration)
    assert again.number == 2
    with pytest.raises(Conflict):
        services.agree(again, seen=found.fingerprint, by=people.actors[1])


def test_who_is_awaited_is_reminded_once_three_business_days_before():
    people = town(2)
    with time_machine.travel(timezone.now() - timedelta(days=28)):
        found = sealed(opened(people), people.actors[0])
    tasks.remind(0)
    tasks.remind(0)
    told_to = history(found.collaboration).filter(verb=REMINDED.name)
    assert [entry.facts["awaited"] for entry in told_to] == [people.parties[1]]
    with time_machine.travel(timezone.now() - timedelta(days=20)):
        early = opened(town(2))
    tasks.remind(0)
    assert not history(early.collaboration).filter(verb=REMINDED.name).exists()


def test_who_leaves_takes_the_words_of_her_own_party_along_sealed_or_open():
    people = town(5)
    alone = people.actors[4]
    two = type(people)((people.actors[0], alone))
    open_one, sealed_one = told(two), sealed(opened(two), alone, words="わたしだけのことば")
    for found in (open_one, sealed_one):
        end(found.collaboration, two)
    erase(User.objects.get(pk=alone.person), by=Actor(alone.person))
    for one in Evaluation.objects.filter(party=alone.party):
        assert (bytes(one.envelope), one.content, one.salt, bool(one.forgotten_at)) == (b"", None, None, True)
    assert [side.forgotten for side in queries.revealed(open_one).sides] == [False, True]
    assert Round.objects.get(pk=sealed_one.pk).status == Status.OPEN
    assert not verify().problems


CHANGES = {
    "evaluations_evaluation": (
        "UPDATE {} SET commitment = repeat('0', 64)",
        "UPDATE {} SET sealed_at = now()",
        "UPDATE {} SET envelope = '\\x00'",
        "UPDATE {} SET content = '{{}}', salt = '\\x00'",
        "DELETE FROM {}",
        "TRUNCATE {}",
    ),
    "evaluations_round": (
        "UPDATE {} SET status = 'revealed', revealed_at = now()",
        "UPDATE {} SET deadline = deadline - 30",
        "UPDATE {} SET questions = '[]'",
        "DELETE FROM {}",
    ),
    "evaluations_yardstick": ("UPDATE {} SET fingerprint = ''", "DELETE FROM {}", "TRUNCATE {}"),
    "evaluations_agreement": ("UPDATE {} SET given_at = now()", "DELETE FROM {}"),
    "evaluations_writer": ("UPDATE {} SET party_id = party_id + 1", "DELETE FROM {}"),
}


@pytest.mark.parametrize(
    ("table", "change"), [(table, change) for table, changes in CHANGES.items() for change in changes]
)
def test_the_database_refuses_what_nobody_agreed_to(table, change):
    people = town(2)
    sealed(opened(people), people.actors[0])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as sql:
        sql.execute(change.format(table))


def test_another_text_than_was_promised_opens_neither_here_nor_in_the_database():
    people = town(2)
    found = sealed(opened(people), people.actors[0])
    with pytest.MonkeyPatch.context() as patch:
        others = b"s" * 32 + "別の文".encode()
        patch.setattr("wanowa.evaluations.services.sealing.unclose", lambda *_a, **_o: others)
        with pytest.raises(Unopened), transaction.atomic():
            sealed(found, people.actors[1])
    with connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
        sql.execute("ALTER TABLE evaluations_round DISABLE TRIGGER USER")
        sql.execute("UPDATE evaluations_round SET status = 'revealed', revealed_at = now()")
        with pytest.raises(DatabaseError, match="not what was sealed"), transaction.atomic():
            sql.execute("UPDATE evaluations_evaluation SET content = '別の文', salt = '\\x73', envelope = ''")


def test_verify_finds_a_text_that_was_changed_behind_the_guards():
    told(town(2))
    assert list(evidence.evaluations_match_the_record()) == []
    with connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("evaluation", "round", "agreement", "yardstick"):
            sql.execute(f"ALTER TABLE evaluations_{table} DISABLE TRIGGER USER")
    tampering = (
        lambda: Evaluation.objects.update(content='{"answers":{}}'),
        lambda: Round.objects.update(since=timezone.localdate() - timedelta(days=3)),
        lambda: Agreement.objects.first().delete(),
        lambda: Yardstick.objects.update(content={"scales": [], "criteria": []}),
        lambda: Evaluation.objects.first().delete(),
        lambda: (Writer.objects.all(), Agreement.objects.update(given_at=timezone.now())),
    )
    for tamper in tampering:
        with transaction.atomic():
            tamper()
            assert list(evidence.evaluations_match_the_record()) != []
            transaction.set_rollback(True)


def test_the_platform_itself_names_no_party_when_it_opens():
    found = told(town(2))
    entry = history(found.collaboration).get(verb=REVEALED.name)
    assert (entry.party, entry.facts["sealed"], entry.facts["missing"]) == (SYSTEM.party, 2, 0)
