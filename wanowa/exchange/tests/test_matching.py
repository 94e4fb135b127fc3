"""Suggestions: what must fit, which reasons there are, who sees them, and that they go when something changes."""

import random
from datetime import date, time
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wanowa.exchange import queries, services
from wanowa.exchange.models import Gist, Listing, Suggestion
from wanowa.exchange.rules import Status
from wanowa.exchange.rules.matching import (
    Field,
    Terms,
    assign,
    fits,
    taxonomy_of,
    told_of,
)
from wanowa.exchange.services import matching
from wanowa.exchange.tests import factories as make
from wanowa.exchange.tests.factories import page, signed_in
from wanowa.guideline.rules import Kind
from wanowa.kernel import embeddings
from wanowa.kernel.actors import Actor
from wanowa.kernel.text import search_key
from wanowa.people.models import User
from wanowa.people.services import erase
from wanowa.people.tests.factories import PersonFactory, sign_in

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


def need_terms(**changed):
    return Terms(**{"party": 1, "side": "need", "resource": "people"} | changed)


def offer_terms(**changed):
    return Terms(**{"party": 2, "side": "offer", "resource": "people"} | changed)


# the taxonomy of the pack


def test_the_pack_knows_three_hundred_terms_and_their_words():
    terms = queries.taxonomy().terms
    assert len(terms) >= 300
    assert all(term.label and term.plain and len(term.label) <= 20 for term in terms.values())
    assert all(not term.parent or term.parent in terms for term in terms.values())
    words = [word for term in terms.values() for word in {search_key(one) for one in term.said}]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    "terms",
    [
        {"term": {"a": {"label": "歌", "plain": "歌う", "synonyms": ["合唱"]}}},
        {"term": {"a": {"label": "うた", "plain": "歌う", "parent": "nowhere"}}},
        {"term": {"a": {"label": "あ" * 21, "plain": "長い"}}},
        {"term": {"song": {"label": "うた", "plain": "歌う"}}},
        {"also": {"unknown": ["うた"]}},
    ],
)
def test_a_pack_that_contradicts_itself_is_refused(terms):
    skills = {"skill": [{"key": "song", "label": "合唱", "plain": "みんなで歌う", "kind": "culture"}]}
    assert taxonomy_of(skills, {}).found_in("合唱の会")
    with pytest.raises(ValueError, match="「"):
        taxonomy_of(skills, terms)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("すまほの使い方", {"smartphone-help"}),
        ("パンクを直します", {"bicycle-repair"}),
        ("車いすで入れる店", {"barrier-free"}),
        ("ﾊﾟｿｺﾝの調子", {"computer-repair"}),
        ("I teach English", {"english"}),
        ("Englishman", set()),
        ("何もありません", set()),
    ],
)
def test_a_text_is_read_for_whole_words_however_they_are_written(text, found):
    assert queries.taxonomy().found_in(text) == found


