"""Journey 2, its first half: 200 characters at night, an answer, a partner, a full proposal, handed in.

Everything between 20:00 and 24:00, on a phone, without a meeting. Judging goes on from the proposal that is left.
"""

from datetime import datetime, time

import pytest
import time_machine
from django.utils import timezone

from tests.journeys.cast import cast, windows
from wanowa.people.tests.factories import PersonFactory
from wanowa.proposals.models import Proposal, Seed
from wanowa.proposals.queries.seeds import address_of
from wanowa.proposals.rules.lifecycle import Status
from wanowa.proposals.services import departments
from wanowa.proposals.tests import factories as make

PHONE = {"width": 360}
WORDS = {
    "題名": "夜の公園を明るく",
    "まちの、どんなこまりごとですか": "夜、公園の道が暗いです。",
    "どうなったら、うれしいですか": "夜でも、安心して通れます。",
    "何をしますか": "花だんに、小さな明かりを置きます。",
    "だれが、何をしますか": "会は世話、市は場所の許可です。",
    "市に出してほしいお金": "12万円",
    "うまくいったと、何でわかりますか": "明かりの数と、通る人の声です。",
}


@pytest.fixture
def evening():
    """Let it be half past nine in the evening, while everything happens."""
    tonight = datetime.combine(timezone.localdate(), time(21, 30), timezone.get_current_timezone())
    with time_machine.travel(tonight):
        yield


def propose(visit):
    """Play the journey on the open round that is there, and return the proposal as handed in."""
    us, office = cast(2)
    me, desk = windows(visit, [us], **PHONE)[0], visit(PersonFactory(is_coordinator=True), **PHONE)
    stranger = visit(**PHONE)
    found = make.opened()
    departments.declare(found, places=2, by=office.actor)

    stranger.go("/proposals/")
    stranger.reads("ひとこと提案", "3営業日", "あと2件", "予算案づくりと議会")
    stranger.write("ひとこと（200文字まで）", "公園の道に、夜も明るい花だんがほしい。")
    stranger.press("ひとことを送る")
    stranger.reads("担当は、", "受付番号", "あいことば")
    seed = Seed.objects.latest("pk")

    desk.go("/proposals/desk/")
    desk.go(address_of(seed))
    desk.write("ことば", "どの公園ですか。提案にできそうです。")
    desk.press("送る", last=True)
    stranger.go(address_of(seed))
    stranger.reads("どの公園ですか。提案にできそうです。", "協働推進員")

    me.go(address_of(seed))
    me.press("提案に育てる", last=True)
    for label, text in WORDS.items():
        me.write(label, text)
    me.press("保存する")
    me.reads(WORDS["題名"], "まだ、いません。いなくても、出せます。")
    me.press("声をかける")
    me.choose("だれに声をかけますか", office.name)
    me.press("声をかける", last=True)
    proposal = Proposal.objects.latest("pk")

    (them,) = windows(visit, [office], **PHONE)
    them.go(proposal.get_absolute_url())
    them.write("ことば", "場所の許可は、わたしたちができます。")
    them.press("書く", last=True)
    them.press("いっしょにする")
    me.go(proposal.get_absolute_url())
    me.reads("場所の許可は、わたしたちができます。", "いっしょにします")
    me.press("読みなおして、出す")
    me.reads("公園の道に、夜も明るい花だんがほしい。", "受付番号が出ます")
    me.press("この内容で出す")
    me.reads("受けつけました。", "受付番号")
    return Proposal.objects.get(pk=proposal.pk)


@pytest.mark.usefixtures("evening")
def test_from_two_hundred_characters_to_a_receipt_in_one_evening_on_the_phone(visit):
    proposal = propose(visit)
    assert (proposal.status, proposal.amount) == (Status.SUBMITTED, 120_000)
    arrived = timezone.localtime(proposal.submitted_at)
    assert 20 <= arrived.hour < 24
