"""A city is data: the pack of Wako is right, and a wrong pack is refused with a sentence."""

import datetime as dt
import tomllib
from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured

from wanowa.guideline import queries
from wanowa.guideline.rules import (
    Each,
    PackError,
    PaperKind,
    Proposer,
    Rhythm,
    Yardstick,
    check_digit,
    is_municipality_code,
    pack_of,
)
from wanowa.kernel import calendar

QUARTER = {"key": "q", "name": "n", "reading": "r"}
DEPARTMENT = {"key": "k", "name": "n", "reading": "r", "about": "a"}


def _files():
    return {
        file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
        for file in (queries.PACKS / "wako").glob("*.toml")
    }


def test_the_pack_of_wako_is_read_once_and_typed():
    pack = queries.pack()
    assert pack is queries.pack()
    assert (pack.city.name, pack.city.code, pack.city.prefecture) == ("和光市", "112291", "埼玉県")
    assert (pack.desk.name, pack.desk.nickname) == ("市民協働推進センター", "わこらぼ")
    assert pack.departments_are_a_demonstration
    assert len(pack.departments) >= 8
    assert all("見本" in department.name for department in pack.departments)


def test_a_pack_cannot_be_changed():
    with pytest.raises(AttributeError):
        queries.pack().city.name = "朝霞市"


def test_contacts_that_are_not_known_are_absent():
    assert queries.pack().desk.telephone == ""
    assert queries.pack().desk.email == ""


def test_the_closing_days_are_those_of_the_business_calendar():
    assert queries.pack().closing_days == calendar.YEAR_END
    assert not calendar.is_business_day(dt.date(2026, 12, 29), closing=queries.pack().closing_days)


@pytest.mark.parametrize("code", ["112291", "011002", "131016", "472018", "132292"])
def test_codes_of_real_municipalities_have_their_check_digit(code):
    assert check_digit(code[:5]) == code[5]
    assert is_municipality_code(code)


@pytest.mark.parametrize("code", ["112290", "112219", "11229", "1122911", "１１２２９１", "11229a", ""])
def test_other_codes_are_refused(code):
    assert not is_municipality_code(code)


def test_a_check_digit_needs_five_digits():
    with pytest.raises(ValueError, match="five digits"):
        check_digit("1122")


@pytest.mark.parametrize(
    ("file", "change", "hint"),
    [
        ("city", {"colour": "緑"}, "知らない項目「colour」"),
        ("city", {"code": "112290"}, "検査数字"),
        ("city", {"code": 112291}, "空でない文字列"),
        ("city", {"name": " "}, "空でない文字列"),
        ("desk", {"fax": "1"}, "知らない項目「fax」"),
        ("desk", {"telephone": 1}, "空でない文字列"),
        ("calendar", {"closed": [{"first": "12-32", "last": "01-03"}]}, "12-29 のように"),
        ("calendar", {"closed": [{"first": "12-29"}]}, "「last」がありません"),
        ("calendar", {"open": True}, "知らない項目「open」"),
        ("departments", {"department": {}}, r"\[\[department\]\]"),
        ("departments", {"department": ["環境課"]}, "項目 = 値"),
        (
            "departments",
            {"department": [{**DEPARTMENT, "key": "K"}]},
            "英小文字",
        ),
        ("departments", {"department": [DEPARTMENT] * 2}, "2回"),
        ("papers", {"paper": [{"key": "passport"}]}, "「passport」という書類はありません"),
        ("papers", {"paper": [{"key": "budget"}] * 2}, "2回"),
        ("papers", {"paper": [{"key": "budget", "number": " "}]}, "空でない文字列"),
        ("papers", {"form": []}, "知らない項目「form」"),
        ("quarters", {"quarter": [QUARTER] * 2}, "2回"),
        ("quarters", {"quarter": [QUARTER | {"near": "q moon"}]}, "知らない地区「moon」"),
        ("quarters", {"area": []}, "知らない項目「area」"),
        ("synonyms", {"groups": [["障害"]]}, "2つ以上"),
        ("synonyms", {"groups": [["障害", "障害"]]}, "ちがうことば"),
        ("synonyms", {"groups": [["障害", "しょう がい"]]}, "空白のない"),
        ("synonyms", {"groups": "障害"}, "一覧の一覧"),
        ("synonyms", {"words": []}, "知らない項目「words」"),
        ("quarters", {"quarter": [{"key": "q", "name": "新倉"}]}, "「reading」がありません"),
        ("audiences", {"audience": [{"key": "a", "label": "若い人"}]}, "1つ以上"),
        ("audiences", {"audience": ["若い人"]}, r"\[\[audience\]\]"),
        ("scheme", {"colour": 1}, "知らない項目「colour」"),
        ("scheme", {"causes": ["rain"]}, "読めません"),
        ("scheme", {"year": [{"year": 2011, "citizen": 4}]}, "両方"),
        ("scheme", {"year": [{"year": 2011, "citizen": 1, "city": 0}]}, "採択のほうが"),
        ("scheme", {"year": [{"year": 2011, "citizen": -1, "city": 0}]}, "0以上の数"),
        ("scheme", {"year": [{"year": 2011, "citizen": "4", "city": "0"}]}, "0以上の数"),
        ("scheme", {"year": [{"year": 2030}]}, "年度が、year にありません"),
        ("scheme", {"project": [{"year": 2011, "title": "t"}]}, "読めません"),
        ("rhythm", {"quiet": 0}, "1から366まで"),
        ("rhythm", {"quiet": "45"}, "1から366まで"),
        ("rhythm", {"quiet": True}, "1から366まで"),
        ("rhythm", {"loud": 3}, "知らない項目「loud」"),
    ],
)
def test_a_pack_that_is_not_understood_is_refused_with_its_place(file, change, hint):
    files = _files()
    files[file] = {**files[file], **change}
    with pytest.raises(PackError, match=hint) as refusal:
        pack_of(files)
    assert f"{file}.toml" in str(refusal.value)


