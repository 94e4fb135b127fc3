"""From bytes to groups: six encodings say the same, what is broken is refused with its place, nothing is guessed."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanowa.guideline.rules import Field
from wanowa.kernel.errors import Invalid
from wanowa.kernel.spreadsheets import guarded, unguarded, written
from wanowa.opendata.queries import reading_of
from wanowa.opendata.rules import (
    COLUMNS,
    FIELD_COLUMNS,
    Encoding,
    Known,
    Target,
    has_shrunk,
    plan_of,
    proposal,
    read,
    substitutions,
    table_of,
)
from wanowa.opendata.tests.files import ENCODINGS, TOWN, file_of, group, number, text_of

HUNDREDS = [group(place) for place in range(200)]


def listed(raw, **how):
    reading = reading_of(raw, **how)
    rows, faults = read(reading.table, reading.proposed)
    return rows, faults, reading


@pytest.mark.parametrize("encoding", ENCODINGS.values(), ids=ENCODINGS)
def test_the_same_200_groups_in_six_encodings_are_the_same(encoding):
    rows, faults, reading = listed(file_of(HUNDREDS, encoding))
    wanted, none, _plain = listed(file_of(HUNDREDS))
    assert faults == none == []
    assert len(rows) == 200
    assert rows == wanted
    assert reading.text.encoding in encoding or encoding in {"utf-8-sig", "utf-16"}


def test_a_row_is_understood():
    (one,), faults, _reading = listed(file_of([group(3)]))
    assert faults == []
    assert (one.name, one.number, one.founded_year) == ("特定非営利活動法人わこうの会3", number(3), 2013)
    assert one.fields == (Field.TOURISM,)
    assert one.address == TOWN
    assert one.columns["定款に記載された目的"] == "この法人は、\nまちの水辺を守ることを目的とする。"


@pytest.mark.parametrize("name", ["𠮷野の会", "髙橋﨑の会", "渡邉󠄀の会", "神（FA19）の会"])
def test_rare_characters_come_through_unchanged(name):
    (one,), faults, _reading = listed(file_of([group(1, 法人名称=name)]))
    assert (one.name, faults) == (name, [])


def test_a_truncated_character_is_refused_with_its_line():
    raw = file_of(HUNDREDS[:3])
    cut = raw[: raw.rindex("広".encode()) + 1]
    with pytest.raises(Invalid, match="行目のあたりに、読めない文字"):
        reading_of(cut)


def test_two_encodings_in_one_file_are_refused_with_the_line():
    text = text_of(HUNDREDS[:4]).splitlines(keepends=True)
    raw = "".join(text[:2]).encode("utf-8") + "".join(text[2:]).encode("cp932")
    with pytest.raises(Invalid, match="3行目"):
        reading_of(raw)


def test_shifted_columns_are_named_row_by_row():
    lines = text_of([group(place, 定款に記載された目的="水辺") for place in range(3)]).splitlines(
        keepends=True
    )
    lines[2] = "ずれ," + lines[2]
    rows, faults, _reading = listed("".join(lines).encode())
    assert len(rows) == 2
    assert [(fault.line, "列の数" in fault.sentence) for fault in faults] == [(3, True)]


def test_an_unknown_header_is_never_guessed_but_can_be_said():
    raw = "名称,電話\nはなの会,1\n".encode("cp932")
    with pytest.raises(Invalid, match="文字コードがわかりません"):
        reading_of(raw)
    assert reading_of(raw, "cp932").table.header == ("名称", "電話")


def test_a_file_that_says_another_encoding_than_its_mark_is_refused():
    with pytest.raises(Invalid, match="文字コードを選びなおして"):
        reading_of(file_of(HUNDREDS[:1], "utf-8-sig"), "cp932")


def test_characters_with_two_readings_are_reported_not_hidden():
    raw = file_of([group(1, 法人名称="水～緑の会")], "cp932")
    _rows, _faults, reading = listed(raw)
    assert any("～" in note and "〜" in note and "1" in note for note in reading.text.notes)
    assert listed(file_of([group(1)], "cp932"))[2].text.notes == ()


@pytest.mark.parametrize("mark", ["�", "\x00"])
def test_what_was_broken_before_is_refused(mark):
    rows = [group(1), group(2, 法人名称=f"こわれた{mark}会")]
    if mark == "�":
        with pytest.raises(Invalid, match="文字化け"):
            reading_of(file_of(rows))
    else:
        _rows, faults, _reading = listed(file_of(rows))
        assert [fault.column for fault in faults] == ["法人名称"]


@pytest.mark.parametrize(
    ("change", "column", "says"),
    [
        ({"法人名称": ""}, "法人名称", "名前がありません"),
        ({"法人名称": "あ" * 121}, "法人名称", "長すぎます"),
        ({"法人名称": "二行の\n名前"}, "法人名称", "1行"),
        ({"法人番号": "1234567890123"}, "法人番号", "法人番号が正しくありません"),
        ({"設立年月日": "きのう"}, "設立年月日", "日づけ"),
        ({FIELD_COLUMNS[0]: "たぶん"}, "活動分野１", "「○」"),
    ],
)
def test_what_is_wrong_is_named_with_row_and_column_and_what_to_write(change, column, says):
    _rows, faults, _reading = listed(file_of([group(1), group(2, **change)]))
    assert [(fault.column, fault.line > 2) for fault in faults] == [(column, True)]
    assert says in faults[0].sentence


@pytest.mark.parametrize("day", ["2011-04-01", "平成23年4月1日", "H23.4.1", "２０１１／４／１"])
def test_days_are_read_as_people_write_them(day):
    (one,), faults, _reading = listed(file_of([group(1, 設立年月日=day)]))
    assert (one.founded_year, faults) == (2011, [])


def test_the_same_corporation_twice_is_named():
    _rows, faults, _reading = listed(file_of([group(1), group(2), group(1)]))
    assert len(faults) == 1
    assert "と同じ団体" in faults[0].sentence


def test_headers_are_understood_in_full_and_half_width():
    header = tuple(name.replace("１", "1").replace("(", "（") for name in COLUMNS)
    rows = [{new: group(1).get(old, "") for new, old in zip(header, COLUMNS, strict=True)}]
    (one,), faults, _reading = listed(file_of(rows, header=header))
    assert (one.number, faults) == (number(1), [])


def test_a_missing_name_column_asks_for_the_mapping():
    table = table_of("なまえ,法人番号\r\nはなの会,\r\n")
    _rows, faults = read(table, proposal(table.header))
    assert [fault.column for fault in faults] == ["団体の名前"]
    (one,), faults = read(table, {Target.NAME: 0, Target.NUMBER: 1})
    assert (one.name, faults) == ("はなの会", [])
    assert read(table, {Target.NAME: 99})[1] != []


@pytest.mark.parametrize("text", ["", "  ", "名前だけ", '"閉じない,x\nあ,い\n', "a," * 400 + "\nx\n"])
def test_what_is_no_table_is_refused_with_a_sentence(text):
    with pytest.raises(Invalid):
        table_of(reading_of(text.encode(), "utf-8").text.text)


def test_tabs_and_quoted_line_breaks_are_read():
    table = table_of('法人名称\t定款に記載された目的\r\n会\t"一行目\n二行目"\r\n\r\n')
    assert table.rows[0].cells == ("会", "一行目\n二行目")
    assert len(table.rows) == 1


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(raw):
    try:
        reading = reading_of(raw)
    except Invalid:
        return
    read(reading.table, reading.proposed)


@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), min_size=1, max_size=6))
def test_no_cells_break_the_reading(cells):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["法人名称", "法人番号", "活動分野１"], *cells])
    try:
        listed(out.getvalue().encode("utf-8", "surrogatepass"))
    except Invalid:
        return


STARTERS = [
    f"{before}{sign}1+1" for before in ("", " ", "　", "'", '"', "\t", " '", "''") for sign in "=+-@＝＋－＠"
]


def test_there_are_enough_starters():
    assert len(STARTERS) >= 60


@pytest.mark.parametrize("cell", [*STARTERS, "\t1", "\r1", "\n1"])
def test_no_cell_is_taken_for_a_formula_and_ours_come_back_unchanged(cell):
    assert guarded(cell).startswith("'")
    assert guarded(cell) != cell
    assert unguarded(guarded(cell)) == cell


@given(st.text(max_size=20))
def test_guarding_loses_nothing(cell):
    assert unguarded(guarded(cell)) == cell
    (row,) = list(csv.reader(io.StringIO(written(("a",), [(cell,)]), newline="")))[1:] or [[""]]
    assert unguarded(row[0] if row else "") == cell


def test_what_an_encoding_cannot_hold_is_listed():
    assert substitutions("𠮷野〜会𠮷", Encoding.CP932) == {"𠮷": "〓", "〜": "～"}
    assert substitutions("𠮷野", Encoding.UTF8) == {}


def known(place, **other):
    row = group(place)
    facts = {"slug": f"会-{place}", "number": number(place), "joined": False, "columns": row}
    return Known(party=place, **({"name": row["法人名称"]} | facts | other))


def rows_of(*groups):
    rows, faults, _reading = listed(file_of(list(groups)))
    assert faults == []
    return rows


def test_a_plan_tells_new_changed_same_gone_and_elsewhere():
    rows = rows_of(
        group(1), group(2, 代表者氏名="別の 人"), group(3), group(4, 主たる事務所の所在地="東京都")
    )
    plan = plan_of(rows, [known(1), known(2), known(9)], [], town="和光市")
    assert [row.number for row in plan.new] == [number(3)]
    assert [(one.known.party, [d.column for d in one.differences]) for one in plan.changed] == [
        (2, ["代表者氏名"])
    ]
    assert (plan.same, plan.elsewhere, [one.party for one in plan.gone]) == (1, 1, [9])
    assert plan.writes == 2


def test_a_name_that_two_groups_have_is_never_guessed():
    row = rows_of(group(1, 法人番号=""))
    twins = [known(5, number="", name=row[0].name), known(6, number="", name=row[0].name)]
    plan = plan_of(row, twins, [])
    assert (plan.new, plan.changed, len(plan.faults)) == ((), (), 1)
    assert plan_of(row, twins[:1], []).changed[0].known.party == 5


def test_a_file_that_lost_many_groups_is_noticed():
    rows = rows_of(*(group(place) for place in range(8)))
    assert not has_shrunk(plan_of(rows, [known(place) for place in range(10)], []))
    assert has_shrunk(plan_of(rows, [known(place) for place in range(11)], []))
