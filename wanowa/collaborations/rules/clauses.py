"""Editing clause by clause: two people may write two clauses at once, and nobody overwrites what he has not seen."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from wanowa.collaborations.rules.terms import Clause, Terms
from wanowa.kernel.canonical import canonical

FIELDS: Mapping[Clause, tuple[str, ...]] = {
    Clause.TITLE: ("title", "summary"),
    Clause.PURPOSE: ("purpose",),
    Clause.GOALS: ("goals",),
    Clause.OUTCOMES: ("outcomes",),
    Clause.ROLES: ("roles",),
    Clause.AIMS: ("aims",),
    Clause.FORM: ("area", "form", "ownership", "posts"),
    Clause.SCHEDULE: ("starts", "ends", "schedule"),
    Clause.COST: ("shares", "cost"),
    Clause.SAFETY: ("safety",),
    Clause.PERSONAL_DATA: ("personal_data",),
    Clause.PUBLICITY: ("publicity",),
    Clause.CHANGES: ("changes",),
}
"""What each clause consists of. Parties follow from the table; ownership follows from the area (G-26)."""


def mark(terms: Terms, clause: Clause) -> str:
    """Return a short mark of one clause: an editor brings it back, so that we know what she was looking at."""
    content = terms.content()
    return hashlib.sha256(
        canonical([content[name] for name in FIELDS[clause] if name in content])
    ).hexdigest()[:16]


def with_clause(terms: Terms, clause: Clause, written: Terms, author: int) -> Terms:
    """Return `terms` with one clause as `written` by party `author`. Of the aims, a party writes only its own."""
    if clause is Clause.AIMS:
        return replace(terms, aims={**terms.aims, author: written.aims.get(author, "")})
    return replace(terms, **{name: getattr(written, name) for name in FIELDS[clause]})
