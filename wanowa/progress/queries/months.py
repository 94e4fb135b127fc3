"""One month of a collaboration: what was measured, noted and done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from wanowa.collaborations.models import Collaboration
from wanowa.progress.models import Measurement, Move, Note
from wanowa.progress.queries.goals import GoalStanding
from wanowa.progress.queries.notes import notes_in
from wanowa.progress.queries.tasks import TaskStanding
from wanowa.progress.rules import Month, State


@dataclass(frozen=True, slots=True)
class Overview:
    """What happened in one month, each list in the order of its days."""

    measured: list[tuple[GoalStanding, Measurement]]
    notes: list[Note]
    done: list[tuple[TaskStanding, Move]]

    @property
    def empty(self) -> bool:
        """Whether nothing happened."""
        return not (self.measured or self.notes or self.done)


def overview(
    collaboration: Collaboration,
    month: Month,
    *,
    goals: Iterable[GoalStanding],
    tasks: Iterable[TaskStanding],
    inside: bool,
) -> Overview:
    """Return one month from goals and tasks that are at hand. Costs one query."""
    measured = [(goal, row) for goal in goals for row in goal.rows if _within(row.on, month)]
    done = [
        (task, task.move)
        for task in tasks
        if task.move and task.state is State.DONE and _within(timezone.localtime(task.move.at).date(), month)
    ]
    notes = notes_in(collaboration, inside=inside).filter(on__range=(month.first, month.last))
    return Overview(
        sorted(measured, key=lambda pair: (pair[1].on, pair[1].pk)),
        list(notes),
        sorted(done, key=lambda pair: pair[1].at),
    )


def _within(day: date, month: Month) -> bool:
    return month.first <= day <= month.last


def neighbours(collaboration: Collaboration, month: Month, today: date) -> tuple[Month | None, Month | None]:
    """Return the months before and after of which there can be something to tell. No query."""
    first = Month.of(collaboration.starts or today)
    before = month.before if month > first else None
    after = month.after if month < Month.of(today) else None
    return before, after


def entries_in(seen: Overview) -> list[int]:
    """Return the numbers of the entries beside which the words of a month stand. No query."""
    rows: Sequence[Measurement | Note | Move] = [
        *(row for _goal, row in seen.measured),
        *seen.notes,
        *(move for _task, move in seen.done),
    ]
    return [row.entry for row in rows]
