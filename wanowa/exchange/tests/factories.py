"""Listings to test with, made through the services, as people would."""

from datetime import time, timedelta

from django.utils import timezone

from wanowa.exchange import services
from wanowa.exchange.models import Hand, Listing, Pledge
from wanowa.exchange.rules import Words
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import party_with


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
