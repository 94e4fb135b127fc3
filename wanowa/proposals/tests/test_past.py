"""Rounds that were held on paper: taken over once, shown as their source tells them, and never changed."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from wanowa.guideline.queries import pack
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Refused
from wanowa.people.models import User
from wanowa.people.tests.factories import sign_in
from wanowa.proposals.models import Round
from wanowa.proposals.queries.gate import summaries
from wanowa.proposals.queries.searchable import source
from wanowa.proposals.rules.lifecycle import RoundStatus
from wanowa.proposals.services import past, rounds
from wanowa.proposals.tests import factories as make
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db
HELD = [year for year in pack().scheme.years if year.was_held]


@pytest.fixture
def desk():
    return make.coordinator()


@pytest.fixture
def taken(desk):
    return past.take_over(by=desk)


def test_every_year_of_the_source_in_which_a_round_was_held_becomes_one_round(desk, taken):
    assert [found.fiscal_year for found in taken] == [year.year for year in HELD]
    assert [history(found).get().facts for found in taken] == [
        {
            "citizen": year.citizen,
            "city": year.city,
            "adopted": len(pack().scheme.projects_of(year.year)),
        }
        for year in HELD
    ]
    with pytest.raises(Refused, match="もうありません"):
        past.take_over(by=desk)
    assert Round.objects.count() == len(HELD) == 10
    assert verify().clean


def test_a_year_that_has_a_round_already_is_left_alone(desk):
    make.prepared(desk, fiscal_year=2011)
    assert 2011 not in {found.fiscal_year for found in past.take_over(by=desk)}


def test_only_the_desk_takes_over(desk):
    with pytest.raises(Forbidden):
        past.take_over(by=make.actor())
    assert not Round.objects.exists()


def test_two_who_take_over_at_once_make_each_round_once(desk, taken, monkeypatch):
    monkeypatch.setattr(past, "years_to_take_over", lambda: HELD)
    with pytest.raises(Conflict, match="ひらき直して"):
        past.take_over(by=desk)
    assert Round.objects.count() == len(HELD)


def test_its_page_tells_what_the_source_tells_and_that_nothing_more_is_known(taken):
    page = Client().get(taken[0].get_absolute_url()).text
    for project in pack().scheme.projects_of(2011):
        assert project.title in page
    assert "<dt>市民提案</dt><dd>4件</dd>" in page
    assert "のこっていません" in page
    assert "平成23年度" in taken[0].title
    silent = next(found for found, year in zip(taken, HELD, strict=True) if not year.applications)
    assert "提案がありませんでした" in Client().get(silent.get_absolute_url()).text


def test_the_page_of_the_scheme_lists_it_and_the_search_finds_it(taken):
    assert taken[0].title in Client().get(reverse("proposals:overview")).text
    keys = [f"r{found.pk}" for found in taken]
    assert source().may_be_seen(Actor(), keys) == set(keys)


def test_nothing_can_be_done_with_it(desk, taken):
    page = taken[0].get_absolute_url()
    member = sign_in(Client(), User.objects.get(pk=make.actor().person))
    answer = member.post(page, {"act": "begin"})
    assert answer.status_code == 409
    assert "もう終わっています" in answer.text
    browser = sign_in(Client(), User.objects.get(pk=desk.person))
    assert browser.get(reverse("proposals:edit_round", args=[taken[0].pk])).status_code == 404
    assert browser.get(reverse("proposals:judging", args=[taken[0].pk])).status_code == 404
    for act in (
        lambda: rounds.copy(taken[0], by=desk),
        lambda: rounds.call_off(taken[0], reason="わけ", by=desk),
        lambda: rounds.open_round(taken[0], by=desk),
    ):
        with pytest.raises(Refused):
            act()


def test_the_numbers_of_the_scheme_count_only_rounds_held_here(taken):
    assert summaries() == []


def test_the_desk_takes_over_with_one_button_that_goes_away(desk):
    browser, page = sign_in(Client(), User.objects.get(pk=desk.person)), reverse("proposals:desk")
    assert "10年度ぶん" in browser.get(page).text
    assert "10回の募集を、のせました。" in browser.post(page, {"act": "take_over"}, follow=True).text
    assert "take_over" not in browser.get(page).text


@pytest.mark.parametrize("column", ["cap = 1", "intro = 'x'", "fingerprint = 'x'", "places = 3"])
def test_the_database_takes_no_rules_for_it(taken, column):
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE proposals_round SET {column} WHERE id = %s", [taken[0].pk])


def test_the_database_takes_none_that_brings_rules_or_changes_its_status(desk, taken):
    with pytest.raises(DatabaseError, match="has no rules"), transaction.atomic():
        Round.objects.create(fiscal_year=2008, status=RoundStatus.PAST, title="x", kinds=["city"], cap=5)
    with pytest.raises(DatabaseError, match="no round goes"), transaction.atomic():
        Round.objects.filter(pk=taken[0].pk).update(status=RoundStatus.FINISHED)


def test_a_round_of_the_past_that_is_not_on_record_is_found(desk, taken):
    Round.objects.create(fiscal_year=2008, status=RoundStatus.PAST, title="x", kinds=["city"])
    assert not verify().clean
