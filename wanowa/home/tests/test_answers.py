"""What a party that asked somebody of the bank hears, and what waits on its page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from wanowa.home.queries import todos
from wanowa.notices.models import Notice
from wanowa.notices.services import deliver
from wanowa.parties.queries import held_by
from wanowa.people.models import User
from wanowa.people.tests.factories import sign_in
from wanowa.talent import services
from wanowa.talent.models import Message
from wanowa.talent.rules import Channel
from wanowa.talent.tests.factories import accepted, asked, department, registered

pytestmark = pytest.mark.django_db


def heard(person):
    while deliver():
        pass
    return list(Notice.objects.filter(person_id=person).order_by("entry").values_list("case", flat=True))


def waiting(by):
    return [one.href for one in todos([], held_by(User.objects.get(pk=by.person))) if "/talent/" in one.href]


def test_the_asking_party_hears_of_a_yes_and_of_every_word_and_answers_from_her_page(client):
    _party, officer = department()
    profile = registered()
    request = accepted(profile, officer)
    address = request.get_absolute_url()
    assert len(heard(officer.person)) == 1
    assert waiting(officer) == [address]
    services.speak(request, body="いつにしますか。", by=officer)
    assert waiting(officer) == []
    assert len(heard(officer.person)) == 1
    assert len(heard(profile.person_id)) == 1
    services.speak(request, body="ひみつの返事です。", by=type(officer)(profile.person_id))
    assert waiting(officer) == [address]
    assert len(heard(officer.person)) == 2
    sign_in(client, User.objects.get(pk=officer.person))
    inbox = client.get(reverse("notices:inbox")).content.decode()
    assert address in inbox
    assert "ひみつ" not in inbox
    assert User.objects.get(pk=profile.person_id).name not in inbox
    Message.objects.update(said_at=timezone.now() - timedelta(days=15))
    assert waiting(officer) == []


def test_a_no_is_told_to_nobody():
    _party, officer = department()
    request = asked(registered(), officer)
    services.decline(request, channel=Channel.WEB, by=type(officer)(request.profile.person_id))
    assert heard(officer.person) == []
    assert waiting(officer) == []
    assert Notice.objects.count() == 0
