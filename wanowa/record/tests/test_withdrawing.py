"""Redacting, hiding, correcting: only what exists, once, with an entry; and the chain stays whole."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from wanowa.kernel.actors import SYSTEM
from wanowa.kernel.errors import Invalid, Refused
from wanowa.record.models import Entry, Opening
from wanowa.record.queries import history, narrate
from wanowa.record.rules import ABOUT_ENTRIES, Ground
from wanowa.record.services import (
    correct,
    hide,
    records,
    redact,
    redact_person,
    redact_value,
    verify,
    withdrawing,
    writing,
)
from wanowa.record.tests.factories import RESIDENT, case, offer, pay, tick, unprotected
from wanowa.record.verbs import ENTRY_CORRECTED, ENTRY_HIDDEN, VALUE_REDACTED

pytestmark = pytest.mark.django_db


def told(subject=None):
    return [(entry.verb, entry.facts) for entry in history(subject or case())]


def problems():
    return [(problem.number, problem.kind) for problem in verify().problems]


def test_a_redacted_value_is_gone_and_an_entry_says_why():
    offer(case(), note="ひみつ")
    redact(case(), 1, "note", ground=Ground.RIGHTS, by=RESIDENT)
    assert not Opening.objects.filter(field="note").exists()
    assert Opening.objects.filter(entry__number=1, field="actor.person").exists()
    assert told()[1] == (VALUE_REDACTED.name, {"target": 1, "field": "note", "ground": "rights"})
    assert verify().clean


@pytest.mark.parametrize(("number", "field"), [(1, "reason"), (2, "note"), (0, "note"), (1, "")])
def test_what_is_not_kept_cannot_be_redacted(number, field):
    offer(case(), note="ひみつ")
    with pytest.raises(Refused, match="消す値がありません"):
        redact(case(), number, field, ground=Ground.LAW, by=RESIDENT)
    assert len(told()) == 1


def test_a_value_is_redacted_once():
    offer(case(), note="ひみつ")
    redact(case(), 1, "note", ground=Ground.LAW, by=RESIDENT)
    with pytest.raises(Refused, match="もう消したか"):
        redact(case(), 1, "note", ground=Ground.LAW, by=RESIDENT)
    with pytest.raises(IntegrityError), transaction.atomic():
        _say_redacted(1, "note")


@records(VALUE_REDACTED)
def _say_redacted(number, field):
    facts = {"target": number, "field": field, "ground": Ground.LAW}
    writing.write_in("auth.group/1", VALUE_REDACTED, by=SYSTEM, facts=facts)


def test_the_database_lets_a_value_go_only_when_an_entry_of_its_case_names_it(as_app):
    offer(case(1), note="ひみつ"), offer(case(2), note="ひみつ")
    redact(case(2), 1, "note", ground=Ground.LAW, by=RESIDENT)
    for which in ("field = 'note'", "field = 'actor.person'", "TRUE"):
        with as_app(), pytest.raises(DatabaseError, match="no entry says"), transaction.atomic():
            _sql(f"DELETE FROM record_opening WHERE {which}")
    assert Opening.objects.count() == 4  # the values of the first case, and who acted in the other


def test_without_the_trigger_a_value_would_go_unsaid():
    """The negative control: then only `verify` finds it."""
    offer(case(), note="ひみつ")
    _sql("ALTER TABLE record_opening DISABLE TRIGGER record_opening_goes")
    _sql("DELETE FROM record_opening WHERE field = 'note'")
    assert problems() == [(1, "opening")]


def test_the_database_refuses_to_say_redacted_while_the_value_is_there():
    offer(case(), note="ひみつ")
    _say_redacted(1, "note")
    with pytest.raises(DatabaseError, match="says redacted, but the value is there"):
        connection.check_constraints()
    transaction.set_rollback(True)


def test_a_redacted_value_does_not_come_back(as_app):
    offer(case(), note="ひみつ")
    kept = Opening.objects.get(field="note")
    redact(case(), 1, "note", ground=Ground.LAW, by=RESIDENT)
    with as_app(), pytest.raises(DatabaseError, match="was redacted"), transaction.atomic():
        Opening(entry=kept.entry, field="note", salt=kept.salt, value=kept.value).save(force_insert=True)


def test_the_role_of_the_application_can_redact(as_app):
    with as_app():
        offer(case(), note="ひみつ")
        redact(case(), 1, "note", ground=Ground.LAW, by=RESIDENT)
    assert verify().clean


def test_a_service_that_deletes_without_writing_is_rolled_back(monkeypatch):
    offer(case(), note="ひみつ")
    monkeypatch.setattr(withdrawing, "write_in", lambda *_args, **_options: None)
    with pytest.raises(DatabaseError, match="no entry says"), transaction.atomic():
        redact(case(), 1, "note", ground=Ground.LAW, by=RESIDENT)
    assert Opening.objects.filter(field="note").exists()


def test_nothing_of_a_value_stands_in_the_statistics_of_the_database():
    for number in range(300):
        offer(case(), note=f"ひみつ{number % 3}")
    _sql("ANALYZE record_opening")
    assert "ひみつ" not in _read(
        "SELECT string_agg(s::text, '') FROM pg_stats s WHERE tablename = 'record_opening'"
    )
    _sql("ALTER TABLE record_opening ALTER COLUMN value SET STATISTICS 100")
    _sql("ANALYZE record_opening")
    assert "ひみつ" in _read(
        "SELECT string_agg(s::text, '') FROM pg_stats s WHERE tablename = 'record_opening'"
    )


def test_a_hidden_entry_keeps_its_number_and_its_time_and_names_nobody():
    entry = offer(case(), number=3)
    hide(case(), 1, ground=Ground.WITHHELD, by=RESIDENT)
    moment = narrate(history(case()))[0]
    assert (moment.number, moment.at, moment.party) == (1, entry.at, None)
    assert (moment.sentence, moment.hidden) == (
        "この記録は、理由があって見えなくしています",
        "公開できない情報",
    )
    assert told()[1] == (ENTRY_HIDDEN.name, {"target": 1, "ground": "withheld"})
    assert verify().clean


def test_an_entry_is_hidden_once_and_its_trace_never():
    offer(case(), note="ひみつ")
    hide(case(), 1, ground=Ground.LAW, by=RESIDENT)
    redact(case(), 1, "note", ground=Ground.LAW, by=RESIDENT)
    with pytest.raises(Refused, match="もう見えなく"):
        hide(case(), 1, ground=Ground.LAW, by=RESIDENT)
    for trace in (2, 3):
        with pytest.raises(Refused, match="見えなくできません"):
            hide(case(), trace, ground=Ground.LAW, by=RESIDENT)
    with pytest.raises(Refused, match="その番号の記録はありません"):
        hide(case(), 9, ground=Ground.LAW, by=RESIDENT)


def test_a_correction_stands_beside_what_it_corrects_and_everybody_may_read_it():
    offer(case())
    correct(case(), 1, note="正しくは第2版です。", by=RESIDENT)
    first, second = narrate(history(case(), public_only=True))
    assert (first.sentence, first.corrections) == (
        "名前のわからない主体が第1版を提案しました",
        ((2, "正しくは第2版です。"),),
    )
    assert second.sentence == "記録1番に、訂正を足しました"
    assert list(Opening.objects.filter(public=True).values_list("field", flat=True)) == ["note"]
    assert "正しくは" not in str(list(Entry.objects.values()))


def test_the_words_of_a_correction_can_be_redacted_and_a_hidden_correction_says_nothing():
    offer(case()), offer(case())
    correct(case(), 1, note="まちがい", by=RESIDENT)
    correct(case(), 2, note="これもまちがい", by=RESIDENT)
    redact(case(), 3, "note", ground=Ground.RIGHTS, by=RESIDENT)
    hide(case(), 4, ground=Ground.ERROR, by=RESIDENT)
    first, second, third, fourth, *_rest = narrate(history(case()))
    assert first.corrections == ((3, ""),)
    assert (third.redacted, second.corrections) == (("権利の侵害",), ())
    assert fourth.hidden == "書きまちがい"


@pytest.mark.parametrize("note", ["", " ", "\n\u3000"])
def test_a_correction_has_words(note):
    offer(case())
    with pytest.raises(Invalid, match="正しくはどうだったか"):
        correct(case(), 1, note=note, by=RESIDENT)


def test_a_published_value_is_not_also_personal():
    @records(ENTRY_CORRECTED)
    def careless():
        writing.write(
            ENTRY_CORRECTED, case(), by=RESIDENT, personal={"note": "a"}, published={"note": "b"}, target=1
        )

    with pytest.raises(TypeError, match="either personal or published"):
        careless()


def test_what_was_done_costs_one_query_and_two_more_for_corrections(django_assert_num_queries):
    for size in (2, 20):
        for _ in range(size):
            tick(case(size))
        entries = list(history(case(size)))
        with django_assert_num_queries(1):
            narrate(entries)
        for number in range(1, size + 1):
            hide(case(size), number, ground=Ground.LAW, by=SYSTEM)
        with django_assert_num_queries(1):
            assert {moment.hidden for moment in narrate(entries)} == {"法令の定め"}
        for number in range(1, size + 1):
            correct(case(size), number, note="訂正", by=SYSTEM)
        with django_assert_num_queries(3):
            narrate(entries)


def test_what_was_done_in_a_long_record_is_found_by_an_index():
    tick(case())
    with unprotected() as sql:
        sql.execute("""INSERT INTO record_entry
            ("case", number, version, at, verb, party, facts, commitments, digest)
            SELECT 'auth.group/' || g / 100 + 2, g % 100, 1, now(),
                CASE g % 9 WHEN 0 THEN 'record.entry.hidden' ELSE 'record.test.ticked' END, 1,
                jsonb_build_object('target', g), '{}', '' FROM generate_series(1, 20000) AS g""")
        sql.execute("ANALYZE record_entry")
    about = Entry.objects.filter(case__in=["auth.group/7"], verb__in=ABOUT_ENTRIES, facts__target__in=[1, 2])
    assert "record_entry_about" in about.explain()


def test_a_persons_number_address_and_words_go_together_and_nobody_elses(monkeypatch):
    offer(case(1), note="わたしのことば"), offer(case(2)), tick(case(2))
    other = offer(case(2), by=RESIDENT.__class__(person=12, party=21), note="ほかの人のことば")
    pay(case(3))
    assert redact_person(11, ground=Ground.REQUEST) == 4
    assert set(Opening.objects.values_list("entry", "value")) == {
        (other.pk, "12"),
        (other.pk, '"ほかの人のことば"'),
    }
    redactions = Entry.objects.filter(verb=VALUE_REDACTED.name)
    assert {(entry.party, *entry.commitments) for entry in redactions} == {(None,)}, "nobody is named again"
    assert verify().clean
    assert redact_person(11, ground=Ground.REQUEST) == 0


def test_of_chosen_entries_only_the_own_values_go():
    mine, theirs = offer(case(), note="わたし"), offer(case(), by=RESIDENT.__class__(12, 21), note="あなた")
    assert redact_person(11, entries=[mine.pk, theirs.pk, 10**15], ground=Ground.REQUEST) == 2
    assert Opening.objects.filter(entry=theirs).count() == 2


def test_a_value_that_is_needed_no_longer_goes_from_one_case_alone():
    (
        offer(case(1), note="a@example.jp"),
        offer(case(2), note="a@example.jp"),
        offer(case(1), note="b@example.jp"),
    )
    assert redact_value(case(1), "note", "a@example.jp", ground=Ground.EXPIRED) == 1
    kept = Opening.objects.filter(field="note").order_by("id")
    assert list(kept.values_list("entry__case", "value")) == [
        ("auth.group/2", '"a@example.jp"'),
        ("auth.group/1", '"b@example.jp"'),
    ]


# What verify says


def _tampered(statement):
    with unprotected() as sql:
        sql.execute(statement)
    return problems()


def test_a_redacted_value_that_is_still_there_is_reported():
    offer(case(), note="ひみつ")
    with unprotected():
        _say_redacted(1, "note")
    assert problems() == [(1, "redacted")]


@pytest.mark.parametrize(
    "facts",
    [
        {"target": 1, "field": "reason", "ground": Ground.LAW},
        {"target": 7, "field": "note", "ground": Ground.LAW},
        {"target": 0, "field": "note", "ground": Ground.LAW},
        {"target": 2, "field": "note", "ground": Ground.LAW},
    ],
)
def test_a_redaction_of_something_that_does_not_exist_is_reported(facts):
    @records(VALUE_REDACTED)
    def say():
        writing.write_in("auth.group/1", VALUE_REDACTED, by=SYSTEM, facts=facts)

    offer(case(), note="ひみつ")
    say()
    assert problems() == [(2, "target")]


@pytest.mark.parametrize("target", [-1, 0, 2, 3, 99])
@pytest.mark.parametrize("verb", [ENTRY_HIDDEN, ENTRY_CORRECTED])
def test_hiding_or_correcting_a_number_that_is_not_there_is_reported(verb, target):
    @records(verb)
    def say():
        facts = {"target": target} | ({"ground": Ground.LAW} if verb is ENTRY_HIDDEN else {})
        writing.write_in("auth.group/1", verb, by=SYSTEM, facts=facts)

    tick(case())
    say()
    assert problems() == [(2, "target")]


def test_hiding_the_trace_of_a_removal_is_reported():
    tick(case()), hide(case(), 1, ground=Ground.LAW, by=SYSTEM)

    @records(ENTRY_HIDDEN)
    def say():
        writing.write(ENTRY_HIDDEN, case(), by=SYSTEM, target=2, ground=Ground.LAW)

    say()
    assert problems() == [(3, "target")]


def test_a_redaction_in_another_case_explains_nothing():
    offer(case(1), note="ひみつ"), offer(case(2), note="ひみつ")
    redact(case(2), 1, "note", ground=Ground.LAW, by=RESIDENT)
    gone = "DELETE FROM record_opening o USING record_entry e WHERE e.id = o.entry_id AND field = 'note'"
    assert _tampered(gone) == [(1, "opening")]


def test_a_ground_nobody_declared_is_reported():
    tick(case()), hide(case(), 1, ground=Ground.LAW, by=SYSTEM)
    found = _tampered(
        """UPDATE record_entry SET facts = '{"target": 1, "ground": "whim"}' WHERE number = 2"""
    )
    assert (2, "facts") in found


def _sql(statement):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(statement)


def _read(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
