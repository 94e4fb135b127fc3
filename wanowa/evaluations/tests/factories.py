"""Rounds to test with, made through the services, as people would."""

from datetime import date, timedelta

from django.utils import timezone

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.tests.factories import Town, agreed
from wanowa.evaluations import queries, services
from wanowa.evaluations.models import Round
from wanowa.evaluations.rules import Occasion, Sketch
from wanowa.kernel.actors import Actor


def proposed(people: Town, collaboration: Collaboration | None = None, *, days: int = 30) -> Round:
    """Return a round that the first party has proposed; its last day is in `days` days."""
    today = timezone.localdate()
    return services.propose(
        collaboration or agreed(people),
        occasion=Occasion.MIDTERM,
        since=date(today.year - 1, 4, 1),
        until=today,
        deadline=today + timedelta(days=days),
        by=people.actors[0],
    )


def opened(people: Town, collaboration: Collaboration | None = None, *, days: int = 30) -> Round:
    """Return a round that everybody agreed to."""
    found = proposed(people, collaboration, days=days)
    for actor in people.actors[1:]:
        found = services.agree(found, seen=found.fingerprint, by=actor)
    return found


def filled(found: Round, by: Actor, *, choice: str = "4", words: str = "よく話せました。") -> Round:
    """Answer every question of a round for one party."""
    for question in found.asked:
        revision = queries.desk_of(found, by).of(question.key).revision
        services.save_draft(found, key=question.key, sketch=Sketch(choice, words), seen=revision, by=by)
    return found


def sealed(found: Round, by: Actor, *, choice: str = "4", words: str = "よく話せました。") -> Round:
    """Answer every question and seal, for one party."""
    filled(found, by, choice=choice, words=words)
    return services.seal(found, seen=queries.desk_of(found, by).mark, by=by)


def told(people: Town, collaboration: Collaboration | None = None) -> Round:
    """Return a round in which everybody has sealed, so that all envelopes are open."""
    found = opened(people, collaboration)
    for place, actor in enumerate(people.actors):
        found = sealed(found, actor, choice=str(5 - place), words=f"主体{place + 1}のことば")
    return found
