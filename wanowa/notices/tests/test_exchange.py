"""What people hear of exchange: each side of a pledge of the other, and a host of raised hands."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from wanowa.exchange import queries, services
from wanowa.exchange.models import Listing
from wanowa.exchange.services import matching
from wanowa.exchange.tests import factories as make
from wanowa.exchange.tests.factories import page, signed_in
from wanowa.notices.models import Notice
from wanowa.notices.services import deliver, mail_waiting, mute
from wanowa.record.queries import case_of

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


# new partners


def told():
    """Let a morning come: parties are told, notices made and mailed. Returns how many parties were told."""
    parties = services.tell_of_suggestions()
    while deliver():
        pass
    mail_waiting()
    return parties


def next_day():
    Listing.objects.update(heard_on=timezone.localdate() - make.days(1))


@pytest.fixture
def pair(monkeypatch):
    """Return two parties with a need and an offer that fit, compared by words alone."""
    monkeypatch.setattr(matching, "encoder", lambda: None)
    owner, helper = make.actor(), make.actor()
    need = make.listing(
        owner, side="need", title="パソコンの先生をさがしています", text="会の人が困っています。"
    )
    offer = make.listing(helper, title="パソコンを教えます", text="ひみつの文です。")
    services.compare()
    return owner, helper, need, offer


def test_a_party_hears_once_that_somebody_may_fit_and_nothing_of_them(client, pair):
    owner, _helper, need, offer = pair
    assert told() == 2
    assert Notice.objects.filter(case=case_of(need)).values_list("person", flat=True).get() == owner.person
    inbox = page(signed_in(client, owner), reverse("notices:inbox"))
    assert "合いそうな相手が、新しく見つかりました（1件）" in inbox
    assert len(mail.outbox) == 2
    letter = next(one for one in mail.outbox if need.title in one.body)
    assert need.get_absolute_url() in letter.body
    assert offer.title not in letter.body + inbox
    assert "ひみつ" not in letter.body + inbox
    assert told() == 0
    next_day()
    assert told() == 0
    assert len(mail.outbox) == 2


def test_several_listings_of_a_party_are_told_together_and_only_what_is_new(pair):
    _owner, helper, _need, offer = pair
    assert told() == 2
    make.listing(make.actor(), side="need", title="パソコンの調子が悪い")
    services.edit(make.fresh(offer), offer.words, seen=offer.words.digest(), by=helper)
    make.listing(helper, title="パソコンの設定を手伝います")
    services.compare()
    assert queries.unheard(helper.party)
    assert told() > 0
    before = len(mail.outbox)
    next_day()
    told()
    mine = Notice.objects.filter(person_id=helper.person)
    letters = [one for one in mail.outbox[before:] if "パソコンを教えます" in one.body]
    assert len(letters) == 1
    assert mine.filter(case=case_of(offer)).count() == 2
    assert "（1件）" in letters[0].body
    assert "（2件）" in letters[0].body


def test_whoever_silenced_a_listing_is_not_told_of_it(pair):
    owner, helper, need, _offer = pair
    mute(case_of(need), on=True, by=owner)
    told()
    assert set(Notice.objects.values_list("person", flat=True)) == {helper.person}


def test_hearing_of_a_partner_changes_nothing_that_is_compared(pair):
    _owner, _helper, need, _offer = pair
    told()
    assert make.fresh(need).updated_at == need.updated_at
    assert services.compare() == 0
    assert queries.partners_of(need, across=False, limit=3)
