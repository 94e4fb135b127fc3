"""Reflections to test with, made through the services, as people would."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.tests.factories import Town
from wanowa.evaluations import queries, services
from wanowa.evaluations.models import Draft, Round, Statement
from wanowa.evaluations.queries.reflecting import reflection_of
from wanowa.evaluations.rules import Sketch
from wanowa.evaluations.rules.joint import Joint, Lesson, Part, mark
from wanowa.evaluations.services.approving import approve, offer_statement
from wanowa.evaluations.services.reflecting import write_together
from wanowa.evaluations.services.sealing import reveal
from wanowa.evaluations.tests import factories as make
from wanowa.kernel.actors import Actor

TEXT = Joint("よく話せました。", "日程が合いませんでした。", "先に日程を決めます。")
LESSON = Lesson(title="湧水のみち", summary="湧き水を見回りました。", learned="早く話すこと。", usable=True)


def wrote(found: Round, by: Actor, text: Joint = TEXT, part: Part = Part.TEXT) -> int:
    """Write one part of the joint text; return its revision."""
    reflection = reflection_of(found)
    seen = mark(reflection.joint if reflection else Joint(), part)
    return write_together(found, part=part, written=text, seen=seen, by=by).revision


def offered(found: Round, people: Town, **more: bool) -> Statement:
    """Return the joint text that the first party has put before everybody."""
    revision = wrote(found, people.actors[0])
    return offer_statement(found, revision=revision, by=people.actors[0], **more)


def published(people: Town, collaboration: Collaboration | None = None, *, lesson: bool = False) -> Round:
    """Return a round that everybody published; residents among them show what is their own."""
    found = told(people, collaboration)
    if lesson:
        wrote(found, people.actors[0], Joint(lesson=LESSON), Part.LESSON)
    statement = offered(found, people, shows_own=True)
    for actor in people.actors[1:]:
        found = approve(found, seen=statement.fingerprint, shows_own=True, by=actor)
    return found


def told(people: Town, collaboration: Collaboration | None = None) -> Round:
    """Return a round in which everybody has sealed; each party scores one less than the one before it."""
    found = make.opened(people, collaboration)
    for place, actor in enumerate(people.actors):
        found = sealed(found, actor, choice=str(5 - place), words=f"主体{place + 1}のことば")
    return found


def sealed(found: Round, by: Actor, *, choice: str, words: str, **others: str) -> Round:
    """Seal the same answer to every question for one party, but for `others`: all drafts laid down at once."""
    Draft.objects.bulk_create(
        Draft(
            round=found,
            party_id=by.required_party,
            person_id=by.required_person,
            key=question.key,
            envelope=queries.enveloped(
                found, by.required_party, question.key, Sketch(others.get(question.key, choice), words)
            ),
        )
        for question in found.asked
    )
    return services.seal(found, seen=queries.desk_of(found, by).mark, by=by)


def told_without_the_last(people: Town) -> Round:
    """Return a round whose last day is over, in which the last party handed nothing in."""
    found = make.opened(people)
    for actor in people.actors[:-1]:
        sealed(found, actor, choice="4", words="よく話せました。")
    over(found)
    return reveal(found)


def over(found: Round) -> None:
    """Move a round so far back that its last day is over: the guard, which refuses that, looks away for a moment."""
    yesterday = timezone.localdate() - timedelta(days=1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE evaluations_round DISABLE TRIGGER evaluations_round_guard")
        Round.objects.filter(pk=found.pk).update(until=yesterday, deadline=yesterday)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE evaluations_round ENABLE TRIGGER evaluations_round_guard")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    found.refresh_from_db()
