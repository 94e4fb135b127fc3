"""What people hear of exchange: each side of a pledge of the other, and a host of raised hands."""

import pytest
from django.urls import reverse

from wanowa.exchange import services
from wanowa.exchange.tests import factories as make
from wanowa.exchange.tests.factories import page, signed_in
from wanowa.notices.models import Notice
from wanowa.notices.services import deliver

pytestmark = pytest.mark.django_db


def test_both_sides_hear_of_each_other(client):
    owner, other = make.actor(), make.actor()
    found = make.listing(owner, title="通知されるもの")
    pledge = make.pledge(found, other)
    services.accept(pledge, by=owner)
    while deliver():
        pass
    for by in (owner, other):
        assert "通知されるもの" in page(signed_in(client, by), reverse("notices:inbox"))


def test_a_host_hears_of_a_raised_hand_and_nobody_else_does(client):
    owner, other = make.actor(), make.actor()
    make.hand(make.step(owner, title="水やり"))
    while deliver():
        pass
    assert set(Notice.objects.values_list("person", flat=True)) == {owner.person}
    assert "手があがりました" in page(signed_in(client, owner), reverse("notices:inbox"))
    assert "水やり" not in page(signed_in(client, other), reverse("notices:inbox"))


def test_a_pledge_is_nobodys_business_but_of_its_two_sides():
    owner, other, outside = make.actor(), make.actor(), make.actor()
    services.decline(make.pledge(make.listing(owner), other), by=owner)
    while deliver():
        pass
    assert outside.person not in set(Notice.objects.values_list("person", flat=True))
