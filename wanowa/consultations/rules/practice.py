"""How the desk of one city works: its days, its kinds of worries, and which department knows them since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from wanowa.guideline.rules.packs import PackError

WHERE = "consultations.toml"
LONGEST = 366
DAYS = ("first_answer", "next_action", "longest_action", "follow_up_weeks", "keep_years")


@dataclass(frozen=True, slots=True)
class Route:
    """From a day on, this department (its key in the pack) knows about a kind of worry."""

    department: str
    since: date


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of worry, as the desk sorts it."""

    key: str
    label: str
    routes: tuple[Route, ...] = ()
    """Oldest first; what was valid once stays readable."""
    others: Mapping[str, str] = MappingProxyType({})
    """The label in other languages, by their codes."""

    def named(self, language: str) -> str:
        """Return the label in a language; the city's own where it has none."""
        return self.others.get(language, self.label)

    def department_on(self, day: date) -> str:
        """Return the key of the department that knows about it on a day; nothing before the first."""
        return next((one.department for one in reversed(self.routes) if one.since <= day), "")


@dataclass(frozen=True, slots=True)
class Practice:
    """What differs from desk to desk. A city that says nothing has these days."""

    first_answer: int = 3
    """Business days until the first answer."""
    next_action: int = 10
    """Business days until the next action, when nobody names a day."""
    longest_action: int = 60
    """Business days after which nobody may put the next action."""
    follow_up_weeks: int = 4
    keep_years: int = 3
    categories: tuple[Category, ...] = ()
    contact_in: Mapping[str, str] = MappingProxyType({})
    """How the desk is reached, in other languages than the city's own, by their codes."""

    def category(self, key: str) -> Category | None:
        """Return a kind of worry by its key."""
        return next((one for one in self.categories if one.key == key), None)


def practice_of(table: Mapping[str, Any], departments: frozenset[str]) -> Practice:
    """Return what `consultations.toml` says; PackError, for the city's IT, where it cannot be."""
    days = {name: table[name] for name in DAYS if name in table}
    if strangers := sorted(set(table) - {*DAYS, "category", "contact_in"}):
        raise PackError(f"{WHERE} に知らない項目「{'、'.join(strangers)}」があります。消してください。")
    for name, value in days.items():
        if type(value) is not int or not 1 <= value <= LONGEST:
            raise PackError(f"{WHERE} の「{name}」は、1から{LONGEST}までの数で書いてください。")
    found = tuple(_category(row, departments) for row in table.get("category", []))
    keys = [one.key for one in found]
    if len(set(keys)) < len(keys):
        raise PackError(f"{WHERE} に、同じ key が2回あります。どちらかを変えてください。")
    made = Practice(**days, categories=found, contact_in=_others(table, "contact_in", ""))
    if made.longest_action < made.next_action:
        raise PackError(f"{WHERE} の「longest_action」は、「next_action」と同じか、長くしてください。")
    return made


def _others(row: Mapping[str, Any], name: str, where: str) -> Mapping[str, str]:
    """Return what a text reads in other languages, by their codes."""
    texts = row.get(name, {})
    if not isinstance(texts, Mapping) or not all(isinstance(one, str) and one for one in texts.values()):
        raise PackError(f'{WHERE} {where}の {name} は、{{ en = "…" }} のように書いてください。')
    return MappingProxyType(dict(texts))


def _category(row: Mapping[str, Any], departments: frozenset[str]) -> Category:
    if not isinstance(row, Mapping) or not {"key", "label"} <= set(row) <= {"key", "label", "route", "in"}:
        raise PackError(f"{WHERE} の [[category]] は、key と label と route と in で書いてください。")
    routes = tuple(_route(one, str(row["key"]), departments) for one in row.get("route", []))
    if [one.since for one in routes] != sorted({one.since for one in routes}):
        raise PackError(f"{WHERE} の「{row['key']}」の route は、古い日から順に書いてください。")
    others = _others(row, "in", f"の「{row['key']}」")
    return Category(str(row["key"]), str(row["label"]), routes, others)


def _route(row: Mapping[str, Any], key: str, departments: frozenset[str]) -> Route:
    if not isinstance(row, Mapping) or set(row) != {"department", "since"} or type(row["since"]) is not date:
        raise PackError(f"{WHERE} の「{key}」の route は、department と since（日付）で書いてください。")
    if row["department"] not in departments:
        raise PackError(f"{WHERE} の「{key}」の課「{row['department']}」は departments.toml にありません。")
    return Route(str(row["department"]), row["since"])
