"""Reading progress: where goals and tasks stand, what a month brought, what waits, who has gone quiet."""

from wanowa.progress.queries.goals import (
    GoalStanding,
    beside,
    goal_at,
    goals_of,
    measurement_in,
    outcomes_of,
    reading_on,
    terms_of,
)
from wanowa.progress.queries.months import Overview, entries_in, neighbours, overview
from wanowa.progress.queries.notes import note_in, note_locked, notes_in
from wanowa.progress.queries.table import MOVES, TELLS, locked_for
from wanowa.progress.queries.tasks import (
    Lane,
    TaskStanding,
    lanes,
    moves_in,
    next_due,
    tasks_of,
    waiting_for,
)
from wanowa.progress.queries.waiting import Reminder, last_signs, quiet, to_remind
from wanowa.progress.queries.words import Words, words_beside

__all__ = [
    "MOVES",
    "TELLS",
    "GoalStanding",
    "Lane",
    "Overview",
    "Reminder",
    "TaskStanding",
    "Words",
    "beside",
    "entries_in",
    "goal_at",
    "goals_of",
    "lanes",
    "last_signs",
    "locked_for",
    "measurement_in",
    "moves_in",
    "neighbours",
    "next_due",
    "note_in",
    "note_locked",
    "notes_in",
    "outcomes_of",
    "overview",
    "quiet",
    "reading_on",
    "tasks_of",
    "terms_of",
    "to_remind",
    "waiting_for",
    "words_beside",
]
