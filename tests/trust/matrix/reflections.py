"""Rounds after the reveal: the joint text in preparation, put before all, and published."""

from tests.trust.matrix.places import Place, about
from wanowa.collaborations.tests.factories import Town
from wanowa.evaluations.models import Round
from wanowa.evaluations.queries.reflecting import open_statement, reflection_of
from wanowa.evaluations.rules.joint import Joint, Part, mark
from wanowa.evaluations.tests.reflecting import offered, published, told, wrote
from wanowa.kernel.actors import Actor


def told_rounds(people, parties):
    """Return the rounds by state."""
    sides = ("representative", "partner", "city_partner")
    three = Town(tuple(Actor(people[name].pk, parties[name].pk) for name in sides))
    revealed, waiting, done = told(three), told(three), published(three)
    wrote(revealed, three.actors[0])
    offered(waiting, three)
    made = {"revealed": revealed, "offered": waiting, "published": done}
    return {state: _place(state, found) for state, found in made.items()}


def _place(state, found):
    found = Round.objects.select_related("collaboration").get(pk=found.pk)
    kwargs = {
        "slug": found.collaboration.slug,
        "number": found.number,
        "criterion": found.asked[0].key,
        "part": "text",
    }
    statement, reflection = open_statement(found), reflection_of(found)
    joint = reflection.joint if reflection else Joint()
    return Place(
        state,
        kwargs,
        about(
            collaboration=found.collaboration,
            round=found,
            seen=statement.fingerprint if statement else "",
            mark=mark(joint, Part.TEXT),
            revision=reflection.revision if reflection else 0,
        ),
    )


FORMS = {
    "evaluations:why": {"say": lambda place, city, own: {"text": "雨が多い年でした。"}},
    "evaluations:write": {
        "save": lambda place, city, own: {"well": "よく話せた", "seen": place.about.mark},
    },
    "evaluations:approve": {
        "offer": lambda place, city, own: {"answer": "offer", "revision": place.about.revision},
        "approve": lambda place, city, own: {"answer": "approve", "seen": place.about.seen},
        "retract": lambda place, city, own: {"answer": "retract"},
        "send_back": lambda place, city, own: {"answer": "send_back", "reason": "ことばを直したい"},
    },
    "evaluations:comment": {
        "enter": lambda place, city, own: {
            "meeting": "懇話会",
            "said_on": "2026-04-02",
            "text": "よい取組です。",
            "source": "会議録",
        }
    },
    "evaluations:ahead": {"begin": lambda place, city, own: {}},
}
"""Address → variant → the fields, as in `forms`."""
