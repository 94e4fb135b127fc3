"""Every form that acts carries a key, and however often it is sent, it counts once (T25)."""

import re
import secrets

import pytest
from django.urls import reverse

from tests.trust.matrix.addresses import addresses
from tests.trust.matrix.changes import Watch
from tests.trust.matrix.forms import FORMS
from tests.trust.matrix.policy import expected, variants
from tests.trust.matrix.town import arguments
from tests.trust.matrix.trial import Cell, around, own_party
from tests.trust.matrix.walk import LOOKERS, forms_of, places
from wanowa.collaborations.models import Message

pytestmark = pytest.mark.django_db
OURS = [address for address in addresses() if address.row == address.name]
KEY = re.compile(r"[A-Za-z0-9_-]{22,64}")
KEYLESS = {
    "/people/export/": "the answer holds everything about a person, so no copy of it is kept to be repeated",
    "/consultations/look/": "a wrong passphrase is refused and counted all the same; a key would undo the count",
    "/people/sign-in/passkey/": "what a passkey answers is good for one time by itself",
}
"""Forms without a key, each with its reason."""
ONCE = {
    (
        "talent:exports",
        "take",
    ): "a list of people is handed out once, and no copy of it is kept to be repeated"
}
"""Forms that are refused the second time, each with its reason."""
GONE = {"people:erase", "account_logout", "people:demo"}
"""After these the sender is somebody else: sending again finds nobody signed in, or another session."""


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.name)
def test_every_form_that_acts_carries_a_token_and_a_key(address, city):
    bare = []
    for cell, form in forms_of(address, city):
        if form.action in KEYLESS:
            assert form.fields["csrfmiddlewaretoken"][0]
            continue
        key = form.fields.get("idempotency_key", [""])[0]
        if not form.fields.get("csrfmiddlewaretoken", [""])[0] or not KEY.fullmatch(key):
            bare.append(f"{cell} → {form.action}")
    assert bare == []


def acts(address, city):
    """Return each form of an address with the first principal who may send it."""
    for variant in variants(address.name):
        for place in places(address, city):
            for principal in (*LOOKERS, "city_partner", "member"):
                if expected(address.name, principal, place.state, "POST", variant) in {200, 204, 302}:
                    yield Cell(address, place, principal, "POST", variant)
                    break


def post(cell, city, key):
    """Send a cell's form with a key; return status and place."""
    url = reverse(cell.address.name, kwargs=arguments(cell.address, cell.place, city))
    data = FORMS[cell.address.name][cell.variant](cell.place, city, own_party(cell, city))
    with around(cell):
        response = city.visitor(cell.principal, cell.place).send("POST", url, data | key)
    if response.streaming:
        assert (cell.address.name, cell.variant) in ONCE, (
            f"{cell} is streamed, so nothing can repeat its answer"
        )
    body = b"" if response.streaming else response.content
    return response.status_code, response.get("Location"), body


@pytest.mark.parametrize(
    "address", [one for one in OURS if variants(one.name) and one.name not in GONE], ids=lambda one: one.name
)
def test_the_same_form_sent_twice_counts_once_and_is_answered_alike(address, city):
    watch = Watch()
    for cell in acts(address, city):
        key = {"idempotency_key": secrets.token_urlsafe(16)}
        first = post(cell, city, key)
        once = watch.dump()
        second = post(cell, city, key)
        assert watch.dump() == once, f"{cell} counted twice"
        if (address.name, cell.variant) in ONCE:
            assert (first[0], second[0]) == (200, 409)
        else:
            assert second == first, f"{cell} was answered otherwise"
        watch.back()


def test_without_the_key_the_same_words_are_said_twice(city):
    address = next(one for one in OURS if one.name == "collaborations:room")
    cell = next(acts(address, city))
    watch = Watch()
    before = Message.objects.count()
    for key in ({}, {}):
        post(cell, city, key)
    assert Message.objects.count() == before + 2
    watch.back()
