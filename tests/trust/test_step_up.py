"""Signing for a party asks who it really is: a session left open cannot consent."""

import time

import pytest
from django.urls import reverse

from wanowa.collaborations.models import Consent
from wanowa.collaborations.tests import factories as make
from wanowa.guideline.rules import Kind
from wanowa.people.models import User
from wanowa.people.queries import draft_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(client):
    people = make.town(2, (Kind.CITIZEN, Kind.LOCAL))
    version = make.offered(people)
    person = User.objects.get(pk=people.actors[1].person)
    client.force_login(person)
    address = reverse("collaborations:consent", args=[version.collaboration.slug])
    return client, address, version, person


def test_an_old_session_reads_but_does_not_consent(waiting, settings):
    settings.STEP_UP = True
    client, address, version, person = waiting
    assert client.get(address).status_code == 200

    response = client.post(address, {"seen": version.fingerprint, "as_party": version.concerned[1]})

    assert response.status_code == 302
    assert response.url.startswith(reverse("people:confirm"))
    assert Consent.objects.count() == 1
    assert draft_of(person, address)["seen"] == [version.fingerprint]


def test_a_session_confirmed_just_now_consents(waiting, settings):
    settings.STEP_UP = True
    client, address, version, person = waiting
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    client.post(address, {"seen": version.fingerprint, "as_party": version.concerned[1]})
    assert Consent.objects.count() == 2


def test_without_the_guard_the_same_session_would_consent(waiting):
    client, address, version, _person = waiting
    client.post(address, {"seen": version.fingerprint, "as_party": version.concerned[1]})
    assert Consent.objects.count() == 2
