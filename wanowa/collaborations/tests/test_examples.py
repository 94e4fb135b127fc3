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
