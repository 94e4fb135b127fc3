"""The desk of this city: its days, its kinds of worries, and the departments that know about them."""

from datetime import date

from django.utils.translation import get_language

from wanowa.consultations.queries.owners import department_named
from wanowa.consultations.rules import Practice, practice_of
from wanowa.guideline.queries import pack
from wanowa.kernel.languages import JAPANESE
from wanowa.parties.models import Party


def practice() -> Practice:
    """Return how the desk works, as the pack says it. No query."""
    known = pack()
    return practice_of(known.consultations, frozenset(one.key for one in known.departments))


def category_label(key: str) -> str:
    """Return what a kind of worry is called in the language that is spoken. No query.

    Its key, when the pack knows it no longer.
    """
    found = practice().category(key)
    return found.named(get_language() or JAPANESE) if found else key


def categories() -> list[tuple[str, str]]:
    """Return (key, label) of every kind of worry in the language that is spoken. No query."""
    spoken = get_language() or JAPANESE
    return [(one.key, one.named(spoken)) for one in practice().categories]


def department_for(category: str, day: date) -> Party | None:
    """Return the department that knows about a kind of worry on a day. At most one query."""
    found = practice().category(category)
    key = found.department_on(day) if found else ""
    name = next((one.name for one in pack().departments if one.key == key), "")
    return department_named(name) if name else None