def test_a_city_that_says_nothing_of_its_rhythm_has_ours():
    files = _files()
    files.pop("rhythm")
    assert pack_of(files).rhythm == Rhythm(due_ahead=3, unmeasured=60, quiet=45)
    files["rhythm"] = {"quiet": 30}
    assert pack_of(files).rhythm == Rhythm(quiet=30)


def test_the_earlier_scheme_is_told_as_its_source_tells_it():
    scheme = queries.pack().scheme
    assert (len(scheme.years), len(scheme.projects)) == (11, 17)
    assert [scheme.applications(side) for side in (Proposer.CITIZEN, Proposer.CITY)] == [21, 13]
    assert [year.year for year in scheme.years if not year.was_held] == [2018]
    assert [year.year for year in scheme.years if year.was_held and not year.applications] == [2021]
    unclear = [project for project in scheme.projects if project.proposed_by is Proposer.UNCLEAR]
    assert len(unclear) == 5
    files = _files()
    del files["scheme"]
    assert not pack_of(files).scheme.years


@pytest.mark.parametrize("missing", ["city", "desk", "departments", "calendar"])
def test_a_pack_without_one_of_its_files_is_refused(missing):
    files = _files()
    del files[missing]
    with pytest.raises(PackError, match=rf"{missing}\.toml がありません"):
        pack_of(files)


def test_the_pack_of_wako_knows_the_number_of_the_one_form_whose_source_is_public():
    papers = queries.pack().papers
    assert list(papers) == [PaperKind.ENDORSEMENT_APPLICATION]
    paper = papers[PaperKind.ENDORSEMENT_APPLICATION]
    assert (paper.number, paper.title, paper.addressee) == ("様式第1号", "和光市後援承認申請書", "")


def test_a_pack_without_forms_of_its_own_has_no_numbers():
    files = _files()
    del files["papers"]
    assert not pack_of(files).papers


def test_a_missing_line_and_a_strange_file_are_named():
    files = _files()
    del files["city"]["prefecture"]
    with pytest.raises(PackError, match=r"city\.toml に「prefecture」がありません"):
        pack_of(files)
    with pytest.raises(PackError, match="知らない項目「fees」"):
        pack_of({**_files(), "fees": {}})


@pytest.mark.parametrize("name", ["asaka", "../packs/wako", "", "/etc"])
def test_a_pack_that_does_not_exist_is_refused_with_those_that_do(settings, name):
    settings.PACK = name
    with pytest.raises(ImproperlyConfigured, match="使えるのは wako です"):
        queries.pack()


def test_a_file_that_is_no_toml_is_refused_with_the_name_of_the_pack(settings, tmp_path, monkeypatch):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "city.toml").write_text("name = 和光市", encoding="utf-8")
    monkeypatch.setattr(queries.packs, "PACKS", tmp_path)
    settings.PACK = "broken"
    with pytest.raises(ImproperlyConfigured, match="パック「broken」を読めません"):
        queries.pack()


def test_quarters_name_their_neighbours_by_key():
    files = _files()
    east, west = QUARTER | {"near": "w"}, QUARTER | {"key": "w"}
    files["quarters"] = {"quarter": [east, west]}
    assert [one.neighbours for one in pack_of(files).quarters] == [frozenset({"w"}), frozenset()]
    del files["quarters"]
    assert pack_of(files).quarters == ()


def _with_evaluation(change):
    files = _files()
    change(files["evaluation"])
    return files


def test_the_yardstick_reads_back_as_it_was_written_and_has_a_word_for_every_step():
    yardstick = queries.pack().yardstick
    assert Yardstick.of(yardstick.content()) == replace(
        yardstick, scales=tuple(yardstick.scales), criteria=tuple(yardstick.criteria)
    )
    assert {len(set(scale.words)) for scale in yardstick.scales} == {5}
    assert {criterion.each for criterion in yardstick.criteria} == {"", *Each.values}


def test_the_fingerprint_of_a_yardstick_covers_every_word():
    yardstick = queries.pack().yardstick
    first, *others = yardstick.criteria
    changed = replace(yardstick, criteria=[replace(first, question=f"{first.question}？"), *others])
    assert changed.fingerprint != yardstick.fingerprint


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda table: table["criterion"][0].update(scale="stars"), "scale「stars」は使えません"),
        (lambda table: table["criterion"][0].update(view="city"), "view「city」は使えません"),
        (lambda table: table["criterion"][0].update(each="person"), "each「person」は使えません"),
        (lambda table: table["criterion"][1].update(key="goal"), "「goal」が2回あります"),
        (lambda table: table["criterion"][0].update(key="目標"), "英小文字"),
        (lambda table: table["criterion"][0].pop("question"), "「question」がありません"),
        (lambda table: table["scale"][0].update(five=5), "空でない文字列"),
        (lambda table: table.update(weights=[]), "知らない項目「weights」"),
    ],
)
def test_a_wrong_evaluation_file_is_refused_with_a_sentence(change, sentence):
    with pytest.raises(PackError, match=sentence):
        pack_of(_with_evaluation(change))


def test_a_city_may_have_no_criteria_of_its_own():
    files = _files()
    del files["evaluation"]
    assert not pack_of(files).yardstick.criteria
