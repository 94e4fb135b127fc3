"""The rounds of looking back of the town: one proposed, one being filled in (one side has sealed), one opened."""

from datetime import timedelta

from django.utils import timezone

from tests.trust.matrix.places import Place, about
from wanowa.collaborations.tests.factories import Town, agreed
from wanowa.evaluations.models import Draft, Round
from wanowa.evaluations.rules import drafts_mark
from wanowa.evaluations.tests.factories import filled, opened, proposed, sealed
from wanowa.kernel.actors import Actor

DRAFTED, SEALED = "DRAFTCANARY7f3a", "SEALCANARY91bc"
"""Words that stand in every comment of a draft, and of a sealed evaluation, while the round is open."""


def rounds(people, parties):
    """Return the rounds by state."""

    def actor(principal):
        return Actor(people[principal].pk, parties[principal].pk)

    three = Town(tuple(actor(name) for name in ("representative", "partner", "city_partner")))
    waiting, going, over = (agreed(three) for _state in range(3))
    made = {"proposed": proposed(three, waiting), "open": opened(three, going), "told": opened(three, over)}
    filled(made["open"], Actor(people["member"].pk, three.parties[0]), words=DRAFTED)
    sealed(made["open"], three.actors[1], words=SEALED)
    for each in three.actors:
        sealed(made["told"], each)
    return {state: _place(state, Round.objects.get(pk=found.pk)) for state, found in made.items()}


def _place(state, found):
    kwargs = {
        "slug": found.collaboration.slug,
        "number": found.number,
        "key": "equality",
        "record:receipt.label": "collaborations.collaboration",
        "record:receipt.key": found.collaboration_id,
    }
    rows = Draft.objects.filter(round=found).values_list("party", "key", "revision")
    read = {
        party: {key: number for one, key, number in rows if one == party} for party, _key, _number in rows
    }
    return Place(state, kwargs, about(round=found, collaboration=found.collaboration, read=read))


def _days():
    today = timezone.localdate()
    return {
        "since": (today - timedelta(days=100)).isoformat(),
        "until": today.isoformat(),
        "deadline": (today + timedelta(days=30)).isoformat(),
    }


def _revisions(place, own):
    """Return the savings that somebody has read who opened the page before any form was sent."""
    return place.about.read.get(own, {})


def _typed(place, own):
    return {"choice": "3", "words": "ひとこと", "seen": _revisions(place, own).get("equality", 0)}


FORMS = {
    "evaluations:rounds": {"propose": lambda place, city, own: {"occasion": "midterm", **_days()}},
    "evaluations:round": {
        "agree": lambda place, city, own: {"answer": "agree", "seen": place.about.round.fingerprint},
        "close": lambda place, city, own: {"answer": "close"},
    },
    "evaluations:desk": {"take": lambda place, city, own: {"as_party": own}},
    "evaluations:answer": {"save": lambda place, city, own: _typed(place, own)},
    "evaluations:draft": {"keep": lambda place, city, own: _typed(place, own)},
    "evaluations:seal": {"seal": lambda place, city, own: {"seen": drafts_mark(_revisions(place, own))}},
}
"""Address → variant → the fields, as in `forms`."""