# what must fit


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ({"party": 2}, {}),
        ({"resource": "goods"}, {}),
        ({}, {"resource": "place"}),
        ({"slots": ("evening",)}, {"slots": ("weekday",)}),
        ({"day": date(2027, 1, 9), "starts": time(10)}, {"slots": ("weekday", "evening")}),
        ({"day": date(2027, 1, 9)}, {"day": date(2027, 1, 16)}),
        ({"day": date(2027, 1, 9)}, {"day": date(2027, 1, 5), "rhythm": "weekly"}),
        ({"quarter": "suwa"}, {"quarter": "far"}),
        ({"quantity": 50, "unit": "脚"}, {"quantity": 20, "unit": "脚"}),
        ({"free": 0}, {}),
        ({"age_from": 60}, {"age_to": 20}),
        ({"audience": ("children",)}, {}),
        ({"age_to": 12}, {"accompanied": True}),
        ({"resource": "place", "audience": ("wheelchair",)}, {"resource": "place"}),
        ({"side": "offer"}, {}),
    ],
)
def test_what_cannot_be_is_not_suggested(need, offer):
    assert not fits(need_terms(**need), offer_terms(**offer), {"suwa": frozenset({"minami"})})


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ({}, {}),
        ({"resource": "information"}, {}),
        ({"slots": ("evening", "weekend")}, {"slots": ("weekend",)}),
        ({"day": date(2027, 1, 9)}, {"slots": ("weekend",)}),
        ({"day": date(2027, 1, 9)}, {"day": date(2027, 1, 2), "rhythm": "weekly"}),
        ({"quarter": "suwa"}, {"quarter": "minami"}),
        ({"quarter": "far"}, {"quarter": "suwa"}),
        ({"quantity": 50, "unit": "脚"}, {"quantity": 80, "unit": "脚"}),
        ({"quantity": 50, "unit": "脚"}, {"quantity": 2, "unit": "箱"}),
        ({"audience": ("children",), "accompanied": True}, {}),
        (
            {"resource": "place", "audience": ("wheelchair",)},
            {"resource": "place", "audience": ("wheelchair",)},
        ),
    ],
)
def test_what_can_be_is_compared(need, offer):
    assert fits(need_terms(**need), offer_terms(**offer), {"suwa": frozenset({"minami"})})


# which comes first, and why


def field(*rows):
    """Compare listings given as (number, title, terms)."""
    known = queries.taxonomy()
    return Field([told_of(number, title, "", terms, known) for number, title, terms in rows], known, {})


def test_a_reason_names_terms_time_and_place_that_both_sides_wrote():
    here = {"slots": ("weekend",), "quarter": "suwa"}
    compared = field(
        (1, "パソコンの先生", need_terms(**here)), (2, "パソコンを教えます", offer_terms(**here))
    )
    (match,) = compared.best(compared.told[1], most=3)
    assert match.reason == "同じこと：パソコンを教える、土日・祝日、同じ地域"
    assert [one.reason for one in compared.best(compared.told[2], most=3)] == [match.reason]


def test_what_is_near_or_only_said_alike_is_a_reason_of_its_own():
    compared = field(
        (1, "スマホの先生", need_terms()),
        (2, "パソコンを教えます", offer_terms(party=2)),
        (3, "謎解きの会", need_terms()),
        (4, "謎解きを作ります", offer_terms(party=4)),
    )
    assert [m.reason for m in compared.best(compared.told[1], most=3)] == [
        "近いこと：パソコンを教える・スマホを教える"
    ]
    assert [m.reason for m in compared.best(compared.told[3], most=3)] == ["同じことば：謎解"]


def test_nothing_is_suggested_without_a_reason_however_near_its_meaning():
    compared = field((1, "謎解きの会", need_terms()), (2, "ピアノを弾きます", offer_terms()))
    assert compared.best(compared.told[1], most=3, closeness=lambda need, offer: 1.0) == []


def test_a_term_that_nobody_said_is_no_reason_unless_both_are_near_it():
    known = queries.taxonomy()

    def reasons(near):
        told = [
            told_of(1, "ふしぎな会", "", need_terms(), known, {"rakugo": near}),
            told_of(2, "たのしい時間", "", offer_terms(), known, {"rakugo": near}),
        ]
        compared = Field(told, known, {})
        return [match.reason for match in compared.best(compared.told[1], most=3)]

    assert reasons(0.3) == []
    assert reasons(0.5) == ["近いこと：落語"]


def test_who_stands_in_many_suggestions_stands_further_down():
    compared = field(
        (1, "パソコンの先生", need_terms()),
        (2, "パソコンを教えます", offer_terms(party=2)),
        (3, "パソコンを教えます", offer_terms(party=3)),
    )

    def order(load):
        return [match.offer for match in compared.best(compared.told[1], most=3, load=load)]

    assert order({}) == [2, 3]
    assert order({2: 5}) == [3, 2]


