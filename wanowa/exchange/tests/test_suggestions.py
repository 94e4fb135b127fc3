"""Suggestions: who reads them, what they cost, and that they go as soon as either side changes."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wanowa.exchange import queries, services
from wanowa.exchange.models import Gist, Listing, Suggestion
from wanowa.exchange.rules import Status
from wanowa.exchange.services import matching
from wanowa.exchange.tests import factories as make
from wanowa.exchange.tests.factories import page, signed_in
from wanowa.guideline.rules import Kind
from wanowa.kernel import embeddings
from wanowa.kernel.actors import Actor
from wanowa.kernel.languages import speaking
from wanowa.people.models import User
from wanowa.people.services import erase
from wanowa.people.tests.factories import PersonFactory, sign_in

pytestmark = pytest.mark.django_db

OFFER = {
    "title": "パソコンを教えます",
    "text": "設定を手伝います。",
    "slots": ("weekend",),
    "quarter": "niikura",
}
NEED = OFFER | {"side": "need", "title": "パソコンの先生をさがしています", "text": "会の人が困っています。"}


@pytest.fixture
def bare(monkeypatch):
    """Without a model: words and terms alone."""
    monkeypatch.setattr(matching, "encoder", lambda: None)


def test_both_sides_and_the_desk_read_a_suggestion_and_nobody_else(client, bare):
    owner, helper = make.actor(), make.actor()
    need, offer = make.listing(owner, **NEED), make.listing(helper, **OFFER)
    with speaking("en"):
        assert services.compare() == 2
    assert services.compare() == 0
    told = "同じこと：パソコンを教える、土日・祝日、同じ地域"
    assert told not in page(client, need.get_absolute_url())
    assert "合いそうな相手" not in page(signed_in(client, make.actor()), need.get_absolute_url())
    assert told not in page(signed_in(client, helper), need.get_absolute_url())
    assert told in page(signed_in(client, owner), need.get_absolute_url())
    assert told in page(signed_in(client, helper), offer.get_absolute_url())
    sign_in(client, PersonFactory(is_coordinator=True))
    assert told in page(client, need.get_absolute_url())


@pytest.mark.parametrize("side", ["need", "offer"])
@pytest.mark.parametrize("change", ["edit", "pause", "withdraw"])
def test_a_suggestion_is_gone_as_soon_as_either_side_changes(bare, side, change):
    owners = {"need": make.actor(), "offer": make.actor()}
    listings = {"need": make.listing(owners["need"], **NEED), "offer": make.listing(owners["offer"], **OFFER)}
    services.compare()
    assert queries.partners_of(listings["need"], across=False, limit=3)
    listing, by = make.fresh(listings[side]), owners[side]
    if change == "edit":
        told = make.words(
            **{**(NEED if side == "need" else OFFER), "title": "毛糸の会", "text": "編みます。"}
        )
        services.edit(listing, told, seen=listing.words.digest(), by=by)
    else:
        getattr(services, change)(listing, by=by)
    assert queries.partners_of(listings["need"], across=False, limit=3) == []
    assert queries.partners_of(listings["offer"], across=False, limit=3) == []
    services.compare()
    assert Suggestion.objects.count() == 0
    assert Gist.objects.filter(listing=listing).exists() == (change == "edit")


def test_what_is_written_later_finds_its_partner_too(bare):
    need = make.listing(**NEED)
    services.compare()
    offer = make.listing(**OFFER)
    assert services.compare() == 1
    assert [one.listing for one in queries.partners_of(need, across=False, limit=3)] == [offer]


def test_who_is_forgotten_leaves_no_suggestion(bare):
    owner = make.actor(Kind.RESIDENT)
    need = make.listing(owner, **NEED)
    make.listing(**OFFER)
    services.compare()
    services.withdraw(need, by=owner)
    assert Suggestion.objects.exists()
    erase(User.objects.get(pk=owner.person), by=Actor(owner.person))
    assert not Suggestion.objects.exists()
    assert not Gist.objects.filter(listing=need).exists()


def test_one_helper_is_not_suggested_to_everyone(bare):
    for _ in range(12):
        make.listing(**NEED)
    helpers = [make.actor() for _ in range(4)]
    for by in helpers:
        make.listing(by, **OFFER)
    services.compare()
    first = [
        queries.partners_of(one, across=False, limit=1)[0].listing.party_id
        for one in Listing.objects.filter(side="need")
    ]
    assert {by.party for by in helpers} == set(first)


def test_young_and_old_come_first_where_one_asks_for_it(client, bare):
    owner = make.actor()
    child = {"title": "将棋の相手をさがしています", "text": "児童館です。", "audience": ("children",)}
    need = make.listing(owner, side="need", people="先生が2人います。", **child)
    make.listing(title="将棋の相手をします", text="児童館へ行けます。")
    old = make.listing(title="将棋をします", text="昔からしています。", audience=("seniors",))
    services.compare()
    assert [one.across for one in queries.partners_of(need, across=False, limit=3)] == [False, True]
    assert queries.partners_of(need, across=True, limit=1)[0].listing == old
    address = need.get_absolute_url()
    assert "年代をこえて会えます" in page(signed_in(client, owner), f"{address}?across=1")


def test_the_page_costs_the_same_for_two_partners_and_for_twenty(client, bare):
    owner = make.actor()
    need = make.listing(owner, **NEED)
    signed_in(client, owner)

    def cost(partners):
        for _ in range(partners):
            make.listing(**OFFER)
        services.compare()
        page(client, need.get_absolute_url())
        with CaptureQueriesContext(
            connection,
        ) as caught:
            page(client, need.get_absolute_url())
        return len(caught)

    assert cost(2) == cost(18)


def test_comparing_costs_queries_for_what_changed_not_for_what_is_there(bare):
    def cost():
        make.listing(**OFFER)
        with CaptureQueriesContext(connection) as caught:
            services.compare()
        return len(caught)

    make.listing(**NEED)
    services.compare()
    first = cost()
    for _ in range(18):
        make.listing(**OFFER)
    services.compare()
    assert cost() == first


def test_the_database_refuses_a_pair_twice_a_pair_of_one_and_a_silent_one(bare):
    need, offer = make.listing(**NEED), make.listing(**OFFER)
    seen = timezone.now()

    def row(**changed):
        told = {
            "need": need,
            "offer": offer,
            "need_seen": seen,
            "offer_seen": seen,
            "place": 1,
            "score": 1,
            "reason": "同じ",
        }
        return Suggestion(**told | changed)

    row().save()
    for wrong in (row(), row(offer=need), row(need=offer, offer=need, reason="")):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Gist.objects.create(listing=need, seen=seen, model="", vector=b"1")


def test_a_day_of_first_steps_gets_helpers_up_to_its_places(bare):
    step = make.step(title="パソコンの集まり", text="みんなで習います。", capacity=2, quarter="")
    helpers = [make.listing(**OFFER | {"slots": (), "quarter": ""}) for _ in range(3)]
    found = queries.plan_of(step.day)
    assert {one.need for one in found} == {step.pk}
    assert len({one.offer for one in found} & {one.pk for one in helpers}) == 2
    assert all("パソコン" in one.reason for one in found)
    assert queries.plan_of(step.day + make.days(1)) == []


# nearness of meaning


class Words:
    """A model that knows two meanings."""

    model = "test/1"

    def encode(self, texts):
        return [
            embeddings.packed((1.0, 0.0) if "笑" in text or "落語" in text else (0.0, 1.0)) for text in texts
        ]


def test_a_term_that_no_word_names_is_found_by_its_meaning(monkeypatch):
    monkeypatch.setattr(matching, "encoder", Words)
    monkeypatch.setattr(matching, "meanings_of", lambda model: {"rakugo": (1.0, 0.0)})
    need = make.listing(side="need", title="みんなで笑いたい", text="どなたか。")
    offer = make.listing(title="落語をします", text="どこへでも。")
    services.compare()
    assert need.gist.model == "test/1"
    (found,) = queries.partners_of(need, across=False, limit=3)
    assert (found.listing, "落語" in found.reason) == (offer, True)
    monkeypatch.setattr(Words, "model", "test/2")
    assert services.compare() == 2
    monkeypatch.setattr(matching, "encoder", lambda: None)
    services.compare()
    assert queries.partners_of(need, across=False, limit=3) == []
    assert make.fresh(offer).status == Status.OPEN


def test_the_model_that_is_installed_puts_like_beside_like():
    model = embeddings.encoder()
    near, like, unlike = map(
        embeddings.unpacked, model.encode(["お話し相手になります", "話を聞く人", "駐車場を貸します"])
    )
    assert len(near) == 512
    assert embeddings.closeness(near, near) == pytest.approx(1, abs=0.01)
    assert embeddings.closeness(near, like) > embeddings.closeness(near, unlike) + 0.1
    assert model.encode([]) == []
