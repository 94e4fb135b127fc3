"""The same second: two clicks on one link, two devices, two requests, two looks. Real threads, real commits."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError
from django.utils import timezone

from wanowa.activities.tests.test_races import at_once
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.services import verify
from wanowa.talent import services
from wanowa.talent.models import Access, Consent, Profile, Request
from wanowa.talent.rules import Channel, Field, Purpose, Status
from wanowa.talent.services import asking, looking
from wanowa.talent.tests.factories import WORDS, asked, department, looked, registered, told

pytestmark = pytest.mark.usefixtures("committed")
ROUNDS = 4


def waiting():
    """Return a request, and the token of its mail."""
    mail.outbox = []
    request = asked(registered(), department()[1])
    return request, mail.outbox[-1].body.split("/talent/answer/")[1].split("/")[0]


def answering(request, token):
    """Return an acceptance by the link of the mail."""
    until = timezone.localdate() + timedelta(days=3)
    return lambda: services.accept(
        request, hand_over=[Field.NAME], until=until, channel=Channel.MAIL, token=token, by=PUBLIC
    )


def kinds(outcomes):
    return sorted(type(one).__name__ for one in outcomes)


def test_of_two_clicks_on_one_link_one_answers():
    for _ in range(ROUNDS):
        request, token = waiting()
        outcomes = at_once(answering(request, token), answering(request, token))
        assert kinds(outcomes) == ["NoneType", "Refused"]
        assert Consent.objects.filter(request=request, purpose=Purpose.HANDOVER).count() == 1
    assert verify().clean


def test_of_a_yes_on_one_device_and_a_no_on_another_one_counts():
    for _ in range(ROUNDS):
        request, token = waiting()
        outcomes = at_once(
            answering(request, token),
            lambda request=request: services.decline(
                request, channel=Channel.WEB, by=Actor(request.profile.person_id)
            ),
        )
        assert kinds(outcomes) == ["NoneType", "Refused"]
        request.refresh_from_db()
        handed = Consent.objects.filter(request=request).count()
        assert (request.status, handed) in {(Status.ACCEPTED, 1), (Status.DECLINED, 0)}


def test_without_the_lock_both_clicks_would_count(monkeypatch):
    """The negative control: both read an open request; only the table's own constraint stands in the way."""
    import threading  # noqa: PLC0415 - only here

    request, token = waiting()
    read = threading.Barrier(2)

    def unlocked(found):
        row = Request.objects.select_related("profile", "party").get(pk=found.pk)
        read.wait(timeout=10)
        return row

    monkeypatch.setattr(asking, "_held", unlocked)
    outcomes = at_once(answering(request, token), answering(request, token))
    assert any(isinstance(one, IntegrityError) for one in outcomes)


def test_of_two_requests_of_one_party_to_one_person_one_is_made():
    for _ in range(ROUNDS):
        profile, (office, by) = registered(), department()
        other = Actor(MembershipFactory(party=office).person.pk, office.pk)
        looks = [looked(by), looked(other)]
        outcomes = at_once(
            lambda profile=profile, by=by, look=looks[0]: services.ask(look, profile, WORDS, by=by),
            lambda profile=profile, by=other, look=looks[1]: services.ask(look, profile, WORDS, by=by),
        )
        assert kinds(outcomes) == ["NoneType", "Refused"]
        assert Request.objects.filter(profile=profile).count() == 1


def test_two_who_look_for_one_party_share_what_is_left_of_the_day(monkeypatch):
    monkeypatch.setattr(looking, "PROFILES_A_DAY", 3)
    monkeypatch.setattr(looking, "PAGE", 2)
    for _ in range(5):
        registered(reviewed=False)
    office, by = department()
    other = Actor(MembershipFactory(party=office).person.pk, office.pk)
    first = looked(by)
    at_once(lambda: looked(by, after=first), lambda: looked(other, after=first))
    assert Access.objects.filter(party=office).values("profile").distinct().count() <= 3


def test_who_registers_twice_in_one_second_is_in_the_bank_once():
    person = PersonFactory()
    by = Actor(person.pk)
    outcomes = at_once(lambda: services.register(told(), by=by), lambda: services.register(told(), by=by))
    assert kinds(outcomes) == ["NoneType", "Refused"]
    assert Profile.objects.filter(person=person).count() == 1
