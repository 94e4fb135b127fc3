"""The public comparison: only what the public pages show is counted, and nobody can be counted out of it."""

import csv
import io

import pytest
from django.core.cache import cache
from django.urls import reverse

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.tests.factories import agreed, town
from wanowa.evaluations.models import Round
from wanowa.evaluations.queries.published import comparison
from wanowa.evaluations.services.approving import approve
from wanowa.evaluations.tests.reflecting import offered, published, told
from wanowa.guideline.rules import Kind

pytestmark = pytest.mark.django_db

FIVE = (Kind.CITIZEN, Kind.LOCAL, Kind.COMPANY, Kind.PUBLIC, Kind.CITY)
PAGE = "/evaluations/"


def by_form(form, kinds=FIVE):
    people = town(len(kinds), kinds)
    return published(people, agreed(people, form=form))


def test_too_few_parties_have_no_numbers(client):
    published(town(2, FIVE))
    assert comparison().whole == ()
    text = client.get(PAGE).text
    assert "湧水のみち" in text
    assert "くらべられる数が、まだありません。" in text


def test_numbers_stand_where_five_parties_stand_behind_them(client):
    by_form("accord")
    by_form("joint_operation")
    found = comparison(["project"])
    assert [(tally.parties, tally.evaluations) for tally in found.whole] == [(10, 2)]
    assert [(tally.label, tally.parties) for tally in found.forms] == [("協定", 5), ("協働運営", 5)]
    assert found.years == ()
    asked = [question for question in Round.objects.first().asked if question.view == "project"]
    assert [tally.counts for tally in found.forms] == [(len(asked),) * 5] * 2
    assert [tally.median for tally in found.whole] == [3]
    text = client.get(PAGE).text
    assert "形態ごと" in text
    assert "年度ごと" not in text


def test_a_form_with_too_few_is_told_with_another_or_not_at_all():
    by_form("accord")
    by_form("joint_operation", FIVE[:2])
    found = comparison(["project"])
    assert [tally.parties for tally in found.whole] == [7]
    assert found.forms == ()


def test_what_a_resident_keeps_back_is_not_counted():
    people = town(6, (*FIVE, Kind.RESIDENT))
    round_told = told(people)
    statement = offered(round_told, people)
    for actor in people.actors[1:]:
        approve(round_told, seen=statement.fingerprint, by=actor)
    (tally,) = comparison(["project"]).whole
    assert tally.parties == 5
    assert 0 not in tally.scores


def test_what_is_not_published_is_not_counted():
    told(town(5, FIVE))
    assert comparison().whole == ()


def test_the_page_costs_the_same_for_many(client, django_assert_max_num_queries):
    costs = []
    by_form("accord")
    for _more in range(2):
        cache.clear()
        with django_assert_max_num_queries(20) as spent:
            assert client.get(PAGE).status_code == 200
        costs.append(len(spent))
        for _one in range(3):
            by_form("joint_operation", FIVE[:2])
    assert costs[0] == costs[1]


def test_the_file_says_what_the_page_says_and_runs_nothing(client):
    by_form("accord")
    answer = client.get(reverse("evaluations:table"))
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[0][:5] == ["分け方", "区分", "何について", "ふりかえりの数", "主体の数"]
    assert [row[:5] for row in rows[1:]] == [
        ["全体", "すべて", "事業のふりかえり", "1", "5"],
        ["全体", "すべて", "協働のふりかえり", "1", "5"],
    ]
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_an_unknown_filter_is_refused_with_a_way_back(client):
    answer = client.get(PAGE, {"view": "nothing"})
    assert answer.status_code == 400
    assert "すべてを見る" in answer.text


def test_a_get_changes_nothing(client):
    by_form("accord")
    before = list(Round.objects.values()), list(Collaboration.objects.values())
    client.get(PAGE)
    client.get(reverse("evaluations:table"))
    assert before == (list(Round.objects.values()), list(Collaboration.objects.values()))
