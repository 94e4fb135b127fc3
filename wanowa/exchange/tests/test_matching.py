"""Matching without tables: the words of the pack, what must fit, which reasons there are, a whole day at once."""

import random
from datetime import date, time
from itertools import product

import pytest

from wanowa.exchange import queries
from wanowa.exchange.rules.matching import (
    Field,
    Terms,
    assign,
    fits,
    taxonomy_of,
    told_of,
)
from wanowa.kernel.text import search_key


def need_terms(**changed):
    return Terms(**{"party": 1, "side": "need", "resource": "people"} | changed)


def offer_terms(**changed):
    return Terms(**{"party": 2, "side": "offer", "resource": "people"} | changed)


# the taxonomy of the pack


def test_the_pack_knows_three_hundred_terms_and_their_words():
    terms = queries.taxonomy().terms
    assert len(terms) >= 300
    assert all(term.label and term.plain and len(term.label) <= 20 for term in terms.values())
    assert all(not term.parent or term.parent in terms for term in terms.values())
    words = [word for term in terms.values() for word in {search_key(one) for one in term.said}]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    "terms",
    [
        {"term": {"a": {"label": "歌", "plain": "歌う", "synonyms": ["合唱"]}}},
        {"term": {"a": {"label": "うた", "plain": "歌う", "parent": "nowhere"}}},
        {"term": {"a": {"label": "あ" * 21, "plain": "長い"}}},
        {"term": {"song": {"label": "うた", "plain": "歌う"}}},
        {"also": {"unknown": ["うた"]}},
    ],
)
def test_a_pack_that_contradicts_itself_is_refused(terms):
    skills = {"skill": [{"key": "song", "label": "合唱", "plain": "みんなで歌う", "kind": "culture"}]}
    assert taxonomy_of(skills, {}).found_in("合唱の会")
    with pytest.raises(ValueError, match="「"):
        taxonomy_of(skills, terms)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("すまほの使い方", {"smartphone-help"}),
        ("パンクを直します", {"bicycle-repair"}),
        ("車いすで入れる店", {"barrier-free"}),
        ("ﾊﾟｿｺﾝの調子", {"computer-repair"}),
        ("I teach English", {"english"}),
        ("Englishman", set()),
        ("何もありません", set()),
    ],
)
def test_a_text_is_read_for_whole_words_however_they_are_written(text, found):
    assert queries.taxonomy().found_in(text) == found


# what must fit


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ({"party": 2}, {}),
        ({"resource": "goods"}, {}),
        ({}, {"resource": "place"}),
        ({"slots": ("evening",)}, {"slots": ("weekday",)}),
        ({"day": date(2027, 1, 9), "starts": time(10)}, {"slots": ("weekday", "evening")}),
        ({"day": date(2027, 1, 9)}, {"day": date(2027, 1, 16)}),
        ({"day": date(2027, 1, 9)}, {"day": date(2027, 1, 5), "rhythm": "weekly"}),
        ({"quarter": "suwa"}, {"quarter": "far"}),
        ({"quantity": 50, "unit": "脚"}, {"quantity": 20, "unit": "脚"}),
        ({"free": 0}, {}),
        ({"age_from": 60}, {"age_to": 20}),
        ({"audience": ("children",)}, {}),
        ({"age_to": 12}, {"accompanied": True}),
        ({"resource": "place", "audience": ("wheelchair",)}, {"resource": "place"}),
        ({"side": "offer"}, {}),
    ],
)
def test_what_cannot_be_is_not_suggested(need, offer):
    assert not fits(need_terms(**need), offer_terms(**offer), {"suwa": frozenset({"minami"})})


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ({}, {}),
        ({"resource": "information"}, {}),
        ({"slots": ("evening", "weekend")}, {"slots": ("weekend",)}),
        ({"day": date(2027, 1, 9)}, {"slots": ("weekend",)}),
        ({"day": date(2027, 1, 9)}, {"day": date(2027, 1, 2), "rhythm": "weekly"}),
        ({"quarter": "suwa"}, {"quarter": "minami"}),
        ({"quarter": "far"}, {"quarter": "suwa"}),
        ({"quantity": 50, "unit": "脚"}, {"quantity": 80, "unit": "脚"}),
        ({"quantity": 50, "unit": "脚"}, {"quantity": 2, "unit": "箱"}),
        ({"audience": ("children",), "accompanied": True}, {}),
        (
            {"resource": "place", "audience": ("wheelchair",)},
            {"resource": "place", "audience": ("wheelchair",)},
        ),
    ],
)
def test_what_can_be_is_compared(need, offer):
    assert fits(need_terms(**need), offer_terms(**offer), {"suwa": frozenset({"minami"})})


# which comes first, and why


def field(*rows):
    """Compare listings given as (number, title, terms)."""
    known = queries.taxonomy()
    return Field([told_of(number, title, "", terms, known) for number, title, terms in rows], known, {})


