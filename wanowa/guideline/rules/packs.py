"""A municipality as data: what a pack may say, typed and checked. Reading the files is `queries.pack`.

The fiscal year is not here: 地方自治法第208条 fixes it for every municipality, so it lives in `kernel.eras`.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from types import MappingProxyType
from typing import Any

from wanowa.guideline.rules.codes import is_municipality_code
from wanowa.guideline.rules.papers import PaperKind
from wanowa.guideline.rules.scheme import AdoptedProject, Cause, Proposer, Scheme, SchemeYear
from wanowa.guideline.rules.yardstick import Criterion, Each, Scale, View, Yardstick
from wanowa.search.rules import Audience, Lexicon, Place

type Table = Mapping[str, Any]
"""One TOML table: keys to strings, booleans, and lists of tables."""

REQUIRED = frozenset({"city", "desk", "departments", "calendar"})
OPTIONAL = frozenset(
    {"papers", "skills", "terms", "rhythm", "evaluation", "synonyms", "audiences", "quarters"}
    | {"scheme", "bridging", "consultations"}
)
_KEY = re.compile(r"[a-z][a-z0-9-]*")
_LEAP_YEAR = 2000
LONGEST_WAIT = 366
"""Days that may pass before something is called to mind."""


class PackError(ValueError):
    """A pack cannot be used; the message, for the city's IT, names the file and what to write instead."""


@dataclass(frozen=True, slots=True)
class City:
    """The municipality itself."""

    name: str
    reading: str
    prefecture: str
    code: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk that answers for collaboration; telephone and mail are absent until the city gives them."""

    name: str
    nickname: str
    coordinator: str
    contact_note: str
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """A department of the city hall. Its key is the stable part of its address."""

    key: str
    name: str
    reading: str
    about: str


@dataclass(frozen=True, slots=True)
class Quarter:
    """A part of the city, so that things near are found; `near` names its neighbours by key, apart by spaces."""

    key: str
    name: str
    reading: str
    near: str = ""

    @property
    def neighbours(self) -> frozenset[str]:
        """The keys of the quarters next to it; none until the city has said so."""
        return frozenset(self.near.split())


@dataclass(frozen=True, slots=True)
class Closed:
    """Days on which the office is closed every year, from `first` to `last` (MM-DD), also over New Year."""

    first: str
    last: str

    @property
    def days(self) -> frozenset[tuple[int, int]]:
        """Return the closed days as (month, day), both ends included. PackError unless MM-DD."""
        start, end = _day_of(self.first), _day_of(self.last)
        if end < start:
            end = end.replace(year=_LEAP_YEAR + 1)
        passing = (start + dt.timedelta(days=passed) for passed in range((end - start).days + 1))
        return frozenset((day.month, day.day) for day in passing)


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """What the city calls one of its forms on paper, its number (様式第1号), and to whom it is addressed."""

    key: str
    number: str = ""
    title: str = ""
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """After how many days something is called to mind. A city that says nothing has these."""

    due_ahead: int = 3
    """Business days before its day on which a task is called to mind."""
    unmeasured: int = 60
    """Days after which the parties are asked for a new number."""
    quiet: int = 45
    """Days without a step of any party after which the coordinators are told."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """One way to begin before the budget of the next fiscal year stands; `address` is a page of this site."""

    key: str
    title: str
    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that differs from city to city."""

    city: City
    desk: Desk
    departments: tuple[Department, ...]
    departments_are_a_demonstration: bool
    closing_days: frozenset[tuple[int, int]]
    """(month, day), for `closing=` of `kernel.calendar`."""
    papers: Mapping[PaperKind, OfficialPaper] = MappingProxyType({})
    """Only of the papers for which the city has a form of its own."""
    quarters: tuple[Quarter, ...] = ()
    """In the order in which they are chosen from."""
    lexicon: Lexicon = field(default_factory=Lexicon)
    """What the search knows of the language of the city."""
    rhythm: Rhythm = Rhythm()
    yardstick: Yardstick = field(default_factory=Yardstick)
    """By what collaborations that start now are looked back upon; without criteria nobody can look back."""
    scheme: Scheme = field(default_factory=Scheme)
    """What became of an earlier scheme of proposals, if there was one."""
    bridges: tuple[Bridge, ...] = ()
    """What can be done in the months until the money is there."""
    skills: Table = MappingProxyType({})
    """What people can do, and the blocks of the city: `talent.rules.skills` reads it."""
    terms: Table = MappingProxyType({})
    """Finer words for what is offered and needed, things too: `exchange.rules.matching` reads it."""
    consultations: Table = MappingProxyType({})
    """How the desk works: `consultations.rules.practice` reads it."""


