"""What was promised for a collaboration counts in its ledger: once, confirmed there, and otherwise on the listing."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from wanowa.contributions import services as ledger
from wanowa.contributions.models import Contribution
from wanowa.contributions.queries import sums_of
from wanowa.contributions.rules import Gift, Way
from wanowa.contributions.rules import Status as EntryStatus
from wanowa.contributions.tests.factories import table
from wanowa.exchange import queries, services
from wanowa.exchange.models import Pledge
from wanowa.exchange.queries.evidence import exchange_matches_the_record
from wanowa.exchange.rules import PledgeStatus
from wanowa.exchange.rules.giving import gift_of, giver_of
from wanowa.exchange.tests import factories as make
from wanowa.exchange.tests.factories import fresh, page, signed_in
from wanowa.guideline.rules import Resource
from wanowa.kernel.errors import Forbidden, Invalid, Refused

DAY = date(2026, 9, 12)


# what was given: no database


@pytest.mark.parametrize(
    ("resource", "told", "gift"),
    [
        ("people", {"minutes": 90}, Gift(Way.GAVE, Resource.PEOPLE, 90, DAY, giver=7, people=1)),
        ("information", {"minutes": 30}, Gift(Way.GAVE, Resource.PEOPLE, 30, DAY, giver=7, people=1)),
        ("goods", {"amount": 3, "unit": "脚"}, Gift(Way.GAVE, Resource.GOODS, 3, DAY, giver=7, unit="脚")),
        ("money", {"amount": 500, "unit": "円"}, Gift(Way.GAVE, Resource.MONEY, 500, DAY, giver=7)),
        ("money", {"amount": 5, "unit": "箱"}, None),
        ("goods", {"minutes": 90}, None),
        ("people", {"amount": 3, "unit": "人"}, None),
        ("people", {}, None),
    ],
)
def test_what_was_given_is_counted_in_its_own_way(resource, told, gift):
    told = {"minutes": None, "amount": None, "unit": ""} | told
    assert gift_of(resource, giver=7, on=DAY, **told) == gift


def test_whoever_offers_gives():
    assert (giver_of("offer", owner=1, other=2), giver_of("need", owner=1, other=2)) == (1, 2)


# with a table

in_the_town = pytest.mark.django_db


def done(by, other, collaboration, *, first=None, last=None, **changed):
    """Return a fulfilled promise about a listing of `by`; `first` and `last` say so in this order."""
    words = make.words(**({"side": "need"} | changed))
    listing = services.put(words, collaboration=collaboration and collaboration.pk, by=by)
    found = make.agreed(listing, by, other)
    services.confirm(found, minutes=90, by=first or by)
    return services.confirm(found, by=last or other)


@in_the_town
def test_a_helper_at_the_table_is_written_into_the_ledger_at_once_and_counts_when_confirmed():
    collaboration, people = table()
    by, other = people.actors
    found = done(by, other, collaboration)
    entry = Contribution.objects.get()
    assert found.entry == entry
    assert entry.gift == replace(
        Gift(Way.GAVE, Resource.PEOPLE, 90, timezone.localdate(), giver=other.party), people=1
    )
    assert (entry.party_id, entry.status) == (other.party, EntryStatus.WAITING)
    assert not sums_of(collaboration).hours
    ledger.confirm(entry, by=by)
    assert sums_of(collaboration).hours
    assert queries.minutes_of(found.listing) == 90
    assert list(exchange_matches_the_record()) == []


@in_the_town
def test_it_is_written_once_whoever_asks_and_the_database_keeps_it():
    collaboration, people = table()
    by, other = people.actors
    found = done(by, other, collaboration)
    for actor in (by, other):
        with pytest.raises(Refused):
            services.book(found, by=actor)
    assert Contribution.objects.count() == 1
    for changed in ({"entry": None}, {"amount": 3}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Pledge.objects.filter(pk=found.pk).update(**changed)
    another = make.agreed(make.listing(by, side="need"), by, make.actor())
    with pytest.raises(DatabaseError), transaction.atomic():
        Pledge.objects.filter(pk=another.pk).update(entry=found.entry)


@in_the_town
def test_an_outsider_s_help_counts_on_the_listing_and_hers_for_us_is_written_by_us(client):
    """Who is not at the table cannot stand in its ledger; when she only received, the giver writes it afterwards."""
    collaboration, people = table()
    by, stranger = people.actors[0], make.actor()
    helped = done(by, stranger, collaboration)
    assert (helped.entry, Contribution.objects.count(), queries.minutes_of(helped.listing)) == (None, 0, 90)
    with pytest.raises(Refused):
        services.book(helped, by=by)
    received = done(by, stranger, collaboration, side="offer")
    assert (received.status, received.entry) == (PledgeStatus.DONE, None)
    with pytest.raises(Forbidden):
        services.book(received, by=stranger)
    address = received.get_absolute_url()
    assert "出しあいに書く" not in page(signed_in(client, stranger), address)
    signed_in(client, by)
    assert "出しあいに書く" in page(client, address)
    assert client.post(address, {"answer": "book"}).status_code == 302
    entry = Contribution.objects.get()
    entry_page = reverse("contributions:entry", args=[collaboration.slug, entry.number])
    assert entry_page in page(client, address)
    assert received.listing.get_absolute_url() in page(client, entry_page)


@in_the_town
def test_nothing_is_written_while_nobody_said_how_much_and_for_no_collaboration():
    collaboration, people = table()
    by, other = people.actors
    assert done(by, other, None).entry is None
    things = done(by, other, collaboration, resource="goods", quantity=3, unit="脚")
    assert (things.entry, Contribution.objects.count()) == (None, 0)
    counted = make.agreed(
        services.put(
            make.words(side="need", resource="goods", quantity=3, unit="脚"),
            collaboration=collaboration.pk,
            by=by,
        ),
        by,
        other,
    )
    services.confirm(counted, amount=2, by=other)
    assert services.confirm(counted, amount=3, by=by).entry.amount == 3


@in_the_town
def test_only_a_collaboration_at_whose_table_the_party_sits_can_be_named(client):
    collaboration, people = table()
    by, stranger = people.actors[0], make.actor()
    for attempt in (
        lambda: services.put(make.words(), collaboration=collaboration.pk, by=stranger),
        lambda: services.put(make.step_words(), collaboration=collaboration.pk, by=by),
    ):
        with pytest.raises(Invalid):
            attempt()
    assert "どの取組のため" not in page(signed_in(client, stranger), "/exchange/new/")
    signed_in(client, by)
    assert collaboration.title in page(client, "/exchange/new/")
    sent = {
        "party": by.party,
        "side": "offer",
        "resource": "people",
        "title": "草むしり",
        "text": "できます。",
    }
    client.post("/exchange/new/", sent | {"days": 180, "collaboration": collaboration.pk})
    found = fresh(queries.latest_of(by.party))
    assert found.collaboration == collaboration
    shown = page(client, found.get_absolute_url())
    assert reverse("collaborations:collaboration", args=[collaboration.slug]) in shown
    services.edit(found, found.words, seen=found.words.digest(), by=by)
    assert fresh(found).collaboration is None
    assert list(exchange_matches_the_record()) == []
    type(found).objects.filter(pk=found.pk).update(collaboration=collaboration)
    assert [one.kind for one in exchange_matches_the_record()] == ["listing"]
