"""A page that writes when looked at is found, and nothing is changed from another site (T35).

That no page does is watched cell by cell in test_permissions.py: whatever is looked at, by whomever and in
whatever state, leaves every row as it was.
"""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from tests.trust.matrix.addresses import addresses
from tests.trust.matrix.changes import Watch
from tests.trust.matrix.forms import FORMS
from tests.trust.matrix.policy import expected, variants
from tests.trust.matrix.town import arguments
from tests.trust.matrix.trial import Cell, around, own_party
from tests.trust.matrix.walk import LOOKERS, places
from wanowa.parties.models import Party

pytestmark = pytest.mark.django_db
OURS = [address for address in addresses() if address.row == address.name]
SIGNED = {"notices:off"}
"""Addresses that act without a token of the form: the key in the address is the permission (RFC 8058)."""


def writes_on_get(request):
    Party.objects.update(name="盗み見")
    return HttpResponse()


def test_a_page_that_writes_when_looked_at_is_found(city):
    watch = Watch()
    with override_settings(ROOT_URLCONF=__name__):
        Client().get("/look/")
    assert watch.changed()
    assert not watch.changed(), "the trial was not undone"


urlpatterns = [path("look/", writes_on_get), path("", include("config.urls"))]


def strict(city, cell, token=""):
    """Send a cell's form like a browser that was led here by another site: with its cookies, without a token."""
    visitor = city.visitor(cell.principal, cell.place)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    for name, value in visitor.cookies.items():
        client.cookies[name] = value
    url = reverse(cell.address.name, kwargs=arguments(cell.address, cell.place, city))
    data = FORMS[cell.address.name][cell.variant](cell.place, city, own_party(cell, city))
    if token:
        client.cookies[settings.CSRF_COOKIE_NAME] = token
        data |= {"csrfmiddlewaretoken": token}
    with around(cell):
        return client.post(url, data)


def successes(address, city):
    """Return a cell for each form of an address and the first principal who may send it."""
    for variant in variants(address.name):
        for place in places(address, city):
            able = [
                principal
                for principal in (*LOOKERS, "city_partner", "member")
                if expected(address.name, principal, place.state, "POST", variant) in {200, 204, 302}
            ]
            if able:
                yield Cell(address, place, able[0], "POST", variant)


@pytest.mark.parametrize(
    "address", [one for one in OURS if variants(one.name)], ids=lambda address: address.name
)
def test_a_form_from_another_site_is_refused(address, city):
    for cell in successes(address, city):
        watch = Watch()
        status = strict(city, cell).status_code
        changed = watch.changed()
        if address.name in SIGNED:
            assert status == 200
        else:
            assert (status, changed) == (403, False), str(cell)


def test_the_same_form_with_the_token_is_accepted(city):
    """Without this, a platform that refuses everything would pass."""
    address = next(one for one in OURS if one.name == "collaborations:room")
    cell = next(successes(address, city))
    watch = Watch()
    assert strict(city, cell, token="a" * 32).status_code == 302
    assert watch.changed()


def test_only_signed_links_do_without_a_token():
    exempt = [address.name for address in addresses() if getattr(address.view, "csrf_exempt", False)]
    assert set(exempt) == SIGNED