def test_another_generation_comes_first_for_whoever_prefers_it():
    compared = field(
        (1, "将棋の相手", need_terms(audience=("children",), accompanied=True)),
        (2, "将棋の相手をします", offer_terms(party=2)),
        (3, "将棋をします", offer_terms(party=3, audience=("seniors",))),
    )

    def order(*, across):
        return [match.offer for match in compared.best(compared.told[1], most=3, across=across)]

    assert order(across=False) == [2, 3]
    assert order(across=True) == [3, 2]
    assert "年代をこえて" in compared.best(compared.told[1], most=1, across=True)[0].reason


# a whole day


def brute(scores, needs, offers):
    """Return the highest sum of all ways to take pairs within what each side takes."""
    best = 0.0
    for taken in product((0, 1), repeat=len(scores)):
        chosen = [pair for pair, one in zip(scores, taken, strict=True) if one]
        if all(
            sum(pair[0] == key for pair in chosen) <= needs.get(key, 1) for key in {p[0] for p in chosen}
        ) and all(
            sum(pair[1] == key for pair in chosen) <= offers.get(key, 1) for key in {p[1] for p in chosen}
        ):
            best = max(best, sum(scores[pair] for pair in chosen))
    return best


def test_a_day_is_assigned_as_well_as_trying_everything_would():
    dice, greedy_was_worse = random.Random(29), 0
    for _case in range(600):
        pairs = [(need, offer) for need in range(3) for offer in range(3) if dice.random() < 0.8]
        scores = {pair: dice.randint(-2, 20) / 10 for pair in pairs}
        needs = {need: dice.choice((0, 1, 1, 1, 2)) for need in range(3)}
        offers = {offer: dice.choice((0, 1, 1, 1, 2)) for offer in range(3)}
        found = assign(scores, needs, offers)
        assert len(found) == len(set(found))
        assert all(sum(one == need for one, _ in found) <= most for need, most in needs.items())
        assert all(sum(one == offer for _, one in found) <= most for offer, most in offers.items())
        most = brute(scores, needs, offers)
        assert sum(scores[pair] for pair in found) == pytest.approx(most)
        greedy_was_worse += greedy(scores, dict(needs), dict(offers)) < most - 1e-9
    assert greedy_was_worse > 20  # otherwise these cases would prove nothing


def greedy(scores, needs, offers):
    """Return what taking the best pair that is left again and again comes to."""
    total = 0.0
    for (need, offer), score in sorted(scores.items(), key=lambda item: -item[1]):
        if score > 0 and needs[need] and offers[offer]:
            total += score
            needs[need] -= 1
            offers[offer] -= 1
    return total


# kept, shown, gone


@pytest.mark.django_db
def test_both_sides_and_the_desk_read_a_suggestion_and_nobody_else(client, bare):
    owner, helper = make.actor(), make.actor()
    need, offer = make.listing(owner, **NEED), make.listing(helper, **OFFER)
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


@pytest.mark.django_db
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


@pytest.mark.django_db
def test_what_is_written_later_finds_its_partner_too(bare):
    need = make.listing(**NEED)
    services.compare()
    offer = make.listing(**OFFER)
    assert services.compare() == 1
    assert [one.listing for one in queries.partners_of(need, across=False, limit=3)] == [offer]


@pytest.mark.django_db
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


@pytest.mark.django_db
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


@pytest.mark.django_db
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


@pytest.mark.django_db
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


@pytest.mark.django_db
def test_comparing_costs_queries_for_what_changed_not_for_what_is_there(bare):
    def cost():
        make.listing(**OFFER)
        with CaptureQueriesContext(connection) as caught:
            services.compare()
        return len(caught)

    make.listing(**NEED)
    first = cost()
    for _ in range(18):
        make.listing(**OFFER)
    services.compare()
    assert cost() == first


@pytest.mark.django_db
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


@pytest.mark.django_db
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


@pytest.mark.django_db
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
