"""Activities to test with, made through the services, as people would."""

from datetime import date, timedelta

from django.utils import timezone

from wanowa.activities import services
from wanowa.activities.models import Activity, Suggestion
from wanowa.activities.rules import Question, Reply, Words
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import party_with

DONE = Reply(done=True, where="市のページと、公民館の掲示板", on=date(2026, 9, 1))
NOT_DONE = Reply(done=False, reason="いそぎの決まりで、時間がありませんでした。")


def actor(kind: Kind = Kind.CITIZEN, role: Role = Role.REPRESENTATIVE, **fields: object) -> Actor:
    """Return somebody who acts for a new party."""
    party, (person,) = party_with(kind=kind, role=role, **fields)
    return Actor(person.pk, party.pk)


def words(**changed: object) -> Words:
    """Return the text of an activity."""
    told = {
        "title": "朝のラジオ体操",
        "what": "毎朝6時半に、公園で体操をしています。",
        "field": "welfare",
        "since": date(2026, 4, 1),
        "for_whom": "だれでも",
        "place": "新倉の公園",
        "how_to_join": "そのまま来てください。",
    }
    return Words(**told | changed)


def own(by: Actor | None = None, **changed: object) -> Activity:
    """Return an activity of citizens, in area A."""
    return services.start(words(**changed), by=by or actor())


def of_the_city(by: Actor | None = None, **changed: object) -> Activity:
    """Return a task of the city, in area E."""
    told = {"title": "自転車の条例づくり", "until": timezone.localdate() + timedelta(days=90)} | changed
    return services.start(words(**told), by=by or actor(Kind.CITY))


def answer_all(activity: Activity, by: Actor, *, but: int = 0) -> None:
    """Answer the questions in order, leaving out the last `but`."""
    questions = list(Question)
    for question in questions[: len(questions) - but]:
        services.answer(activity, question, DONE, seen=0, by=by)


def suggested(activity: Activity, department: Actor, by: Actor) -> Suggestion:
    """Return a suggestion that waits."""
    return services.suggest(
        activity,
        department=department.required_party,
        wish="道具を置く場所を貸してほしい。",
        reason="人がふえました。",
        by=by,
    )
