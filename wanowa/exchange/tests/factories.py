"""Listings to test with, made through the services, as people would."""

from datetime import time, timedelta

from django.db.models import Model
from django.test import Client
from django.utils import timezone

from wanowa.exchange import services
from wanowa.exchange.models import Hand, Listing, Pledge
from wanowa.exchange.rules import Words
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import party_with
from wanowa.people.models import User
from wanowa.people.tests.factories import sign_in


def actor(kind: Kind = Kind.CITIZEN, role: Role = Role.REPRESENTATIVE, **fields: object) -> Actor:
    """Return somebody who acts for a new party."""
    party, (person,) = party_with(kind=kind, role=role, **fields)
    return Actor(person.pk, party.pk)


def words(**changed: object) -> Words:
    """Return the text of an offer."""
    told = {
        "side": "offer",
        "resource": "people",
        "title": "庭木のせんていを手伝えます",
        "text": "脚立とはさみを持って行きます。",
        "quarter": "niikura",
    }
    return Words(**told | changed)


def step_words(**changed: object) -> Words:
    """Return the text of a first step in three days."""
    told = {
        "side": "need",
        "first_step": True,
        "title": "花だんの水やり、30分だけ",
        "text": "いっしょに水をやります。はじめての人も歓迎です。",
        "day": timezone.localdate() + timedelta(days=3),
        "starts": time(9, 30),
        "minutes": 30,
        "place": "新倉の公園の入口",
        "capacity": 3,
        "bring": "ぼうし",
        "people": "会の2人がいます。",
    }
    return words(**told | changed)


def listing(by: Actor | None = None, **changed: object) -> Listing:
    """Return an open listing."""
    return services.put(words(**changed), by=by or actor())


def step(by: Actor | None = None, **changed: object) -> Listing:
    """Return an open first step."""
    return services.put(step_words(**changed), by=by or actor())


def hand(listing: Listing, name: str = "みなみ", email: str = "minami@example.jp") -> Hand:
    """Return a raised hand."""
    return services.raise_hand(listing, name=name, email=email, by=PUBLIC)


def pledge(listing: Listing, by: Actor | None = None) -> Pledge:
    """Return a raised hand of a party."""
    return services.pledge(listing, word="土曜の朝なら行けます。", by=by or actor())


def agreed(listing: Listing, owner: Actor, by: Actor | None = None) -> Pledge:
    """Return a promise."""
    return services.accept(pledge(listing, by), reply="お願いします。", by=owner)


def days(number: int) -> timedelta:
    """Return so many days."""
    return timedelta(days=number)


def fresh[M: Model](row: M) -> M:
    """Return a row as it stands in its table now."""
    return type(row)._default_manager.get(pk=row.pk)


def passed(listing: Listing, number: int) -> None:
    """Let a listing's days lie so many days further back, as if it had been put earlier."""
    shift = {"day": listing.day - days(number)} if listing.day else {}
    ends = listing.expires_on - days(number) if listing.expires_on else None
    Listing.objects.filter(pk=listing.pk).update(expires_on=ends, **shift)


def signed_in(client: Client, by: Actor) -> Client:
    """Return the browser, signed in as somebody."""
    sign_in(client, User.objects.get(pk=by.person))
    return client


def page(client: Client, address: str) -> str:
    """Return what a page says; it must be there."""
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()
