"""A policy is read from whatever file the city has: every section found, in order, and no letter lost."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wanowa.guideline.rules import KINDS, POLICIES, PRINCIPLES, words_at
from wanowa.guideline.rules.text import (
    Compared,
    PolicyError,
    Shape,
    compared,
    decoded,
    letters,
    outline_of,
    place_of,
    source_digest,
)
from wanowa.guideline.tests.samples import PLAIN, PRINTED, REVISED


def written(outline):
    """Return everything an outline holds."""
    return "".join(
        passage.heading + "".join(block.text for block in passage.blocks) for passage in outline.passages
    )


def clauses(outline):
    return [passage.place.clause for passage in outline.passages]


def passage(outline, clause):
    return next(one for one in outline.passages if one.place.clause == clause)


# Places


@pytest.mark.parametrize(
    ("clause", "slug"),
    [
        ("Ⅱ", "ii"),
        ("Ⅱ-4", "ii-4"),
        ("Ⅱ-2(6)", "ii-2-6"),
        ("Ⅳ-2(1)①", "iv-2-1-1"),
        ("Ⅻ-12(10)⑳", "xii-12-10-20"),
    ],
)
def test_a_clause_has_an_address_and_is_written_as_before(clause, slug):
    assert place_of(clause).slug == slug
    assert place_of(clause).clause == clause


def test_a_clause_is_read_in_every_width():
    assert place_of("II－２（６）") == place_of("Ⅱ-2(6)")


@pytest.mark.parametrize("wrong", ["", "2-2", "Ⅱ(6)", "Ⅱ-2①", "Ⅱ-2(6)x", "Ⅱ-", "第Ⅱ章", "IIII-1"])
def test_what_is_no_clause_is_refused(wrong):
    with pytest.raises(ValueError, match=r"names no place|leaves out"):
        place_of(wrong)


@pytest.mark.parametrize("facts", [*PRINCIPLES.values(), *KINDS.values(), *POLICIES.values()])
def test_every_clause_of_the_vocabulary_is_a_place(facts):
    assert place_of(facts.clause).clause == facts.clause


def test_a_clause_knows_the_words_that_explain_it():
    assert words_at("Ⅱ-3") == tuple(KINDS)
    assert words_at("Ⅴ") == ()


# Text taken from a PDF


def test_the_sections_of_a_printed_text_are_found_in_order():
    assert clauses(outline_of(PRINTED)) == [
        "",
        "Ⅰ",
        "Ⅱ",
        "Ⅱ-1",
        "Ⅱ-2",
        "Ⅱ-2(1)",
        "Ⅱ-2(2)",
        "Ⅱ-3",
        "Ⅱ-4",
        "Ⅱ-コラム",
        "Ⅲ",
        "Ⅲ-1",
        "Ⅲ-1(1)",
        "Ⅲ-1(1)①",
        "Ⅲ-1(1)②",
        "Ⅳ",
    ]


@pytest.mark.parametrize("text", [PRINTED, PLAIN, REVISED])
def test_no_letter_is_lost_and_none_is_invented(text):
    assert letters(written(outline_of(text))) == letters(text.replace("#", ""))


def test_broken_lines_become_sentences_again():
    blocks = passage(outline_of(PRINTED), "Ⅱ-2(1)").blocks
    assert [block.shape for block in blocks] == [Shape.TEXT, Shape.TEXT]
    assert blocks[0].text.endswith("話しあい、みんながなっとくできる答えをさがします。")


def test_a_chapter_whose_heading_stands_after_its_text_begins_where_its_text_does():
    outline = outline_of(PRINTED)
    assert passage(outline, "Ⅰ").blocks[0].text.startswith("この町には小さな川が")
    assert passage(outline, "Ⅳ").blocks[0].text.startswith("この方針は、町の人と役場が")
    assert passage(outline, "Ⅲ-1(1)②").blocks[-1].text.endswith("書くようにつとめます。")
    assert outline.guessed == ("第Ⅳ章 おわりに",)


def test_a_footnote_stays_with_the_words_that_call_it():
    blocks = passage(outline_of(PRINTED), "Ⅰ").blocks
    assert "役場¹が" in blocks[1].text
    assert "町²のみんな" in blocks[1].text
    assert [block.text[:12] for block in blocks if block.shape is Shape.NOTE] == [
        "¹ 町の仕事をするところ",
        "² ここでいう町とは、川",
    ]


def test_a_table_stays_lines_and_its_numbers_are_no_headings():
    outline = outline_of(PRINTED)
    table = next(block for block in passage(outline, "Ⅱ-3").blocks if block.shape is Shape.LINES)
    assert table.text.split("\n")[4:7] == ["１ ごみひろい", "２ 花うえ", "３ 水しらべ"]
    assert passage(outline, "Ⅱ-4").title == "水辺のこよみ"


def test_a_list_in_a_table_may_have_the_number_of_the_section_that_follows():
    outline = outline_of(PRINTED.replace("見はり A B C", "４ 見はり\n見はり A B C"))
    assert passage(outline, "Ⅱ-4").title == "水辺のこよみ"


def test_the_revision_is_read_from_the_cover():
    assert outline_of(PRINTED).revision == "令和3年4月策定"
    assert outline_of(PLAIN).revision == ""


def test_form_feeds_are_pages_too():
    fed = "\n".join(f"\f{line[1:]}" if line.startswith(" ") else line for line in PRINTED.split("\n"))
    assert clauses(outline_of(fed)) == clauses(outline_of(PRINTED))


# Text as somebody types it


def test_typed_text_is_read_too():
    outline = outline_of(PLAIN)
    assert clauses(outline) == ["Ⅰ", "Ⅱ", "Ⅱ-1", "Ⅱ-2", "Ⅱ-2(1)", "Ⅱ-2(2)"]
    assert passage(outline, "Ⅱ-2(2)").blocks[-1].shape is Shape.LINES


@pytest.mark.parametrize("chapter", ["第二章", "第Ⅱ章", "第II章", "第 2 章", "## 第２章"])
def test_chapters_are_numbered_in_every_usual_way(chapter):
    assert clauses(outline_of(f"第1章 はじめ\nはじめます。\n{chapter}　つぎ\nつぎです。")) == ["Ⅰ", "Ⅱ"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("水辺はみんなのものです。", "章が見つかりません"),
        ("第1章 あ\nい\n第3章 う\nえ", "章の順番が合いません（第1章、第3章）"),
        ("第1章 あ\nい\n第13章 う\nえ", "3行めの章の番号"),
        (
            PRINTED.replace(
                "この方針は、町の人と役場がいっしょに考えてつくったものです。これからも川のようす\n\n", ""
            ),
            "どこから始まるかわかりません",
        ),
    ],
)
def test_what_cannot_be_understood_is_refused_with_what_to_do(text, hint):
    with pytest.raises(PolicyError, match=hint) as refusal:
        outline_of(text)
    assert str(refusal.value).endswith("ください。")


LINES = (
    *(
        "あ",
        "川" * 20,
        "川" * 20 + "。",
        "川" * 38,
        "川" * 38 + "。",
        "A B C",
        "２ 二つ",
        "１ 一つ",
        "3. 三つ",
    ),
    *("（１） 一", "(2) 二", "① 丸", "② 丸", "コラム 話", "第２章 つぎ", "第1章", "1", "1注のこと", "町1の"),
    *("| a | b |", "３.2%", "　字下げ。", " 頁", "\f頁", "## 見出し"),
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=30), st.sampled_from(["\n", "\n\n"]))
def test_whatever_stands_in_a_file_no_letter_is_lost(lines, gap):
    text = gap.join(["第1章 はじめ", *lines])
    try:
        outline = outline_of(text)
    except PolicyError:
        return
    assert letters(written(outline)) == letters(text.replace("#", ""))
    slugs = [one.place.slug for one in outline.passages]
    assert len(set(slugs)) == len(slugs)


# Bytes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_the_same_text_is_read_from_every_usual_encoding(encoding):
    text = decoded(PLAIN.encode(encoding))
    assert text == PLAIN
    assert source_digest(text.replace("\n", "\r\n")) == source_digest(PLAIN)


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"", "空です"),
        (b" \n\t", "空です"),
        (b"%PDF-1.7 ...", "PDF です"),
        (b"PK\x03\x04....", "Word などの書類"),
        (PLAIN.encode("utf-16"), "UTF-16"),
        (PLAIN.encode("euc_jp"), "ください"),
        (b"\x00\x01\x02" + "川".encode(), "文字でないもの"),
        (b"chapter one. nothing in japanese", "日本語の文が見つかりません"),
        (b"\x81\xff\xff", "文字コードがわかりません"),
        ("川".encode() * 800_000, "大きすぎます"),
    ],
)
def test_other_files_are_refused_with_what_to_do(content, hint):
    with pytest.raises(PolicyError, match=hint) as refusal:
        decoded(content)
    assert str(refusal.value).endswith("ください。")


# Two versions


def _compared(text):
    return [
        Compared(
            one.place.slug,
            one.place.level,
            one.heading,
            one.title,
            "\n".join(block.text for block in one.blocks),
        )
        for one in outline_of(text).passages
    ]


def test_a_section_keeps_its_history_when_another_is_put_before_it():
    changes = {change.slug: change for change in compared(_compared(PLAIN), _compared(REVISED))}
    assert set(changes) == {"ii-2-1", "ii-2-2", "ii-2-3"}
    assert ("insert", "なっとくするまで、") in changes["ii-2-1"].pieces or any(
        operation == "insert" and "なっとく" in text for operation, text in changes["ii-2-1"].pieces
    )
    assert changes["ii-2-2"].before == ""
    assert (changes["ii-2-3"].before, changes["ii-2-3"].heading) == ("(2) 見せあい", "(3) 見せあい")
    assert changes["ii-2-3"].is_renamed
    assert changes["ii-2-3"].pieces == ()


def test_a_section_that_is_gone_is_told_with_its_text():
    gone = [change for change in compared(_compared(REVISED), _compared(PLAIN)) if not change.slug]
    assert [(change.heading, change.pieces) for change in gone] == [
        ("(2) 手わけ", (("delete", "仕事を分けます。"),))
    ]


def test_the_same_text_has_no_changes():
    assert compared(_compared(PRINTED), _compared(PRINTED)) == []


# The real file, where it is at hand


@pytest.mark.skipif("WANOWA_GUIDELINE" not in os.environ, reason="the city's text is not in the repository")
def test_the_guideline_of_wako_is_read_whole_and_in_order():
    text = decoded(Path(os.environ["WANOWA_GUIDELINE"]).read_bytes())
    outline = outline_of(text)
    assert letters(written(outline)) == letters(text)
    assert outline.revision == "令和5年12月改定"
    found = clauses(outline)
    assert found[:4] == ["", "Ⅰ", "Ⅱ", "Ⅱ-1"]
    assert found[-3:] == ["Ⅳ-2(4)②", "Ⅳ-2(4)③", "Ⅴ"]
    assert len(found) == 44
    assert {facts.clause for facts in (*PRINCIPLES.values(), *KINDS.values(), *POLICIES.values())} <= set(
        found
    )
    for facts in PRINCIPLES.values():
        assert passage(outline, facts.clause).title == f"{facts.key.label}の原則"
    for facts in POLICIES.values():
        assert passage(outline, facts.clause).title == str(facts.key.label)
    for one in outline.passages:
        for block in one.blocks:
            assert block.shape is not Shape.TEXT or not block.text.endswith("、"), one.place.clause
