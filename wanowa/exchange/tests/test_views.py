"""The pages: who sees what, what they cost, what is said when something is wrong."""

import re
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wanowa.exchange import queries, services
from wanowa.exchange.models import Hand, Listing, Picture, Pledge
from wanowa.exchange.rules import Status
from wanowa.exchange.tests import factories as make
from wanowa.exchange.tests.factories import page, signed_in
from wanowa.kernel.tests.upload_samples import pdf as pdf_of
from wanowa.kernel.tests.upload_samples import picture as picture_of
from wanowa.kernel.tests.upload_samples import upload
from wanowa.parties.rules import Role
from wanowa.people.models import User
from wanowa.people.services import export

pytestmark = pytest.mark.django_db


def typed(**changed):
    told = {"side": "offer", "resource": "people", "title": "草むしり", "text": "手伝えます。", "days": 180}
    return told | changed


def step_typed(**changed):
    told = {
        "kind": "step",
        "resource": "people",
        "title": "花の水やり",
        "text": "いっしょに水をやります。",
        "day": (timezone.localdate() + timedelta(days=3)).isoformat(),
        "starts": "９時半",
        "minutes": "３０",
        "capacity": "3",
        "place": "公園の入口",
    }
    return told | changed


def jpeg():
    return upload("花.jpg", picture_of("JPEG"))


def pdf():
    return upload("紙.pdf", pdf_of())


# The list


def test_the_list_is_narrowed_by_word_side_resource_quarter_time_and_audience(client):
    make.listing(title="庭木のせんてい", slots=("weekend",), audience=("children",))
    make.listing(title="机がほしい", side="need", resource="goods", quarter="shirako")
    make.listing(title="どこでも行けます", quarter="")
    address = reverse("exchange:directory")
    for query, seen in (
        ("q=ニワキ", ()),
        ("q=庭木", ("庭木のせんてい",)),
        ("side=need", ("机がほしい",)),
        ("resource=goods", ("机がほしい",)),
        ("quarter=niikura", ("庭木のせんてい", "どこでも行けます")),
        ("when=weekend", ("庭木のせんてい",)),
        ("audience=children", ("庭木のせんてい",)),
    ):
        found = page(client, f"{address}?{query}")
        titles = ("庭木のせんてい", "机がほしい", "どこでも行けます")
        assert [title for title in titles if title in found] == [title for title in titles if title in seen]


@pytest.mark.parametrize("query", ["side=both", "resource=x", "quarter=x", "when=x", "audience=x"])
def test_an_unknown_filter_is_refused_in_words(client, query):
    response = client.get(f"{reverse('exchange:directory')}?{query}")
    assert response.status_code == 400
    assert "入力を確かめてください" in response.content.decode()


def test_what_rests_is_drafted_or_done_is_not_in_the_list(client):
    by = make.actor()
    services.put(make.words(title="下書きのもの"), publish=False, by=by)
    services.pause(make.listing(by, title="休みのもの"), by=by)
    services.finish(make.listing(by, title="できたもの"), by=by)
    assert queries.open_listings().count() == 0
    assert "まだありません" in page(client, reverse("exchange:directory"))


def test_the_front_page_shows_the_next_three_first_steps_full_ones_last(client):
    for n in range(4):
        found = make.step(title=f"一歩{n}", day=timezone.localdate() + timedelta(days=n + 1), capacity=1)
        if n == 0:
            make.hand(found)
    shown = page(client, "/")
    assert [n for n in range(4) if f"一歩{n}" in shown] == [1, 2, 3]


def test_first_steps_near_come_first(client):
    for n, quarter in enumerate(("shirako", "", "minami")):
        make.step(title=f"一歩{n}", quarter=quarter)
    shown = page(client, f"{reverse('exchange:first')}?quarter=minami")
    assert re.findall(r"一歩\d", shown) == ["一歩2", "一歩1", "一歩0"]