def pack_of(files: Mapping[str, Table]) -> Pack:
    """Return the pack written in `files` (name without `.toml` → content), or raise PackError."""
    _refuse_strangers("パック", files, REQUIRED | OPTIONAL)
    for missing in sorted(REQUIRED - files.keys()):
        raise PackError(f"{missing}.toml がありません。パックのフォルダーに置いてください。")
    departments, calendar = files["departments"], files["calendar"]
    _refuse_strangers("departments.toml", departments, {"demonstration", "department"})
    _refuse_strangers("calendar.toml", calendar, {"closed"})
    closed = _rows(Closed, calendar, "closed", "calendar.toml")
    quarters = _quarters(files.get("quarters", {}))
    pack = Pack(
        city=_typed(City, files["city"], "city.toml"),
        desk=_typed(Desk, files["desk"], "desk.toml"),
        departments=_rows(Department, departments, "department", "departments.toml"),
        departments_are_a_demonstration=departments.get("demonstration", False) is True,
        closing_days=frozenset(day for span in closed for day in span.days),
        papers=_papers(files.get("papers", {})),
        quarters=quarters,
        lexicon=_lexicon(files, quarters),
        rhythm=_rhythm(files.get("rhythm", {})),
        yardstick=_yardstick(files.get("evaluation", {})),
        scheme=_scheme(files.get("scheme", {})),
        bridges=_bridges(files.get("bridging", {})),
        skills=MappingProxyType(dict(files.get("skills", {}))),
        terms=MappingProxyType(dict(files.get("terms", {}))),
        consultations=MappingProxyType(dict(files.get("consultations", {}))),
    )
    if not is_municipality_code(pack.city.code):
        raise PackError(
            "city.toml の code が正しくありません。検査数字までの6けたを、文字列で書いてください。"
        )
    _check_keys("departments.toml", pack.departments)
    return pack


def _quarters(table: Table) -> tuple[Quarter, ...]:
    _refuse_strangers("quarters.toml", table, {"quarter"})
    found = _rows(Quarter, table, "quarter", "quarters.toml")
    keys = {quarter.key for quarter in found}
    if len(keys) < len(found):
        raise PackError("quarters.toml に、同じ key が2回あります。どちらかを変えてください。")
    for quarter in found:
        if unknown := sorted(quarter.neighbours - keys):
            raise PackError(
                f"quarters.toml の「{quarter.key}」の near に、知らない地区「{'、'.join(unknown)}」があります。"
            )
    return found


def _bridges(table: Table) -> tuple[Bridge, ...]:
    _refuse_strangers("bridging.toml", table, {"bridge"})
    found = _rows(Bridge, table, "bridge", "bridging.toml")
    _check_keys("bridging.toml", found)
    for one in found:
        if one.address and not one.address.startswith("/"):
            raise PackError(
                f"bridging.toml の「{one.key}」の address は、/ で始まるこのサイトの中にしてください。"
            )
    return found


def _papers(table: Table) -> Mapping[PaperKind, OfficialPaper]:
    _refuse_strangers("papers.toml", table, {"paper"})
    found: dict[PaperKind, OfficialPaper] = {}
    for paper in _rows(OfficialPaper, table, "paper", "papers.toml"):
        if paper.key not in PaperKind.values:
            raise PackError(
                f"papers.toml の key「{paper.key}」という書類はありません。"
                f"使えるのは {'、'.join(PaperKind.values)} です。"
            )
        if found.setdefault(PaperKind(paper.key), paper) is not paper:
            raise PackError(f"papers.toml の key「{paper.key}」が2回あります。どちらかを消してください。")
    return MappingProxyType(found)


