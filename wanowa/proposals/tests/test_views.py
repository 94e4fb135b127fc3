"""The pages of the scheme: what they cost, what they keep, who sees the words of a proposal, nothing typed is lost."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from wanowa.exchange.tests.factories import page, signed_in
from wanowa.proposals.models import Answer, Round, Seed
from wanowa.proposals.queries.proposals import answers_of
from wanowa.proposals.services import departments, partnering, talking
from wanowa.proposals.tests import factories as make

pytestmark = pytest.mark.django_db
OVERVIEW = "/proposals/"


@pytest.fixture
def found():
    return make.opened()


def filled(found, number):
    """Put so many needs, departments, calls and ideas into a round."""
    for _each in range(number):
        office, us = make.office(), make.actor()
        departments.declare(found, places=1, by=office)
        departments.publish_need(found, title="公園", text="花を植える", by=office)
        partnering.call(make.written(make.begun(found, us), us), by=us)


def test_the_overview_and_a_round_cost_the_same_for_2_rows_and_for_20(
    client, found, django_assert_max_num_queries
):
    filled(found, 2)
    for address, most in ((OVERVIEW, 12), (found.get_absolute_url(), 12)):
        client.get(address)
        with django_assert_max_num_queries(most) as first:
            client.get(address)
        filled(found, 6)
        with django_assert_max_num_queries(len(first)):
            client.get(address)


def test_a_proposal_costs_the_same_however_much_is_said(client, found, django_assert_max_num_queries):
    us = make.actor()
    proposal = make.begun(found, us)
    signed_in(client, us)
    client.get(proposal.get_absolute_url())
    with django_assert_max_num_queries(24) as first:
        client.get(proposal.get_absolute_url())
    for _each in range(8):
        partner = partnering.ask_partner(proposal, party=make.office().party, by=us)
        assert partner.pk
        talking.speak(proposal, body="話", by=us)
    with django_assert_max_num_queries(len(first)):
        client.get(proposal.get_absolute_url())


def test_an_idea_is_sent_with_a_code_and_comes_back_when_it_is_wrong(client, found):
    typed = {"act": "seed", "text": "花がほしい。", "name": "みなみ", "email": "minami@example.jp"}
    assert client.post(OVERVIEW, typed).url == reverse("proposals:code")
    assert not Seed.objects.exists()
    wrong = client.post(reverse("proposals:code"), {"code": "000000x"})
    assert wrong.status_code == 400
    code = re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE)[0]
    answer = client.post(reverse("proposals:code"), {"code": code})
    assert answer.status_code == 302
    assert (Seed.objects.get().email, Seed.objects.get().name) == ("minami@example.jp", "みなみ")
    assert "受付番号" in page(client, answer.url)


def test_what_is_too_long_comes_back_whole(client, found):
    text = "花" * 201
    answer = client.post(OVERVIEW, {"act": "seed", "text": text})
    assert answer.status_code == 400
    assert text in answer.content.decode()


def test_without_a_mail_address_number_and_words_lead_back(client, found):
    client.post(OVERVIEW, {"act": "seed", "text": "花がほしい。"})
    seed = Seed.objects.get()
    answer = client.post(OVERVIEW, {"act": "open", "number": seed.number, "words": seed.words})
    assert "花がほしい。" in page(client, answer.url)
    wrong = client.post(OVERVIEW, {"act": "open", "number": seed.number, "words": "かい"})
    assert wrong.status_code == 400
    assert seed.number in wrong.content.decode()


def test_saving_in_the_background_keeps_the_words_of_both(client, found):
    us = make.actor()
    proposal = make.begun(found, us)
    signed_in(client, us)
    keep = reverse("proposals:draft", args=[proposal.pk])
    first = client.post(keep, {"aim": "花の道", "seen": "aim.0"})
    assert first.status_code == 204
    client.post(keep, {"aim": "花の道。水もやる", "seen": first.headers["Draft-Seen"]})
    mine = client.post(keep, {"aim": "赤い花の道", "seen": first.headers["Draft-Seen"]})
    assert answers_of(proposal)["aim"].text == "赤い花の道。水もやる"
    again = client.post(keep, {"aim": "赤い花の道だ", "seen": mine.headers["Draft-Seen"]})
    assert again.status_code == 204
    assert answers_of(proposal)["aim"].text == "赤い花の道だ\n。水もやる"


def test_two_who_press_save_at_one_place_are_shown_both_texts(client, found):
    us = make.actor()
    proposal = make.begun(found, us)
    signed_in(client, us)
    address = reverse("proposals:write", args=[proposal.pk])
    client.post(address, {"aim": "みなみの文", "seen": "aim.0"})
    answer = client.post(address, {"aim": "きたの文", "seen": "aim.0"})
    assert "同じところを、2人が書きました" in answer.content.decode()
    assert {"みなみ", "きた"} <= set(
        re.findall("みなみ|きた", Answer.objects.get(proposal=proposal, key="aim").text)
    )


def test_outsiders_see_nothing_of_a_draft_and_only_the_call_of_one_that_calls(client, found):
    us, other = make.actor(), make.actor()
    proposal = make.written(make.begun(found, us), us)
    signed_in(client, other)
    assert client.get(proposal.get_absolute_url()).status_code == 404
    partnering.call(proposal, by=us)
    told = page(client, proposal.get_absolute_url())
    assert make.WORDS["summary"] in told
    assert make.WORDS["doing"] not in told


def test_the_desk_prepares_opens_and_copies_a_round_by_its_pages(client):
    desk = make.coordinator()
    signed_in(client, desk)
    assert "新しい募集をつくる" in page(client, reverse("proposals:desk"))
    made = make.prepared(desk, number=3)
    edit = reverse("proposals:edit_round", args=[made.pk])
    page(client, edit)
    assert client.post(edit, {"act": "open"}).status_code == 302
    assert client.post(edit, {"act": "copy"}).status_code == 302
    assert Round.objects.filter(copied_from=made).exists()
    assert client.post(edit, {"act": "extend", "until": "2020-01-01"}).status_code == 400


def test_handing_in_by_the_page_shows_what_is_missing_and_then_the_receipt(client, found):
    us = make.actor()
    proposal = make.begun(found, us)
    signed_in(client, us)
    address = reverse("proposals:submit", args=[proposal.pk])
    assert "あと8か所です" in page(client, address)
    proposal = make.written(proposal, us)
    assert "相手は、まだいません。" in page(client, address)
    answer = client.post(address, {"seen": make.seen(proposal)})
    assert answer.status_code == 302
    assert make.fresh(proposal).receipt in page(client, proposal.get_absolute_url())
    assert client.get(reverse("proposals:paper", args=[proposal.pk])).content.startswith(b"%PDF")
