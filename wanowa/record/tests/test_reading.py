"""Reading: histories, sentences in Japanese, and the cursor that changes exactly when something is new."""

import pytest

from wanowa.record import queries
from wanowa.record.models import Entry
from wanowa.record.queries import after, case_of, cursor_of, history, narrate, narration, register_names
from wanowa.record.tests.factories import case, offer, pay, tick

pytestmark = pytest.mark.django_db

NAMES = {21: "湧水を守る会", 22: "環境課"}


@pytest.fixture(autouse=True)
def _names(monkeypatch):
    monkeypatch.setattr(narration, "_names", [])
    register_names(lambda parties: {party: NAMES[party] for party in parties if party in NAMES})


def test_a_history_holds_every_step_of_one_thing_in_order():
    offer(case(1)), tick(case(2)), pay(case(1))
    assert [entry.verb for entry in history(case(1))] == ["record.test.offered", "record.test.paid"]


def test_the_public_history_holds_only_public_verbs():
    offer(case()), pay(case()), tick(case())
    public = history(case(), public_only=True)
    assert [entry.verb for entry in public] == ["record.test.offered", "record.test.ticked"]


def test_a_case_is_named_after_its_model_and_key():
    assert case_of(case(7)) == "auth.group/7"


def test_moments_are_told_in_japanese_with_the_names_of_today():
    offer(case(), number=3), pay(case()), tick(case())
    moments = narrate(history(case()))
    assert [moment.sentence for moment in moments] == [
        "湧水を守る会が第3版を提案しました",
        "湧水を守る会が環境課に2026年11月23日（月）に120,000円を払いました",
        "わのわ（自動）が時を記録しました",
    ]
    assert [moment.milestone for moment in moments] == [False, False, True]
    assert [moment.party for moment in moments] == [21, 21, None]


def test_a_party_without_a_name_and_an_unknown_verb_still_read():
    offer(case())
    (entry,) = history(case())
    entry.party, entry.verb = 99, "gone.verb"
    assert narrate([entry])[0].sentence == "名前のわからない主体の記録（gone.verb）"


def test_names_are_asked_for_once(django_assert_num_queries):
    asked = []
    register_names(lambda parties: asked.append(set(parties)) or {})
    for _ in range(5):
        pay(case())
    with django_assert_num_queries(2):  # the entries, and what was done about them
        narrate(history(case()))
    assert asked == [{21, 22}]


def test_deliveries_go_on_after_the_last_one_seen():
    first, second, third = tick(case(1)), tick(case(2)), tick(case(1))
    assert after(0, 2) == [first, second]
    assert after(second.pk) == [third]
    assert after(third.pk) == []


def test_deliveries_cost_two_queries(django_assert_num_queries):
    tick(case())
    with django_assert_num_queries(2):
        after(0)


@pytest.mark.parametrize("prefixes", [["auth.group/1"], ["auth"], []])
def test_the_cursor_grows_with_each_entry_of_its_cases_only(prefixes):
    tick(case(1))
    before = cursor_of(*prefixes)
    assert cursor_of(*prefixes) == before
    assert cursor_of("authx", "auth.group/10") == 0
    tick(case(1))
    assert cursor_of(*prefixes) > before


def test_the_cursor_of_an_app_sees_a_case_that_is_new():
    tick(case(1))
    before = cursor_of("auth"), cursor_of("auth.group/1")
    tick(case(2))
    assert cursor_of("auth") > before[0]
    assert cursor_of("auth.group/1") == before[1]


def test_the_cursor_costs_one_query_for_any_number_of_cases(django_assert_num_queries):
    tick(case())
    with django_assert_num_queries(1):
        cursor_of("auth", "parties", *(f"auth.group/{pk}" for pk in range(20)))


def test_an_entry_is_inserted_only():
    entry = tick(case())
    with pytest.raises(TypeError):
        entry.delete()
    assert str(entry) == "auth.group/1 #1 record.test.ticked"
    assert Entry.objects.count() == 1
    assert queries.history(case()).get() == entry
