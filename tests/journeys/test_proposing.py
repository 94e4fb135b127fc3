"""Journey 2: 200 characters at night, an answer, a partner, a full proposal, judged, and after the budget begun.

Everything between 20:00 and 24:00, on a phone, without a meeting.
"""

from datetime import datetime, time, timedelta

import time_machine
from django.utils import timezone

from tests.journeys.cast import cast, windows
from wanowa.people.tests.factories import PersonFactory
from wanowa.proposals.models import Proposal, Reviewer, Seed
from wanowa.proposals.queries.seeds import address_of
from wanowa.proposals.rules.lifecycle import Status
from wanowa.proposals.services import departments, rounds
from wanowa.proposals.tests import factories as make
from wanowa.record.queries import history

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


def at_half_past_nine(days):
    """Return half past nine in the evening, so many days from now."""
    day = timezone.localdate() + timedelta(days=days)
    return datetime.combine(day, time(21, 30), timezone.get_current_timezone())


def propose(visit):
    """Play the journey on the open round that is there, and return the proposal as handed in."""
    us, office = cast(2)
    me, desk = windows(visit, [us], **PHONE)[0], visit(PersonFactory(is_coordinator=True), **PHONE)
    stranger = visit(**PHONE)
    found = make.opened()
    departments.declare(found, places=2, by=office.actor)
    now = timezone.now()
    Reviewer.objects.create(round=found, person=PersonFactory(), capacity="学識経験者", appointed_at=now)

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


def judge(visit, proposal):
    """Play the journey on from a proposal handed in to the announcement; return the window of the desk."""
    found = proposal.round
    desk = visit(PersonFactory(is_coordinator=True), **PHONE)
    desk.go(f"/proposals/rounds/{found.pk}/judging/")
    desk.press("確かめる")
    for place in range(5):
        desk.tick("はい", nth=place)
    desk.press("確かめた結果を残す")
    desk.press("審査を始める")
    desk.reads("封をした数")

    reviewer = visit(found.reviewers.get().person, **PHONE)
    reviewer.go("/proposals/reviews/")
    reviewer.tick("正直に申し出ます")
    reviewer.press("申し出て、審査を始める")
    reviewer.press("読む")
    reviewer.reads("名前と連絡先は、●●●でかくしています", WORDS["何をしますか"])
    reviewer.reads_not(proposal.party.name)
    for place in range(2):
        reviewer.tick("3　よくわかります", nth=place)
    reviewer.press("この点で封をする")
    reviewer.reads("封をしました。")

    desk.go(f"/proposals/rounds/{found.pk}/judging/")
    desk.press("結果を書く")
    desk.tick("採択（予算が決まったら始まります）")
    desk.write("採択する金額", "10万円")
    desk.write("わけ", "分担がはっきりしています。")
    desk.press("結果の案を残す")
    desk.press("結果を知らせる")
    desk.reads("結果を、すべての提案者に同時に知らせました。")
    return desk


def begin(visit, proposal, desk, passed):
    """Play the journey on from the result through the budget to the talks about the collaboration."""
    me = visit(proposal.person, **PHONE)
    me.go(proposal.get_absolute_url())
    me.press("審査のようすと、結果を見る")
    me.reads("分担がはっきりしています。", "予算が決まるまで、まだ始められません")
    desk.press("予算と、そのあとへ")
    desk.write("成立した日", passed)
    desk.write("議案や文書の番号", "議案第1号")
    desk.press("予算の成立を記録する")
    desk.reads("予算の成立を記録しました")
    me.go(f"/proposals/{proposal.pk}/outcome/")
    me.press("協働の話し合いを始める")
    me.press("協働のページへ")
    me.reads("夜の公園を明るく")


def test_from_two_hundred_characters_to_a_collaboration_in_evenings_on_the_phone(visit):
    passed, tonight = timezone.localdate().isoformat(), at_half_past_nine(0)
    with time_machine.travel(tonight):
        proposal = propose(visit)
        assert (proposal.status, proposal.amount) == (Status.SUBMITTED, 120_000)
    stages = {stage.key: stage for stage in proposal.round.stages.all()}
    days = (stages["check"].starts_on - timezone.localdate()).days
    with time_machine.travel(at_half_past_nine(days)):
        rounds.close(proposal.round)
        desk = judge(visit, proposal)
        begin(visit, proposal, desk, passed)
    proposal.refresh_from_db()
    assert proposal.status == Status.STARTED
    assert proposal.award.collaboration.title == WORDS["題名"]
    told = history(proposal).values_list("at", flat=True)
    assert {timezone.localtime(moment).hour for moment in told} <= {20, 21, 22, 23}
