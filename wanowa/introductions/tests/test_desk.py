"""What the desk sees: what is due first, who was not heard of, which needs find nobody, a whole day at once."""

from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.utils import timezone

from wanowa.exchange.services import compare, matching
from wanowa.exchange.tests import factories as exchange
from wanowa.introductions import queries, services
from wanowa.introductions.models import Introduction, Side
from wanowa.introductions.queries.evidence import introductions_match_the_record
from wanowa.introductions.rules import QUIET
from wanowa.introductions.tests.factories import asked, in_days, met, pair, wished
from wanowa.parties.tests.factories import party_with
from wanowa.people.models import User

pytestmark = pytest.mark.django_db


def compared():
    """Compare what is open by words alone."""
    with patch.object(matching, "encoder", lambda: None):
        compare()


def test_what_is_due_first_comes_first_and_each_coordinator_sees_her_own():
    two = pair()
    late, soon = asked(two), asked(pair(), by=two.desk)
    services.plan(late, action="電話する", due=in_days(1), by=two.desk)
    others = asked(pair())
    assert list(queries.open_for(User.objects.get(pk=two.desk.person))) == [late, soon]
    assert list(queries.open_for()) == [late, soon, others]
    services.withdraw(soon, by=two.desk)
    assert soon not in queries.open_for()


def test_a_party_is_without_contact_when_nothing_was_recorded_by_or_about_it_for_90_days():
    silent, _people = party_with()
    unreachable, _nobody = party_with(people=0)
    now = timezone.now()
    with time_machine.travel(now - QUIET - timedelta(days=1)):
        long_ago = met(pair())
    two = pair()
    wished(two)
    found = set(queries.parties_without_contact())
    assert {silent, long_ago.first, long_ago.second} <= found
    assert not {two.first, two.second, unreachable} & found


def test_a_need_without_a_partner_waits_until_somebody_is_suggested_promised_or_asked():
    owner = exchange.actor()
    alone = exchange.listing(owner, side="need", title="点字の訳をたのみたい", text="ぬばたま")
    paired = exchange.listing(owner, side="need", title="草むしりの手伝い", text="庭です。")
    promised = exchange.listing(owner, side="need", title="琴の調律", text="ことです。")
    exchange.step(owner)
    exchange.pledge(promised)
    exchange.listing(title="草むしりができます", text="庭の手入れ。")
    compared()
    assert list(queries.needs_without_suggestions()) == [alone]
    two = pair()
    asked(two, first=paired.party, second=two.second, need=alone)
    assert list(queries.needs_without_suggestions()) == []


def test_a_whole_day_names_who_could_help_whom_with_a_reason_and_never_a_party_with_itself():
    owner = exchange.actor()
    day = in_days(4)
    dated = {"side": "need", "day": day, "minutes": 60, "title": "草むしりの手伝い", "text": "庭です。"}
    need = exchange.listing(owner, **dated)
    exchange.listing(owner, title="草むしりができます", text="庭の手入れ。")
    offer = exchange.listing(title="草むしりができます", text="庭の手入れ。")
    planned = queries.planned_on(day)
    assert [(one.need, one.offer) for one in planned] == [(need, offer)]
    assert "草とり" in planned[0].reason
    assert queries.planned_on(in_days(5)) == []


def test_a_row_changed_behind_the_record_is_found_by_verify():
    two = pair()
    introduction = met(two)
    assert list(introductions_match_the_record()) == []
    Introduction.objects.filter(pk=introduction.pk).update(met_at=timezone.now())
    Side.objects.filter(introduction=introduction, party=two.second).delete()
    assert {problem.kind for problem in introductions_match_the_record()} == {"introduction", "missing"}
