"""Questions and restatements: who may do what in which state, what is settled by whom, what is owed (G-22a)."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from wanowa.collaborations import queries, services, tasks
from wanowa.collaborations.migrations import __name__ as migrations
from wanowa.collaborations.models import Message, Question, Restatement
from wanowa.collaborations.queries.understood_on_record import understanding_matches_the_record
from wanowa.collaborations.rules import (
    QUESTION,
    RESTATEMENT,
    Clause,
    QuestionMove,
    QuestionStatus,
    RestatementMove,
    RestatementStatus,
    about_past_text,
    mark,
    reminder_due,
)
from wanowa.collaborations.tests import factories as make
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.models import User
from wanowa.people.services import export
from wanowa.record.models import Entry
from wanowa.record.queries import history

pytestmark = pytest.mark.django_db
ASKED = "いつ始めますか。"


@pytest.fixture
def three():
    return make.town(3)


@pytest.fixture
def table(three):
    return make.talking(three)


def restated(collaboration, by, clause=Clause.PURPOSE, body="次の世代のためですね。"):
    terms = queries.draft_of(collaboration).terms
    return services.restate_clause(
        collaboration, clause=clause, draft=True, seen=mark(terms, clause), body=body, by=by
    )


def question_of(message):
    return Question.objects.get(message=message)


def test_the_tables_of_questions_and_restatements_are_these():
    open_, waiting = QuestionStatus.OPEN, RestatementStatus.WAITING
    assert {(s.value, m.value): e.value for (s, m), e in QUESTION.moves.items()} == {
        ("open", "answer"): "answered",
        ("open", "decline"): "declined",
        ("open", "withdraw"): "withdrawn",
        ("answered", "answer"): "answered",
    }
    assert set(QUESTION.allowed(open_)) == set(QuestionMove)
    assert set(RESTATEMENT.allowed(waiting)) == set(RestatementMove)
    for settled in set(RestatementStatus) - {waiting}:
        assert RESTATEMENT.allowed(settled) == ()


def _in(status, collaboration, three):
    """Return a question of the first party to the second, in a state."""
    asker, asked, _third = three.actors
    message = services.ask(collaboration, body=ASKED, to=asked.party, by=asker)
    match status:
        case QuestionStatus.ANSWERED:
            services.answer(message, body="4月です。", by=asked)
        case QuestionStatus.DECLINED:
            services.decline_question(message, reason="まだ決められません。", by=asked)
        case QuestionStatus.WITHDRAWN:
            services.withdraw_question(message, by=asker)
    return message


QUESTION_DEEDS = {
    QuestionMove.ANSWER: lambda message, by: services.answer(message, body="4月です。", by=by),
    QuestionMove.DECLINE: lambda message, by: services.decline_question(message, reason="むりです。", by=by),
    QuestionMove.WITHDRAW: lambda message, by: services.withdraw_question(message, by=by),
}


@pytest.mark.parametrize("status", QuestionStatus)
def test_only_the_party_asked_replies_and_only_the_asker_withdraws_while_the_table_allows(
    table, three, status
):
    message = _in(status, table, three)
    viewer = MembershipFactory(party_id=three.parties[1], role=Role.VIEWER).person
    stranger = make.town(1).actors[0]
    who = dict(zip(("asker", "asked", "third"), three.actors, strict=True))
    who |= {"viewer": Actor(viewer.pk, three.parties[1]), "stranger": stranger}
    for move, deed in QUESTION_DEEDS.items():
        right = "asker" if move is QuestionMove.WITHDRAW else "asked"
        for name, by in who.items():
            point = transaction.savepoint_create()
            expected = Forbidden if name != right else None if move in QUESTION.allowed(status) else Refused
            if expected is None:
                deed(message, by)
                assert question_of(message).status == QUESTION.moves[status, move]
            else:
                with pytest.raises(expected) as caught:
                    deed(message, by)
                assert type(caught.value) is expected
                assert question_of(message).status == status
            transaction.savepoint_rollback(point)


RESTATEMENT_DEEDS = {
    RestatementMove.CONFIRM: lambda message, by: services.confirm(message, by=by),
    RestatementMove.DIFFER: lambda message, by: services.differ(message, body="日曜です。", by=by),
    RestatementMove.WITHDRAW: lambda message, by: services.withdraw_restatement(message, by=by),
}


@pytest.mark.parametrize("status", RestatementStatus)
def test_only_whose_words_they_are_confirms_and_only_the_restating_party_withdraws(table, three, status):
    teller, author, _third = three.actors
    words = services.speak(table, body="毎週集まります。", by=author)
    message = services.restate_message(words, body="土曜ですね。", by=teller)
    settle = {RestatementStatus.CONFIRMED: author, RestatementStatus.DIFFERENT: author}
    for move, deed in RESTATEMENT_DEEDS.items():
        if RESTATEMENT.moves.get((RestatementStatus.WAITING, move)) == status:
            deed(message, settle.get(status, teller))
    viewer = MembershipFactory(party_id=three.parties[1], role=Role.VIEWER).person
    who = dict(zip(("teller", "author", "third"), three.actors, strict=True))
    who |= {"viewer": Actor(viewer.pk, three.parties[1]), "stranger": make.town(1).actors[0]}
    for move, deed in RESTATEMENT_DEEDS.items():
        right = "teller" if move is RestatementMove.WITHDRAW else "author"
        for name, by in who.items():
            point = transaction.savepoint_create()
            expected = (
                Forbidden if name != right else None if move in RESTATEMENT.allowed(status) else Refused
            )
            if expected is None:
                deed(message, by)
                found = Restatement.objects.get(message=message)
                assert found.status == RESTATEMENT.moves[status, move]
                assert (found.settled_by_id, found.settled_at) == (by.party, Entry.objects.latest("id").at)
            else:
                with pytest.raises(expected) as caught:
                    deed(message, by)
                assert type(caught.value) is expected
                assert Restatement.objects.get(message=message).status == status
            transaction.savepoint_rollback(point)


def test_the_first_answer_settles_and_more_may_be_added(table, three):
    message = services.ask(table, body=ASKED, by=three.actors[0])
    services.answer(message, body="4月です。", by=three.actors[1])
    first = question_of(message)
    services.answer(message, body="5日からです。", by=three.actors[2])
    assert question_of(message).settled_at == first.settled_at
    assert question_of(message).settled_by_id == three.parties[1]
    assert message.replies.count() == 2


def test_a_question_to_all_is_declined_when_all_have_declined(table, three):
    message = services.ask(table, body=ASKED, by=three.actors[0])
    assert question_of(message).asked == sorted(three.parties[1:])
    services.decline_question(message, reason="わかりません。", by=three.actors[1])
    assert question_of(message).status == QuestionStatus.OPEN
    with pytest.raises(Refused, match="もう「答えない」"):
        services.decline_question(message, reason="わかりません。", by=three.actors[1])
    waiting = queries.open_questions(table, three.parties[1:2])
    assert [
        (list(one.awaits(three.parties[1:2])), list(one.awaits(three.parties[2:]))) for one in waiting
    ] == [([], [three.parties[2]])]
    services.decline_question(message, reason="わたしたちも。", by=three.actors[2])
    assert question_of(message).status == QuestionStatus.DECLINED


def test_a_reason_is_needed_and_nobody_asks_herself(table, three):
    message = services.ask(table, body=ASKED, by=three.actors[0])
    with pytest.raises(Invalid, match="ことばを"):
        services.decline_question(message, reason=" ", by=three.actors[1])
    with pytest.raises(Invalid, match="聞く相手"):
        services.ask(table, body=ASKED, to=three.parties[0], by=three.actors[0])


def test_a_clause_is_confirmed_by_everybody_else_and_never_by_who_restated_it(table, three):
    message = restated(table, three.actors[0])
    services.confirm(message, by=three.actors[1])
    assert Restatement.objects.get().status == RestatementStatus.WAITING
    with pytest.raises(Refused, match="もう確かめています"):
        services.confirm(message, by=three.actors[1])
    MembershipFactory(party_id=three.parties[2], person_id=three.actors[0].person)
    with pytest.raises(Refused, match="本人"):
        services.confirm(message, by=Actor(three.actors[0].person, three.parties[2]))
    services.confirm(message, by=three.actors[2])
    assert Restatement.objects.get().status == RestatementStatus.CONFIRMED


def test_a_clause_edited_meanwhile_is_not_restated_unseen(table, three):
    terms = queries.draft_of(table).terms
    seen = mark(terms, Clause.PURPOSE)
    services.edit(
        table,
        clause=Clause.PURPOSE,
        written=replace(terms, purpose="別の目的"),
        seen=seen,
        by=three.actors[1],
    )
    with pytest.raises(Conflict, match="この条が変わりました"):
        services.restate_clause(
            table, clause=Clause.PURPOSE, draft=True, seen=seen, body="？", by=three.actors[0]
        )
    with pytest.raises(Invalid, match="何も書かれていません"):
        restated(table, three.actors[0], Clause.OUTCOMES)
    with pytest.raises(Refused, match="もうありません"):
        services.restate_clause(
            table, clause=Clause.PURPOSE, draft=False, seen=seen, body="？", by=three.actors[0]
        )


def test_a_later_edit_marks_what_was_understood_of_the_text_before(table, three):
    message = restated(table, three.actors[0])
    for by in three.actors[1:]:
        services.confirm(message, by=by)
    row = Restatement.objects.get(message=message)
    old = queries.draft_of(table).terms
    new = replace(old, purpose="別の目的")
    assert not about_past_text(Clause.PURPOSE, row.mark, [old, new])  # one text still reads so
    assert about_past_text(Clause.PURPOSE, row.mark, [new])
    assert not about_past_text(Clause.PURPOSE, row.mark, [replace(old, safety="保険")])
    assert row.text == old.purpose


@pytest.mark.parametrize(
    ("today", "reminded", "due"),
    [
        # Asked on Friday the 18th: the 21st, 22nd and 23rd are three days.
        (date(2026, 12, 22), 0, 0),
        (date(2026, 12, 23), 0, 3),
        (date(2026, 12, 23), 3, 0),
        # The 24th, 25th and 28th; the office is closed from the 29th to the 3rd; the 4th, 5th, 6th and 7th.
        (date(2027, 1, 6), 3, 0),
        (date(2027, 1, 7), 3, 10),
        (date(2027, 1, 7), 0, 10),
        (date(2027, 3, 1), 10, 0),
    ],
)
def test_reminders_count_business_days(today, reminded, due):
    assert reminder_due(date(2026, 12, 18), today, reminded) == due


def _age(message, days):
    Message.objects.filter(pk=message.pk).update(created_at=message.created_at - timedelta(days=days))


def test_everybody_is_told_once_after_three_and_once_after_ten_business_days(table, three):
    message = services.ask(table, body=ASKED, to=three.parties[1], by=three.actors[0])
    answered = services.ask(table, body=ASKED, to=three.parties[1], by=three.actors[0])
    services.answer(answered, body="4月です。", by=three.actors[1])
    told = history(table).filter(verb="collaborations.question.waits").order_by("number")
    _age(answered, 40)
    tasks.remind(0)
    assert not told
    _age(message, 8)
    tasks.remind(0)
    tasks.remind(0)
    assert [entry.facts for entry in told.all()] == [{"question": message.pk, "days": 3}]
    with pytest.raises(Refused):
        services.remind_of_question(message, by=SYSTEM)
    _age(message, 40)
    tasks.remind(0)
    tasks.remind(0)
    assert [entry.facts["days"] for entry in told.all()] == [3, 10]
    assert list(understanding_matches_the_record()) == []


def test_nobody_is_reminded_where_nothing_goes_on_or_nobody_asked_sits(three):
    table = make.talking(three)
    message = services.ask(table, body=ASKED, to=three.parties[2], by=three.actors[0])
    _age(message, 60)
    assert queries.questions_to_remind_of() == [question_of(message)]
    services.stand_up(table, by=three.actors[2])
    assert queries.questions_to_remind_of() == []


def test_what_waits_stands_first_for_the_party_asked_and_is_the_same_for_all(table, three):
    first = services.ask(table, body="一", to=three.parties[1], by=three.actors[0])
    second = services.ask(table, body="二", to=three.parties[2], by=three.actors[0])
    seen = {
        party: [one.question.message.body for one in queries.open_questions(table, [party])]
        for party in three.parties
    }
    assert list(seen.values()) == [["一", "二"], ["一", "二"], ["二", "一"]]
    assert [q.message for q in queries.questions_awaiting([table.pk], three.parties[1:2])] == [first]
    assert [q.message for q in queries.questions_awaiting([table.pk], three.parties[2:])] == [second]


def test_the_record_tells_numbers_and_keys_only(table, three):
    message = services.ask(table, body=ASKED, to=three.parties[1], by=three.actors[0])
    services.decline_question(message, reason="ひみつの わけ", by=three.actors[1])
    services.differ(restated(table, three.actors[0], body="ひみつの こと"), body="ひみつ", by=three.actors[1])
    facts = [entry.facts for entry in history(table)]
    assert "ひみつ" not in repr(facts)
    assert {"message": message.pk, "to": three.parties[1]} in facts
    assert all(not entry.commitments.keys() - {"actor.person"} for entry in history(table))


def test_the_words_are_in_the_export_of_who_wrote_them(table, three):
    message = services.ask(table, body=ASKED, to=three.parties[1], by=three.actors[0])
    services.decline_question(message, reason="契約の前なので言えません。", by=three.actors[1])
    services.differ(restated(table, three.actors[0]), body="ちがいます、来年です。", by=three.actors[1])
    person = User.objects.get(pk=three.actors[1].person)
    data = zipfile.ZipFile(io.BytesIO(export(person, by=Actor(person.pk)))).read("data.json").decode()
    assert "契約の前なので言えません。" in data
    assert "ちがいます、来年です。" in data
    assert ASKED not in data


A_DAY = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("model", "status"), [(Question, "answered"), (Question, "withdrawn"), (Restatement, "confirmed")]
)
def test_an_outcome_that_no_entry_tells_is_found_by_verify(table, three, model, status):
    services.ask(table, body=ASKED, to=three.parties[1], by=three.actors[0])
    restated(table, three.actors[0])
    assert list(understanding_matches_the_record()) == []
    model.objects.update(status=status, settled_at=A_DAY, settled_by=three.parties[1])
    assert [problem.kind for problem in understanding_matches_the_record()] == ["understanding"]


def test_a_reminder_that_no_entry_tells_is_found_by_verify(table, three):
    services.ask(table, body=ASKED, to=three.parties[1], by=three.actors[0])
    Question.objects.update(reminded=3)
    assert [problem.kind for problem in understanding_matches_the_record()] == ["understanding"]


@pytest.mark.parametrize(("model", "values"), [(Question, {"asked": [1]}), (Restatement, {"text": "別の文"})])
def test_the_database_refuses_to_change_what_was_asked(table, three, model, values):
    services.ask(table, body=ASKED, to=three.parties[1], by=three.actors[0])
    restated(table, three.actors[0])
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        model.objects.update(**values)


def test_what_is_settled_stays_settled_in_the_database(table, three):
    message = services.ask(table, body=ASKED, to=three.parties[1], by=three.actors[0])
    services.decline_question(message, reason="むりです。", by=three.actors[1])
    with pytest.raises(DatabaseError, match="stays settled"), transaction.atomic():
        Question.objects.update(status="answered")
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            collaboration=table,
            party_id=three.parties[1],
            kind=Message.Kind.DECLINED,
            body="また",
            answers=message,
        )
    question_of(message).delete()
    assert [problem.kind for problem in understanding_matches_the_record()] == ["missing"]


def test_questions_from_before_wait_or_are_answered_as_the_record_tells(table, three):
    waits = services.ask(table, body=ASKED, by=three.actors[0])
    answered = services.ask(table, body=ASKED, by=three.actors[0])
    services.answer(answered, body="4月です。", by=three.actors[2])
    before = list(Question.objects.order_by("pk").values())
    Question.objects.all().delete()
    with connection.cursor() as sql:
        sql.execute(import_module(f"{migrations}.0004_understanding").ASKED_BEFORE)
    assert list(Question.objects.order_by("pk").values()) == before
    assert {waits.pk, answered.pk} == {row["message_id"] for row in before}
    assert list(understanding_matches_the_record()) == []


def test_what_waits_costs_the_same_for_two_and_for_twenty(table, three, django_assert_num_queries):
    for count in (2, 18):
        for _turn in range(count):
            services.ask(table, body=ASKED, to=three.parties[1], by=three.actors[0])
            services.confirm(restated(table, three.actors[0]), by=three.actors[1])
        with django_assert_num_queries(3):
            queries.open_questions(table, three.parties[1:2])
        with django_assert_num_queries(2):
            waiting = queries.restatements_in(table, RestatementStatus.WAITING)
            assert queries.understood(waiting, [])
        with django_assert_num_queries(1):
            assert len(queries.questions_awaiting([table.pk], three.parties[1:2])) >= count
