"""A scraper as every principal, over every address, and a guesser of filter names: no contact value, no difference.

CI walks every address once; `WANOWA_NIGHT=1` goes on to 50,000 requests and 10,000 names.
"""

import os
import re
from itertools import cycle, islice, product

import pytest
from django.urls import reverse

from tests.trust.matrix.addresses import addresses
from tests.trust.matrix.changes import Watch
from tests.trust.matrix.people import PRINCIPALS
from tests.trust.matrix.policy import rows
from tests.trust.matrix.trial import Cell, send
from wanowa.talent.models import Profile
from wanowa.talent.queries import everything
from wanowa.talent.rules import Field, Method
from wanowa.talent.tests.factories import on_paper, registered

pytestmark = pytest.mark.django_db
NIGHT = bool(os.environ.get("WANOWA_NIGHT"))
REQUESTS = 50_000 if NIGHT else 1_200
NAMES = 10_000 if NIGHT else 1_000
OURS = [address for address in addresses() if address.row == address.name]
NOISE = (
    "",
    "?format=json",
    "?q=090",
    "?q=kiyoshi",
    "?after=x",
    "?page=2",
    "?fields=contact",
    "?expand=profile",
    "?kind=green&block=north",
)


@pytest.fixture(scope="module")
def seeded(city):
    """Return every contact value and reading in the bank, after thirty more people came into it."""
    for number in range(15):
        registered(
            contact=f"canary{number}@bank.example",
            may_call=True,
            reading=f"かなりあ{'あいうえおかきくけこさしすせそ'[number]}",
        )
        on_paper(contact=f"048-555-{number:04d}", method=Method.PHONE, reading="かなりあ")
    found = set()
    for profile in Profile.objects.all():
        told = everything(profile)
        found |= {told[field] for field in (Field.CONTACT, Field.READING) if told.get(field)}
    return found - {everything(Profile.objects.get(person=city.people["resident"]))[Field.READING]}


def hits(body, seeded):
    text = body.decode(errors="replace")
    return [value for value in seeded if value in text]


def test_a_scraper_finds_no_contact_as_anybody_anywhere(city, seeded, record_property):
    walk = [
        Cell(address, place, principal, "GET", noise=noise)
        for noise in NOISE
        for address in OURS
        for place in city.places[rows()[address.name].get("object", "site")].values()
        for principal in PRINCIPALS
    ]
    first = [cell for cell in walk if cell.address.name.startswith("talent:")]
    rest = [cell for cell in walk if not cell.address.name.startswith("talent:")]
    step = max(1, len(rest) // (REQUESTS // 2))
    chosen = list(islice(cycle([*first[: REQUESTS // 2], *rest[::step]]), REQUESTS))
    found, codes = [], set()
    for cell in chosen:
        response = send(cell, city)
        codes.add(response.status_code)
        found += [(str(cell), value) for value in hits(response.body, seeded)]
    record_property("requests", len(chosen))
    assert found == []
    assert 200 in codes
    assert len(chosen) == REQUESTS
    assert len(seeded) >= 20


def test_a_scraper_that_looks_and_asks_for_everything_finds_no_contact(city, seeded):
    """What forms bring: looks for every kind, the next ones and the next, the lists of the desk, the papers."""
    desk, office = (
        city.visitor(name, city.places["site"]["here"]) for name in ("coordinator", "city_partner")
    )
    watch, found, cards = Watch(), [], 0
    number = city.parties["city_partner"].pk
    for visitor, party in ((office, number), (desk, 0)):
        answer = visitor.send(
            "POST", reverse("talent:look"), {"party": party, "wanted": "kind:green", "purpose": "さがす"}
        )
        for _ in range(4):
            page = visitor.send("GET", answer["Location"])
            cards += page.body.count(b"card-title")
            found += hits(page.body, seeded)
            answer = visitor.send("POST", answer["Location"], {})
    export = city.places["bank"]["here"].about.mine
    listed = desk.send("POST", reverse("talent:exports"), {"act": "take", "export": export})
    found += hits(listed.body, seeded)
    watch.back()
    assert listed.status_code == 200
    assert "木村" in listed.body.decode()
    assert cards >= 60
    assert found == []


def test_the_scraper_would_notice(city, seeded):
    value = next(iter(seeded))
    assert hits(f"<p>{value}</p>".encode(), seeded)


COLUMNS = (
    "contact",
    "name",
    "reading",
    "person",
    "person__email",
    "profile__contact",
    "user__password",
    "guardian",
)
LOOKUPS = (
    "",
    "__startswith",
    "__gt",
    "__icontains",
    "__regex",
    "__isnull",
    "__in",
    "__exact",
    "[]",
    "__range",
)
FORMS = ("{}", "filter[{}]", "order_by={}&x", "q.{}", "-{}", "sort={}&y", "{}.0", "profile.{}", "listing__{}")
_PASSING = re.compile(rb'value="[A-Za-z0-9_-]{22,64}"|<!--.*?-->', re.DOTALL)


def names():
    """Yield the names of parameters that somebody might guess."""
    found = list(
        dict.fromkeys(
            form.format(column + lookup) for form, column, lookup in product(FORMS, COLUMNS, LOOKUPS)
        )
    )
    numbers = (f"{name}_{number}" for number, name in enumerate(cycle(found)))
    yield from islice((*found, *islice(numbers, NAMES)), NAMES)


def plain(response):
    return response.status_code, _PASSING.sub(b"", response.body)


def test_no_guessed_filter_depends_on_anything_hidden(city, record_property):
    """The same question with a value that somebody in the bank has, and one that nobody has: the same answer."""
    office = city.visitor("city_partner", city.places["site"]["here"])
    anybody = city.visitor("anonymous", city.places["site"]["here"])
    place = city.places["bank"]["here"]
    pages = [
        (anybody, reverse("talent:index")),
        (office, reverse("talent:look")),
        (office, reverse("talent:cards", args=[place.kwargs["talent:cards.pk"]])),
    ]
    different = []
    for number, name in enumerate(names()):
        visitor, page = pages[0] if number % 10 else pages[1 + number // 10 % 2]
        one, other = (
            plain(visitor.raw("GET", f"{page}?{name}={value}")) for value in ("048-464-0000", "zzz")
        )
        if one != other:
            different.append(name)
    record_property("names", number + 1)
    assert different == []
    assert number + 1 == NAMES


def test_a_wish_that_no_form_has_is_refused(city):
    office = city.visitor("city_partner", city.places["site"]["here"])
    form = {"party": city.parties["city_partner"].pk, "wanted": "pruning", "purpose": "さがす"}
    watch = Watch()
    assert office.send("POST", reverse("talent:look"), form).status_code == 302
    assert office.send("POST", reverse("talent:look"), form | {"contact__startswith": "0"}).status_code == 400
    assert office.send("GET", f"{reverse('talent:index')}?contact=0").status_code == 400
    watch.back()