def test_a_reason_names_terms_time_and_place_that_both_sides_wrote():
    here = {"slots": ("weekend",), "quarter": "suwa"}
    compared = field(
        (1, "パソコンの先生", need_terms(**here)), (2, "パソコンを教えます", offer_terms(**here))
    )
    (match,) = compared.best(compared.told[1], most=3)
    assert match.reason == "同じこと：パソコンを教える、土日・祝日、同じ地域"
    assert [one.reason for one in compared.best(compared.told[2], most=3)] == [match.reason]


def test_what_is_near_or_only_said_alike_is_a_reason_of_its_own():
    compared = field(
        (1, "スマホの先生", need_terms()),
        (2, "パソコンを教えます", offer_terms(party=2)),
        (3, "謎解きの会", need_terms()),
        (4, "謎解きを作ります", offer_terms(party=4)),
    )
    assert [m.reason for m in compared.best(compared.told[1], most=3)] == [
        "近いこと：パソコンを教える・スマホを教える"
    ]
    assert [m.reason for m in compared.best(compared.told[3], most=3)] == ["同じことば：謎解"]


def test_nothing_is_suggested_without_a_reason_however_near_its_meaning():
    compared = field((1, "謎解きの会", need_terms()), (2, "ピアノを弾きます", offer_terms()))
    assert compared.best(compared.told[1], most=3, closeness=lambda need, offer: 1.0) == []


def test_a_term_that_nobody_said_is_no_reason_unless_both_are_near_it():
    known = queries.taxonomy()

    def reasons(near):
        told = [
            told_of(1, "ふしぎな会", "", need_terms(), known, {"rakugo": near}),
            told_of(2, "たのしい時間", "", offer_terms(), known, {"rakugo": near}),
        ]
        compared = Field(told, known, {})
        return [match.reason for match in compared.best(compared.told[1], most=3)]

    assert reasons(0.25) == []
    assert reasons(0.35) == ["近いこと：落語"]


def test_who_stands_in_many_suggestions_stands_further_down():
    compared = field(
        (1, "パソコンの先生", need_terms()),
        (2, "パソコンを教えます", offer_terms(party=2)),
        (3, "パソコンを教えます", offer_terms(party=3)),
    )

    def order(load):
        return [match.offer for match in compared.best(compared.told[1], most=3, load=load)]

    assert order({}) == [2, 3]
    assert order({2: 5}) == [3, 2]


def test_another_generation_comes_first_for_whoever_prefers_it():
    compared = field(
        (1, "将棋の相手", need_terms(audience=("children",), accompanied=True)),
        (2, "将棋の相手をします", offer_terms(party=2)),
        (3, "将棋をします", offer_terms(party=3, audience=("seniors",))),
    )

    def order(*, across):
        return [match.offer for match in compared.best(compared.told[1], most=3, across=across)]

    assert order(across=False) == [2, 3]
    assert order(across=True) == [3, 2]
    assert "年代をこえて" in compared.best(compared.told[1], most=1, across=True)[0].reason


# a whole day


def brute(scores, needs, offers):
    """Return the highest sum of all ways to take pairs within what each side takes."""
    best = 0.0
    for taken in product((0, 1), repeat=len(scores)):
        chosen = [pair for pair, one in zip(scores, taken, strict=True) if one]
        if all(
            sum(pair[0] == key for pair in chosen) <= needs.get(key, 1) for key in {p[0] for p in chosen}
        ) and all(
            sum(pair[1] == key for pair in chosen) <= offers.get(key, 1) for key in {p[1] for p in chosen}
        ):
            best = max(best, sum(scores[pair] for pair in chosen))
    return best


def test_a_day_is_assigned_as_well_as_trying_everything_would():
    dice, greedy_was_worse = random.Random(29), 0
    for _case in range(600):
        pairs = [(need, offer) for need in range(3) for offer in range(3) if dice.random() < 0.8]
        scores = {pair: dice.randint(-2, 20) / 10 for pair in pairs}
        needs = {need: dice.choice((0, 1, 1, 1, 2)) for need in range(3)}
        offers = {offer: dice.choice((0, 1, 1, 1, 2)) for offer in range(3)}
        found = assign(scores, needs, offers)
        assert len(found) == len(set(found))
        assert all(sum(one == need for one, _ in found) <= most for need, most in needs.items())
        assert all(sum(one == offer for _, one in found) <= most for offer, most in offers.items())
        most = brute(scores, needs, offers)
        assert sum(scores[pair] for pair in found) == pytest.approx(most)
        greedy_was_worse += greedy(scores, dict(needs), dict(offers)) < most - 1e-9
    assert greedy_was_worse > 20  # otherwise these cases would prove nothing


def greedy(scores, needs, offers):
    """Return what taking the best pair that is left again and again comes to."""
    total = 0.0
    for (need, offer), score in sorted(scores.items(), key=lambda item: -item[1]):
        if score > 0 and needs[need] and offers[offer]:
            total += score
            needs[need] -= 1
            offers[offer] -= 1
    return total
