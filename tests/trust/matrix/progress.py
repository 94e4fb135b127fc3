"""The progress of the town: a goal, a task and a note of a collaboration in force, for all and for the table."""

from tests.trust.matrix.places import Place, about
from wanowa.collaborations.tests.factories import Town
from wanowa.kernel.actors import Actor
from wanowa.progress import queries
from wanowa.progress.tests.factories import days_ago, measured, moved, noted, photo, running


def progress(people, parties):
    """Return a collaboration with progress: in one state its note is for all, in the other for the table."""
    names = ("representative", "partner", "city_partner")
    three = Town(tuple(Actor(people[name].pk, parties[name].pk) for name in names))
    return {state: _running(state, three) for state in ("open", "inner")}


def _running(state, three):
    found = running(three, due=days_ago(-9))
    measured(found, three.actors[0], days=3)
    moved(found, three.actors[1])
    note = noted(found, three.actors[0], public=state == "open", picture=photo())
    kwargs = {
        "slug": found.slug,
        "goal": queries.goals_of(found)[0].short,
        "month": f"{note.on.year}-{note.on.month:02}",
        "progress:photo.pk": note.pk,
    }
    task = queries.tasks_of(found)[0]
    outcome = next(iter(queries.outcomes_of(found)))
    return Place(state, kwargs, about(collaboration=found, note=note.pk, task=task, outcome=outcome))


FORMS = {
    "progress:goal": {
        "measure": lambda place, city, own: {
            "value": "4",
            "on": days_ago(1).isoformat(),
            "word": "晴れ",
            "as_party": own,
        }
    },
    "progress:tasks": {
        state: lambda place, city, own, state=state: {
            "task": place.about.task.key,
            "seen": place.about.task.turn,
            "state": state,
            "word": "手が足りません",
            "as_party": own,
        }
        for state in ("done", "troubled")
    },
    "progress:notes": {
        "note": lambda place, city, own: {
            "outcome": place.about.outcome,
            "on": days_ago(1).isoformat(),
            "text": "楽しそうでした",
            "as_party": own,
        },
        "withdraw": lambda place, city, own: {"withdraw": place.about.note, "as_party": own},
    },
}
"""Address → variant → the fields, as in `forms`."""
