"""Progress to test with, made through the services, as people would."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.rules import Goal, Task
from wanowa.collaborations.tests.factories import Town, agreed
from wanowa.kernel.actors import Actor
from wanowa.kernel.files import Accepted, accept
from wanowa.kernel.tests.upload_samples import jpeg_with_place, upload
from wanowa.progress import queries, services
from wanowa.progress.models import Measurement, Move, Note
from wanowa.progress.rules import Evidence, Reading, State

WALKS = Goal("観察会をひらく", 6, "回", "2027-03-31")


def days_ago(days: int) -> date:
    """Return the day so many days before today."""
    return timezone.localdate() - timedelta(days=days)


def running(people: Town, *, due: date | None = None, **changed: object) -> Collaboration:
    """Return a collaboration in force whose first party answers for 見回り, until `due` when given."""
    first = people.parties[0]
    written = due.isoformat() if due else "毎月末"
    roles = (Task("見回り", people.parties, first, written), Task("道具の手入れ", (first,), first, "毎月末"))
    return agreed(people, **{"goals": (WALKS,), "roles": roles, **changed})


def goal_of(collaboration: Collaboration, place: int = 0) -> str:
    """Return the identity of a goal in force."""
    return queries.goals_of(Collaboration.objects.get(pk=collaboration.pk))[place].key


def task_of(collaboration: Collaboration, place: int = 0) -> queries.TaskStanding:
    """Return how a task in force stands."""
    return queries.tasks_of(Collaboration.objects.get(pk=collaboration.pk))[place]


def measured(
    collaboration: Collaboration, by: Actor, *, value: str = "2", days: int = 0, word: str = ""
) -> Measurement:
    """Return a number of the first goal, of so many days ago."""
    reading = Reading(Decimal(value), days_ago(days))
    return services.measure(collaboration, reading, goal=goal_of(collaboration), word=word, by=by)


def moved(collaboration: Collaboration, by: Actor, state: State = State.DOING, word: str = "") -> Move:
    """Move the first task."""
    task = task_of(collaboration)
    return services.move(collaboration, state, task=task.key, seen=task.turn, word=word, by=by)


def photo() -> Accepted:
    """Return a picture as it is accepted: without the place that its camera wrote into it."""
    return accept(upload("川.jpg", jpeg_with_place()))


def noted(
    collaboration: Collaboration,
    by: Actor,
    *,
    public: bool = True,
    picture: Accepted | None = None,
    text: str = "こどもが、自分から川の名前を言いました。",
    **more: object,
) -> Note:
    """Return a note on the first outcome."""
    outcome = next(iter(queries.outcomes_of(Collaboration.objects.get(pk=collaboration.pk))))
    evidence = Evidence(text, **{"alt": "川をのぞく子ども" if picture else "", **more})
    return services.note(
        collaboration, evidence, outcome=outcome, on=days_ago(1), public=public, photo=picture, by=by
    )
