"""Reading introductions: for both sides, for the desk, for notices. Nobody else learns that there is one."""

from wanowa.introductions.queries.around import links, way_from, way_to
from wanowa.introductions.queries.desk import (
    Plan,
    needs_without_suggestions,
    open_for,
    parties_without_contact,
    planned_on,
    remarks,
)
from wanowa.introductions.queries.giving import chosen_by, given_by, keys_in_use, place_of, to_forget_given
from wanowa.introductions.queries.nightly import to_follow_up, to_forget_words
from wanowa.introductions.queries.pairs import hinders, lapsing, overdue_of
from wanowa.introductions.queries.reading import (
    Shown,
    introduction_at,
    introductions_of,
    locked,
    roles_of,
    shown,
    sides_of,
    waiting_for,
)
from wanowa.introductions.queries.telling import circle_of, export_of, may_know, titles_of

__all__ = [
    "Plan",
    "Shown",
    "chosen_by",
    "circle_of",
    "export_of",
    "given_by",
    "hinders",
    "introduction_at",
    "introductions_of",
    "keys_in_use",
    "lapsing",
    "links",
    "locked",
    "may_know",
    "needs_without_suggestions",
    "open_for",
    "overdue_of",
    "parties_without_contact",
    "place_of",
    "planned_on",
    "remarks",
    "roles_of",
    "shown",
    "sides_of",
    "titles_of",
    "to_follow_up",
    "to_forget_given",
    "to_forget_words",
    "waiting_for",
    "way_from",
    "way_to",
]
