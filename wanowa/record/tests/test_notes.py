"""A checkpoint's note is what C2SP describes, is read back only as it was written, and signatures bind it."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanowa.record.rules import Fault
from wanowa.record.rules.notes import Key, Statement, digest_of, linked, read_note
from wanowa.record.tests.signing import ORIGIN, Signer, check, note, statement

FIRST, SECOND = Signer(1), Signer(2)


def test_the_text_is_the_specified_one():
    said = statement(key=FIRST.key.text)
    assert said.text == (
        "wanowa/112291\n3\nq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\nnumber 1\n"
        "previous AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nat 2026-11-25T20:00:00.000000Z\nentries 12\n"
        f"key {FIRST.key.text}\n"
    )
    assert digest_of(said.text) == hashlib.sha256(said.text.encode()).hexdigest()


def test_a_key_is_named_as_signed_notes_name_it():
    name, public = b"wanowa/112291/1", FIRST.key.public
    wanted = hashlib.sha256(name + b"\n\x01" + public).digest()[:4]
    assert FIRST.key.id == wanted
    assert (
        FIRST.key.text == f"wanowa/112291/1+{wanted.hex()}+{base64.b64encode(bytes([1]) + public).decode()}"
    )
    assert Key.read(FIRST.key.text) == FIRST.key


def test_a_note_is_read_as_it_was_written():
    written = note(statement(number=2, previous="cd" * 32, key=SECOND.key.text), FIRST, SECOND)
    assert read_note(written.whole) == written
    assert written.whole.split("\n")[-2].startswith(f"— {ORIGIN}/2 ")


def test_a_signature_holds_for_its_text_and_key_alone():
    written = note(statement(), FIRST)
    assert written.signed_by(FIRST.key, check)
    assert not written.signed_by(SECOND.key, check)
    assert not written.signed_by(Signer(1, seed=b"another key of that name".ljust(32)).key, check)
    other = statement(size=4)
    assert not written._replace(statement=other, text=other.text).signed_by(FIRST.key, check)


WHOLE = note(statement(), FIRST).whole


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "\n\n",
        WHOLE[:-1],
        WHOLE + "\n",
        WHOLE.replace("\n\n", "\n"),
        WHOLE.replace("— ", "- "),
        WHOLE.replace("number 1", "number 0"),
        WHOLE.replace("number 1", "number 01"),
        WHOLE.replace("number 1", "number １"),
        WHOLE.replace("entries 12", "entries -12"),
        WHOLE.replace("entries 12", "entries 12 "),
        WHOLE.replace("entries 12", "entries 12\nmore 1"),
        WHOLE.replace("000000Z", "000Z"),
        WHOLE.replace("q6s=", "q6t="),  # decodes to the same bytes: not the one way to write them
        WHOLE.replace("q6s=", "q6s"),
        WHOLE.replace("\n3\n", "\n 3\n"),
        WHOLE.replace("wanowa/112291\n", "WANOWA\n", 1),
        WHOLE.replace("\n", "\r\n"),
        WHOLE.replace("previous", "before"),
    ],
)
def test_what_is_no_note_is_refused(broken):
    with pytest.raises(Fault):
        read_note(broken)


@given(st.text(max_size=200))
def test_any_text_is_a_note_or_a_fault(text):
    with pytest.raises(Fault):
        read_note(text)
    with pytest.raises(Fault):
        Statement.read(text)
    with pytest.raises(Fault):
        Key.read(text)


@given(st.integers(0, len(WHOLE.encode()) - 1), st.integers(0, 7))
def test_a_flipped_bit_is_never_the_same_signed_note(place, bit):
    raw = bytearray(WHOLE.encode())
    raw[place] ^= 1 << bit
    try:
        changed = read_note(raw.decode())
    except (Fault, UnicodeDecodeError):
        return
    assert not changed.signed_by(FIRST.key, check)


@pytest.mark.parametrize("key", ["", "a+b", FIRST.key.text + "A", FIRST.key.text.replace("/1+", "/2+")])
def test_what_is_no_key_is_refused(key):
    with pytest.raises(Fault):
        Key.read(key)


def test_notes_follow_each_other_or_the_first_that_does_not_is_named():
    first = note(statement(), FIRST)
    second = note(statement(number=2, previous=digest_of(first.text)), FIRST)
    third = note(statement(number=3, previous=digest_of(second.text)), FIRST)
    assert linked([]) is None
    assert linked([first, second, third]) is None
    assert linked([first, third]) == 2
    assert linked([second]) == 1
    assert (
        linked([first, note(statement(number=2, previous=digest_of(first.text), size=9), FIRST), third]) == 3
    )
