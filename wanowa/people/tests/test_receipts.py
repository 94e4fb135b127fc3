"""Numbers and words on receipts: one way for worries and ideas; what was handed out before opens as it did. Pure."""

import doctest
import secrets

import pytest

from wanowa.people.rules import receipts
from wanowa.people.rules.receipts import (
    LENGTH,
    WORDS,
    in_latin,
    passphrase,
    plain_number,
    plain_words,
    receipt_number,
)
from wanowa.record.rules.words import LOWER, UPPER
from wanowa.search.rules.romaji import romaji_of

OF_CASES = "さくらとうふねこでんしゃ"
OF_IDEAS = "かいたえはくやつわふ"
BEFORE = {
    "さくら とうふ ねこ でんしゃ": OF_CASES,
    "サクラ　とうふ・ねこ ﾃﾞﾝｼｬ": OF_CASES,
    "SAKURA tofu neko densha": OF_CASES,
    "さくら、とうふ-ねこ ーでんしゃ": OF_CASES,
    "shabondama renkon enpitsu kori": "しゃぼんだまれんこんえんぴつこおり",
    "かい　たえ　はく　やつ　わふ": OF_IDEAS,
    "カイタエハクヤツワフ": OF_IDEAS,
    "ｶｲ・ﾀｴ-はく やつ　わふ": OF_IDEAS,
    "kai tae haku yatsu wafu": OF_IDEAS,
    "KAITAEHAKUYATSUWAFU": OF_IDEAS,
}
"""What was typed, and how the two modules of before read it: the hash of a case is made of that."""


@pytest.mark.parametrize(("typed", "read"), BEFORE.items())
def test_receipts_of_before_are_read_as_before(typed, read):
    assert plain_words(typed) == read


def test_every_word_of_the_ideas_of_before_is_read_in_kana_and_in_latin_letters():
    for word in (upper + lower for upper in UPPER for lower in LOWER):
        assert plain_words(word) == word
        assert plain_words(in_latin(word).upper()) == word


def test_a_passphrase_is_words_of_the_list_and_can_be_typed_in_katakana():
    words = passphrase(secrets.randbelow)
    assert len(words.split()) == LENGTH
    assert set(words.split()) <= set(WORDS)
    katakana = "".join(chr(ord(one) + 0x60) if "ぁ" <= one <= "ゖ" else one for one in words)
    assert plain_words(katakana.replace(" ", "・")) == plain_words(words) == words.replace(" ", "")
    assert len(set(WORDS)) == len(WORDS) == 126


def test_a_passphrase_can_be_typed_in_latin_letters_as_the_receipt_shows_them():
    words = " ".join(WORDS)
    assert in_latin(words).isascii()
    assert plain_words(in_latin(words).upper()) == plain_words(words)
    assert plain_words("tofu choochin") != plain_words("とうふ ちょうちん")
    assert all(plain_words(latin) == word for word in WORDS for latin in romaji_of(word))


def test_a_number_has_eight_digits_however_small_it_is():
    assert receipt_number(lambda _below: 42) == "0000-0042"
    assert {len(receipt_number(secrets.randbelow)) for _one in range(50)} == {9}
    assert (
        plain_number("１２３４　５６７８")
        == plain_number("12345678")
        == plain_number("1234ー5678")
        == "1234-5678"
    )
    assert plain_number("12") == plain_number("123456789") == plain_number("") == ""


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(receipts).failed == 0
