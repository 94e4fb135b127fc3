"""Yen: read, written and rounded without a fraction getting lost."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanowa.kernel import money
from wanowa.kernel.errors import Invalid

AMOUNTS = st.integers(0, money.LARGEST)


@pytest.mark.parametrize(("amount", "shown"), [(0, "0円"), (120_000, "120,000円"), (-500, "-500円")])
def test_yen_are_grouped_by_thousands(amount, shown):
    assert money.yen(amount) == shown


@pytest.mark.parametrize("amount", [1.0, Decimal(1), True, "1"])
def test_yen_are_whole_numbers(amount):
    with pytest.raises(TypeError):
        money.yen(amount)


@given(AMOUNTS)
def test_every_amount_comes_back_as_it_is_shown(amount):
    shown = money.yen(amount)
    wide = shown.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert money.parse_yen(shown) == money.parse_yen(wide) == money.parse_yen(f"￥{amount}") == amount


@given(st.integers(1, 9_999), st.integers(0, 9))
def test_tens_of_thousands_are_read_exactly(units, tenths):
    assert money.parse_yen(f"{units}.{tenths}万円") == units * 10_000 + tenths * 1_000


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12万円", 120_000),
        ("１２万円", 120_000),
        ("12万5千円", 125_000),
        ("120千円", 120_000),
        ("1,200千円", 1_200_000),
        ("3百万円", 3_000_000),
        ("2千万円", 20_000_000),
        ("1億2,000万円", 120_000_000),
        ("金3,000円也", 3_000),
        (" ¥ 3,000 ", 3_000),
        ("3000", 3_000),
        ("0円", 0),
    ],
)
def test_amounts_are_read_as_people_write_them(typed, amount):
    assert money.parse_yen(typed) == amount


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("", "のように入れて"),
        ("円", "のように入れて"),
        ("-500円", "のように入れて"),
        ("1,20円", "のように入れて"),
        ("12,0000円", "のように入れて"),
        ("たくさん", "のように入れて"),
        ("1e3", "のように入れて"),
        ("0.5円", "1円より小さい"),
        ("1.00001万円", "1円より小さい"),
        ("10000億円", "大きすぎます"),
        ("9" * 5_000, "のように入れて"),
    ],
)
def test_what_is_no_amount_is_refused_with_a_hint(typed, hint):
    with pytest.raises(Invalid, match=hint):
        money.parse_yen(typed)


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_is_refused(anything):
    try:
        assert 0 <= money.parse_yen(anything) <= money.LARGEST
    except Invalid as refusal:
        assert str(refusal).endswith("ください。")  # noqa: PT017  # either answer is right


@given(AMOUNTS)
def test_what_is_below_a_thousand_yen_is_cut_off(amount):
    rounded = money.thousands(amount)
    assert rounded % 1_000 == 0
    assert 0 <= amount - rounded < 1_000


def test_a_negative_amount_is_not_rounded():
    with pytest.raises(ValueError, match="rounded down"):
        money.thousands(-1)
