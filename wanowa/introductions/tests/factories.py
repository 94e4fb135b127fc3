"""Introductions to test with, made through the services, as people would."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from wanowa.guideline.rules import Kind
from wanowa.introductions import services
from wanowa.introductions.models import Introduction
from wanowa.introductions.rules import Given, Origin
from wanowa.kernel.actors import Actor
from wanowa.parties.models import Party
from wanowa.parties.tests.factories import party_with
from wanowa.people.tests.factories import PersonFactory

PURPOSE = "駅前の花だんを、いっしょに手入れできる人に会いたいです。"
GIVEN = Given(name="和光 花子", phone="048-464-1111", times="平日の夕方")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties with somebody in each, and a coordinator."""

    first: Party
    one: Actor
    second: Party
    other: Actor
    desk: Actor


def pair(kind: Kind = Kind.CITIZEN) -> Pair:
    """Return two new parties and a new coordinator."""
    first, (one,) = party_with(kind=kind)
    second, (other,) = party_with()
    desk = Actor(PersonFactory(is_coordinator=True).pk)
    return Pair(first, Actor(one.pk, first.pk), second, Actor(other.pk, second.pk), desk)


def in_days(days: int) -> date:
    """Return the day that lies so many days ahead."""
    return timezone.localdate() + timedelta(days=days)


def asked(two: Pair, **more: object) -> Introduction:
    """Return an introduction that a coordinator has made."""
    told = {
        "first": two.first,
        "second": two.second,
        "purpose": PURPOSE,
        "origin": Origin.DESK,
        "by": two.desk,
    }
    return services.introduce(**told | more)


def wished(two: Pair, given: Given = GIVEN, **more: object) -> Introduction:
    """Return an introduction that the first party has asked for."""
    told = {"origin": Origin.PARTY, "by": two.one, "given": given, "until": in_days(30)}
    return asked(two, **told | more)


def met(two: Pair, *, other: Given = GIVEN) -> Introduction:
    """Return an introduction to which both have said yes."""
    introduction = wished(two)
    return services.accept(introduction, given=other, until=in_days(30), by=two.other)
