"""Whatever is changed in a bundle is found: more than ten thousand changes, and bytes that were never a bundle."""

import io
import random
import zipfile
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust.bundles.changing import OF_SIGNED_ONES, WAYS, broken_zip, changed, flip
from tests.trust.bundles.making import Files, Story, files_of, redacted, story, with_contents, zipped
from wanowa.record.rules.bundles import verify

pytestmark = pytest.mark.usefixtures("quick_signatures")

CHANGES = 10_200
ZIPS = 600


def code_of(files: Files) -> int:
    try:
        findings = verify.Bundle(files).findings
    except ValueError:
        return verify.MALFORMED
    return min((one.code for one in findings), key=verify.GRAVEST_FIRST.index, default=verify.VERIFIED)


def numbers(files: Files) -> set[int | None]:
    return {finding.number for finding in verify.Bundle(files).findings}


@pytest.fixture(scope="module")
def stories() -> list[tuple[Story, Files]]:
    chance = random.Random(42)
    made = [story(chance, chance.randrange(2, 8)) for _ in range(30)]
    return [(one, files_of(one)) for one in made]


def test_whole_bundles_are_verified(stories):
    assert {code_of(files) for _story, files in stories} == {verify.VERIFIED}


def test_more_than_ten_thousand_changes_are_all_found(stories):
    chance = random.Random(20261126)
    made, missed = Counter[str](), []
    while sum(made.values()) < CHANGES:
        for way in WAYS:
            told, files = chance.choice(stories)
            found = changed(way, told, files, chance)
            if found is not None:
                made[way.__name__] += 1
                if code_of(found) == verify.VERIFIED:
                    missed.append((way.__name__, told, found))
    assert missed == []
    assert min(made.values()) > CHANGES // len(WAYS) // 4
    assert made.keys() == {way.__name__ for way in WAYS}


def test_ruined_archives_are_refused(stories):
    chance = random.Random(7)
    refused = 0
    for _ in range(ZIPS):
        raw = zipped(chance.choice(stories)[1])
        other = broken_zip(raw, chance)
        if other == raw:
            continue
        with pytest.raises(verify.Broken):
            verify.unpack(other)
        refused += 1
    assert refused > ZIPS * 0.8


# Which entry it is


def plainly(**changes: object) -> Story:
    return replace(story(random.Random(5), 6, kept_back=frozenset()), **changes)


@pytest.mark.parametrize("number", range(1, 7))
def test_a_changed_entry_is_named(number):
    told = plainly()
    entries = [dict(entry) for entry in told.entries]
    entries[number - 1]["actor"] = {"party": 999}
    lines = b"".join(line + b"\n" for line in replace(told, entries=tuple(entries)).lines)
    assert number in numbers(with_contents(files_of(told) | {"events.jsonl": lines}))


def test_a_missing_entry_is_named():
    told = plainly()
    lines = [line + b"\n" for line in told.lines]
    files = files_of(told) | {"events.jsonl": b"".join(lines[:2] + lines[3:])}
    assert 3 in numbers(with_contents(files))


def test_a_changed_document_names_its_entry():
    told = story(random.Random(1), 9)
    name, raw = told.exhibits[0]
    files = with_contents(files_of(told) | {f"files/{name}": raw + b" "})
    assert numbers(files) == {int(name.partition("-")[0])}


def test_a_step_that_is_kept_back_holds_its_place():
    """Its hash stands for it: it can be neither changed nor exchanged for another."""
    told = next(one for n in range(99) if (one := story(random.Random(n), 8)).kept_back)
    files, n = files_of(told), min(told.kept_back)
    assert code_of(files) == verify.VERIFIED
    assert told.lines[n - 1] not in files["events.jsonl"]
    lines = files["events.jsonl"].split(b"\n")
    lines[n - 1] = lines[n - 1].replace(b'"hash":"', b'"hash":"0')[:-9] + lines[n - 1][-8:]
    assert code_of(with_contents(files | {"events.jsonl": b"\n".join(lines)})) != verify.VERIFIED


