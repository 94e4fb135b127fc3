"""Two writers, one text: nobody's characters are lost, whatever both did."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from wanowa.kernel.text.shape import clusters
from wanowa.proposals.rules.merging import merged

TEXT = st.lists(st.sampled_from(["あ", "い", "う", "漢", "\n", "e\u0301"]), max_size=30).map("".join)


def test_what_only_one_changed_is_taken():
    assert merged("花を植える。", "花を植える。水をやる。", "花を植える。").text == "花を植える。水をやる。"
    assert merged("花を植える。", "花を植える。", "木を植える。").text == "木を植える。"


def test_changes_at_different_places_come_together():
    both = merged("花を植える。水をやる。", "赤い花を植える。水をやる。", "花を植える。毎朝水をやる。")
    assert (both.text, both.both) == ("赤い花を植える。毎朝水をやる。", False)


def test_two_texts_at_one_place_are_both_kept_and_the_reader_is_told():
    both = merged("すき", "すき（みなみ）", "すき（きた）")
    assert both.both
    assert "（みなみ）" in both.text
    assert "（きた）" in both.text


def test_words_written_where_the_other_deleted_stay():
    both = merged("花を植える。水をやる。", "花を植える。水をたくさんやる。", "花を植える。")
    assert both.both
    assert "たくさん" in both.text


def test_the_same_change_by_both_is_one_change():
    assert merged("花", "花と木", "花と木").text == "花と木"


@given(base=TEXT, mine=TEXT, theirs=TEXT)
@settings(max_examples=300)
def test_no_character_that_somebody_added_is_lost(base, mine, theirs):
    """What one added beyond the base is in the result, as often as the one who added more of it."""
    result, old = Counter(clusters(merged(base, mine, theirs).text)), Counter(clusters(base))
    for one in (mine, theirs):
        assert not (Counter(clusters(one)) - old) - result


@given(base=TEXT, mine=TEXT)
@settings(max_examples=100)
def test_who_writes_alone_gets_exactly_what_she_wrote(base, mine):
    assert merged(base, mine, base).text == mine
    assert merged(base, base, mine).text == mine


@given(base=TEXT, at=st.integers(0, 30), other=st.integers(0, 30))
@settings(max_examples=200)
def test_two_insertions_stay_whole_words(base, at, other):
    """However the places lie, an inserted word is never torn apart by the other's."""
    old = clusters(base)
    mine = "".join([*old[:at], "【みなみ】", *old[at:]])
    theirs = "".join([*old[:other], "【きた】", *old[other:]])
    found = merged(base, mine, theirs)
    text = found.text
    assert {"【みなみ】", "【きた】"} <= {word for word in ("【みなみ】", "【きた】") if word in text}
    if found.both:  # a line break parts the two
        text = text.replace("【みなみ】\n【きた】", "【みなみ】【きた】")
    assert text.replace("【みなみ】", "").replace("【きた】", "") == base
