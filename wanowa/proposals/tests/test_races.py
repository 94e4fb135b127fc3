"""The same second: two write one answer, one presses twice, two ask for the last place. Real commits."""

import os
import threading

import pytest
from django.db import connection

from wanowa.kernel.actors import Actor
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.proposals.models import Answer, Partner, Wording
from wanowa.proposals.rules.lifecycle import PartnerState, Status
from wanowa.proposals.services import departments, partnering, submitting, writing
from wanowa.proposals.tests import factories as make
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.usefixtures("committed")

ROUNDS = 200 if os.environ.get("WANOWA_NIGHT") else 60
"""Times each of two writers saves; the night writes them all."""


def at_once(*acts):
    """Run all acts in the same moment, each on its own connection; return what each raised, or None."""
    start, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        start.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def kinds(outcomes):
    return sorted(type(one).__name__ for one in outcomes)


def typing(proposal, by, name, *, front):
    """Return somebody who adds a word to her own text and saves, again and again, as the page does."""

    def act():
        text, base = "", 0
        for number in range(ROUNDS):
            word = f"［{name}{number}］"
            text = word + text if front else text + word
            (saved,) = writing.save_answers(proposal, {"doing": text}, seen={"doing": base}, by=by)
            base = saved.base
            if number % 7 == 0:  # now and then the page is opened anew
                text, base = saved.text, saved.revision

    return act


def test_two_who_write_one_answer_for_many_rounds_lose_no_character():
    us = make.actor()
    other = Actor(MembershipFactory(party_id=us.party, role=Role.MEMBER).person.pk, us.party)
    proposal = make.begun(make.opened(), us)
    outcomes = at_once(
        typing(proposal, us, "みなみ", front=True), typing(proposal, other, "きた", front=False)
    )
    assert outcomes == [None, None]
    answer = Answer.objects.get(proposal=proposal, key="doing")
    words = [f"［{name}{number}］" for name in ("みなみ", "きた") for number in range(ROUNDS)]
    assert [word for word in words if answer.text.count(word) != 1] == []
    assert len(answer.text.replace("\n", "")) == sum(map(len, words))
    assert Wording.objects.filter(answer=answer, revision=answer.revision).get().text == answer.text


def test_handing_in_twice_at_once_gives_one_receipt():
    us = make.actor()
    proposal = make.accompanied(make.written(make.begun(make.opened(), us), us), us)
    read = make.seen(proposal)
    outcomes = at_once(*[lambda: submitting.submit(proposal, seen=read, by=us)] * 4)
    assert kinds(outcomes) == ["NoneType", "Refused", "Refused", "Refused"]
    assert history(proposal).filter(verb="proposals.proposal.submitted").count() == 1
    assert verify().clean


def test_the_last_place_of_a_department_is_given_once():
    found, office = make.opened(), make.office()
    other = Actor(MembershipFactory(party_id=office.party).person.pk, office.party)
    departments.declare(found, places=1, by=office)
    asked = []
    for by in (make.actor(), make.actor()):
        proposal = make.begun(found, by)
        asked.append(partnering.ask_partner(proposal, party=office.party, by=by))
    outcomes = at_once(
        lambda: partnering.answer_partner(asked[0], joins=True, by=office),
        lambda: partnering.answer_partner(asked[1], joins=True, by=other),
    )
    assert kinds(outcomes) == ["NoneType", "Refused"]
    assert Partner.objects.filter(state=PartnerState.JOINED).count() == 1


def test_saying_yes_while_it_is_taken_back_ends_one_way():
    found = make.opened()
    for _round in range(3):
        us, other = make.actor(), make.actor()
        proposal = make.begun(found, us)
        partner = partnering.ask_partner(proposal, party=other.party, by=us)
        at_once(
            lambda partner=partner, other=other: partnering.answer_partner(partner, joins=True, by=other),
            lambda proposal=proposal, us=us: writing.withdraw(proposal, by=us),
        )
        assert make.fresh(proposal).status == Status.WITHDRAWN
    assert verify().clean
