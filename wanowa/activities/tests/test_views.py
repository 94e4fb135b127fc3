"""The pages: who sees what, what they cost, what is said when something is wrong."""

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wanowa.activities import services
from wanowa.activities.models import Activity, Answer, Suggestion
from wanowa.activities.rules import Question, SuggestionStatus
from wanowa.activities.tests import factories as make
from wanowa.collaborations import services as table
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.parties.models import Party
from wanowa.parties.queries import closing_obstacles
from wanowa.parties.services import close
from wanowa.people.models import User
from wanowa.people.services import erase, export
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


def signed_in(client, by):
    sign_in(client, User.objects.get(pk=by.person))
    return client


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def text(**changed):
    told = {"title": "花の道", "what": "花を植えます。", "field": "town", "since": "令和8年4月1日"}
    return told | changed


# The list


def test_the_list_is_narrowed_by_word_area_and_field(client):
    make.own(title="花壇の手入れ", field="nature")
    make.own(title="夜の見回り", field="safety")
    make.of_the_city(title="自転車の条例")
    address = reverse("activities:directory")
    for query, seen, unseen in (
        ("q=カダン", (), ("花壇の手入れ", "夜の見回り")),
        ("q=花壇", ("花壇の手入れ",), ("夜の見回り", "自転車の条例")),
        ("area=E", ("自転車の条例",), ("花壇の手入れ",)),
        ("area=A", ("花壇の手入れ", "夜の見回り"), ("自転車の条例",)),
        ("field=safety", ("夜の見回り",), ("花壇の手入れ",)),
    ):
        found = page(client, f"{address}?{query}")
        assert all(title in found for title in seen), query
        assert not any(title in found for title in unseen), query


def test_what_has_ended_is_shown_when_asked_for(client):
    by = make.actor()
    services.end(make.own(by, title="おわった会"), by=by)
    address = reverse("activities:directory")
    assert "おわった会" not in page(client, address)
    assert "おわった会" in page(client, f"{address}?status=ended")


@pytest.mark.parametrize("query", ["area=B", "field=magic", "status=x"])
def test_an_unknown_filter_is_refused_in_words(client, query):
    response = client.get(f"{reverse('activities:directory')}?{query}")
    assert response.status_code == 400
    assert "入力を確かめてください" in response.content.decode()


def test_pages_cost_the_same_for_two_and_for_twenty(client, django_assert_num_queries):
    office, owner = make.actor(Kind.CITY), make.actor()
    activity, task = make.own(owner), make.of_the_city(office)
    signed_in(client, office)
    addresses = [
        reverse("activities:directory"),
        reverse("activities:watching"),
        activity.get_absolute_url(),
        task.get_absolute_url(),
        reverse("activities:log", args=[activity.slug]),
        reverse("activities:checklist", args=[task.slug]),
    ]

    def grow(rounds):
        for _ in range(rounds):
            other = make.own()
            services.watch(other, by=office)
            services.watch(activity, by=make.actor(Kind.CITY))
            services.answer(task, Question.EARLY, make.DONE, seen=Answer.objects.count(), by=office)

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


def test_a_day_of_the_japanese_calendar_is_understood(client):
    by = make.actor()
    response = signed_in(client, by).post(reverse("activities:new"), text(party=by.party))
    assert response.status_code == 302
    assert Activity.objects.get().since == date(2026, 4, 1)


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client):
    by = make.actor()
    wrong = text(party=by.party, since="いつか", how_to_join="朝に来てください")
    response = signed_in(client, by).post(reverse("activities:new"), wrong)
    found = response.content.decode()
    assert response.status_code == 400
    assert "花の道" in found
    assert "朝に来てください" in found
    assert "いつか" in found
    assert not Activity.objects.exists()


def test_the_city_must_name_the_day_of_its_decision(client):
    by = make.actor(Kind.CITY)
    response = signed_in(client, by).post(reverse("activities:new"), text(party=by.party))
    assert response.status_code == 400
    assert "終わりの日" in response.content.decode()


def test_who_wrote_later_sees_both_texts(client):
    by = make.actor()
    activity = make.own(by)
    seen = activity.words.digest()
    services.edit(activity, make.words(what="雨の日は休みます。"), seen=seen, by=by)
    address = reverse("activities:edit", args=[activity.slug])
    response = signed_in(client, by).post(address, text(what="雪の日は休みます。", seen=seen))
    found = response.content.decode()
    assert response.status_code == 409
    assert "雨の日は休みます。" in found
    assert "雪の日は休みます。" in found


def test_the_page_of_the_end_names_what_is_missing_and_has_no_button(client):
    office = make.actor(Kind.CITY)
    task = make.of_the_city(office)
    make.answer_all(task, office, but=1)
    address = reverse("activities:end", args=[task.slug])
    found = page(signed_in(client, office), address)
    assert str(Question.RESULT.label) in found
    assert str(Question.EARLY.label) not in found
    assert "終えると、書きなおせません" not in found
    response = client.post(address)
    assert response.status_code == 409
    assert str(Question.RESULT.label) in response.content.decode()


# Watching and moving on


def test_a_resident_sees_who_watches_and_that_it_gives_no_power(client):
    activity = make.own()
    services.watch(activity, by=make.actor(Kind.CITY, name="公園みどり課"))
    found = page(client, activity.get_absolute_url())
    assert "公園みどり課" in found
    assert "市が活動を決めたり、止めたりすることはできません。" in found


