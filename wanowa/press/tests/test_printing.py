"""What the press promises of every sheet: tagged, in Japanese, fonts inside, nothing lost, the same bytes again."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from wanowa.press import fonts, geta
from wanowa.press.printing import NotPrinted, printed
from wanowa.press.reading import facts_of, faults
from wanowa.press.sheets import Article, Check, Facts, Grid, Letter, Section, Sheet, Text
from wanowa.press.tests.text import fonts_of, needs_poppler, squeezed, text_of

NAMES = "髙橋・渡邉󠄀の𠮷野川を守る会"
SHEET = Sheet(
    title="協定書",
    made=datetime(2026, 11, 23, 3, tzinfo=UTC),
    number="様式第1号",
    opening=(Letter(("令和　年　月　日",), ("環境課　あて",), (("申請する主体", NAMES), ("住所", ""))),),
    blocks=(
        Text("次のとおり約束します。\n二行目です。"),
        Article("目的", "第１条", "湧き水を残す。", (Facts((("主体", NAMES), ("結果", ""))),)),
        Section("１", "費用", (Text("みんなで出します。"),)),
        Grid(("主体", "額"), ((NAMES, "10,000円"), ("環境課", "0円")), (3, 1), (1,), ("合計", "10,000円")),
    ),
    closing=(Grid(("主体", "署名"), ((NAMES, ""), ("環境課", "")), (1, 1), tall=True),),
    notes=("これは、法律の電子署名ではありません。",),
    footer=("第1版　指紋 " + "0f" * 32,),
    check=Check("https://example.jp/v/1/", "公開ページのQRコード", ("https://example.jp/v/1/",)),
)
WORDS = (
    *("協定書", "様式第1号", NAMES, "次のとおり約束します。", "二行目です。", "（目的）", "第１条"),
    *("湧き水を残す。", "１費用", "10,000円", "合計", "0f" * 32, "これは、法律の電子署名ではありません。"),
)


def with_text(text: str, **changed: object) -> Sheet:
    return replace(SHEET, blocks=(Text(text),), **changed)


def test_a_sheet_is_tagged_japanese_pdf_a_2a_and_pdf_ua_1_with_its_fonts_inside():
    pdf = printed(SHEET)
    facts = facts_of(pdf)
    assert faults(pdf) == []
    assert (facts.language, facts.is_tagged, facts.has_tree, facts.shows_title) == ("ja-JP", True, True, True)
    assert (facts.archive, facts.accessible, facts.pages) == ("2A", "1", 1)
    assert facts.fonts == ("NotoSansJP-Regular", "NotoSerifJP-Regular")
    assert facts.fonts_inside == 2
    assert facts.tables == 2
    assert facts.pictures == facts.pictures_with_words > 0


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ((b"/Marked true", b"/Marked nope"), "not tagged"),
        ((b"/StructTreeRoot", b"/StructTreeLost"), "not tagged"),
        ((b"/Lang(ja-JP)", b"/Lang(en-JP)"), "not in Japanese"),
        ((b"/FontFile3", b"/FontLost3"), "a font is not embedded"),
        ((b"/Alt", b"/Lost"), "a picture without words"),
        ((b"/DisplayDocTitle true", b"/DisplayDocTitle nope"), "title not shown"),
        ((b"%PDF-1.7", b"%PDF-2.0"), "no PDF 1.7"),
    ],
)
def test_each_fault_of_a_file_is_found(change, fault):
    pdf = printed(SHEET)
    broken = pdf.replace(*change)
    assert broken != pdf, "the file says it in another way: read it anew"
    assert faults(broken) == [fault]


def test_a_file_without_its_standards_is_found():
    pdf = printed(SHEET)
    lost = pdf.replace(b"pdfaid:", b"pdfbad:").replace(b"pdfuaid:", b"pdfuxid:")
    assert faults(lost) == ["no PDF/A-2", "no PDF/UA-1"]


@needs_poppler
def test_every_word_can_be_copied_and_names_keep_their_variant_characters():
    text = text_of(printed(SHEET))
    assert [word for word in WORDS if squeezed(word) not in text] == []
    assert "\U000e0100" in text
    for row in fonts_of(printed(SHEET)):
        assert row[-5:-2] == ["yes", "yes", "yes"], row  # embedded, a subset, with a table to Unicode


def test_the_same_sheet_gives_the_same_bytes_in_this_and_in_another_process():
    here = hashlib.sha256(printed(SHEET)).hexdigest()
    assert hashlib.sha256(printed(SHEET)).hexdigest() == here
    program = (
        "import django; django.setup()\n"
        "from hashlib import sha256\n"
        "from wanowa.press.tests.test_printing import SHEET\n"
        "from wanowa.press.printing import printed\n"
        "print(sha256(printed(SHEET)).hexdigest())"
    )
    there = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert there.stdout.strip() == here


def test_one_other_character_gives_other_bytes():
    assert printed(SHEET) != printed(replace(SHEET, notes=("これは、法律の電子署名ではありません",)))


def test_nothing_loads_typst_or_fonts_before_the_first_sheet():
    program = (
        "import django, sys; django.setup()\n"
        "import config.urls, wanowa.papers.views, wanowa.papers.tasks\n"
        "print([name for name in ('typst', 'pylopdf_fonts_jp', 'qrcode') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


# What people type


@needs_poppler
def test_what_people_type_is_never_markup():
    typed = '#panic() $x^2$ *太字* _斜体_ @ref <label> `code` // 注 \\ = 見出し #import "/x" [a](b) "引用" \'x\' -- ...'
    assert squeezed(typed) in text_of(printed(with_text(typed, title=typed)))


@needs_poppler
def test_characters_that_no_font_draws_stand_as_geta_with_a_remark_and_stay_in_the_text():
    pdf = printed(with_text("外字\ue000の会と한국어と😀"))
    text = text_of(pdf)
    assert "外字\ue000の会と한국어と😀" in text
    assert "外字の注記" in text
    assert "U+E000、U+D55C、U+AD6D、U+C5B4、U+1F600" in text
    assert faults(pdf) == []
    assert facts_of(pdf).archive == "2U"  # PDF/A-2a forbids the private use area
    assert "WanowaGeta" in facts_of(pdf).fonts


def test_without_private_characters_a_sheet_with_geta_stays_pdf_a_2a():
    pdf = printed(with_text("한국어"))
    assert facts_of(pdf).archive == "2A"
    assert faults(pdf) == []


@needs_poppler
def test_a_variant_that_the_font_lacks_is_drawn_in_its_ordinary_shape_with_a_remark():
    text = text_of(printed(with_text("渡邉󠄐")))
    assert "渡邉󠄐" in text
    assert "字形の注記" in text
    assert "邉（U+9089U+E0110）" in text
    assert "外字の注記" not in text


@needs_poppler
def test_ordinary_names_bring_no_remark():
    assert "注記" not in text_of(printed(with_text("𠮷野・髙橋・渡邉󠄀・葛󠄀城・辻󠄀・神・㈱①Ⅳ・Tiếng Việt・ﾊﾝｶｸ")))


def test_marks_name_each_character_once_and_know_what_is_drawn():
    found = fonts.marks(["渡邉󠄐と渡邉󠄐", "\ue000\ue000", "👩‍👧"])
    assert [(mark.codes, mark.shape_only) for mark in found] == [
        ("U+9089 U+E0110", True),
        ("U+E000", False),
        ("U+1F469", False),
        ("U+1F467", False),
    ]


def test_many_missing_characters_are_counted_not_listed_without_end():
    hangul = "".join(map(chr, range(0xAC00, 0xAC00 + 40)))
    assert faults(printed(with_text(hangul))) == []


@needs_poppler
def test_the_list_of_missing_characters_ends_with_how_many_more():
    hangul = "".join(map(chr, range(0xAC00, 0xAC00 + 40)))
    assert "ほか28字" in text_of(printed(with_text(hangul)))


def test_a_font_of_geta_needs_a_character():
    with pytest.raises(ValueError, match="at least one"):
        geta.font("")


@needs_poppler
def test_a_word_without_a_gap_breaks_inside_the_page_and_stays_whole_in_the_text():
    word = "https://example.jp/" + "x" * 300
    pdf = printed(with_text(word))
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    right = max(float(part.split('"')[1]) for part in boxes.stdout.decode().split("xMax=")[1:])
    assert right < 595 - 60  # points; the margin is 25 mm, 71 points
    assert word in text_of(pdf)


@needs_poppler
def test_a_preview_says_so_on_every_page_and_in_the_text():
    text = text_of(printed(replace(SHEET, preview="まだ全員の同意がありません。", check=None)))
    assert "まだ全員の同意がありません。" in text
    assert "案" in text


def test_a_table_whose_rows_do_not_fit_its_head_is_refused_at_once():
    with pytest.raises(ValueError, match="as many cells"):
        Grid(("主体", "額"), (("ひとつ",),), (1, 1))


def test_a_look_that_cannot_be_set_is_told_as_such(monkeypatch, tmp_path):
    broken = tmp_path / "broken.typ"
    broken.write_text("#panic(sys.inputs.sheet.len())")
    monkeypatch.setattr("wanowa.press.printing.LOOK", broken)
    with pytest.raises(NotPrinted, match="panicked"):
        printed(SHEET)


@needs_poppler
def test_a_sheet_without_notes_and_check_has_no_empty_frame():
    bare = replace(with_text("ひとこと"), opening=(), closing=(), notes=(), check=None)
    assert [_strokes(printed(one)) for one in (bare, replace(bare, notes=("注",)))] == [1, 2]


def _strokes(pdf: bytes) -> int:
    """Return how many lines and frames are drawn: the line above the footer, and what stands around the notes."""
    drawn = subprocess.run(["pdftocairo", "-svg", "-", "-"], input=pdf, capture_output=True, check=True)
    return drawn.stdout.count(b"stroke-width")
