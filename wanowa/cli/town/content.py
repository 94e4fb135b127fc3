"""Reads what is written about the town (TOML in `written/`) into typed pieces. Nothing here asks the database."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from wanowa.guideline.queries import pack
from wanowa.guideline.rules import Kind
from wanowa.kernel.text import slug_of
from wanowa.parties.rules import Role

FOLDER = Path(__file__).parent / "written"
WRITTEN_FOR = 2026
"""The fiscal year in which the written days lie. In later years the town's days move with it."""

type Table = Mapping[str, Any]
"""A table of TOML."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the town. `about` makes her one of those whom a visitor can become."""

    key: str
    name: str
    reading: str = ""
    about: str = ""
    is_coordinator: bool = False
    language: str = "ja"
    text_size: str = "normal"

    @property
    def email(self) -> str:
        """Her invented address."""
        return f"{self.key}@example.jp"


@dataclass(frozen=True, slots=True)
class Settler:
    """A party of the town, who speaks for it, who else belongs to it, and how its registration stands."""

    key: str
    kind: Kind
    name: str
    speaker: str
    reading: str = ""
    alternative_name: str = ""
    good_at: str = ""
    hard_for: str = ""
    story: str = ""
    fields: tuple[str, ...] = ()
    place: str = ""
    contact_note: str = ""
    founded_year: int | None = None
    member_count: int | None = None
    members: Mapping[str, Role] = field(default_factory=dict)
    registration: str = ""
    """accepted, applied or returned in this fiscal year; empty: never applied."""
    registration_note: str = ""
    registration_reason: str = ""

    @property
    def slug(self) -> str:
        """The address it gets; a resident's address is drawn by lot instead."""
        return slug_of(self.name)


@dataclass(frozen=True, slots=True)
class Story:
    """A collaboration: who begins it with whom, the whole text, and what happened then, step by step."""

    title: str
    summary: str
    purpose: str
    parties: tuple[str, ...]
    text: Table = field(default_factory=dict)
    steps: tuple[Table, ...] = ()
    continuing_since: int | None = None
    shift: bool = True
    """Whether the days move with the year of building; facts do not."""

    @property
    def slug(self) -> str:
        """The address it gets."""
        return slug_of(self.title)


@dataclass(frozen=True, slots=True)
class Deed:
    """What a party does alone: its text, who watches it, whether it moves on, what the city answers about it."""

    party: str
    words: Table
    watched_by: tuple[str, ...] = ()
    suggestion: Table = field(default_factory=dict)
    answers: tuple[Table, ...] = ()
    end: bool = False

    @property
    def slug(self) -> str:
        """The address it gets."""
        return slug_of(str(self.words["title"]))


@dataclass(frozen=True, slots=True)
class Account:
    """What the parties of one collaboration report: numbers, notes, and where tasks stand."""

    title: str
    numbers: tuple[Table, ...] = ()
    notes: tuple[Table, ...] = ()
    tasks: tuple[Table, ...] = ()

    @property
    def slug(self) -> str:
        """The address of the collaboration."""
        return slug_of(self.title)


@dataclass(frozen=True, slots=True)
class Town:
    """People, parties and stories, in the order in which they come to be."""

    people: tuple[Person, ...] = ()
    settlers: tuple[Settler, ...] = ()
    stories: tuple[Story, ...] = ()
    deeds: tuple[Deed, ...] = ()
    accounts: tuple[Account, ...] = ()
    rounds: tuple[Table, ...] = ()
    """How parties looked back, in the words of `written/evaluations.toml`."""
    listings: tuple[Table, ...] = ()
    """What parties offer and need, first steps first, as written."""


@cache
def read() -> Town:
    """Return the written town."""
    people = tuple(Person(**row) for row in _rows("people.toml", "person"))
    groups = (_settler(row) for file in _files("parties") for row in table(file).get("party", ()))
    offices = (_office(row) for row in _rows("parties/7-city.toml", "office"))
    settlers = (*groups, *offices)
    stories = tuple(_story(row) for file in _files("collaborations") for row in _rows(file, "collaboration"))
    deeds = tuple(map(_deed, _rows("activities.toml", "activity")))
    return Town(
        people,
        settlers,
        stories,
        deeds,
        accounts=tuple(map(_account, _rows("progress.toml", "progress"))),
        rounds=tuple(_rows("evaluations.toml", "round")),
        listings=(*_rows("exchange.toml", "step"), *_rows("exchange.toml", "listing")),
    )


def table(name: str) -> Table:
    """Return one file of `written/` as TOML reads it."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def moved(day: str, years: int) -> str:
    """Return an ISO day so many years later; empty stays empty.

    >>> moved("2026-04-01", 2)
    '2028-04-01'
    """
    return f"{int(day[:4]) + years}{day[4:]}" if day else ""


def _files(folder: str) -> list[str]:
    return sorted(f"{folder}/{path.name}" for path in (FOLDER / folder).glob("*.toml"))


def _rows(name: str, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table(name)[key]
    return rows


def _settler(row: dict[str, Any]) -> Settler:
    members = {person: Role(role) for person, role in row.pop("members", {}).items()}
    return Settler(
        **{**row, "kind": Kind(row["kind"]), "fields": tuple(row.get("fields", ())), "members": members}
    )


def _office(row: dict[str, Any]) -> Settler:
    """Return a department of the municipality pack as a party."""
    department = next(one for one in pack().departments if one.key == row["department"])
    return Settler(
        key=f"dep-{department.key}",
        kind=Kind.CITY,
        name=department.name,
        reading=department.reading,
        story=f"{department.about}を受けもつ課の見本です。",
        speaker=row["speaker"],
        good_at=row["good_at"],
        hard_for=row["hard_for"],
    )


def _deed(row: dict[str, Any]) -> Deed:
    return Deed(
        party=row.pop("party"),
        watched_by=tuple(row.pop("watched_by", ())),
        suggestion=row.pop("suggestion", {}),
        answers=tuple(row.pop("answers", ())),
        end=row.pop("end", False),
        words=row,
    )


def _account(row: dict[str, Any]) -> Account:
    return Account(row.pop("title"), **{name: tuple(told) for name, told in row.items()})


def _story(row: dict[str, Any]) -> Story:
    return Story(
        **{**row, "parties": tuple(row["parties"]), "steps": tuple(row.get("steps", ()))},
    )
