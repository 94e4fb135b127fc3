"""A receipt survives mail and forms, proves what it says, and nothing else; words stand for digests."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanowa.record.rules import Fault
from wanowa.record.rules.receipts import Receipt
from wanowa.record.rules.tree import Leaf, Tree, in_order
from wanowa.record.rules.words import LOWER, UPPER, read_words, words_of
from wanowa.record.tests.signing import Signer, check, note, statement

SIGNER = Signer(1)
LEAVES = in_order(Leaf(f"auth.group/{pk}", pk + 3, f"{pk:064x}") for pk in range(1, 8))
TREE = Tree.over(LEAVES)
NOTE = note(statement(size=7, root=TREE.root.hex()), SIGNER)
PLACE = 4
LEAF = LEAVES[PLACE]
RECEIPT = Receipt(
    case=LEAF.case,
    number=LEAF.number,
    digest=LEAF.digest,
    note=NOTE.whole,
    index=PLACE,
    size=7,
    path=[one.hex() for one in TREE.path(PLACE)],
    leaf=LEAF,
)


def test_a_receipt_is_read_as_it_was_written():
    assert Receipt.read(RECEIPT.text) == RECEIPT
    assert RECEIPT.text.startswith("wanowa receipt v1\ncase auth.group/5\nnumber 8\ndigest 000")


def test_a_receipt_survives_what_mail_and_forms_do_to_line_ends():
    assert Receipt.read("\r\n" + RECEIPT.text.replace("\n", "  \r\n") + "\r\n\r\n") == RECEIPT


def test_the_only_case_has_a_receipt_without_a_path():
    alone = note(statement(size=1, root=LEAF.hash().hex()), SIGNER)
    receipt = replace(RECEIPT, note=alone.whole, index=0, size=1, path=[])
    assert Receipt.read(receipt.text).holds([SIGNER.key], check) == alone


def test_a_true_receipt_holds():
    assert RECEIPT.holds([Signer(2).key, SIGNER.key], check) == NOTE


def test_a_receipt_of_an_earlier_entry_holds_by_the_later_head():
    assert replace(RECEIPT, number=2, digest="ab" * 32).holds([SIGNER.key], check)


@pytest.mark.parametrize(
    "lie",
    [
        {"digest": "ab" * 32},
        {"number": 9},
        {"index": 3},
        {"size": 8},
        {"path": RECEIPT.path[:-1]},
        {"leaf": LEAF._replace(number=9)},
        {"leaf": LEAF._replace(digest="ab" * 32)},
        {"note": NOTE.whole.replace("entries 12", "entries 13")},
        {"note": "no note"},
    ],
)
def test_a_receipt_that_lies_does_not_hold(lie):
    assert replace(RECEIPT, **lie).holds([SIGNER.key], check) is None


def test_a_receipt_signed_by_a_stranger_does_not_hold():
    assert RECEIPT.holds([Signer(1, seed=b"a stranger".ljust(32)).key], check) is None
    assert RECEIPT.holds([], check) is None


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "hello",
        "x" * 20_001,
        RECEIPT.text.replace("receipt v1", "receipt v2"),
        RECEIPT.text.replace("case auth.group/5", "case ../5"),
        RECEIPT.text.replace("number 8", "number 0"),
        RECEIPT.text.replace("\nnumber 8", "\nnummer 8"),
        RECEIPT.text.replace("path 4 7", "path 4"),
        RECEIPT.text.replace("path 4 7 ", "path 4 7 zz "),
        RECEIPT.text.replace("leaf 8", "leaf 8 9"),
        RECEIPT.text.replace("leaf 8", "leaf x"),
        RECEIPT.text.replace("short か", "short さ"),
    ],
)
def test_what_is_no_receipt_is_refused(broken):
    with pytest.raises(Fault):
        Receipt.read(broken)


@given(st.text(max_size=300))
def test_any_text_is_a_receipt_or_a_fault(text):
    with pytest.raises(Fault):
        Receipt.read(text)
    with pytest.raises(Fault):
        Receipt.read(f"wanowa receipt v1\n{text}")


@given(st.integers(0, len(RECEIPT.text) - 1), st.integers(0, 6))
def test_a_flipped_bit_never_makes_another_true_receipt(place, bit):
    text = RECEIPT.text[:place] + chr(ord(RECEIPT.text[place]) ^ (1 << bit)) + RECEIPT.text[place + 1 :]
    try:
        changed = Receipt.read(text)
    except Fault:
        return
    assert changed.holds([SIGNER.key], check) is None or _says_no_more(changed)


def _says_no_more(changed):
    """Tell whether this is the same receipt, or one of an entry before the head, to be compared with the chain."""
    return (changed.case, changed.digest, changed.leaf) == (LEAF.case, LEAF.digest, LEAF) or (
        changed.number < LEAF.number
    )


def test_the_words_are_the_specified_ones():
    assert words_of("00" * 32) == "　".join(["かあ"] * 8)
    assert words_of("0123456789abcdef" + "00" * 24) == "かい　たえ　はく　やつ　わふ　しる　にせ　みね"


def test_no_two_kana_are_the_same():
    assert len(set(UPPER + LOWER)) == 32


@given(st.binary(min_size=8, max_size=8))
def test_words_are_read_back_however_they_are_typed(raw):
    words = words_of(raw.hex().ljust(64, "0"))
    katakana = "".join(chr(ord(kana) + 0x60) if kana != "　" else "・" for kana in words)
    for typed in (words, words.replace("　", ""), words.replace("　", "\n "), katakana):
        assert read_words(typed) == words


@pytest.mark.parametrize("typed", ["", "かあ", "あか" * 8, "かあ" * 9, "かあ" * 7 + "かん", "0123"])
def test_other_words_are_refused(typed):
    with pytest.raises(Fault):
        read_words(typed)
