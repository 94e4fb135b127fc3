"""The desk of this city: its days, its kinds of worries, and the departments that know about them."""

from datetime import date

from wanowa.consultations.queries.owners import department_named
from wanowa.consultations.rules import Practice, practice_of
from wanowa.guideline.queries import pack
from wanowa.parties.models import Party


def practice() -> Practice:
    """Return how the desk works, as the pack says it. No query."""
    known = pack()
    return practice_of(known.consultations, frozenset(one.key for one in known.departments))


def category_label(key: str) -> str:
    """Return what a kind of worry is called; its key, when the pack knows it no longer. No query."""
    found = practice().category(key)
    return found.label if found else key


def department_for(category: str, day: date) -> Party | None:
    """Return the department that knows about a kind of worry on a day. At most one query."""
    found = practice().category(category)
    key = found.department_on(day) if found else ""
    name = next((one.name for one in pack().departments if one.key == key), "")
    return department_named(name) if name else None
