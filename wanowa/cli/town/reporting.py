"""Parties report how far they have come: each written report through the services, with days in the past."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from django.utils import timezone

from wanowa.cli.town.content import WRITTEN_FOR, Account, Table, moved
from wanowa.collaborations.models import Collaboration
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_of
from wanowa.progress import services
from wanowa.progress.models import Measurement, Move
from wanowa.progress.queries import goals_of, outcomes_of, tasks_of
from wanowa.progress.rules import Evidence, Reading, State


def pieces(accounts: Iterable[Account], actors: Mapping[str, Actor]) -> list[Callable[[], None]]:
    """Return what makes each report, unless it is there."""
    return [partial(_report, account, actors) for account in accounts]


def _report(account: Account, actors: Mapping[str, Actor]) -> None:
    found = Collaboration.objects.select_related("in_force").get(slug=account.slug, demonstration=True)
    if (
        Measurement.objects.filter(collaboration=found).exists()
        or Move.objects.filter(collaboration=found).exists()
    ):
        return
    goals, outcomes = goals_of(found), list(outcomes_of(found))
    for told in _past(account.numbers):
        reading = Reading(Decimal(told["value"]), _day(told))
        key, word = goals[told["goal"]].key, told.get("word", "")
        services.measure(found, reading, goal=key, word=word, by=actors[told["by"]])
    for told in _past(account.notes):
        quote = told.get("quote", "")
        services.note(
            found,
            Evidence(told["text"], quote, consented=bool(quote), count=told.get("count")),
            outcome=outcomes[told["outcome"]],
            on=_day(told),
            public=not told.get("table_only", False),
            by=actors[told["by"]],
        )
    _move(found, account.tasks, actors)


def _move(found: Collaboration, told: Iterable[Table], actors: Mapping[str, Actor]) -> None:
    """Let whoever answers for a task say where it stands."""
    by_party = {actor.party: actor for actor in actors.values()}
    tasks = tasks_of(found)
    for one in told:
        task = tasks[one["task"]]
        services.move(
            found,
            State(one["state"]),
            task=task.key,
            seen=task.turn,
            word=one.get("word", ""),
            by=by_party[task.task.responsible],
        )


def _day(told: Table) -> date:
    return date.fromisoformat(moved(told["on"], fiscal_year_of(timezone.localdate()) - WRITTEN_FOR))


def _past(told: Iterable[Table]) -> list[Table]:
    """Return what has happened by today: nobody reports a day to come."""
    return [one for one in told if _day(one) <= timezone.localdate()]
