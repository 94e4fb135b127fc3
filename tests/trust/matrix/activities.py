"""The activities of the town: a citizens' one that is watched and asked to move on, the city's own, an ended one."""

from datetime import date, timedelta

from django.utils import timezone

from tests.trust.matrix.places import Place, about
from wanowa.activities import services
from wanowa.activities.tests.factories import of_the_city, own, suggested
from wanowa.collaborations.tests.factories import Town, agreed
from wanowa.kernel.actors import Actor


def activities(people, parties):
    """Return the activities by state."""

    def actor(principal):
        return Actor(people[principal].pk, parties[principal].pk)

    mine, office = actor("representative"), actor("city_partner")
    going, task, ended = own(mine), of_the_city(office), own(mine)
    services.watch(going, by=actor("city"))
    asked = suggested(going, office, office)
    services.end(ended, by=mine)
    made = {"own": (going, asked.pk), "city": (task, 0), "ended": (ended, 0)}
    return {
        state: Place(
            state,
            {"slug": activity.slug, "question": "early", "activities:suggestion.pk": pk},
            about(activity=activity),
        )
        for state, (activity, pk) in made.items()
    }


def answering(people, parties):
    """Return a collaboration in area E between citizens and a department."""
    two = Town(tuple(Actor(people[name].pk, parties[name].pk) for name in ("representative", "city_partner")))
    collaboration = agreed(two, area="E", form="", ownership="city")
    kwargs = {"slug": collaboration.slug, "question": "early"}
    return {"open": Place("open", kwargs, about(collaboration=collaboration))}


def text(**more):
    """Return the fields of an activity's text."""
    return {
        "title": "花の道",
        "what": "花を植えています。",
        "field": "town",
        "since": date(2026, 4, 1).isoformat(),
        "until": (timezone.localdate() + timedelta(days=30)).isoformat(),
        **more,
    }


def _office(city, own):
    """Return the department that a sender names: its own, or the one that has not asked yet."""
    partner = city.parties["city_partner"].pk
    return own if own == partner else city.parties["city"].pk


FORMS = {
    "activities:new": {"put": lambda place, city, own: text(party=own)},
    "activities:edit": {"rewrite": lambda place, city, own: text()},
    "activities:end": {"end": lambda place, city, own: {}},
    "activities:watch": {
        answer: lambda place, city, own, answer=answer: {"answer": answer} for answer in ("watch", "unwatch")
    },
    "activities:suggest": {
        "ask": lambda place, city, own: {
            "stand": own,
            "department": _office(city, own),
            "wish": "道具を置く場所",
        }
    },
    "activities:suggestion": {
        answer: lambda place, city, own, answer=answer: {"answer": answer}
        for answer in ("accept", "decline", "withdraw")
    },
    "activities:answer": {
        "yes": lambda place, city, own: {"done": "yes", "where": "市のページ", "on": "2026-09-01"},
        "no": lambda place, city, own: {"done": "no", "reason": "時間がありませんでした"},
    },
    "activities:collaboration_answer": {
        "yes": lambda place, city, own: {"done": "yes", "where": "市のページ", "on": "2026-09-01"}
    },
}
"""Address → variant → the fields, as in `forms`."""
