"""Ideas of 200 characters: from anybody, held by name at once, answered in one room, never ended in silence."""

import pytest
from django.core import mail
from django.utils import timezone

from wanowa.guideline.rules import Kind as PartyKind
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.calendar import add_business_days
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.people.models import User
from wanowa.people.services import erase
from wanowa.proposals.models import Seed
from wanowa.proposals.queries.seeds import seed_at, token_of
from wanowa.proposals.rules.lifecycle import SeedStatus
from wanowa.proposals.rules.vocabulary import Channel
from wanowa.proposals.services import forgetting, seeds
from wanowa.proposals.tests import factories as make
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make.coordinator()


def test_an_idea_has_an_owner_and_a_day_from_its_first_second(desk):
    seed = make.idea()
    assert (seed.owner_id, seed.status) == (desk.person, SeedStatus.WAITING)
    assert seed.due_on == add_business_days(timezone.localdate(), 3)


def test_two_hundred_characters_as_a_reader_counts_them_are_enough_and_the_most(desk):
    make.idea("か\u3099" * 200)
    with pytest.raises(Invalid, match="201文字"):
        make.idea("か\u3099" * 201)
    with pytest.raises(Invalid):
        make.idea("  \n ")


def test_without_a_coordinator_nothing_is_taken_in_that_nobody_would_answer():
    with pytest.raises(Refused, match="窓口に電話"):
        make.idea()
    assert not Seed.objects.exists()


def test_ideas_are_spread_over_the_coordinators(desk):
    other = make.coordinator()
    assert {make.idea().owner_id, make.idea().owner_id} == {desk.person, other.person}


def test_the_record_knows_neither_the_words_nor_the_author(desk):
    seed = make.idea("ひみつの公園", name="みなみ", email="minami@example.jp")
    kept = str(list(Entry.objects.filter(case=case_of(seed)).values("facts", "commitments")))
    assert "公園" not in kept
    assert "みなみ" not in kept
    assert "minami" not in kept


def test_number_and_words_open_the_page_in_any_spelling_and_only_together(desk):
    seed, other = make.idea(), make.idea()
    assert seeds.open_with_words(seed.number.replace("-", "　"), seed.words.replace("　", "")) == seed
    for number, words in ((seed.number, other.words), (seed.number, ""), ("", seed.words), ("x", "x")):
        with pytest.raises(Invalid):
            seeds.open_with_words(number, words)
    assert seed_at(token_of(seed)) == seed
    assert seed_at("1:x") is None


def test_question_and_answer_take_place_in_one_room(desk, django_capture_on_commit_callbacks):
    seed = make.idea(email="minami@example.jp")
    with django_capture_on_commit_callbacks(execute=True):
        seeds.answer(seed, body="どこの公園ですか。", by=desk)
    (letter,) = [one for one in mail.outbox if "返事" in one.subject]
    assert letter.to == ["minami@example.jp"]
    assert token_of(seed) in letter.body
    assert "公園" not in letter.body
    assert make.fresh(seed).status == SeedStatus.ANSWERED
    seeds.ask(seed, body="新倉です。", by=PUBLIC)
    assert make.fresh(seed).status == SeedStatus.WAITING
    assert [one.from_desk for one in seed.messages.all()] == [True, False]
    assert verify().clean


def test_only_the_desk_answers_passes_on_and_settles(desk):
    seed, stranger = make.idea(), make.actor()
    for act in (
        lambda: seeds.answer(seed, body="返事", by=stranger),
        lambda: seeds.settle(seed, by=stranger),
        lambda: seeds.pass_on(seed, to=desk.person, by=stranger),
    ):
        with pytest.raises(Forbidden):
            act()


def test_an_idea_never_ends_in_silence_and_its_author_can_always_go_on(desk):
    seed = make.idea()
    with pytest.raises(Refused):
        seeds.settle(seed, by=desk)
    seeds.answer(seed, body="ありがとうございます。", by=desk)
    seeds.settle(seed, by=desk)
    seeds.ask(seed, body="もう1つあります。", by=PUBLIC)
    assert make.fresh(seed).status == SeedStatus.WAITING


def test_a_hand_over_goes_to_a_coordinator_only(desk):
    seed, other = make.idea(), make.coordinator()
    to = other.person if seed.owner_id != other.person else desk.person
    assert seeds.pass_on(seed, to=to, by=desk).owner_id == to
    for wrong in (to, make.actor().person, 0):
        with pytest.raises(Invalid):
            seeds.pass_on(seed, to=wrong, by=desk)


def test_the_desk_writes_down_for_callers_and_nobody_else_does(desk):
    seed = make.idea(channel=Channel.PHONE, by=desk)
    assert (seed.entered_by_id, seed.person_id) == (desk.person, None)
    with pytest.raises(Forbidden):
        make.idea(channel=Channel.COUNTER, by=make.actor())


def test_too_many_ideas_without_an_address_ask_for_one(desk, monkeypatch):
    monkeypatch.setattr(seeds, "UNCONFIRMED_A_DAY", 1)
    make.idea()
    with pytest.raises(Refused, match="メールアドレス"):
        make.idea()
    make.idea(email="minami@example.jp")


def test_the_words_of_an_idea_go_with_the_person_and_its_owner_is_replaced(desk):
    person, other = make.actor(PartyKind.RESIDENT), make.coordinator()
    seed = make.idea("わたしのひみつ", email=User.objects.get(pk=person.person).email, by=person)
    seeds.ask(seed, body="ひみつのつづき", by=person)
    erase(User.objects.get(pk=person.person), by=Actor(person.person))
    seed = make.fresh(seed)
    assert "ひみつ" not in f"{seed.text}{seed.name}{[one.body for one in seed.messages.all()]}"
    assert (seed.email, seed.person_id) == ("", None)
    with pytest.raises(Refused):
        seeds.answer(seed, body="返事", by=desk)
    held = make.idea()
    owner = User.objects.get(pk=held.owner_id)
    erase(owner, by=Actor(owner.pk))
    assert make.fresh(held).owner_id == ({desk.person, other.person} - {owner.pk}).pop()
    assert verify().clean


def test_ideas_are_forgotten_a_year_after_their_end(desk):
    old, young, waiting = make.idea(), make.idea(), make.idea()
    for seed in (old, young):
        seeds.answer(seed, body="返事", by=desk)
        seeds.settle(seed, by=desk)
    Seed.objects.filter(pk=old.pk).update(settled_at=timezone.now() - make.days(366))
    forgetting.forget_what_is_over()
    assert set(Seed.objects.all()) == {young, waiting}
