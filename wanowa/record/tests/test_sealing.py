"""The seal: the canonical form, the chain and the commitments are exactly what the specification says."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from wanowa.record.rules import GENESIS, Fault, canonical, commitment, content_of, link, seal, stamp
from wanowa.record.rules.sealing import LARGEST, canonical_fast

names = st.from_regex(r"[a-z][a-z0-9_.]{0,20}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
numbers = st.integers(-LARGEST, LARGEST)
contents = st.builds(
    content_of,
    case=texts,
    number=numbers,
    at=texts,
    verb=texts,
    party=st.none() | numbers,
    facts=st.dictionaries(names, st.booleans() | numbers | texts, max_size=5),
    commitments=st.dictionaries(names, texts, max_size=3),
)


@given(contents)
def test_both_ways_to_the_canonical_form_give_the_same_bytes(content):
    assert canonical_fast(content) == canonical(content) == rfc8785.dumps(content)


@given(contents)
def test_the_canonical_form_can_be_read_back(content):
    assert json.loads(canonical(content)) == content


@pytest.mark.parametrize(
    "value", [1.0, 1.5, float("nan"), float("inf"), 2**53, -(2**53), [1], b"x", "\ud800"]
)
@pytest.mark.parametrize("form", [canonical, canonical_fast])
def test_what_readers_could_read_in_two_ways_has_no_canonical_form(form, value):
    content = content_of(
        case="a.b/1", number=1, at="t", verb="v", party=None, facts={"fact": value}, commitments={}
    )
    with pytest.raises(Fault):
        form(content)


@pytest.mark.parametrize("facts", [{"名": 1}, {"deep": {"er": 1}}, {"nothing": None}, [], None, "text"])
def test_facts_are_a_flat_object_with_ascii_names(facts):
    content = content_of(case="a.b/1", number=1, at="t", verb="v", party=None, facts=facts, commitments={})
    with pytest.raises(Fault):
        canonical_fast(content)


def test_the_seal_is_the_specified_hash():
    entry = canonical(
        content_of(
            case="collaborations.collaboration/42",
            number=1,
            at="2026-11-23T03:00:00.000000Z",
            verb="collaborations.version.offered",
            party=7,
            facts={"number": 3},
            commitments={"note": "ab"},
        )
    )
    assert entry == (
        b'{"actor":{"party":7},"commit":{"note":"ab"},"log":"collaborations.collaboration/42",'
        b'"public":{"number":3},"seq":1,"t":"2026-11-23T03:00:00.000000Z",'
        b'"type":"collaborations.version.offered","v":2}'
    )
    inner = hashlib.sha256(entry).digest()
    assert seal(GENESIS, entry) == hashlib.sha256(b"\x02" + bytes(32) + inner).hexdigest()


def test_entries_of_the_first_format_stay_readable():
    entry = b'{"v":1}'
    assert seal(GENESIS, entry, 1) == hashlib.sha256(b"\x01" + bytes(32) + entry).hexdigest()


def test_an_entry_that_is_kept_back_can_be_linked_by_its_hash():
    entry = b'{"v":2}'
    before = "ab" * 32
    assert link(before, hashlib.sha256(entry).digest()) == seal(before, entry)
    assert link(before, hashlib.sha256(entry + b" ").digest()) != seal(before, entry)


def test_the_commitment_is_the_specified_hash():
    value = canonical("湧水を守る会の山田")
    text = b"wanowa/commit/v1\x00a.b/1\x0017\x00note\x00" + b"s" * 16 + b"\x00" + value
    assert commitment("a.b/1", 17, "note", b"s" * 16, value) == hashlib.sha256(text).hexdigest()


def test_a_salt_of_another_length_is_refused():
    with pytest.raises(Fault):
        commitment("a.b/1", 1, "note", b"short", b'"x"')


def test_a_time_is_written_in_utc_with_microseconds():
    japan = timezone(timedelta(hours=9))
    assert stamp(datetime(2026, 11, 23, 12, 0, tzinfo=japan)) == "2026-11-23T03:00:00.000000Z"
    assert stamp(datetime(2026, 11, 23, 3, 0, 0, 5, tzinfo=UTC)) == "2026-11-23T03:00:00.000005Z"
