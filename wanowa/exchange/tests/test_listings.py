"""Listings: who puts them, what moves them, what the party may do, and what verify finds."""

import pytest
from django.core import mail
from django.utils import timezone

from wanowa.exchange import queries, services, tasks
from wanowa.exchange.models import Listing, Pledge
from wanowa.exchange.queries.searchable import source
from wanowa.exchange.rules import Move, PledgeStatus, Status
from wanowa.exchange.tests import factories as make
from wanowa.exchange.tests.factories import days, fresh, passed
from wanowa.exchange.verbs import KEPT
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.kernel.languages import speaking
from wanowa.kernel.text import search_key
from wanowa.parties.queries import closing_obstacles
from wanowa.parties.rules import Role
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_party_may_put_what_it_offers_and_needs(kind):
    by = make.actor(kind)
    for side in ("offer", "need"):
        assert make.listing(by, side=side).status == Status.OPEN
    assert verify().clean


@pytest.mark.parametrize("resource", ["people", "goods", "money", "place", "information"])
def test_all_five_resources_can_be_put(resource):
    assert list(queries.open_listings(resource=resource)) == []
    found = make.listing(resource=resource)
    assert list(queries.open_listings(resource=resource)) == [found]


def test_a_viewer_puts_nothing():
    with pytest.raises(Forbidden):
        make.listing(make.actor(role=Role.VIEWER))
    assert not Listing.objects.exists()


def test_a_draft_is_its_partys_alone_until_it_is_published():
    by = make.actor()
    draft = services.put(make.words(), publish=False, by=by)
    assert queries.listing_at(draft.pk, ()) is None
    assert queries.listing_at(draft.pk, {by.party}) == draft
    assert list(queries.open_listings()) == []
    services.publish(draft, by=by)
    assert queries.listing_at(draft.pk, ()) == draft
    assert verify().clean


def test_a_draft_taken_back_is_seen_by_nobody_else():
    by = make.actor()
    draft = services.withdraw(services.put(make.words(), publish=False, by=by), by=by)
    assert queries.listing_at(draft.pk, ()) is None
    assert verify().clean


def test_only_its_party_moves_a_listing():
    found = make.listing()
    for act in services.MOVES.values():
        with pytest.raises(Forbidden):
            act(found, by=make.actor())


def test_a_listing_rests_is_met_looks_again_and_is_done():
    by = make.actor()
    found = make.listing(by)
    for act, status in (
        (services.pause, Status.PAUSED),
        (services.resume, Status.OPEN),
        (services.meet, Status.MET),
        (services.resume, Status.OPEN),
        (services.finish, Status.DONE),
    ):
        assert act(found, by=by).status == status
    with pytest.raises(Refused):
        services.resume(found, by=by)
    assert verify().clean


def test_two_who_rewrite_at_once_lose_nothing():
    by = make.actor()
    found = make.listing(by)
    seen = found.words.digest()
    services.edit(found, make.words(title="はじめの人"), seen=seen, by=by)
    with pytest.raises(Conflict):
        services.edit(found, make.words(title="あとの人"), seen=seen, by=by)
    assert fresh(found).title == "はじめの人"


def test_an_open_listing_keeps_its_side():
    by = make.actor()
    found = make.listing(by)
    with pytest.raises(Invalid):
        services.edit(found, make.words(side="need"), seen=found.words.digest(), by=by)


def test_what_ends_is_not_found_any_more_and_can_be_kept():
    by = make.actor()
    found = make.listing(by)
    passed(found, 366)
    assert list(queries.open_listings()) == []
    tasks.close(0)
    assert fresh(found).status == Status.EXPIRED
    services.keep(found, by=by)
    assert list(queries.open_listings()) == [found]
    assert fresh(found).expires_on == timezone.localdate() + days(365)
    assert verify().clean


def test_whoever_put_it_is_asked_once_and_answers_with_one_link():
    by = make.actor()
    found = make.listing(by)
    passed(found, 355)
    tasks.remind(0)
    tasks.remind(0)
    assert [message.to for message in mail.outbox] == [[User.objects.get(pk=by.person).email]]
    token = mail.outbox[0].body.partition("/exchange/keep/")[2].split("/")[0]
    asked = queries.listing_to_keep(token)
    seen = str(asked.expires_on)
    services.keep_by_mail(asked, seen=seen, by=by)
    assert queries.listing_to_keep(token) is None
    with pytest.raises(Conflict):
        services.keep_by_mail(asked, seen=seen, by=by)
    assert history(found).filter(verb=KEPT.name).count() == 1


def test_who_has_left_the_party_does_not_answer_for_it():
    by = make.actor()
    found = make.listing(by)
    with pytest.raises(Forbidden):
        services.keep_by_mail(found, seen=str(found.expires_on), by=Actor(PersonFactory().pk, by.party))


def test_a_party_closes_only_when_what_it_put_is_ended():
    by = make.actor()
    found = make.listing(by)
    assert len(closing_obstacles(found.party)) == 1
    services.withdraw(found, by=by)
    assert closing_obstacles(found.party) == []


def test_what_is_past_is_closed_once():
    step = make.step()
    passed(step, 4)
    services.close(step, by=SYSTEM)
    with pytest.raises(Refused):
        services.close(step, by=SYSTEM)


def test_buttons_are_what_the_party_may_do():
    by = make.actor()
    found, step = make.listing(by), make.step(by)
    assert queries.possible(found, ()) == set()
    held = queries.possible(found, _held(by))
    assert held == {Move.EDIT, Move.KEEP, Move.MEET, Move.PAUSE, Move.FINISH, Move.WITHDRAW}
    assert queries.possible(step, _held(by)) == {Move.EDIT, Move.KEEP, Move.WITHDRAW}


def _held(by):
    from wanowa.parties.queries import held_by  # noqa: PLC0415 - beside its only use

    return held_by(User.objects.get(pk=by.person))


def test_a_text_changed_behind_the_record_is_found():
    found = make.listing()
    Listing.objects.filter(pk=found.pk).update(text="ちがう文")
    assert [problem.kind for problem in verify().problems] == ["listing"]


def test_a_pledge_changed_behind_the_record_is_found():
    owner = make.actor()
    pledge = make.agreed(make.listing(owner), owner)
    Pledge.objects.filter(pk=pledge.pk).update(status=PledgeStatus.RAISED)
    assert [problem.kind for problem in verify().problems] == ["pledge"]


def test_the_search_is_lent_what_is_open_and_nothing_else():
    by = make.actor()
    found = make.listing(by, title="庭木のせんてい")
    draft = services.put(make.words(), publish=False, by=by)
    lent = source()
    keys = lent.keys("", 10)
    assert keys == [str(found.pk), str(draft.pk)]
    assert [one.title for one in lent.documents(keys)] == ["庭木のせんてい"]
    assert lent.may_be_seen(by, keys) == {str(found.pk)}
    services.pause(found, by=by)
    assert list(lent.documents(keys)) == []
    assert lent.may_be_seen(by, keys) == set()


def test_words_chosen_in_english_are_found_by_their_japanese_names_like_all_others():
    with speaking("en"):
        assert queries.taxonomy().labels(["singing"]) == ["singing"]
        found = make.listing(keys=("singing",), title="会", text="集まりです。")
    assert search_key("歌") in found.search_key
    assert "singing" not in found.search_key
