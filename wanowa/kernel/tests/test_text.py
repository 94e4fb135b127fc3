"""Japanese text: kept as typed, refused with a sentence, found under every way of writing it."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from wanowa.kernel import text
from wanowa.kernel.tests.strings import LINES, PRIVATE_USE, REFUSED, SAMPLES, TEXTS

ANY_TEXT = st.text(alphabet=st.characters(), max_size=40)
JAPANESE = st.text(
    alphabet="あいがぱゐゞアガヷヽｶﾞー－-一〜髙﨑邉辺𠮷\U000e0100\ufe00\u3099\u309aAaＡß①㍻ 　", max_size=20
)


def _ids(sample):
    return sample.name


def test_the_corpus_is_large_and_names_each_string_once():
    assert len(SAMPLES) >= 150
    assert len({sample.name for sample in SAMPLES}) == len(SAMPLES)
    assert len({sample.text for sample in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=_ids)
def test_each_string_is_kept_or_refused_as_the_corpus_says(sample):
    assert (text.problems(sample.text, multiline=False) == []) is sample.line
    assert (text.problems(sample.text, multiline=True) == []) is sample.body


@pytest.mark.parametrize("sample", [*REFUSED, *PRIVATE_USE], ids=_ids)
def test_a_refusal_is_a_japanese_sentence_that_says_what_to_do(sample):
    for sentence in text.problems(sample.text, multiline=True):
        assert sentence.endswith("ください。")
        assert "\u3040" <= sentence[1] <= "\u9fff"


@pytest.mark.parametrize("sample", PRIVATE_USE, ids=_ids)
def test_a_name_may_hold_characters_of_the_private_use_area(sample):
    text.validate_name(sample.text)
    with pytest.raises(ValidationError):
        text.validate_line(sample.text)


def test_validators_say_every_problem_at_once():
    with pytest.raises(ValidationError) as refusal:
        text.validate_line("a\x00\u200b\u202e")
    assert len(refusal.value.messages) == 3
    text.validate_line("渡邉\U000e0100")
    text.validate_body("一行目\n二行目")


def test_a_text_area_comes_back_with_the_line_breaks_that_were_typed():
    assert text.as_typed("一\r\n二\r三\n四") == "一\n二\n三\n四"


@pytest.mark.parametrize("sample", TEXTS, ids=_ids)
def test_decoding_a_text_area_changes_nothing_but_line_breaks(sample):
    assert text.as_typed(sample.text.replace("\r\n", "\n")) == sample.text.replace("\r\n", "\n")


@given(ANY_TEXT)
def test_any_text_at_all_gets_an_answer(anything):
    for sentence in text.problems(anything, multiline=False) + text.problems(anything, multiline=True):
        assert isinstance(sentence, str)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_what_a_line_accepts_can_be_stored_and_shows_no_hidden_character(anything):
    if not text.problems(anything, multiline=False):
        assert "\x00" not in anything
        assert not {"Cc", "Cs", "Cn", "Zl", "Zp"} & {
            unicodedata.category(c) for c in anything if c < "\u0800"
        }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("渡邉\U000e0100", "渡辺"),
        ("渡邊", "渡辺"),
        ("髙橋", "高橋"),
        ("山﨑", "山崎"),
        ("𠮷田", "吉田"),
        ("斉藤", "齋藤"),
        ("斎藤", "齊藤"),
        ("\ufa19谷", "神谷"),
        ("ｶﾞﾗｽ", "がらす"),
        ("か\u3099", "が"),
        ("ヷ", "わ゙"),
        ("コーヒー", "こ−ひ－"),
        ("㈱わのわ", "(株)ワノワ"),
        ("ＷＡＮＯＷＡ", "wanowa"),
        ("Straße", "STRASSE"),
        ("令和８年", "令和8年"),
        ("10〜20", "10～20"),
        ("澤", "沢"),
        ("龍", "竜"),
    ],
)
def test_two_ways_of_writing_one_word_have_one_search_key(one, other):
    assert text.search_key(one) == text.search_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("一", "ー"), ("か", "が"), ("は", "ぱ"), ("埼", "崎"), ("つ", "っ"), ("", "あ")]
)
def test_different_words_keep_different_search_keys(one, other):
    assert text.search_key(one) != text.search_key(other)


@given(st.one_of(ANY_TEXT, JAPANESE))
def test_a_search_key_is_its_own_search_key(anything):
    key = text.search_key(anything)
    assert text.search_key(key) == key


@given(JAPANESE, JAPANESE)
def test_what_is_found_in_a_text_is_found_in_its_key(before, after):
    assert text.search_key("湧水") in text.search_key(f"{before}湧水{after}")


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("渡邉\U000e0100", 2),
        ("葛\U000e0100城", 2),
        ("👨\u200d👩\u200d👧\u200d👦", 1),
        ("🇯🇵🇻🇳", 2),
        ("か\u3099", 1),
        ("e\u0301", 1),
        ("𠮷", 1),
        ("", 0),
        ("\r\n", 1),
    ],
)
def test_length_is_what_a_reader_counts(typed, length):
    assert text.graphemes(typed) == length


@given(st.one_of(JAPANESE, st.sampled_from([sample.text[:200] for sample in LINES])), st.integers(1, 12))
def test_truncation_never_splits_a_character_and_never_exceeds_its_limit(typed, limit):
    short = text.truncated(typed, limit)
    assert text.graphemes(short) <= limit
    if short != typed:
        kept = short.removesuffix("…")
        assert typed.startswith(kept)
        assert text.graphemes(kept) + text.graphemes(typed[len(kept) :]) == text.graphemes(typed)


def test_truncation_to_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="at least one"):
        text.truncated("あ", 0)


def test_a_limit_counts_graphemes_and_says_how_long_the_text_is():
    text.MaxGraphemes(2)("渡邉\U000e0100")
    with pytest.raises(ValidationError, match="2文字まで") as refusal:
        text.MaxGraphemes(2)("渡邉さん")
    assert "いまは4文字です" in refusal.value.messages[0]
    assert text.MaxGraphemes(2) == text.MaxGraphemes(2) != text.MaxGraphemes(3)
    assert len({text.MaxGraphemes(2), text.MaxGraphemes(2)}) == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("湧水のみちをつなぐ", "湧水のみちをつなぐ"),
        ("たべる・つながる会（和光）", "たべる-つながる会-和光"),
        ("渡邉\U000e0100の会", "渡邉の会"),
        ("ＮＰＯ法人　わのわ！", "npo法人-わのわ"),
        ("コーヒーの会", "コーヒーの会"),
        ("../../etc", "etc"),
        ("ｶﾞｰﾃﾞﾝ", "ガーデン"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_a_slug_can_be_read(name, slug):
    assert text.slug_of(name) == slug


@given(ANY_TEXT)
def test_a_slug_is_never_empty_and_always_an_address(name):
    slug = text.slug_of(name)
    assert slug
    assert slug == text.slug_of(name)
    assert text.graphemes(slug) <= 60
    assert not set(slug) & set("/\\?#%. \n")
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    slug.encode()


def test_names_without_letters_get_different_addresses():
    assert text.slug_of("🎉") != text.slug_of("🎊")


@pytest.mark.parametrize(
    ("official", "fake"),
    [
        ("和光市公式", "和光市🏛公式"),
        ("和光市公式", "和 光 市 ・ 公 式"),
        ("わこらぼ", "わこらぽ"),
        ("ロボット", "口ボット"),
        ("カエル", "力工ル"),
        ("ニコニコ", "二コ二コ"),
        ("タカハシ", "夕力八シ"),
        ("トンボ", "卜ンボ"),
        ("ヘルプ", "へルプ"),
        ("センター", "センタ一"),
        ("Wako", "Ｗаkо"),
        ("〇〇会", "○○会"),
        ("wako2026", "wakо2O26"),
    ],
)
def test_names_that_look_alike_have_one_skeleton(official, fake):
    assert text.skeleton(official) == text.skeleton(fake)


@pytest.mark.parametrize(
    ("one", "other"), [("和光市", "朝霞市"), ("わこらぼ", "わこらほ"), ("環境課", "福祉課")]
)
def test_names_that_look_different_have_different_skeletons(one, other):
    assert text.skeleton(one) != text.skeleton(other)
