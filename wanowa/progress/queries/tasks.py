"""Where each task of the role sheet stands, and which of them wait for somebody."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone

from wanowa.collaborations.models import Collaboration, Participation
from wanowa.collaborations.rules import Seat, Status, Task
from wanowa.guideline.queries import pack
from wanowa.progress.models import Move
from wanowa.progress.queries.goals import terms_of
from wanowa.progress.rules import BOARD, State, due_day, lateness, soon, task_keys


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """One task of the version in force: how it stands, since which move, and until when."""

    key: str
    place: int
    task: Task
    due: date | None
    today: date
    move: Move | None = None
    veiled: bool = False
    """Whether it is for readers outside the table: they do not learn that somebody is in trouble."""

    @property
    def for_all(self) -> "TaskStanding":
        """The task as everybody may see it."""
        return replace(self, veiled=True)

    @property
    def state(self) -> State:
        """Where it stands; まだ until somebody says otherwise."""
        state = State(self.move.state) if self.move else State.TODO
        return State.DOING if self.veiled and state is State.TROUBLED else state

    @property
    def turn(self) -> int:
        """How often it was moved."""
        return self.move.turn if self.move else 0

    @property
    def entry(self) -> int:
        """The number of the entry that tells its last move; 0 without one."""
        return self.move.entry if self.move else 0

    @property
    def late(self) -> bool:
        """Whether its day is over and it is not done."""
        return self.due is not None and self.due < self.today and self.state is not State.DONE

    @property
    def near(self) -> bool:
        """Whether its day comes soon and it is not done."""
        rhythm, closing = pack().rhythm, pack().closing_days
        return (
            self.due is not None
            and self.state is not State.DONE
            and soon(self.due, self.today, ahead=rhythm.due_ahead, closing=closing)
        )

    @property
    def lateness(self) -> str:
        """How long there is, or how long ago it was, in words; nothing without a day, or when it is done."""
        if self.due is None or self.state is State.DONE:
            return ""
        return lateness(self.due, self.today, closing=pack().closing_days)


@dataclass(frozen=True, slots=True)
class Lane:
    """One list of the board."""

    state: State
    tasks: list[TaskStanding] = field(default_factory=list)


def tasks_of(collaboration: Collaboration, moves: Iterable[Move] | None = None) -> list[TaskStanding]:
    """Return the tasks in force in their order. Costs one query, none when the `moves` are given by turn."""
    if moves is None:
        moves = moves_in([collaboration.pk])
    last = {move.task: move for move in moves if move.collaboration_id == collaboration.pk}
    terms, today = terms_of(collaboration), timezone.localdate()
    return [
        TaskStanding(
            key,
            place,
            task,
            due_day(task.due, collaboration.starts, collaboration.ends),
            today,
            last.get(key),
        )
        for place, (key, task) in enumerate(zip(task_keys(terms.roles), terms.roles, strict=True))
    ]


def moves_in(collaborations: Collection[int]) -> list[Move]:
    """Return every move at these tables by turn, with who moved. Costs one query, none for no tables."""
    if not collaborations:
        return []
    found = Move.objects.filter(collaboration__in=collaborations).select_related("party")
    return list(found.order_by("turn", "id"))


def lanes(tasks: Sequence[TaskStanding]) -> list[Lane]:
    """Return the board: three lists, in each what troubles somebody first, then by day. No query."""
    return [
        Lane(
            State(title),
            sorted(
                (task for task in tasks if task.state in states),
                key=lambda task: (states.index(task.state), task.due or date.max, task.place),
            ),
        )
        for title, states in BOARD
    ]


def next_due(tasks: Iterable[TaskStanding]) -> list[TaskStanding]:
    """Return what is not done and has a day, the nearest day first. No query."""
    waiting = [task for task in tasks if task.due is not None and task.state is not State.DONE]
    return sorted(waiting, key=lambda task: (task.due or date.max, task.place))


def waiting_for(parties: Collection[int]) -> list[tuple[Collaboration, TaskStanding]]:
    """Return the tasks these parties answer for that are late or near, latest first. Costs two queries or none."""
    if not parties:
        return []
    seats = Participation.objects.filter(party__in=parties, seat=Seat.SEATED).values("collaboration")
    found = Collaboration.objects.filter(pk__in=seats, status=Status.ACTIVE).select_related("in_force")
    tables = list(found.defer("search_key"))
    moves = moves_in([one.pk for one in tables])
    waiting = [
        (one, task)
        for one in tables
        for task in tasks_of(one, moves)
        if task.task.responsible in parties and (task.late or task.near)
    ]
    return sorted(waiting, key=lambda pair: (pair[1].due or date.max, pair[0].pk))