def test_a_redacted_value_may_be_gone_but_not_be_there():
    told = next(one for n in range(99) if (one := story(random.Random(n), 8)).openings)
    one = told.openings[0]
    gone = redacted(told, one["seq"], one["field"])
    assert code_of(files_of(gone)) == verify.VERIFIED
    still = replace(gone, openings=told.openings)
    assert code_of(files_of(still)) == verify.TAMPERED
    assert numbers(files_of(still)) == {one["seq"]}


def test_newest_entries_after_the_checkpoint_are_told_as_unprotected():
    """Nobody signed them yet: a forger could have sealed them anew, and the summary says up to where it is sure."""
    told = story(random.Random(3), 7, head=4)
    bundle = verify.Bundle(files_of(told))
    assert bundle.findings == []
    assert any("4番まで" in line for line in bundle._summary())


def test_without_a_checkpoint_nothing_is_verified():
    assert code_of(files_of(story(random.Random(3), 5, head=None))) == verify.INCOMPLETE


def test_a_key_that_nobody_introduced_has_to_be_asked_for():
    told = next(one for n in range(99) if len((one := story(random.Random(n), 3)).keys) > 1)
    assert code_of(files_of(told)) == verify.VERIFIED
    assert code_of(files_of(replace(told, lost=True))) == verify.INCOMPLETE


def test_the_proof_can_fail():
    """Negative control: with the chain, the values, the files and the signature unchecked, changes go unseen."""
    chance, unseen = random.Random(9), 0
    told = story(chance, 5)
    with pytest.MonkeyPatch.context() as patch:
        for check in ("_chain", "_values", "_files"):
            patch.setattr(verify.Bundle, check, lambda self: None)
        patch.setattr(verify.Bundle, "_signature", lambda self, note: None)
        for way in set(WAYS) - OF_SIGNED_ONES:
            found = changed(way, told, files_of(told), chance)
            unseen += found is not None and code_of(found) == verify.VERIFIED
    assert unseen >= 3


# Bytes that were never a bundle


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused(raw):
    with pytest.raises(verify.Broken):
        verify.unpack(raw)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_content_of_a_file_is_refused_or_found(data):
    told = story(random.Random(data.draw(st.integers(0, 3))), 4)
    files = files_of(told)
    name = data.draw(st.sampled_from(sorted(files.keys() - set(told.reading) - {"contents.json"})))
    raw = data.draw(
        st.binary(max_size=80)
        | st.text(max_size=80).map(lambda text: text.encode(errors="surrogatepass"))
        | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(
            lambda value: repr(value).encode()
        )
        | st.just(b"[" * 100_000)
        | st.just(b'{"a":' * 50_000)
        | st.integers(0, len(files[name])).map(lambda at: files[name][:at])
    )
    fewer_values = name == "openings.jsonl" and files[name].startswith(raw) and raw[-1:] in {b"\n", b""}
    if raw != files[name] and not fewer_values:
        assert code_of(with_contents(files | {name: raw})) != verify.VERIFIED


def test_a_bomb_is_not_unpacked(monkeypatch):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("events.jsonl", b"\0" * 30_000_000)
    monkeypatch.setattr(verify, "LARGEST", 10_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(verify.Broken):
        verify.unpack(whole.getvalue())


def test_more_files_than_a_bundle_has_are_not_read(monkeypatch):
    monkeypatch.setattr(verify, "MOST_FILES", 3)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(verify.Broken):
        verify.unpack(zipped({str(n): b"" for n in range(4)}))


def test_one_changed_bit_anywhere_in_the_archive_is_found():
    raw = zipped(files_of(story(random.Random(2), 3)))
    chance = random.Random(1)
    for _ in range(300):
        with pytest.raises(ValueError, match="書き方"):
            verify.Bundle(verify.unpack(flip(raw, chance)))