def _lexicon(files: Mapping[str, Table], quarters: tuple[Quarter, ...]) -> Lexicon:
    """Read what the city adds to the language. A quarter of one letter (南) is too ordinary a word to be a place."""
    synonyms, audiences = (files.get(name, {}) for name in ("synonyms", "audiences"))
    _refuse_strangers("synonyms.toml", synonyms, {"groups"})
    _refuse_strangers("audiences.toml", audiences, {"audience"})
    groups = synonyms.get("groups", [])
    if not isinstance(groups, list):
        raise PackError("synonyms.toml の groups は、ことばの一覧の一覧にしてください。")
    found = []
    for row in audiences.get("audience", []):
        if not isinstance(row, Mapping):
            raise PackError("audiences.toml は [[audience]] の形で書いてください。")
        words = _words(row.get("words"), "audiences.toml", 1)
        rest = {name: value for name, value in row.items() if name != "words"}
        named = _typed(_Named, rest, "audiences.toml")
        found.append(Audience(named.key, named.label, words))
    return Lexicon(
        tuple(_words(group, "synonyms.toml", 2) for group in groups),
        tuple(Place(one.name, one.reading) for one in quarters if len(one.name) > 1),
        tuple(found),
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """An audience without its words."""

    key: str
    label: str


def _words(row: object, where: str, least: int) -> tuple[str, ...]:
    """Return a list of different words, or raise PackError."""
    if not isinstance(row, list) or len(set(map(str, row))) < max(least, len(row)):
        raise PackError(f"{where} の「{row}」は、ちがうことばを{least}つ以上ならべてください。")
    for one in row:
        if not isinstance(one, str) or not one.strip() or " " in one:
            raise PackError(f"{where} の「{one}」は、空白のない文字列にしてください。")
    return tuple(row)


def _rhythm(table: Table) -> Rhythm:
    _refuse_strangers("rhythm.toml", table, {field.name for field in fields(Rhythm)})
    for name, days in table.items():
        if type(days) is not int or not 1 <= days <= LONGEST_WAIT:
            raise PackError(f"rhythm.toml の「{name}」は、1から{LONGEST_WAIT}までの日数で書いてください。")
    return Rhythm(**table)


def _yardstick(table: Table) -> Yardstick:
    where = "evaluation.toml"
    _refuse_strangers(where, table, {"scale", "criterion"})
    scales = _rows(Scale, table, "scale", where)
    criteria = _rows(Criterion, table, "criterion", where)
    _check_keys(where, scales)
    _check_keys(where, criteria)
    allowed = {"scale": [scale.key for scale in scales], "view": View.values, "each": ["", *Each.values]}
    for criterion in criteria:
        for name, values in allowed.items():
            if getattr(criterion, name) not in values:
                raise PackError(
                    f"{where} の「{criterion.key}」の {name}「{getattr(criterion, name)}」は使えません。"
                    f"使えるのは {'、'.join(value for value in values if value)} です。"
                )
    return Yardstick(scales, criteria)


def _scheme(table: Table) -> Scheme:
    where = "scheme.toml"
    _refuse_strangers(where, table, {"name", "as_of", "causes", "year", "project"})
    if not table:
        return Scheme()
    try:
        scheme = Scheme(
            name=str(table["name"]),
            as_of=str(table["as_of"]),
            causes=tuple(Cause(cause) for cause in table["causes"]),
            years=tuple(SchemeYear(**row) for row in table["year"]),
            projects=tuple(
                AdoptedProject(**{**row, "proposed_by": Proposer(row["proposed_by"])})
                for row in table["project"]
            ),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise PackError(
            f"{where} を読めません（{wrong}）。name、as_of、causes、year、project を確かめてください。"
        ) from None
    _check_scheme(where, scheme)
    return scheme


def _check_scheme(where: str, scheme: Scheme) -> None:
    """Refuse a history that contradicts itself: half a year's numbers, projects of a year that is not told."""
    held = {year.year: year for year in scheme.years}
    numbers = [number for year in scheme.years for number in (year.year, year.citizen, year.city)]
    if len(held) < len(scheme.years) or any(
        number is not None and (type(number) is not int or number < 0) for number in numbers
    ):
        raise PackError(f"{where} の year は、年度ごとに1回、0以上の数で書いてください。")
    for year in scheme.years:
        if (year.citizen is None) != (year.city is None):
            raise PackError(
                f"{where} の {year.year} は、citizen と city の両方を書くか、両方をはぶいてください。"
            )
        if len(scheme.projects_of(year.year)) > year.applications:
            raise PackError(f"{where} の {year.year} は、採択のほうが申請より多くなっています。")
    if strays := [project.title for project in scheme.projects if project.year not in held]:
        raise PackError(f"{where} の「{strays[0]}」の年度が、year にありません。")


def _typed[T](shape: type[T], table: object, where: str) -> T:
    if not isinstance(table, Mapping):
        raise PackError(f"{where} は「項目 = 値」の形で書いてください。")
    known = {one.name: one for one in fields(shape)}  # type: ignore[arg-type]  # T is one of the dataclasses above
    _refuse_strangers(where, table, known.keys())
    for name, one in known.items():
        if name not in table and one.default is MISSING:
            raise PackError(f"{where} に「{name}」がありません。書き足してください。")
    for name, value in table.items():
        if not isinstance(value, str) or not value.strip():
            raise PackError(f"{where} の「{name}」は、空でない文字列で書いてください。")
    return shape(**table)


def _rows[T](shape: type[T], table: Table, key: str, where: str) -> tuple[T, ...]:
    rows = table.get(key, [])
    if not isinstance(rows, list):
        raise PackError(f"{where} の「{key}」は [[{key}]] の形で書いてください。")
    return tuple(
        _typed(shape, row, f"{where} の {position}番目の [[{key}]]") for position, row in enumerate(rows, 1)
    )


def _refuse_strangers(where: str, table: Table, known: Any) -> None:
    strangers = sorted(set(table) - set(known))
    if strangers:
        raise PackError(
            f"{where} に知らない項目「{'、'.join(strangers)}」があります。"
            f"使えるのは {'、'.join(sorted(known))} です。"
        )


def _check_keys(where: str, rows: Iterable[Department | Scale | Criterion | Bridge]) -> None:
    keys = [row.key for row in rows]
    for key in keys:
        if not _KEY.fullmatch(key):
            raise PackError(f"{where} の key「{key}」は、英小文字、数字、ハイフンで書いてください。")
        if keys.count(key) > 1:
            raise PackError(f"{where} の key「{key}」が2回あります。どちらかを変えてください。")


def _day_of(written: str) -> dt.date:
    try:
        return dt.date.fromisoformat(f"{_LEAP_YEAR}-{written}")
    except ValueError:
        raise PackError(f"calendar.toml の「{written}」は、12-29 のように月と日で書いてください。") from None
