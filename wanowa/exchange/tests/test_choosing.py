"""The terms that a listing is found by: proposed from what was written, chosen, shown, looked for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wanowa.exchange import queries
from wanowa.exchange.models import Listing
from wanowa.exchange.queries.searchable import source
from wanowa.exchange.rules import MOST_KEYS
from wanowa.exchange.rules.matching import Field, Terms, meant, proposed, told_of
from wanowa.exchange.tests import factories as make
from wanowa.exchange.tests.factories import page, signed_in
from wanowa.kernel.errors import Invalid
from wanowa.people.models import User
from wanowa.people.services import save_draft

NEW = "/exchange/new/"


def typed(**changed):
    told = {"side": "offer", "resource": "people", "title": "草むしり", "text": "手伝えます。", "days": 180}
    return told | changed


# what is proposed: no database


def test_words_are_read_by_every_name_of_a_term_and_near_ones_are_offered():
    known = queries.taxonomy()
    assert meant(known, "せんてい、草刈り") == (["pruning", "weeding"], [])
    named, ((word, near),) = meant(known, "庭")
    assert (named, word) == ([], "庭")
    assert {"gardening", "pruning"} <= set(near)
    assert meant(known, "ぬぬぬ ・") == ([], [("ぬぬぬ", [])])


def test_what_is_read_is_chosen_until_somebody_takes_it_away():
    known = queries.taxonomy()
    told = {"title": "庭木のせんてい", "text": "パソコンも見ます。"}
    first = proposed(known, **told)
    assert {"pruning", "computer-help"} <= first.chosen
    shown = [term.key for term in first.offered]
    again = proposed(known, **told, kept=["pruning"], shown=shown, typed="雪かき")
    assert "computer-help" not in again.chosen
    assert "computer-help" in {term.key for term in again.offered}
    assert {"pruning", *known.found_in("雪かき")} == again.chosen


def test_what_is_only_near_or_drafted_is_offered_and_not_chosen():
    known = queries.taxonomy()
    found = proposed(known, title="", text="", typed="庭 ぬぬぬ", also=["singing", "no-such-term"])
    assert found.chosen == frozenset()
    assert "singing" in {term.key for term in found.offered}
    assert found.unknown == ("ぬぬぬ",)


def test_chosen_terms_count_above_what_a_text_seems_to_say():
    """Two helpers wrote the same; one chose what is needed, the other something else."""
    known = queries.taxonomy()

    def told(number, side, chosen=(), title="お手伝い", guessed=None):
        terms = Terms(number, side, "people")
        return told_of(number, title, "庭のことなど", terms, known, guessed or {}, chosen)

    guessed = {"pruning": 0.6, "singing": 0.6}
    need = told(1, "need", title="庭木のせんてい")
    right, other = (
        told(2, "offer", ["pruning"], guessed=guessed),
        told(3, "offer", ["singing"], guessed=guessed),
    )
    field = Field([need, right, other], known, {})
    assert field.score(need, right) > field.score(need, other) + 0.1
    assert right.means["pruning"] > need.means["pruning"] > 0
    assert "singing" not in right.means
    blind = [told(2, "offer", guessed=guessed), told(3, "offer", guessed=guessed)]
    without = Field([need, *blind], known, {})
    assert without.score(need, blind[0]) == without.score(need, blind[1])


def test_a_key_that_the_pack_lacks_and_too_many_of_them_are_refused():
    known = queries.taxonomy().terms
    for keys in (("no-such-term",), tuple(list(known)[: MOST_KEYS + 1])):
        with pytest.raises(Invalid):
            make.words(keys=keys).check(queries.quarters(), known)
    make.words(keys=tuple(list(known)[:MOST_KEYS])).check(queries.quarters(), known)


# the pages


@pytest.mark.django_db
def test_asking_for_words_proposes_them_and_stores_nothing(client):
    by = make.actor()
    signed_in(client, by)
    sent = typed(party=by.party, title="庭木のせんてい", word="歌、ぬぬぬ", more="keys")
    response = client.post(NEW, sent)
    shown = response.content.decode()
    assert response.status_code == 200
    assert Listing.objects.count() == 0
    for seen in ("庭木のせんてい", "手伝えます。", "「ぬぬぬ」は、見つかりませんでした"):
        assert seen in shown
    assert 'value="pruning" id="id_keys_0" checked' in shown
    assert 'value="singing"' in shown
    assert 'name="word" value="ぬぬぬ"' in shown


@pytest.mark.django_db
def test_what_was_chosen_is_stored_shown_in_plain_words_and_found(client):
    by = make.actor()
    signed_in(client, by)
    client.post(NEW, typed(party=by.party, keys=["weeding"], word="せんてい"))
    found = Listing.objects.get()
    assert found.keys == ["weeding", "pruning"]
    assert "庭の木の枝を切る" in page(client, found.get_absolute_url())
    make.listing(title="うたの会")
    for key, seen in (("pruning", True), ("gardening", True), ("singing", False)):
        shown = page(client, f"/exchange/?key={key}")
        assert ("草むしり" in shown, "うたの会" in shown) == (seen, False)
    assert 'href="/exchange/?key=pruning"' in page(client, "/exchange/?q=せんてい")
    assert "草むしり" in page(client, "/exchange/?q=剪定")
    assert client.get("/exchange/?key=no-such-term").status_code == 400


@pytest.mark.django_db
def test_a_word_that_means_nothing_or_too_much_is_answered_and_nothing_is_lost(client):
    by = make.actor()
    signed_in(client, by)
    for word, said in (("ぬぬぬ", "見つかりませんでした"), ("庭", "上から選んでください")):
        response = client.post(NEW, typed(party=by.party, word=word, keys=["singing"]))
        shown = response.content.decode()
        assert response.status_code == 400
        assert said in shown
        assert f'value="{word}"' in shown
        assert 'value="singing" id="id_keys_0" checked' in shown
    assert client.post(NEW, typed(party=by.party, word="庭", keys=["gardening"])).status_code == 302
    assert client.post(NEW, typed(party=by.party, keys=["no-such-term"])).status_code == 400


@pytest.mark.django_db
def test_rewriting_begins_with_what_was_chosen_and_can_take_it_away(client):
    by = make.actor()
    found = make.listing(by, keys=("singing",))
    address = reverse("exchange:edit", args=[found.pk])
    shown = page(signed_in(client, by), address)
    assert 'value="singing" id="id_keys_0" checked' in shown
    assert 'value="pruning" id="id_keys_1">' in shown
    sent = typed(title="別の題名", seen=found.words.digest())
    assert client.post(address, sent).status_code == 302
    assert make.fresh(found).keys == []


@pytest.mark.django_db
def test_a_draft_brings_the_terms_that_were_chosen_in_it(client):
    by = make.actor()
    signed_in(client, by)
    save_draft(User.objects.get(pk=by.person), NEW, {"title": ["庭木"], "keys": ["singing"]})
    shown = page(client, NEW)
    assert 'value="singing" id="id_keys_0">' in shown
    assert 'value="pruning" id="id_keys_1">' in shown
    assert "data-typed" not in shown


@pytest.mark.django_db
def test_a_list_by_term_costs_the_same_for_two_and_for_twenty(client):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            page(client, "/exchange/?key=pruning&q=せんてい")
        return len(asked)

    by = make.actor()
    for _number in range(2):
        make.listing(by, keys=("pruning",))
    before = cost()
    for _number in range(18):
        make.listing(by, keys=("pruning",))
    assert cost() == before


@pytest.mark.django_db
def test_the_search_reads_chosen_terms():
    found = make.listing(title="お手伝い", keys=("singing",))
    (document,) = source().documents([str(found.pk)])
    assert queries.taxonomy().terms["singing"].label in document.body
