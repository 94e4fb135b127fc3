"""What collaborations lend to the pages of the guideline and of parties."""

import pytest
from django.urls import reverse

from wanowa.collaborations.tests import factories as make
from wanowa.parties.models import Party

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "page",
    [("guideline:form", "accord"), ("guideline:area", "C"), ("guideline:kind", "citizen")],
)
def test_a_word_of_the_guideline_shows_a_living_example(client, page):
    name, key = page
    make.agreed(make.town(2), title="花の道をつくる")
    assert "花の道をつくる" in client.get(reverse(name, args=[key])).content.decode()


def test_another_word_does_not(client):
    make.agreed(make.town(2), title="花の道をつくる")
    assert "花の道をつくる" not in client.get(reverse("guideline:form", args=["subsidy"])).content.decode()


def test_a_party_shows_what_it_does_with_others_once_it_is_public(client):
    two = make.town(2)
    make.started(two, title="まだ内緒の話")
    make.talking(two, title="公開された話")
    page = client.get(
        reverse("parties:party", args=[Party.objects.get(pk=two.parties[0]).slug])
    ).content.decode()
    assert "公開された話" in page
    assert "まだ内緒の話" not in page


def test_results_that_belong_to_both_show_a_living_example(client):
    make.agreed(make.town(2), title="花の道をつくる")
    assert "花の道をつくる" in client.get("/guideline/ownership/both/").content.decode()
    assert "花の道をつくる" not in client.get("/guideline/ownership/city/").content.decode()


def test_equality_is_shown_by_agreements_of_several_and_openness_by_what_is_public(client):
    make.agreed(make.town(2), title="ふたりの話")
    make.agreed(make.town(3), title="みんなの話")
    make.started(make.town(2), title="まだ内緒の話")
    equality, openness, independence = (
        client.get(f"/guideline/principles/{key}/").content.decode()
        for key in ("equality", "openness", "independence")
    )
    assert "みんなの話" in equality
    assert "ふたりの話" not in equality
    assert "ふたりの話" in openness
    assert "まだ内緒の話" not in openness
    assert "実際の例" not in independence


def test_an_example_shows_who_has_consented(client):
    make.agreed(make.town(3), title="みんなの話")
    assert "3者のうち3者が同意" in client.get("/guideline/forms/accord/").content.decode()


def test_examples_cost_the_same_for_many(client, django_assert_max_num_queries):
    town = make.town(2)
    for number in range(8):
        make.agreed(town, title=f"話{number}")
    with django_assert_max_num_queries(4):
        page = client.get("/guideline/forms/accord/").content.decode()
    assert page.count("者が同意") == 4
