"""Journey 6: a caller without mail, written down in the evening; refused with a reason, taken over, ended, asked after.

The person reads by number and words. The interface is Japanese; in which language she is answered stands on her case.
"""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from wanowa.consultations import services
from wanowa.consultations.models import Case
from wanowa.consultations.rules import Help, Outcome, Status
from wanowa.consultations.tests.factories import department
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory

WORRY = "団地の花壇が草だらけです。ひとりでは手が足りません。"
NO = "団地の花壇は、うちの係の受けもちではありません。"
ANSWER = "公園の係に、手伝える人がいるか聞きます。"
END = "土曜に手伝う人が2人見つかりました。"


def evening(days=0):
    """Return a moment between 20:00 and 24:00, so many days after today."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime(day.year, day.month, day.day, 21, 30))  # noqa: DTZ001 - made aware


@pytest.mark.parametrize(
    ("language", "scripts"),
    [("やさしい日本語", True), ("English", False)],
    ids=["easy-japanese-on-a-phone", "english-on-a-phone-without-scripts"],
)
def test_a_caller_without_mail_is_held_by_name_until_something_happens(visit, language, scripts):
    phone = {"width": 360, "scripts": scripts}
    coordinator = PersonFactory(name="わこう まど子", is_coordinator=True)
    (no, first), (yes, second) = department(), department()
    later = evening(days=29)
    with time_machine.travel(evening(), tick=True):
        desk = visit(coordinator, **phone)
        desk.go("/consultations/desk/new/")
        desk.choose("受付のしかた", "電話で")
        desk.write("相談したいこと", WORRY)
        desk.write("呼び名", "みどり")
        desk.write("電話番号", "048-000-0000")
        desk.choose("返事のことば", language)
        desk.press("受けつける")
        desk.reads("本人に聞いてから、しるしをつけてください。")
        desk.has("相談したいこと", WORRY)
        desk.tick("書きとめることと")
        desk.press("受けつける")
        desk.reads("この2つを、相談した人に渡してください")
        number, words = desk.page.locator("dl.facts dd").all_inner_texts()
        inside, own = f"/consultations/desk/cases/{number}/", f"/consultations/cases/{number}/"
        owner = Case.objects.get(number=number).owner
        desk = visit(owner, **phone)  # who is on duty holds it, not who wrote it down

        me = visit(**phone)
        reads_by_number(me, number, words)
        me.reads(WORRY, owner.name, "はじめての返事", "まだ、だれも読んでいません。")

        desk.go("/consultations/my-work/")
        desk.reads("返事を待っている人がいます", number)
        desk.go(inside)
        desk.press("ひらいて読む")
        desk.reads(WORRY, language)
        desk.write("返事", ANSWER)
        desk.press("返事を送る")
        hands_over(desk, no.name)

        refuser = visit(User.objects.get(pk=first.person), **phone)
        refuser.go(inside)
        refuser.press("ひらいて読む")
        refuser.write("引き受けられないわけ", NO)
        refuser.press("引き受けられない")
        me.go(own)
        me.reads(ANSWER, no.name, NO, owner.name)

        desk.go(inside)
        hands_over(desk, yes.name)
        office = visit(User.objects.get(pk=second.person), **phone)
        office.go(inside)
        office.press("ひらいて読む")
        office.press("引き受ける")
        me.go(own)
        me.reads("いまの担当", yes.name, "引き受けました")

        office.go(inside)
        office.press("ひらいて読む")
        office.press("相談を終える")
        office.tick("情報を伝えました")
        office.write("まとめのことば", END)
        office.press("終える", last=True)
        me.go(own)
        me.reads("情報を伝えました", END)
        assert Case.objects.get(number=number).asked_at is None

    with time_machine.travel(later, tick=True):
        services.ask_follow_ups()
        assert Case.objects.get(number=number).asked_at is not None
        me = visit(**phone)
        reads_by_number(me, number, words)
        me.reads("その後、いかがですか")
        me.tick("よくなりました")
        me.write("ひとこと", "土曜に、草がなくなりました。")
        me.press("ようすを伝える")
        me.reads("土曜に、草がなくなりました。")
    case = Case.objects.get(number=number)
    assert (case.status, case.outcome, case.helped) == (Status.CLOSED, Outcome.INFORMATION, Help.SOLVED)
    assert (case.person, bytes(case.email), case.entered_by) == (None, b"", coordinator)


def reads_by_number(me, number, words):
    """Open one's case with what stands on the receipt."""
    me.go("/consultations/look/")
    me.write("受付番号", number)
    me.write("あいことば", words)
    me.press("ひらく")


def hands_over(desk, name):
    """Ask one department to take the case."""
    desk.press("ほかの人に引き継ぐ")
    desk.tick(name)
    desk.write("渡すわけ", "くわしい課で、見てもらいます。")
    desk.press("引き継ぎをたのむ")
    desk.reads("しました。")