def test_pages_cost_the_same_for_two_and_for_twenty(client, django_assert_num_queries):
    owner = make.actor()
    found, step = make.listing(owner), make.step(owner, capacity=40)
    signed_in(client, owner)
    addresses = [
        reverse("exchange:directory"),
        reverse("exchange:first"),
        reverse("exchange:mine"),
        found.get_absolute_url(),
        step.get_absolute_url(),
        reverse("exchange:guests", args=[step.pk]),
        "/",
    ]

    def grow(rounds):
        for n in range(rounds):
            make.listing(owner)
            make.step(owner)
            make.hand(step, email=f"{Hand.objects.count()}-{n}@example.jp")
            other = make.actor()
            pledge = make.agreed(found, owner, other)
            services.confirm(pledge, shows=True, by=owner)
            services.confirm(pledge, shows=True, by=other)
            make.pledge(found)

    grow(2)
    costs = []
    for address in addresses:
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        costs.append(len(counted))
    grow(18)
    for address, cost in zip(addresses, costs, strict=True):
        with django_assert_num_queries(cost):
            assert client.get(address).status_code == 200


# Writing


def test_four_fields_are_enough(client):
    by = make.actor()
    response = signed_in(client, by).post(reverse("exchange:new"), typed(party=by.party))
    assert response.status_code == 302
    assert Listing.objects.get().status == Status.OPEN


def test_the_second_button_keeps_a_draft(client):
    by = make.actor()
    signed_in(client, by).post(reverse("exchange:new"), typed(party=by.party, keep="draft"))
    draft = Listing.objects.get()
    assert draft.status == Status.DRAFT
    client.logout()
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_a_time_and_numbers_are_read_as_people_type_them(client):
    by = make.actor()
    response = signed_in(client, by).post(reverse("exchange:new"), step_typed(party=by.party))
    assert response.status_code == 302
    found = Listing.objects.get()
    assert (str(found.starts), found.minutes, found.first_step) == ("09:30:00", 30, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"resource": "x"},
        {"day": "2020-01-01"},
        {"day": "あした"},
        {"starts": "25:00", "day": "2030-01-01"},
        {"starts": "9:00"},
        {"rhythm": "weekly"},
        {"minutes": "0"},
        {"quantity": "-1"},
        {"quarter": "x"},
        {"age_from": "10", "age_to": "3"},
        {"days": "9999"},
    ],
)
def test_wrong_input_gets_a_sentence_and_loses_nothing(client, wrong):
    by = make.actor()
    told = typed(party=by.party, text="たいせつな文") | wrong
    response = signed_in(client, by).post(reverse("exchange:new"), told)
    assert response.status_code == 400
    assert "たいせつな文" in response.content.decode()
    assert not Listing.objects.exists()


def test_a_first_step_longer_than_two_hours_is_refused(client):
    by = make.actor()
    response = signed_in(client, by).post(reverse("exchange:new"), step_typed(party=by.party, minutes="121"))
    assert response.status_code == 400
    assert "120分" in response.content.decode()


def test_the_form_proposes_what_was_the_same_last_time(client):
    by = make.actor()
    make.step(by, quarter="suwa", people="会の2人がいます。", place="集会所の前")
    shown = page(signed_in(client, by), f"{reverse('exchange:new')}?kind=step")
    assert 'value="集会所の前"' in shown
    assert '<option value="suwa" selected' in shown


def test_the_next_time_begins_with_the_same_words_a_week_later(client):
    by = make.actor()
    found = make.step(by, title="毎週の水やり")
    shown = page(signed_in(client, by), f"{reverse('exchange:new')}?kind=step&from={found.pk}")
    assert "毎週の水やり" in shown
    assert (found.day + timedelta(days=7)).isoformat() in shown


def test_what_others_have_put_is_not_proposed(client):
    found = make.step(title="ほかの会のもの")
    assert "ほかの会のもの" not in page(
        signed_in(client, make.actor()), f"/exchange/new/?kind=step&from={found.pk}"
    )


def test_editing_two_at_once_shows_both_texts(client):
    by = make.actor()
    found = make.listing(by)
    seen = found.words.digest()
    services.edit(found, make.words(title="先の題名"), seen=seen, by=by)
    address = reverse("exchange:edit", args=[found.pk])
    response = signed_in(client, by).post(address, typed(title="あとの題名", seen=seen))
    assert response.status_code == 409
    shown = response.content.decode()
    assert "先の題名" in shown
    assert "あとの題名" in shown


def test_a_viewer_gets_no_buttons_and_moves_nothing(client):
    by = make.actor(role=Role.VIEWER)
    found = make.listing()
    response = signed_in(client, by).post(reverse("exchange:move", args=[found.pk]), {"move": "withdraw"})
    assert response.status_code == 403


