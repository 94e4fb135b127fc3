"""Parties are introduced: some wait, one says no, some meet, try, go on or stop. Each through the services."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from django.utils import timezone

from wanowa.cli.town.content import Person, Table, table
from wanowa.cli.town.settling import DESK
from wanowa.exchange.models import Listing
from wanowa.introductions import services
from wanowa.introductions.models import Introduction
from wanowa.introductions.rules import Given, Origin
from wanowa.kernel.actors import Actor
from wanowa.parties.models import Party
from wanowa.people.models import User

GIVEN = Given(name="お試しの連絡係", times="平日の夕方")
"""Invented, like everything in the town: nobody is reached by it."""
SHOWN_FOR = timedelta(days=60)


def pieces(people: Mapping[str, Person], actors: Mapping[str, Actor]) -> list[Callable[[], None]]:
    """Return what brings each pair before each other, unless it is there."""
    return [partial(_introduce, told, people, actors) for told in table("introductions.toml")["introduction"]]


def _introduce(told: Table, people: Mapping[str, Person], actors: Mapping[str, Actor]) -> None:
    one, other = actors[told["first"]], actors[told["second"]]
    pair = {"first_id": one.required_party, "second_id": other.required_party}
    if Introduction.objects.filter(**pair, demonstration=True).exists():
        return
    desk = Actor(User.objects.get(email=people[DESK].email).pk)
    parties = Party.objects.in_bulk(pair.values())
    until = timezone.localdate() + SHOWN_FOR
    asks = told["by"] == "party"
    introduction = services.introduce(
        first=parties[pair["first_id"]],
        second=parties[pair["second_id"]],
        purpose=told["purpose"],
        hope=told.get("hope", ""),
        dates=told.get("dates", ""),
        need=_listing(told, "need"),
        offer=_listing(told, "offer"),
        origin=Origin.PARTY if asks else Origin.DESK,
        given=GIVEN if asks else Given(),
        until=until if asks else None,
        demonstration=True,
        by=one if asks else desk,
    )
    go_on(introduction, {**told, "came": told["until"]}, one, other, desk)


def _listing(told: Table, side: str) -> Listing | None:
    return Listing.objects.filter(title=told.get(side, ""), demonstration=True).first()


def go_on(introduction: Introduction, told: Table, one: Actor, other: Actor, desk: Actor) -> None:
    """Let an introduction come as far as is written: `came`, with what that needs."""
    goal = told["came"]
    if goal == "withdrawn":
        services.withdraw(introduction, by=one)
    if goal == "declined":
        services.decline(introduction, by=other)
    if goal in {"asked", "declined", "withdrawn"}:
        return
    for by in (other, one) if introduction.by_desk else (other,):
        services.accept(introduction, given=GIVEN, until=timezone.localdate() + SHOWN_FOR, by=by)
    if "trial" in told:
        day = timezone.localdate() + timedelta(days=told["days"])
        services.try_out(introduction, what=told["trial"], day=day, by=one)
    match goal:
        case "joined":
            services.join(introduction, title=told["title"], summary=told["summary"], by=one)
        case "one_time":
            services.help_once(introduction, by=other)
        case "ended":
            services.end(introduction, by=one)
        case "met":
            day = timezone.localdate() + timedelta(days=4)
            services.plan(introduction, action="両方に電話して、会う日を決める", due=day, by=desk)
