"""What is pure: warnings about texts, counts that single nobody out, the skills of the pack, the dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wanowa.kernel.languages import speaking
from wanowa.talent.queries import taxonomy
from wanowa.talent.rules import (
    LEAST,
    REMINDERS,
    Purpose,
    Status,
    Tier,
    Warned,
    answer,
    next_confirmation,
    published,
    purposes_for,
    shown_to_sender,
    skills_of,
    warnings,
)
from wanowa.talent.tests.texts import LABELLED


def test_there_are_300_labelled_texts():
    assert len(LABELLED) == 300
    assert len({text for text, _label in LABELLED}) == 300


@pytest.mark.parametrize("label", [Warned.PHONE, Warned.MAIL, Warned.NUMBER])
def test_of_contacts_and_numbers_95_in_100_are_found(label, record_property):
    texts = [text for text, told in LABELLED if told is label]
    missed = [text for text in texts if label not in warnings(text)]
    record_property("recall", 1 - len(missed) / len(texts))
    assert len(missed) <= 0.05 * len(texts), missed


def test_of_words_about_health_most_are_found():
    texts = [text for text, told in LABELLED if told is Warned.HEALTH]
    missed = [text for text in texts if Warned.HEALTH not in warnings(text)]
    assert len(missed) <= 0.1 * len(texts), missed


def test_of_plain_texts_at_most_one_in_twenty_is_warned_of():
    texts = [text for text, told in LABELLED if told is None]
    alarms = [(text, warnings(text)) for text in texts if warnings(text)]
    assert len(alarms) <= 0.05 * len(texts), alarms


KINDS, BLOCKS = ("a", "b", "c"), ("north", "middle", "south")
PEOPLE = st.lists(
    st.tuples(st.frozensets(st.sampled_from(KINDS), min_size=1), st.sampled_from((*BLOCKS, ""))), max_size=60
)


def answers(people):
    """Return the number for every combination of public filters; None where nothing is said."""
    groups = published(people, BLOCKS)
    return {
        (kind, block): sum(group.people for group in found)
        if (found := answer(groups, {"kind": kind, "block": block}))
        else None
        for kind in KINDS
        for block in ("", *BLOCKS)
    }


@settings(max_examples=400, deadline=None, derandomize=True)
@given(PEOPLE)
def test_no_combination_of_public_filters_isolates_fewer_than_five(people):
    """Nor does subtracting one answer from another (T19): parts of a kind add up to it, or none is told."""
    told = answers(people)
    for number in told.values():
        assert number is None or number >= LEAST
    for kind in KINDS:
        whole, parts = told[kind, ""], [told[kind, block] for block in BLOCKS]
        true = sum(kind in kinds for kinds, _place in people)
        assert whole == (true if true >= LEAST else None)
        known = [number for number in parts if number is not None]
        if known:
            assert sum(known) == whole
        for number in known:
            assert whole - number == 0 or whole - number >= LEAST


def test_the_property_would_notice_a_count_without_secondary_suppression():
    people = [(frozenset("a"), "north")] * 6 + [(frozenset("a"), "south")] * 2
    assert answers(people)["a", "north"] is None
    naive = {"": 8, "north": 6}
    assert 0 < naive[""] - naive["north"] < LEAST


def test_whoever_reads_english_chooses_skills_kinds_and_blocks_by_english_names():
    known = taxonomy()
    assert known.labels(["singing"]) == ["歌"]
    with speaking("en"):
        told = [one.told for one in (*known.skills, *known.kinds, *known.blocks)]
        assert known.labels(["singing"]) == ["singing"]
    assert [name for name in told if not name.isascii()] == []
    assert known.matching("Singing") == {"singing"}


def test_the_pack_has_sixty_skills_and_each_is_found_by_its_synonyms():
    known = taxonomy()
    assert len(known.skills) >= 60
    assert 3 <= len(known.blocks) <= 5
    for skill in known.skills:
        assert skill.plain
        for word in (skill.label, *skill.synonyms):
            assert skill.key in known.matching(word), word
    assert known.matching("くさかり") == frozenset()
    assert {"computer-help", "smartphone-help"} <= known.matching("パソコン")


@pytest.mark.parametrize(
    "table",
    [
        {"skill": [{"key": "a", "label": "a", "plain": "a", "kind": "none"}]},
        {
            "kind": [{"key": "k", "label": "k"}],
            "skill": [{"key": "a", "label": "a", "plain": "a", "kind": "k", "parent": "z"}],
        },
        {
            "kind": [{"key": "k", "label": "k"}],
            "skill": [{"key": "a", "label": "a", "plain": "a", "kind": "k"}] * 2,
        },
    ],
)
def test_a_pack_that_contradicts_itself_is_refused(table):
    with pytest.raises(ValueError, match=r"skills\.toml"):
        skills_of(table)


def test_a_tier_serves_every_narrower_purpose():
    assert purposes_for(Tier.V0) == frozenset()
    assert purposes_for(Tier.V2) == {Purpose.DESK, Purpose.PARTIES}


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)))
def test_the_next_confirmation_is_in_april_and_far_enough_for_every_reminder(day):
    due = next_confirmation(day)
    assert (due.month, due.day) == (4, 30)
    assert timedelta(days=max(REMINDERS)) < due - day <= timedelta(days=366 + max(REMINDERS))


def test_only_an_acceptance_is_told():
    from datetime import UTC, datetime  # noqa: PLC0415 - only here

    end = datetime(2026, 12, 1, tzinfo=UTC)
    quiet = [Status.CHECKING, Status.SENT, Status.DECLINED, Status.LAPSED]
    for now in (end - timedelta(seconds=1), end, end + timedelta(days=9)):
        assert len({shown_to_sender(status, end, now) for status in quiet}) == 1
        assert shown_to_sender(Status.ACCEPTED, end, now) != shown_to_sender(Status.SENT, end, now)
