"""Scores, order, ties and covers: pure rules."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wanowa.kernel.errors import Invalid, Refused
from wanowa.proposals.rules import judging
from wanowa.proposals.rules.judging import (
    COVER,
    AwardMove,
    AwardStatus,
    Mark,
    Sheet,
    Weighed,
    awaited,
    check,
    commitment,
    covered,
    may_open,
    names_to_cover,
    ranking,
    require_budget,
    sealed_text,
    sheet_in,
    shown,
)

CRITERIA = [
    Weighed("need", "必要か", 2, 5),
    Weighed("effect", "効果があるか", 3, 5),
    Weighed("cost", "費用", 1, 5),
]
SCORES = st.fixed_dictionaries({one.key: st.integers(1, 5) for one in CRITERIA})
FIELD = st.dictionaries(st.integers(1, 9), st.lists(SCORES, max_size=4), max_size=7)
LAST = date(2026, 12, 1)


def sheet(**scores):
    return Sheet({key: Mark(score, "わけ") for key, score in scores.items()}, "ひとこと")


def test_the_order_is_the_weighted_mean():
    low, high = sheet(need=5, effect=1, cost=1), sheet(need=1, effect=5, cost=1)
    best, last = ranking(CRITERIA, {1: [low], 2: [high]})
    assert (best.proposal, best.rank, best.points, best.tie) == (2, 1, Fraction(60), "")
    assert (last.proposal, last.rank, last.points) == (1, 2, Fraction(140, 3))
    assert shown(last.points) == "46.7"


def test_criteria_with_few_levels_weigh_as_much_as_others():
    criteria = [Weighed("few", "少ない", 1, 2), Weighed("many", "多い", 1, 5)]
    (place,) = ranking(criteria, {1: [sheet(few=2, many=5)]})
    assert place.points == 100
    (place,) = ranking(criteria, {1: [sheet(few=1, many=5)]})
    assert place.points == 75


def test_means_are_of_those_who_scored_and_exact():
    (place,) = ranking(CRITERIA, {7: [sheet(need=1, effect=2, cost=3), sheet(need=2, effect=2, cost=4)]})
    assert place.means == {"need": Fraction(3, 2), "effect": Fraction(2), "cost": Fraction(7, 2)}
    assert place.points == (Fraction(3 + 6, 6) + Fraction(7, 12)) * 20
    assert place.reviewers == 2


def test_of_equal_sums_the_heaviest_criterion_decides_and_both_say_so():
    first, second = sheet(need=2, effect=4, cost=3), sheet(need=5, effect=2, cost=3)
    above, below = ranking(CRITERIA, {1: [second], 2: [first]})
    assert (above.proposal, below.proposal) == (2, 1)
    assert above.points == below.points
    assert (above.rank, below.rank) == (1, 2)
    assert above.tie == "合計は下と同じです。重い項目「効果があるか」の点が高いので、上になりました。"
    assert below.tie == "合計は上と同じです。重い項目「効果があるか」の点が低いので、下になりました。"


def test_what_is_equal_in_everything_shares_a_rank_and_the_next_one_is_left_out():
    same, worse = sheet(need=3, effect=3, cost=3), sheet(need=1, effect=1, cost=1)
    places = ranking(CRITERIA, {3: [same], 1: [same], 2: [worse]})
    assert [(place.proposal, place.rank) for place in places] == [(1, 1), (3, 1), (2, 3)]
    assert "順位も同じです" in places[0].tie
    assert "順位も同じです" in places[1].tie
    assert places[2].tie == ""


def test_a_proposal_that_nobody_scored_stands_last_and_has_no_points():
    places = ranking(CRITERIA, {1: [], 2: [sheet(need=1, effect=1, cost=1)]})
    assert [(place.proposal, place.points) for place in places] == [(2, Fraction(20)), (1, None)]
    assert shown(places[1].points) == "－"
    assert places[1].tie == "点がありません。"


@given(FIELD)
def test_every_neighbour_with_the_same_points_is_explained_and_nobody_else(field):
    places = ranking(CRITERIA, {key: [sheet(**one) for one in found] for key, found in field.items()})
    assert sorted(place.proposal for place in places) == sorted(field)
    for at, place in enumerate(places):
        beside = [places[at + step] for step in (-1, 1) if 0 <= at + step < len(places)]
        tied = place.points is None or any(one.points == place.points for one in beside)
        assert bool(place.tie) == tied
        for one in places[at + 1 :]:
            assert place.points is not None or one.points is None
            assert one.points is None or place.points >= one.points
            assert one.rank >= place.rank


@given(FIELD, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_the_sheets(field, chance):
    sheets = {key: [sheet(**one) for one in found] for key, found in field.items()}
    shuffled = list(sheets.items())
    chance.shuffle(shuffled)
    assert ranking(CRITERIA, sheets) == ranking(CRITERIA, {key: found[::-1] for key, found in shuffled})


@pytest.mark.parametrize("criteria", [[], [Weighed("a", "a", 0, 5)], [Weighed("a", "a", 1, 0)]])
def test_a_ranking_needs_weights(criteria):
    with pytest.raises(ValueError, match="weight"):
        ranking(criteria, {})


def test_a_sheet_reads_back_as_it_was_sealed_and_its_commitment_covers_every_part():
    one = sheet(need=1, effect=2)
    text, salt = sealed_text((4, 7), one), b"s" * 32
    assert sheet_in(text) == one
    assert one.missing(["need", "effect", "cost"]) == ["cost"]
    promised = commitment((4, 7), salt, text)
    others = [
        ((5, 7), salt, text),
        ((4, 8), salt, text),
        ((4, 7), b"t" * 32, text),
        ((4, 7), salt, text + " "),
    ]
    assert promised not in {commitment(*other) for other in others}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (Sheet({"need": Mark(4)}), "めやすの中"),
        (Sheet({"need": Mark(-1)}), "めやすの中"),
        (Sheet({"strange": Mark(1)}), "その項目はありません"),
        (Sheet({"need": Mark(1, "あ" * 1001)}), "1000文字"),
        (Sheet({}, "あ" * 1001), "1000文字"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_with_a_sentence(wrong, sentence):
    with pytest.raises(Invalid, match=sentence):
        check(wrong, {"need": 3})


def test_sheets_open_when_all_that_are_awaited_are_sealed_or_the_last_day_is_over():
    wanted = awaited({1, 2}, {10, 20}, {(2, 20)})
    assert wanted == {(1, 10), (1, 20), (2, 10)}
    assert not may_open(wanted, {(1, 10), (1, 20)}, LAST, LAST)
    assert may_open(wanted, wanted, LAST, LAST)
    assert may_open(wanted, {(1, 10)}, LAST, date(2026, 12, 2))
    assert may_open(wanted, {*wanted, (2, 20)}, LAST, LAST)


NAMES = ["和光みどりの会", "高橋 由紀", "Green Wako"]


@pytest.mark.parametrize(
    "written",
    [
        "和光みどりの会",
        "和光ミドリの会",
        "髙橋 由紀",
        "髙橋由紀",
        "高橋",
        "由紀",
        "ＧＲＥＥＮ　ＷＡＫＯ",
        "green",
        "mail@example.jp",
        "https://example.jp/wako?x=1",
        "048-464-1111",
        "０４８－４６４－１１１１",
    ],
)
def test_a_name_or_contact_is_covered_however_it_is_written(written):
    assert covered(f"わたしたち{written}は、", names_to_cover(NAMES)) == f"わたしたち{COVER}は、"


def test_what_is_no_name_stays():
    text = "2027年3月までに、12回の観察会をひらきます。費用は120,000円です。"
    assert covered(text, names_to_cover([*NAMES, "森"])) == text


@given(st.text(max_size=40), st.text(max_size=40))
@example("ﾀ", "ﾞ")
def test_no_text_around_a_name_brings_it_through(before, after):
    assert "みどりの会" not in covered(f"{before}和光みどりの会{after}", names_to_cover(["和光みどりの会"]))


def test_the_budget_must_be_on_record_for_the_named_year_and_its_day_must_have_come():
    with pytest.raises(Refused, match="2027年度の予算"):
        require_budget(2027, None, LAST)
    with pytest.raises(Refused):
        require_budget(2027, date(2026, 12, 2), LAST)
    require_budget(2027, LAST, LAST)


def test_an_award_starts_only_from_waiting_and_nothing_follows_its_end():
    starts = [status for status in AwardStatus if AwardMove.START in judging.AWARD.allowed(status)]
    assert starts == [AwardStatus.WAITING]
    for ended in (AwardStatus.STARTED, AwardStatus.CANCELLED, AwardStatus.DECLINED):
        assert judging.AWARD.allowed(ended) == ()
    assert judging.AWARD.after(AwardStatus.REDUCED, AwardMove.ACCEPT) == AwardStatus.WAITING
