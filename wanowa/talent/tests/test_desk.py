"""At the desk: what somebody on paper tells anew is written down with its channel, and nothing old is shown."""

import pytest
from django.urls import reverse

from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.people.models import User
from wanowa.people.tests.factories import sign_in
from wanowa.record.queries import history
from wanowa.talent import services
from wanowa.talent.models import Profile, Request
from wanowa.talent.queries import answers_awaiting, current, everything, tiers_of
from wanowa.talent.rules import Channel, Field, Tier
from wanowa.talent.tests.factories import accepted, coordinator, department, on_paper, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    by = coordinator()
    sign_in(client, User.objects.get(pk=by.person))
    return client


def test_only_what_was_told_anew_changes_and_the_channel_is_on_record(desk):
    profile = on_paper(name="木村 きよし")
    before, tiers = everything(profile), tiers_of(current(profile))
    address = reverse("talent:person", args=[profile.pk])
    shown = desk.get(address).content.decode()
    assert "聞いたことを、書きなおす" in shown
    assert "木村" not in shown
    assert "048-464-0000" not in shown
    sent = {"act": "change", "channel": "phone", "contact": "048-464-9999", "tier_times": "0"}
    assert desk.post(address, sent).status_code == 302
    profile = Profile.objects.get(pk=profile.pk)
    assert everything(profile) == before | {Field.CONTACT: "048-464-9999"}
    assert tiers_of(current(profile)) == tiers | {Field.TIMES: Tier.V0}
    last = history(profile).filter(verb="talent.profile.changed").get()
    assert last.facts == {"channel": "phone"}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"channel": "desk"}, "書いたところだけ、変わります"),
        ({"contact": "048-464-9999"}, "入力を確かめてください"),
        ({"channel": "desk", "method": "mail"}, "メールアドレスを正しく"),
        ({"channel": "desk", "experience": "電話は090-1234-5678です。"}, "anew_warned"),
    ],
)
def test_what_cannot_be_is_answered_and_nothing_is_lost(desk, sent, said):
    profile = on_paper()
    before = everything(profile)
    response = desk.post(reverse("talent:person", args=[profile.pk]), sent | {"act": "change"})
    assert response.status_code == 400
    shown = response.content.decode()
    assert said in shown
    for typed in {"contact", "experience"} & sent.keys():
        assert sent[typed] in shown
    assert everything(Profile.objects.get(pk=profile.pk)) == before


def test_the_desk_writes_for_nobody_who_has_a_page_of_her_own_and_nobody_else_writes(desk):
    own, paper = registered(), on_paper()
    changes = ({Field.NAME: "別の名前"}, {})
    with pytest.raises(Refused):
        services.change_some(own, *changes, channel=Channel.DESK, by=coordinator())
    assert (
        "聞いたことを、書きなおす" not in desk.get(reverse("talent:person", args=[own.pk])).content.decode()
    )
    _party, officer = department()
    for channel in (Channel.DESK, Channel.WEB):
        with pytest.raises(Forbidden):
            services.change_some(paper, *changes, channel=channel, by=officer)
    with pytest.raises(Invalid):
        services.change_some(paper, {}, {}, channel=Channel.DESK, by=coordinator())


def test_what_waits_costs_one_query_for_two_and_for_twenty(django_assert_num_queries):
    party, officer = department()
    for number in (2, 18):
        for _each in range(number):
            accepted(registered(), officer)
        asked_so_far = Request.objects.count()
        with django_assert_num_queries(1):
            assert len(answers_awaiting([party.pk])) == asked_so_far
    with django_assert_num_queries(0):
        assert answers_awaiting([]) == []
