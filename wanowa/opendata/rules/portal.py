"""The file of the NPO portal (内閣府NPO法人ポータル): its columns, and what a row says about a group.

Source of the columns: japan.md, Appendix E. Nothing that a row says is repaired: it is understood or named.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import jaconv
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.guideline.rules import FIELDS, Field
from wanowa.kernel import eras
from wanowa.kernel.errors import Invalid
from wanowa.kernel.spreadsheets import unguarded
from wanowa.kernel.text import graphemes, problems
from wanowa.opendata.rules.tables import Row, Table
from wanowa.parties.rules import corporate_number

FIELD_COLUMNS: Final = tuple(f"活動分野{jaconv.h2z(str(number), digit=True)}" for number in range(1, 21))
COLUMNS: Final = (
    *(
        "法人名称",
        "法人名称カナ",
        "所轄庁",
        "権限移譲先市町村",
        "主たる事務所の所在地",
        "主たる事業所の郵便番号",
    ),
    *("従たる事務所の所在地", "代表者氏名", "団体代表者名（フリガナ）", "法人設立認証年月日", "設立年月日"),
    *("定款に記載された目的", *FIELD_COLUMNS, "監督情報", "解散情報", "法人情報URL", "法人番号"),
    *("条例個別指定フラグ", "特定非営利活動に係る事業", "その他の事業"),
    *("事業年度開始日(MM/DD)", "事業年度終了日(MM/DD)"),
)
"""The columns we write, in the order of the portal. Others that a file brings are kept and written after them."""
OWN_COLUMN: Final = "わのわのアドレス"
"""Stands only in files that we wrote: the address of the party, and the sign that cells are guarded."""


class Target(TextChoices):
    """What of a row is understood; every other column is only kept."""

    NAME = "name", gettext_lazy("団体の名前")
    READING = "reading", gettext_lazy("名前の読み")
    NUMBER = "number", gettext_lazy("法人番号")
    FOUNDED = "founded", gettext_lazy("設立の日")
    ADDRESS = "address", gettext_lazy("事務所の所在地")
    PURPOSE = "purpose", gettext_lazy("目的")
    DISSOLVED = "dissolved", gettext_lazy("解散")


SOURCES: Final[Mapping[Target, str]] = {
    Target.NAME: "法人名称",
    Target.READING: "法人名称カナ",
    Target.NUMBER: "法人番号",
    Target.FOUNDED: "設立年月日",
    Target.ADDRESS: "主たる事務所の所在地",
    Target.PURPOSE: "定款に記載された目的",
    Target.DISSOLVED: "解散情報",
}
"""The column of the portal that fills each target."""
NEEDED: Final = (Target.NAME,)
type Mapped = Mapping[Target, int]
"""Which column (counted from 0) fills which target."""

_FIELD: Final = re.compile(r"活動分野([0-9]{1,2})")
_YES, _NO = {"○", "〇", "◯", "1", "有"}, {"", "×", "✕", "0", "-", "－", "無"}
_BY_NUMBER: Final = {facts.number: facts.key for facts in FIELDS.values()}
LONGEST_NAME: Final = 120
LONGEST_READING: Final = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a file from being taken in: where, and what to write instead."""

    line: int
    column: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What one row says about a group. `columns` is the whole row as read, under the portal's own names."""

    line: int
    name: str
    reading: str = ""
    number: str = ""
    founded_year: int | None = None
    fields: tuple[Field, ...] = ()
    address: str = ""
    dissolved: bool = False
    slug: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


def plain(header: str) -> str:
    """Return a header so that full and half width, brackets, spaces and a stray BOM do not matter."""
    return re.sub(r"[\s()（）「」\[\]\ufeff]", "", unicodedata.normalize("NFKC", header)).casefold()


_KNOWN: Final = {plain(column): column for column in (*COLUMNS, OWN_COLUMN)}


def understands(first_line: str) -> bool:
    """Whether a first line is the header of the portal: the name of the corporation stands in it."""
    return any(
        plain(cell.strip('"')) == plain(SOURCES[Target.NAME]) for cell in re.split(r"[,\t]", first_line)
    )


def proposal(header: tuple[str, ...]) -> dict[Target, int]:
    """Return the mapping that the names of the columns suggest; what is not found is left out."""
    names = [plain(cell) for cell in header]
    return {
        target: names.index(plain(source)) for target, source in SOURCES.items() if plain(source) in names
    }


def canonical_names(header: tuple[str, ...]) -> tuple[str, ...]:
    """Return the header under the portal's own names; a column that nobody knows keeps its name."""
    return tuple(_KNOWN.get(plain(cell), cell) for cell in header)


