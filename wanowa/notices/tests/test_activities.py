"""Who hears of an activity and of a suggestion, and who may choose to hear nothing of it."""

from datetime import date

import pytest
from django.urls import reverse

from wanowa.activities import services
from wanowa.activities.tests import factories as make
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.notices.queries import inbox
from wanowa.notices.services import deliver
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory, sign_in

pytestmark = pytest.mark.django_db


def test_who_is_asked_and_who_is_watched_hears_of_it():
    owner, office = make.actor(), make.actor(Kind.CITY)
    activity = make.own(owner)
    services.watch(activity, by=office)
    suggestion = make.suggested(activity, office, owner)
    deliver()
    assert [group.address for group in inbox(owner.person)] == [activity.get_absolute_url()]
    assert [group.address for group in inbox(office.person)] == [suggestion.get_absolute_url()]
    services.decline(suggestion, by=office)
    deliver()
    assert "今回は見送りました" in inbox(owner.person)[0].moments[0].sentence


def test_a_coordinator_hears_what_became_of_what_she_suggested():
    owner, office = make.actor(), make.actor(Kind.CITY)
    coordinator = Actor(PersonFactory(is_coordinator=True).pk)
    suggestion = make.suggested(make.own(owner), office, coordinator)
    services.accept(suggestion, by=owner)
    deliver()
    assert inbox(coordinator.person)
    assert not inbox(PersonFactory(is_coordinator=True).pk)


def test_only_who_may_know_of_a_suggestion_can_mute_it(client):
    owner, office = make.actor(), make.actor(Kind.CITY)
    suggestion = make.suggested(make.own(owner), office, owner)
    muting = {"choice": "mute", "case": f"activities.suggestion/{suggestion.pk}"}
    assert _as(client, office).post(reverse("notices:choose"), muting).status_code == 302
    assert _as(client, make.actor()).post(reverse("notices:choose"), muting).status_code == 404


def test_a_day_that_passed_with_open_questions_is_told_to_the_department():
    office = make.actor(Kind.CITY)
    late = make.of_the_city(office, since=date(2026, 4, 1), until=date(2026, 5, 1))
    services.remind(late, by=SYSTEM)
    deliver()
    assert "公開の質問が残ったまま" in inbox(office.person)[0].moments[0].sentence


def _as(client, by):
    sign_in(client, User.objects.get(pk=by.person))
    return client