def test_the_mail_keeps_a_listing_with_one_tap_and_no_account(client):
    found = make.listing()
    address = reverse("exchange:keep", args=[queries.keep_token(found)])
    assert "まだ続けていますか" in page(client, address)
    before = Listing.objects.get().expires_on
    Listing.objects.update(expires_on=before - timedelta(days=300))
    address = reverse("exchange:keep", args=[queries.keep_token(Listing.objects.get())])
    assert client.post(address).status_code == 302
    assert Listing.objects.get().expires_on == before
    assert client.get(address).status_code == 404


# Pledges


def test_two_parties_agree_and_thank_each_other_on_their_page(client):
    owner, other = make.actor(), make.actor()
    found = make.listing(owner)
    signed_in(client, other).post(reverse("exchange:make_pledge", args=[found.pk]), {"word": "行けます"})
    pledge = Pledge.objects.get()
    signed_in(client, owner)
    assert "手があがっています" in page(client, "/me/")
    assert "行けます" in page(client, pledge.get_absolute_url())
    client.post(pledge.get_absolute_url(), {"answer": "accept", "reply": "土曜に"})
    client.post(
        pledge.get_absolute_url(), {"answer": "confirm", "thanks": "助かった", "shows": "on", "minutes": "60"}
    )
    signed_in(client, other).post(
        pledge.get_absolute_url(), {"answer": "confirm", "thanks": "楽しかった", "shows": "on"}
    )
    client.logout()
    shown = page(client, found.get_absolute_url())
    assert "助かった" in shown
    assert "楽しかった" in shown
    assert "60分" in shown


def test_a_pledge_does_not_exist_for_others(client):
    pledge = make.pledge(make.listing())
    assert signed_in(client, make.actor()).get(pledge.get_absolute_url()).status_code == 404


def test_a_button_nobody_knows_is_refused_and_an_old_page_says_so(client):
    owner = make.actor()
    pledge = make.pledge(make.listing(owner))
    signed_in(client, owner)
    assert client.post(pledge.get_absolute_url(), {"answer": "x", "reply": "のこる文"}).status_code == 400
    services.accept(pledge, by=owner)
    response = client.post(pledge.get_absolute_url(), {"answer": "accept", "reply": "あとの文"})
    assert response.status_code == 409


# Pictures


def test_a_picture_is_put_with_words_and_taken_away(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    by = make.actor()
    found = make.listing(by)
    address = reverse("exchange:pictures", args=[found.pk])
    signed_in(client, by)
    assert client.post(address, {"file": jpeg(), "alternative": ""}).status_code == 400
    assert client.post(address, {"file": pdf(), "alternative": "紙"}).status_code == 400
    assert client.post(address, {"file": jpeg(), "alternative": "赤い花"}).status_code == 302
    picture = Picture.objects.get()
    assert client.post(address, {"file": jpeg(), "alternative": "同じもの"}).status_code == 409
    client.logout()
    assert 'alt="赤い花"' in page(client, found.get_absolute_url())
    answer = client.get(reverse("exchange:picture", args=[found.pk, picture.pk]))
    assert answer["Content-Type"] == "image/jpeg"
    assert b"".join(answer.streaming_content).startswith(b"\xff\xd8")
    signed_in(client, by)
    assert client.post(address, {"remove": picture.pk}).status_code == 302
    assert not Picture.objects.exists()


def test_pictures_of_a_draft_are_not_for_others(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    by = make.actor()
    draft = services.put(make.words(), publish=False, by=by)
    signed_in(client, by).post(
        reverse("exchange:pictures", args=[draft.pk]), {"file": jpeg(), "alternative": "赤い花"}
    )
    picture = Picture.objects.get()
    client.logout()
    assert client.get(reverse("exchange:picture", args=[draft.pk, picture.pk])).status_code == 404


# One's own data


def test_the_file_of_a_person_holds_her_words_and_her_hands():
    by = make.actor()
    person = User.objects.get(pk=by.person)
    make.listing(by, text="わたしの文です")
    make.hand(make.step(), name="わたしの呼び名", email=person.email)
    content = export(person, by=by)
    text = zipfile.ZipFile(BytesIO(content)).read("data.json").decode()
    assert "わたしの文です" in text
    assert "わたしの呼び名" in text