def test_the_watch_list_tells_what_is_new_and_what_nobody_watches(client):
    office, owner = make.actor(Kind.CITY), make.actor()
    watched = make.own(owner, title="見守られる会")
    make.own(title="知られていない会")
    make.own(title="ほかの部署の会")
    services.watch(watched, by=office)
    services.watch(Activity.objects.get(title="ほかの部署の会"), by=make.actor(Kind.CITY))
    services.edit(
        watched, make.words(title="見守られる会", what="新しい話"), seen=watched.words.digest(), by=owner
    )
    found = page(signed_in(client, office), reverse("activities:watching"))
    assert "書きなおしました" in found
    assert "知られていない会" in found
    assert "ほかの部署の会" not in found
    everything = page(
        signed_in(client, Actor(PersonFactory(is_coordinator=True).pk)), reverse("activities:watching")
    )
    assert "ほかの部署の会" in everything


def test_an_outsider_sees_no_trace_of_a_suggestion(client):
    owner, office = make.actor(), make.actor(Kind.CITY)
    declined, untouched = make.own(owner, title="同じ会"), make.own(owner, title="同じ会")
    suggestion = make.suggested(declined, office, owner)
    for _ in range(2):
        address = suggestion.get_absolute_url()
        assert signed_in(client, make.actor(Kind.CITY)).get(address).status_code == 404
        client.logout()
        pages = [
            _without_name_and_time(page(client, one.get_absolute_url()), one) for one in (declined, untouched)
        ]
        assert pages[0] == pages[1]
        assert "申し出" in page(signed_in(client, owner), address)
        if suggestion.status == SuggestionStatus.WAITING:
            suggestion = services.decline(suggestion, by=office)


def _without_name_and_time(found, activity):
    return re.sub(r"<time.*?</time>", "", found.replace(activity.get_absolute_url(), "/x/"))


def test_the_page_tells_when_both_move_on_and_leads_there_once_it_is_public(client):
    owner, office = make.actor(), make.actor(Kind.CITY)
    activity = make.own(owner)
    done = services.accept(make.suggested(activity, office, owner), by=office)
    address = reverse("collaborations:collaboration", args=[done.collaboration.slug])
    found = page(client, activity.get_absolute_url())
    assert "市といっしょに動きはじめました" in found
    assert address not in found
    table.sit_down(done.collaboration, by=owner)
    assert address in page(client, activity.get_absolute_url())
    assert activity.get_absolute_url() in page(client, address)


# Answers


def test_a_yes_without_a_place_is_asked_for_it_and_a_no_for_its_reason(client):
    office = make.actor(Kind.CITY)
    address = reverse("activities:answer", args=[make.of_the_city(office).slug, "early"])
    signed_in(client, office)
    for wrong in ({}, {"done": "yes"}, {"done": "no"}, {"done": "no", "reason": "x", "where": "y"}):
        response = client.post(address, wrong)
        assert response.status_code == 400, wrong
    assert client.post(address, {"done": "no", "reason": "いそぎでした"}).status_code == 302
    assert Answer.objects.get().reason == "いそぎでした"


def test_every_answer_is_public_with_its_department_and_the_one_before(client):
    office = make.actor(Kind.CITY, name="企画課")
    task = make.of_the_city(office)
    services.answer(task, Question.EARLY, make.NOT_DONE, seen=0, by=office)
    services.answer(task, Question.EARLY, make.DONE, seen=1, by=office)
    found = page(client, reverse("activities:checklist", args=[task.slug]))
    assert all(word in found for word in ("企画課", make.DONE.where, make.NOT_DONE.reason, "2回めの答え"))
    assert found.count("まだ答えていません") == len(Question) - 1


def test_a_late_answer_meets_the_one_that_came_before_and_keeps_its_words(client):
    office = make.actor(Kind.CITY)
    task = make.of_the_city(office)
    services.answer(task, Question.EARLY, make.DONE, seen=0, by=office)
    late = {"done": "no", "reason": "おそい答え", "seen": "0"}
    response = signed_in(client, office).post(reverse("activities:answer", args=[task.slug, "early"]), late)
    assert response.status_code == 409
    assert "おそい答え" in response.content.decode()
    assert make.DONE.where in response.content.decode()


# What others ask


def test_a_party_shows_its_own_activities_and_the_guideline_its_areas(client):
    activity = make.own(title="花の道")
    party = Party.objects.get(pk=activity.party_id)
    assert "花の道" in page(client, party.get_absolute_url())
    assert "花の道" in page(client, reverse("guideline:area", args=["A"]))
    assert "花の道" not in page(client, reverse("guideline:area", args=["E"]))


def test_a_party_with_a_going_activity_does_not_close():
    by = make.actor()
    activity = make.own(by)
    party = Party.objects.get(pk=by.party)
    assert "朝のラジオ体操" in str(closing_obstacles(party)[0])
    services.end(activity, by=by)
    assert close(party, by=by).closed_at


def test_a_person_takes_out_and_leaves_behind_what_she_wrote_for_herself():
    alone = make.actor(Kind.RESIDENT)
    person = User.objects.get(pk=alone.person)
    activity = make.own(alone, title="わたしの畑", what="祖母の畑です。")
    make.suggested(activity, make.actor(Kind.CITY), alone)
    assert "祖母の畑です。".encode() in _unzipped(export(person, by=alone))
    services.end(activity, by=alone)
    erase(person, by=Actor(alone.person))
    gone = Activity.objects.get(pk=activity.pk)
    assert gone.slug != activity.slug
    assert "畑" not in f"{gone.slug}{gone.title}{gone.what}{gone.search_key}{gone.how_to_join}"
    assert Suggestion.objects.get().wish == ""
    assert verify().clean


def test_what_somebody_wrote_for_a_group_stays_the_groups():
    by = make.actor()
    other = make.actor()
    activity = make.own(by)
    services.forget_person(User.objects.get(pk=by.person), by=other)
    assert Activity.objects.get(pk=activity.pk).what == activity.what


def _unzipped(archive):
    return zipfile.ZipFile(BytesIO(archive)).read("data.json")
