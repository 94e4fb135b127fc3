"""Parties act alone: each written activity with its watchers, its suggestion and its answers, through the services."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial

from django.utils import timezone

from wanowa.activities import services
from wanowa.activities.models import Activity
from wanowa.activities.rules import Question, Reply, Words
from wanowa.cli.town.content import WRITTEN_FOR, Deed, Table, moved
from wanowa.collaborations.services import sit_down
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_of


def pieces(deeds: Iterable[Deed], actors: Mapping[str, Actor]) -> list[Callable[[], None]]:
    """Return what puts each activity before everybody, unless it is there."""
    years = fiscal_year_of(timezone.localdate()) - WRITTEN_FOR
    return [partial(_act, deed, actors, years) for deed in deeds]


def _act(deed: Deed, actors: Mapping[str, Actor], years: int) -> None:
    if Activity.objects.filter(slug=deed.slug, demonstration=True).exists():
        return
    by = actors[deed.party]
    activity = services.start(_words(deed.words, years), demonstration=True, by=by)
    for department in deed.watched_by:
        services.watch(activity, by=actors[department])
    if deed.suggestion:
        _suggest(activity, deed, actors)
    given: dict[Question, int] = {}
    for answer in deed.answers:
        question = Question(answer["question"])
        seen = given.get(question, 0)
        services.answer(activity, question, _reply(answer, years), seen=seen, by=by)
        given[question] = seen + 1
    if deed.end:
        services.end(activity, by=by)


def _words(told: Table, years: int) -> Words:
    until = told.get("until", "")
    return Words(
        **{
            **told,
            "since": date.fromisoformat(moved(told["since"], years)),
            "until": date.fromisoformat(moved(until, years)) if until else None,
        }
    )


def _suggest(activity: Activity, deed: Deed, actors: Mapping[str, Actor]) -> None:
    """Let one side suggest; when the other accepts, the suggester sits down too and the talks are public."""
    told, department = deed.suggestion, deed.suggestion["department"]
    suggester = actors[told["by"]]
    suggestion = services.suggest(
        activity,
        department=actors[department].required_party,
        wish=told["wish"],
        reason=told.get("reason", ""),
        by=suggester,
    )
    if told.get("answer") == "accept":
        other = actors[deed.party if told["by"] == department else department]
        done = services.accept(suggestion, by=other)
        if done.collaboration:
            sit_down(done.collaboration, by=suggester)


def _reply(told: Table, years: int) -> Reply:
    on = told.get("on", "")
    return Reply(
        done=told["done"],
        where=told.get("where", ""),
        on=date.fromisoformat(moved(on, years)) if on else None,
        reason=told.get("reason", ""),
    )
