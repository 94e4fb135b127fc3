"""Writing: one entry in the same transaction as the change, sealed to the one before, or no change at all."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from wanowa.kernel.actors import SYSTEM
from wanowa.kernel.errors import Refused
from wanowa.record.models import Entry, Head, Opening
from wanowa.record.rules import GENESIS, canonical, commitment, content_of, seal, stamp
from wanowa.record.services import records, verify, write
from wanowa.record.tests.factories import OFFERED, RESIDENT, TICKED, case, offer, pay, tick

pytestmark = pytest.mark.django_db


def test_entries_of_a_case_are_numbered_and_chained():
    entries = [offer(case(), number=1), tick(case()), pay(case())]
    assert [entry.number for entry in entries] == [1, 2, 3]
    end = GENESIS
    for entry in Entry.objects.order_by("number"):
        content = content_of(
            case="auth.group/1",
            number=entry.number,
            at=stamp(entry.at),
            verb=entry.verb,
            party=entry.party,
            facts=entry.facts,
            commitments=entry.commitments,
        )
        end = seal(end, canonical(content))
        assert entry.digest == end
    head = Head.objects.get()
    assert (head.number, head.digest, head.last_id) == (3, end, entries[-1].pk)


def test_each_case_has_a_chain_of_its_own():
    offer(case(1))
    assert offer(case(2)).number == 1


def test_the_person_acting_and_notes_are_only_committed_to():
    entry = offer(case(), note="電話は 048-000-0000 です")
    assert set(entry.commitments) == {"actor.person", "note"}
    row = json.dumps(Entry.objects.values().get(), default=str, ensure_ascii=False)
    assert "048-000" not in row
    assert '"person"' not in row
    opened = {opening.field: opening for opening in Opening.objects.all()}
    assert json.loads(opened["actor.person"].value) == RESIDENT.person
    for field, opening in opened.items():
        found = commitment(
            "auth.group/1", 1, field, bytes(opening.salt), canonical(json.loads(opening.value))
        )
        assert found == entry.commitments[field]


def test_equal_values_have_different_commitments():
    first, second = offer(case(1)), offer(case(2))
    assert first.commitments["actor.person"] != second.commitments["actor.person"]


def test_the_platform_writes_with_neither_person_nor_party():
    entry = tick(case(), by=SYSTEM)
    assert (entry.party, entry.commitments) == (None, {})
    assert not Opening.objects.exists()


def test_a_service_that_records_nothing_is_rolled_back():
    @records(OFFERED)
    def forgetful(*, by):
        Group.objects.create(name="残らない")

    with pytest.raises(RuntimeError, match="left nothing on record"):
        forgetful(by=RESIDENT)
    assert not Group.objects.exists()


def test_another_verb_than_the_declared_one_does_not_count():
    @records(OFFERED)
    def mistaken(*, by):
        write(TICKED, case(), by=by)

    with pytest.raises(RuntimeError, match="left nothing on record"):
        mistaken(by=SYSTEM)
    assert not Entry.objects.exists()


def test_what_an_inner_service_records_counts_for_the_outer_one():
    @records(TICKED)
    def outer(*, by):
        return tick(case(), by=by)

    assert outer(by=SYSTEM).number == 1


def test_what_an_inner_service_failed_to_record_does_not_count():
    @records(TICKED)
    def inner(*, by):
        write(TICKED, case(), by=by)
        raise Refused("いまはできません。")

    @records(TICKED)
    def outer(*, by):
        with pytest.raises(Refused):
            inner(by=by)

    with pytest.raises(RuntimeError, match="left nothing on record"):
        outer(by=SYSTEM)
    assert not Entry.objects.exists()


def test_the_change_and_its_entry_are_undone_together():
    @records(TICKED)
    def failing(*, by):
        Group.objects.create(name="残らない")
        tick(case(), by=by)
        raise Refused("いまはできません。")

    with pytest.raises(Refused):
        failing(by=SYSTEM)
    assert not Group.objects.exists()
    assert not Entry.objects.exists()


def test_nobody_writes_outside_a_guarded_service():
    with pytest.raises(RuntimeError, match="guarded by @records"):
        write(TICKED, case(), by=SYSTEM)


@pytest.mark.parametrize("facts", [{"number": 1}, {"number": 1, "fingerprint": "x"}, {"name": "山田"}])
def test_an_entry_with_wrong_facts_is_refused_at_once(facts):
    @records(OFFERED)
    def careless(*, by):
        write(OFFERED, case(), by=by, **facts)

    with pytest.raises(TypeError):
        careless(by=RESIDENT)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("personal", [{"actor.person": "5"}, {"名前": "山田"}, {"note": 5}, {"": "x"}])
def test_personal_values_are_strings_under_plain_words(personal):
    @records(TICKED)
    def careless(*, by):
        write(TICKED, case(), by=by, personal=personal)

    with pytest.raises(TypeError):
        careless(by=RESIDENT)


def test_a_thing_that_is_not_saved_has_no_case():
    with pytest.raises(ValueError, match="before it is saved"):
        tick(Group(name="まだ"))


def test_the_time_of_a_case_never_runs_backwards(monkeypatch):
    first = tick(case())
    monkeypatch.setattr(timezone, "now", lambda: first.at - timedelta(hours=2))
    assert tick(case()).at == first.at
    assert tick(case(2)).at == first.at - timedelta(hours=2)
    assert verify().clean


def test_any_text_can_be_kept_back_unchanged():
    text = "渡邉󠄀\u0000神\U000e0041か\u3099𠮷\r\n\t<script>"
    offer(case(), note=text)
    assert json.loads(Opening.objects.get(field="note").value) == text
    assert verify().clean


def test_an_entry_costs_four_queries(django_assert_num_queries):
    offer(case())
    with django_assert_num_queries(6):  # and the two of the guard's savepoint
        offer(case())
