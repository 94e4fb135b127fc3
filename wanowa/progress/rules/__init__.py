"""The rules of progress: what a goal and a task are across versions, what stands, what is due, what is quiet."""

from wanowa.progress.rules.goals import (
    Reading,
    check_past,
    check_reading,
    goal_keys,
    outcome_keys,
    percent,
    standing,
)
from wanowa.progress.rules.months import Month
from wanowa.progress.rules.notes import Evidence
from wanowa.progress.rules.tasks import BOARD, State, due_day, lateness, may_move, soon, task_keys
from wanowa.progress.rules.waiting import is_silent, unmeasured_since

__all__ = [
    "BOARD",
    "Evidence",
    "Month",
    "Reading",
    "State",
    "check_past",
    "check_reading",
    "due_day",
    "goal_keys",
    "is_silent",
    "lateness",
    "may_move",
    "outcome_keys",
    "percent",
    "soon",
    "standing",
    "task_keys",
    "unmeasured_since",
]
