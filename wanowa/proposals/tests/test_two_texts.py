"""Two who wrote different titles: neither is joined to one that nobody wrote, and it is not handed in unread."""

import pytest
from django.urls import reverse

from wanowa.exchange.tests.factories import page, signed_in
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Invalid, Refused
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.proposals.models import Wording
from wanowa.proposals.queries.proposals import answers_of, rivals_of, unsolved_in
from wanowa.proposals.services import submitting, writing
from wanowa.proposals.tests import factories as make

pytestmark = pytest.mark.django_db
FIRST, SECOND = "光る花だん", "夜の花だんの明かり"


@pytest.fixture
def us():
    return make.actor()


@pytest.fixture
def proposal(us):
    """Return a finished draft whose title two people changed at once, from the same page."""
    found = make.accompanied(make.written(make.begun(make.opened(), us), us), us)
    other = Actor(MembershipFactory(party_id=us.party, role=Role.MEMBER).person.pk, us.party)
    start = answers_of(found)["title"].revision
    writing.save_answers(found, {"title": FIRST}, seen={"title": start}, by=us)
    (saved,) = writing.save_answers(found, {"title": SECOND}, seen={"title": start}, by=other)
    assert (saved.text, saved.both) == (FIRST, True)
    return make.fresh(found)


def test_a_title_stays_one_that_somebody_wrote_and_the_other_is_beside_it(proposal):
    answers = answers_of(proposal)
    assert (proposal.title, answers["title"].text) == (FIRST, FIRST)
    assert (unsolved_in(answers), rivals_of(proposal)) == (["title"], {"title": SECOND})
    assert set(Wording.objects.filter(answer=answers["title"]).values_list("text", flat=True)) >= {
        FIRST,
        SECOND,
    }


def test_nothing_is_handed_in_while_two_texts_stand(proposal, us):
    with pytest.raises(Invalid, match="1つになっていません"):
        submitting.submit(proposal, seen=make.seen(proposal), by=us)
    revision = answers_of(proposal)["title"].revision
    with pytest.raises(Conflict):
        writing.choose(proposal, "title", seen=revision - 1, other=True, by=us)
    writing.choose(proposal, "title", seen=revision, other=True, by=us)
    with pytest.raises(Refused, match="もう1つに"):
        writing.choose(proposal, "title", seen=revision + 1, other=True, by=us)
    assert make.fresh(proposal).title == SECOND
    assert submitting.submit(proposal, seen=make.seen(proposal), by=us).receipt


def test_who_edits_what_she_has_seen_makes_it_one_and_who_has_not_seen_it_does_not(proposal, us):
    answer = answers_of(proposal)["title"]
    late = writing.save_answers(proposal, {"title": "よその題名"}, seen={"title": answer.revision - 2}, by=us)
    assert late[0].both
    assert unsolved_in(answers_of(proposal)) == ["title"]
    seen = answers_of(proposal)["title"].revision
    writing.save_answers(proposal, {"title": "夜に光る花だん"}, seen={"title": seen}, by=us)
    assert unsolved_in(answers_of(proposal)) == []
    assert make.fresh(proposal).title == "夜に光る花だん"


def test_a_long_text_stays_unsolved_until_somebody_says_that_she_has_read_it(proposal, us):
    revision = answers_of(proposal)["title"].revision
    writing.choose(proposal, "title", seen=revision, other=False, by=us)
    start = answers_of(proposal)["aim"].revision
    for text in ("みなみの文", "きたの文"):
        writing.save_answers(proposal, {"aim": text}, seen={"aim": start}, by=us)
    answer = answers_of(proposal)["aim"]
    assert "\n" in answer.text
    writing.save_answers(proposal, {"aim": "きたの文です"}, seen={"aim": answer.revision - 1}, by=us)
    assert unsolved_in(answers_of(proposal)) == ["aim"], "going on with one's own text settles nothing"
    answer = answers_of(proposal)["aim"]
    writing.choose(proposal, "aim", seen=answer.revision, other=True, by=us)
    assert answers_of(proposal)["aim"].text == answer.text, "a long text is edited, never swapped"
    assert submitting.submit(proposal, seen=make.seen(proposal), by=us).receipt


def test_the_pages_show_both_and_take_the_choice(client, proposal, us):
    signed_in(client, us)
    address = reverse("proposals:write", args=[proposal.pk])
    shown = page(client, address)
    assert "もうひとりが書いたもの" in shown
    assert SECOND in shown
    assert "2人の文があります" in page(client, reverse("proposals:submit", args=[proposal.pk]))
    revision = answers_of(proposal)["title"].revision
    wrong = client.post(address, {"choose": f"title.{revision + 1}.other", "aim": "書いたところ"})
    assert wrong.status_code == 409
    assert "書いたところ" in wrong.text
    typed = {"title": FIRST, "seen": f"title.{revision}", "choose": f"title.{revision}.other"}
    assert client.post(address, typed).status_code == 302
    assert make.fresh(proposal).title == SECOND
    assert "もうひとりが書いたもの" not in page(client, address)
