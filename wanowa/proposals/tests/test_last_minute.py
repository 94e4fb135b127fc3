"""The last minute of a round: the database's clock decides; a queue page is no way to lose, and none to be late."""

import re
from datetime import timedelta
from html import unescape
from time import monotonic

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client

from wanowa.exchange.tests.factories import signed_in
from wanowa.kernel.clock import Reading, platform
from wanowa.kernel.errors import Refused
from wanowa.proposals.queries.rounds import apply_end
from wanowa.proposals.rules.deadlines import GRACE, deadline
from wanowa.proposals.rules.lifecycle import Status
from wanowa.proposals.services import rounds, submitting
from wanowa.proposals.tests import factories as make
from wanowa.web import arrival
from wanowa.web.sent import FIELD

pytestmark = pytest.mark.django_db
TEN = timedelta(seconds=10)


@pytest.fixture
def found():
    return make.opened()


@pytest.fixture
def us():
    return make.actor()


@pytest.fixture
def proposal(found, us):
    return make.accompanied(make.written(make.begun(found, us), us), us)


@pytest.fixture
def wrong(monkeypatch):
    """Return a function that lets this machine's clock be wrong at a moment of the database's."""

    def put(moment, by, *, follows):
        monkeypatch.setattr(platform, "following", follows)
        monkeypatch.setattr(platform, "reading", Reading(moment, moment + by, monotonic(), 0.0))
        return time_machine.travel(moment + by)

    return put


@pytest.mark.parametrize(
    ("away", "by", "follows", "received"),
    [
        (-TEN, timedelta(seconds=120), True, True),
        (TEN, timedelta(seconds=-120), True, False),
        # The controls: with the correction off, who is in time is refused and who is late is received.
        (-TEN, timedelta(seconds=120), False, False),
        (TEN, timedelta(seconds=-120), False, True),
    ],
)
def test_a_wrong_node_neither_takes_what_is_late_nor_refuses_what_is_in_time(
    found, us, proposal, wrong, away, by, follows, received
):
    read, end = make.seen(proposal), deadline(apply_end(found))
    with wrong(end + away, by, follows=follows):
        if not received:
            with pytest.raises(Refused, match="締め切り"):
                submitting.submit(proposal, seen=read, by=us)
            return
        proposal = submitting.submit(proposal, seen=read, by=us)
    assert proposal.submitted_at < end
    if follows:
        assert proposal.submitted_at - end - away < timedelta(seconds=9)


@pytest.mark.parametrize(("follows", "closed"), [(True, 0), (False, 1)])
def test_a_node_that_is_ahead_does_not_close_a_round_too_early(found, wrong, follows, closed):
    with wrong(deadline(apply_end(found)) + GRACE - TEN, timedelta(seconds=120), follows=follows):
        assert rounds.close_due_rounds() == closed


def test_a_round_stays_open_while_a_kept_moment_can_come(found):
    assert arrival.KEPT + arrival.LONGEST_QUEUE <= GRACE


@pytest.mark.parametrize("keeps", [True, False])
def test_what_the_queue_page_gives_is_received_after_the_end_from_its_first_moment(
    found, us, proposal, monkeypatch, keeps
):
    """With `keeps` off (the control) the same form is too late."""
    end, address = deadline(apply_end(found)), f"/proposals/{proposal.pk}/submit/"
    client = Client(headers={"Referer": "http://testserver/"}, raise_request_exception=False)
    form = {FIELD: "k" * 22, "seen": make.seen(proposal)}
    with time_machine.travel(end - TEN) as machine:
        signed_in(client, us)
        with monkeypatch.context() as outage:
            outage.setattr(submitting, "submit", lambda *_, **__: _away())
            page = client.post(address, form)
        fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
        assert page.status_code == 503
        machine.shift(40)
        if not keeps:
            monkeypatch.setattr(arrival, "sealed", lambda *_: None)
        answer = client.post(address, {name: unescape(value) for name, value in fields})
    proposal = make.fresh(proposal)
    assert (answer.status_code == 302) is keeps
    assert (proposal.status != Status.DRAFT) is keeps
    if keeps:
        assert timedelta() <= end - proposal.submitted_at <= TEN


def _away():
    raise OperationalError("away")
