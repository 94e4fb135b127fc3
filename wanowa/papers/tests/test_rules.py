"""What stands on a paper: only what was agreed, the sides in their order, room for what nobody knows yet."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from wanowa.collaborations.rules import Change, Share, Terms
from wanowa.collaborations.tests.factories import complete
from wanowa.guideline.queries import pack
from wanowa.guideline.rules import Form, Kind, OfficialPaper, PaperKind, Post
from wanowa.kernel.text import graphemes
from wanowa.papers.rules import FACTS, PAPERS, Agreement, Called, Standing, file_name, papers_of, sheet_of
from wanowa.papers.tests.agreements import bare
from wanowa.press.sheets import Article, Grid, Letter, Section, Sheet, plain

US, CITY, FIRM = 1, 2, 3
CALLED = {
    US: Called("湧水の会", kind=Kind.CITIZEN),
    CITY: Called("環境課", kind=Kind.CITY),
    FIRM: Called("和光造園", kind=Kind.COMPANY),
}


def agreement(form: Form, parties=(US, CITY), **changed) -> Agreement:
    sides = {Form.ACCORD: {Post.FIRST: CITY, Post.SECOND: US}}
    posts = {
        **sides.get(form, {}),
        **({Post.RECIPIENT: US, Post.GRANTOR: CITY} if form is Form.SUBSIDY else {}),
        **({Post.HOST: US, Post.ENDORSER: CITY} if form is Form.ENDORSEMENT else {}),
    }
    shares = tuple(Share(party, 10_000 * party) for party in parties)
    terms = complete(Terms(parties=parties), form=form, posts=posts, shares=shares, safety="保険に入ります。")
    given = {
        "terms": terms,
        "called": CALLED,
        "standing": Standing.IN_FORCE,
        "made": datetime(2026, 11, 23, 3, tzinfo=UTC),
        "number": 1,
        "fingerprint": "0f" * 32,
        "consents": tuple((party, date(2026, 11, 23)) for party in parties),
        "address": "https://example.jp/x/1/",
        "readable": "https://example.jp/x/1/",
    }
    return Agreement(**{**given, **changed})


def words(sheet: Sheet) -> str:
    blocks = (*sheet.opening, *sheet.blocks, *sheet.closing)
    return json.dumps([*(plain(block) for block in blocks), sheet.title, sheet.notes], ensure_ascii=False)


def captions(sheet: Sheet) -> list[str]:
    return [block.caption for block in sheet.blocks if isinstance(block, Article | Section)]


def grid(sheet: Sheet, *head: str) -> Grid:
    found = [block for block in sheet.closing if isinstance(block, Grid)]
    for block in sheet.blocks:
        found += [inner for inner in getattr(block, "blocks", ()) if isinstance(inner, Grid)]
    return next(block for block in found if block.head[: len(head)] == head)


def test_the_sides_stand_first_and_everybody_has_the_same_room():
    sheet = sheet_of(agreement(Form.ACCORD, (US, CITY, FIRM)), PaperKind.ACCORD)
    signing = grid(sheet, "立場")
    assert [row[0] for row in signing.rows] == ["甲", "乙", "主体"]
    assert [row[1].split("\n")[0] for row in signing.rows] == ["環境課", "湧水の会", "和光造園"]
    assert {row[2] for row in signing.rows} == {"令和8年11月23日"}
    assert sheet.blocks[0].text.startswith(
        "環境課（以下「甲」といいます。）、湧水の会（以下「乙」といいます。）"
    )


def test_without_posts_all_are_named_alike():
    one = agreement(Form.ACCORD)
    sheet = sheet_of(replace(one, terms=replace(one.terms, posts={})), PaperKind.ACCORD)
    assert "甲" not in words(sheet)
    assert {row[0] for row in grid(sheet, "立場").rows} == {"主体"}


def test_a_post_whose_holder_has_left_is_held_by_nobody():
    one = agreement(Form.ACCORD)
    gone = replace(one.terms, parties=(US, FIRM), posts={Post.FIRST: CITY, Post.SECOND: US})
    assert replace(one, terms=gone).sides == {}


def test_only_a_resident_signs_without_a_representative():
    called = {US: Called("和光 花子", kind=Kind.RESIDENT), CITY: CALLED[CITY]}
    rows = grid(sheet_of(agreement(Form.ACCORD, called=called), PaperKind.ACCORD), "立場").rows
    assert [row[1] for row in rows] == ["環境課\n代表", "和光 花子"]


def test_another_way_of_writing_a_name_stands_beside_it():
    called = {US: Called("\ue000の会", "外字の会", Kind.CITIZEN), CITY: CALLED[CITY]}
    sheet = sheet_of(agreement(Form.ACCORD, called=called), PaperKind.ACCORD)
    assert "（代替表記：外字の会）" in words(sheet)


def test_who_leaves_stands_among_those_who_agreed():
    one = agreement(Form.ACCORD, (US, CITY, FIRM))
    terms = replace(one.terms, parties=(US, CITY))
    rows = grid(sheet_of(replace(one, terms=terms), PaperKind.ACCORD), "立場").rows
    assert [(row[0], row[1].split("\n")[0]) for row in rows][-1] == ("抜ける主体", "和光造園")


def test_what_nobody_wrote_has_no_article_and_numbers_have_no_gap():
    one = agreement(Form.ACCORD)
    full = sheet_of(one, PaperKind.ACCORD)
    short = sheet_of(replace(one, terms=bare(one.terms, safety="")), PaperKind.ACCORD)
    assert set(captions(full)) - set(captions(short)) == {
        *("実施目標", "成果目標", "役割の分担", "それぞれのねらい", "費用とその分担", "保険と安全")
    }
    numbers = [block.number for block in short.blocks if isinstance(block, Article)]
    assert numbers[:2] == ["第１条", "第２条"]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(("form", "kind"), [(form, kind) for form in PAPERS for kind in PAPERS[form]])
def test_an_empty_draft_has_every_paper_without_an_error(form, kind):
    empty = agreement(
        form, terms=Terms(parties=(US, CITY), form=form), standing=Standing.DRAFT, number=None, consents=()
    )
    sheet = sheet_of(empty, kind)
    assert sheet.preview
    assert sheet.check is None
    assert "題名はまだありません" in words(sheet)


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.IN_FORCE])
def test_what_is_not_in_force_is_a_preview_without_a_public_address(standing):
    sheet = sheet_of(agreement(Form.ACCORD, standing=standing), PaperKind.ACCORD)
    assert sheet.preview == standing.label
    assert sheet.check is None
    assert "同意がそろうと" in words(sheet)


def test_the_citys_form_is_used_only_when_it_goes_to_the_city():
    official = pack().papers[PaperKind.ENDORSEMENT_APPLICATION]
    kind = PaperKind.ENDORSEMENT_APPLICATION
    to_the_city = sheet_of(agreement(Form.ENDORSEMENT), kind, official)
    assert (to_the_city.number, to_the_city.title) == ("様式第1号", "和光市後援承認申請書")
    called = {**CALLED, CITY: Called("和光造園", kind=Kind.COMPANY), US: CALLED[US]}
    elsewhere = sheet_of(agreement(Form.ENDORSEMENT, called=called), kind, official)
    assert (elsewhere.number, elsewhere.title) == ("", "後援承認申請書")


def test_a_letter_goes_to_whom_the_city_names_or_to_the_party_that_holds_the_post():
    kind = PaperKind.SUBSIDY_APPLICATION
    own = OfficialPaper(kind, addressee="和光市長")
    letter = sheet_of(agreement(Form.SUBSIDY), kind, own).opening[0]
    assert isinstance(letter, Letter)
    assert letter.to == ("和光市長　あて",)
    letter = sheet_of(agreement(Form.SUBSIDY), kind).opening[0]
    assert letter.to == ("環境課　あて",)
    assert letter.sender[0] == ("申請する主体", "湧水の会")
    assert dict(letter.sender)["住所"] == ""


def test_a_decision_goes_the_other_way_and_names_what_was_agreed():
    sheet = sheet_of(agreement(Form.SUBSIDY), PaperKind.SUBSIDY_DECISION)
    assert sheet.opening[0].to == ("湧水の会　あて",)
    assert sheet.opening[0].sender[0] == ("補助する主体", "環境課")
    assert "金20,000円" in words(sheet)


def test_what_only_the_future_knows_is_room_to_write():
    report = sheet_of(agreement(Form.SUBSIDY), PaperKind.SUBSIDY_REPORT)
    goals = grid(report, "すること", "めざす数")
    assert (goals.head[-1], goals.rows[0][1], goals.rows[0][-1]) == ("実際の数", "6回", "")
    settlement = sheet_of(agreement(Form.SUBSIDY), PaperKind.SETTLEMENT)
    income = grid(settlement, "項目")
    assert income.head == ("項目", "予定の額", "実際の額", "ちがい", "説明")
    assert {row[2:4] for row in income.rows} == {("", "")}
    assert income.foot[:4] == ("合計", "30,000円", "", "")
    invoice = sheet_of(agreement(Form.SUBSIDY), PaperKind.SUBSIDY_INVOICE)
    assert "金　　　　　　　　円" in words(invoice)
    for kind in (PaperKind.SUBSIDY_REPORT, PaperKind.SETTLEMENT, PaperKind.SUBSIDY_INVOICE):
        assert any("手で書き入れて" in note for note in sheet_of(agreement(Form.SUBSIDY), kind).notes)


def test_without_a_grantor_no_sum_is_invented():
    one = agreement(Form.SUBSIDY)
    sheet = sheet_of(replace(one, terms=replace(one.terms, posts={})), PaperKind.SUBSIDY_APPLICATION)
    assert "20,000円" not in words(sheet)


def test_an_application_to_change_shows_before_and_after_once_there_is_a_before():
    one = agreement(Form.SUBSIDY)
    blank = grid(sheet_of(one, PaperKind.SUBSIDY_CHANGE), "項目", "いま")
    assert blank.rows[0] == ("事業の目的", one.terms.purpose, "")
    changed = replace(one, before=replace(one.terms, purpose="むかしの目的"))
    filled = grid(sheet_of(changed, PaperKind.SUBSIDY_CHANGE), "項目", "いま")
    assert filled.rows[0] == ("事業の目的", "むかしの目的", one.terms.purpose)


@pytest.mark.parametrize("change", [Change.SUSPEND, Change.RESUME, Change.END])
def test_a_turn_changes_no_text_and_brings_no_papers(change):
    assert papers_of(Form.ACCORD, change) == ()
    assert papers_of(Form.ACCORD, Change.AMEND) == (PaperKind.ACCORD,)
    assert papers_of("", Change.START) == papers_of("nothing", Change.START) == ()


def test_a_file_says_what_it_is_and_whether_it_counts():
    assert file_name("湧水", PaperKind.ACCORD, 3, in_force=True) == "湧水_協定書_第3版"
    assert file_name("湧水", PaperKind.ACCORD, None, in_force=False) == "湧水_協定書_下書き_案"


def test_sentences_about_papers_are_short():
    sentences = [part for facts in FACTS.values() for part in str(facts.purpose).split("。")]
    assert [sentence for sentence in sentences if graphemes(sentence) > 40] == []