def read(table: Table, mapped: Mapped) -> tuple[list[Listed], list[Fault]]:
    """Return what the rows say, and everything that is wrong with them, in the order of the file."""
    header = canonical_names(table.header)
    faults = list(_header_faults(header, mapped))
    if faults:
        return [], faults
    listed: list[Listed] = []
    for row in table.rows:
        wrong = list(_cell_faults(row, header))
        if not wrong:
            try:
                listed.append(_listed(row, header, mapped))
            except _Wrong as fault:
                wrong = [Fault(row.line, fault.column, fault.value[:80], fault.sentence)]
        faults += wrong
    return listed, [*faults, *_repeated(listed)]


class _Wrong(ValueError):
    """One cell that is not understood."""

    def __init__(self, column: str, value: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column, self.value, self.sentence = column, value, sentence


def _header_faults(header: tuple[str, ...], mapped: Mapped) -> Iterator[Fault]:
    for target in NEEDED:
        if target not in mapped:
            sentence = _("「%(target)s」の列がわかりません。下の表で、列を選んでください。") % {
                "target": target.label
            }
            yield Fault(1, str(target.label), "", sentence)
    for name, times in Counter(header).items():
        if times > 1 and name:
            yield Fault(
                1,
                name,
                "",
                _("同じ見出しの列が %(times)s つあります。1つにしてください。") % {"times": times},
            )
    for target, column in mapped.items():
        if not 0 <= column < len(header):
            yield Fault(1, str(target.label), "", _("その列は、ファイルにありません。選びなおしてください。"))


def _cell_faults(row: Row, header: tuple[str, ...]) -> Iterator[Fault]:
    if len(row.cells) != len(header):
        sentence = _("列の数が見出しとちがいます（見出し %(wanted)s、この行 %(found)s）。直してください。")
        yield Fault(row.line, "", "", sentence % {"wanted": len(header), "found": len(row.cells)})
        return
    for name, cell in zip(header, row.cells, strict=True):
        for sentence in problems(cell, multiline=True, private_use=True):
            yield Fault(row.line, name, cell[:80], sentence)


def _listed(row: Row, header: tuple[str, ...], mapped: Mapped) -> Listed:
    ours = OWN_COLUMN in header
    cells = [unguarded(cell) if ours else cell for cell in row.cells]
    columns = dict(zip(header, cells, strict=True))
    slug = columns.pop(OWN_COLUMN, "")

    def said(target: Target) -> str:
        return cells[mapped[target]].strip() if target in mapped else ""

    def of(target: Target, sentence: str) -> _Wrong:
        return _Wrong(header[mapped[target]], said(target), sentence)

    for target, longest in ((Target.NAME, LONGEST_NAME), (Target.READING, LONGEST_READING)):
        if problems(said(target), multiline=False, private_use=True):
            raise of(target, _("改行や目に見えない文字が入っています。1行に直してください。"))
        if graphemes(said(target)) > longest or len(said(target)) > longest:
            raise of(target, _("長すぎます。%(longest)s 文字までにしてください。") % {"longest": longest})
    if not said(Target.NAME):
        raise of(Target.NAME, _("名前がありません。書き足すか、この行を消してください。"))
    try:
        number = corporate_number(said(Target.NUMBER))
    except Invalid as refusal:
        raise of(Target.NUMBER, str(refusal)) from None
    return Listed(
        line=row.line,
        name=said(Target.NAME),
        reading=said(Target.READING),
        number=number,
        founded_year=_year(
            said(Target.FOUNDED), header[mapped[Target.FOUNDED]] if Target.FOUNDED in mapped else ""
        ),
        fields=tuple(_fields(columns)),
        address=said(Target.ADDRESS),
        dissolved=bool(said(Target.DISSOLVED)),
        slug=slug,
        columns={name: cell for name, cell in columns.items() if cell},
    )


def _year(text: str, column: str) -> int | None:
    if not text:
        return None
    try:
        return eras.parse(text).year
    except Invalid:
        sentence = _("日づけとして読めません。2011-04-01 か、平成23年4月1日のように書いてください。")
        raise _Wrong(column, text, sentence) from None


def _fields(columns: Mapping[str, str]) -> Iterator[Field]:
    for name, cell in columns.items():
        match = _FIELD.fullmatch(plain(name))
        if not match or int(match[1]) not in _BY_NUMBER:
            continue
        if cell.strip() in _YES:
            yield _BY_NUMBER[int(match[1])]
        elif cell.strip() not in _NO:
            raise _Wrong(name, cell, _("活動分野は「○」か、空白で書いてください。"))


def _repeated(listed: list[Listed]) -> Iterator[Fault]:
    """Yield the rows that name a corporation or a nameless number's group for the second time."""
    seen: dict[str, int] = {}
    for one in listed:
        key = one.slug or one.number or f"name {one.name}"
        if key in seen:
            sentence = _("%(line)s行目と同じ団体です。どちらかの行を消してください。") % {"line": seen[key]}
            column = SOURCES[Target.NUMBER if one.number else Target.NAME]
            yield Fault(one.line, column, one.number or one.name, sentence)
        seen.setdefault(key, one.line)
