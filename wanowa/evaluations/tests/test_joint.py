"""The joint text and the lesson card: what is missing, what changed, what a consent is bound to."""

from dataclasses import replace

import pytest

from wanowa.collaborations.rules import Task, Terms
from wanowa.evaluations.rules.joint import (
    HEADINGS,
    LONGEST_SUMMARY,
    Joint,
    Lesson,
    Part,
    differences,
    fingerprint,
    mark,
    missing,
    proposed,
    takes_effect,
    told,
    with_part,
)

TEXT = Joint("よく話せました。", "日程が合いませんでした。", "先に日程を決めます。")


def test_the_json_form_reads_back_unchanged():
    full = replace(TEXT, lesson=Lesson(title="題", usable=True))
    assert Joint.of(full.content()) == full
    assert Joint.of(Joint().content()) == Joint()


@pytest.mark.parametrize("name", ["well", "hard", "ahead"])
def test_every_heading_must_be_written(name):
    assert missing(TEXT) == ""
    assert missing(replace(TEXT, **{name: " \n"}))


def test_a_card_that_others_may_use_says_what_was_learned():
    card = Lesson(title="題", summary="あらまし", learned="早く話すこと", usable=True)
    assert missing(replace(TEXT, lesson=card)) == ""
    for name in ("title", "summary", "learned"):
        assert missing(replace(TEXT, lesson=replace(card, **{name: ""})))
    assert missing(replace(TEXT, lesson=Lesson(usable=False))) == ""


def test_writing_one_part_leaves_the_other():
    other = Joint("別", "別", "別", Lesson(title="別"))
    assert with_part(TEXT, Part.LESSON, other) == replace(TEXT, lesson=other.lesson)
    assert with_part(TEXT, Part.TEXT, other) == replace(other, lesson=TEXT.lesson)
    assert mark(TEXT, Part.TEXT) == mark(with_part(TEXT, Part.LESSON, other), Part.TEXT)
    assert mark(TEXT, Part.LESSON) != mark(with_part(TEXT, Part.LESSON, other), Part.LESSON)


def test_a_fingerprint_covers_everything_that_is_agreed():
    content = TEXT.content()
    base = fingerprint(1, 1, [1, 2], content)
    assert base == fingerprint(1, 1, [2, 1], content)
    others = {
        fingerprint(2, 1, [1, 2], content),
        fingerprint(1, 2, [1, 2], content),
        fingerprint(1, 1, [1, 2, 3], content),
        fingerprint(1, 1, [1, 2], replace(TEXT, ahead="ちがう").content()),
        fingerprint(1, 1, [1, 2], replace(TEXT, lesson=Lesson(usable=True)).content()),
    }
    assert len(others | {base}) == 6


def test_only_what_changed_is_shown_as_a_difference():
    new = replace(TEXT, ahead="先に日程と場所を決めます。")
    (changed,) = differences(TEXT, new)
    assert changed.label == "次にすること"
    assert ("insert", "場所") in changed.pieces or any(kind == "insert" for kind, _text in changed.pieces)
    assert differences(TEXT, TEXT) == []
    assert len(differences(None, TEXT)) == 4


def test_a_permission_given_or_taken_back_is_a_difference():
    new = replace(TEXT, lesson=Lesson(usable=True))
    assert [changed.label for changed in differences(TEXT, new)] == ["事例として"]


def test_a_proposed_card_has_every_heading_that_is_known_and_invents_nothing():
    terms = Terms(title="湧水", summary="あ" * 400, purpose="残す", roles=(Task("見回り"), Task("広報")))
    card = proposed(TEXT, terms, ["水の会", "環境課"])
    assert len(card.summary) == LONGEST_SUMMARY
    assert (card.learned, card.outcome, card.lasting) == (TEXT.hard, TEXT.well, TEXT.ahead)
    assert card.organisations == "水の会、環境課"
    assert card.content == "見回り\n広報"
    assert (card.place, card.reason, card.scheme, card.usable) == ("", "", "", False)


def test_a_card_has_the_twelve_headings_of_the_standard():
    assert len(HEADINGS) == 12
    assert [label for label, _text in told(replace(TEXT, lesson=Lesson(place="新倉")))] == [
        *("よかったこと", "むずかしかったこと", "次にすること", "カード：場所", "事例として")
    ]


@pytest.mark.parametrize(
    ("given", "settled"),
    [
        ([(1, 10, "x"), (2, 20, "x")], True),
        ([(1, 10, "x"), (2, 10, "x")], False),
        ([(1, 10, "x"), (2, 20, "y")], False),
        ([(1, 10, "x")], False),
        ([], False),
    ],
)
def test_it_takes_everybody_and_as_many_persons(given, settled):
    assert takes_effect([1, 2], given, "x") is settled


def test_one_party_alone_settles_nothing():
    assert not takes_effect([1], [(1, 10, "x")], "x")
