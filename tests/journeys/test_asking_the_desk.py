"""Journey 6: a caller without mail, written down in the evening, refused, taken over, introduced, asked after.

The person reads by number and words, in Japanese or in English; those of the city read Japanese. A page in English
holds no Japanese but what people wrote.
"""

from datetime import datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone

from tests.journeys.languages import left_in_japanese, say
from wanowa.consultations import services
from wanowa.consultations.models import Case, Satisfied
from wanowa.consultations.rules import Help, Outcome, Rating, Status
from wanowa.consultations.tests.factories import department, holder
from wanowa.parties.tests.factories import party_with
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory

WORRY = "団地の花壇が草だらけです。ひとりでは手が足りません。"
NO = "団地の花壇は、うちの係の受けもちではありません。"
ANSWER = "公園の係に、手伝える人がいるか聞きます。"
REASON = "くわしい課で、見てもらいます。"
END = "土曜に手伝う人が2人見つかりました。"


def evening(days=0):
    """Return a moment between 20:00 and 24:00, so many days after today."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime(day.year, day.month, day.day, 21, 30))  # noqa: DTZ001 - made aware


@pytest.mark.parametrize(
    ("language", "answered_in", "scripts"),
    [("ja", "やさしい日本語", True), ("en", "English", False)],
    ids=["easy-japanese-on-a-phone", "english-on-a-phone-without-scripts"],
)
def test_a_caller_without_mail_is_held_by_name_until_something_happens(visit, language, answered_in, scripts):
    phone, said = {"width": 360, "scripts": scripts}, partial(say, language)
    coordinator = PersonFactory(name="わこう まど子", is_coordinator=True)
    (no, first), (yes, second) = department(), department()
    helpers, _members = party_with()
    later = evening(days=29)
    with time_machine.travel(evening(), tick=True):
        desk = visit(coordinator, **phone)
        desk.go("/consultations/desk/new/")
        desk.choose("受付のしかた", "電話で")
        desk.write("相談したいこと", WORRY)
        desk.write("呼び名", "みどり")
        desk.write("電話番号", "048-000-0000")
        desk.choose("返事のことば", answered_in)
        desk.press("受けつける")
        desk.reads("本人に聞いてから、しるしをつけてください。")
        desk.has("相談したいこと", WORRY)
        desk.tick("書きとめることと")
        desk.press("受けつける")
        desk.reads("この2つを、相談した人に渡してください")
        number, *passphrases = desk.page.locator("dl.facts dd").all_inner_texts()
        words = passphrases[-1]  # in Latin letters for whoever is answered in English
        assert words.isascii() == (language == "en")
        inside, own = f"/consultations/desk/cases/{number}/", f"/consultations/cases/{number}/"
        owner = Case.objects.get(number=number).owner
        desk = visit(owner, **phone)  # who is on duty holds it, not who wrote it down

        me = visit(**phone)
        reads_by_number(me, number, words, language)
        me.reads(WORRY, owner.name, said("はじめての返事"), said("まだ、だれも読んでいません。"))

        desk.go("/consultations/my-work/")
        desk.reads("返事を待っている人がいます", number)
        goes_by_keyboard(desk, number)
        desk.press("ひらいて読む")
        desk.reads(WORRY, answered_in)
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
        office.reads_not("048-000-0000")
        office.press("引き受ける")
        office.reads("引き受けました。いまから、あなたが担当です。", "048-000-0000")
        me.go(own)
        me.reads(said("いまの担当"), yes.name, said("引き受けました"))
        people = [WORRY, ANSWER, NO, REASON, owner.name, no.name, yes.name]
        people += [User.objects.get(pk=one.person).name for one in (first, second)]
        assert language == "ja" or left_in_japanese(me.page, people) == []

        office.go(inside)
        made = brings_together(desk, yes.name, helpers.name)
        office.press("相談を終える")
        office.tick("引き合わせました")
        office.write("まとめのことば", END)
        office.write("ほかのページにつながったとき、そのアドレス", made)
        office.press("終える", last=True)
        office.go(inside)
        office.reads(f"引き合わせ：{yes.name}と{helpers.name}")
        me.go(own)
        me.reads(said("引き合わせました"), END)
        me.reads_not(helpers.name)
        assert Case.objects.get(number=number).asked_at is None

    with time_machine.travel(later, tick=True):
        services.ask_follow_ups()
        assert Case.objects.get(number=number).asked_at is not None
        me = visit(**phone)
        reads_by_number(me, number, words, language)
        me.reads(said("その後、いかがですか"))
        me.tick(said("よくなりました"))
        me.write(said("ひとこと"), "土曜に、草がなくなりました。")
        me.press(said("ようすを伝える"))
        me.reads("土曜に、草がなくなりました。")
    case = Case.objects.get(number=number)
    assert (case.status, case.outcome, case.helped) == (Status.CLOSED, Outcome.INTRODUCTION, Help.SOLVED)
    assert (case.person, bytes(case.email), case.entered_by) == (None, b"", coordinator)


def test_somebody_who_reads_no_japanese_asks_is_answered_and_says_how_it_went(visit):
    desk, said, phone = (
        PersonFactory(name="わこう まど子", is_coordinator=True),
        partial(say, "en"),
        {"width": 360},
    )
    later = evening(days=29)
    with time_machine.travel(evening(), tick=True):
        me = visit(**phone)
        me.go("/consultations/")
        assert "相談する" in left_in_japanese(me.page, []), "a page in Japanese must be noticed"
        me.press("English", inside="header")
        reads_no_japanese(me)
        me.press(said("相談を送る"))
        me.reads(said("困っていることか、聞きたいことを書いてください。ひとことで大丈夫です。"))
        reads_no_japanese(me)
        me.write(said("相談したいこと"), "The flower beds are full of weeds.")
        me.press(said("相談を送る"))
        me.reads(said("この2つを、紙に書いてください"))
        number, words, latin = me.page.locator("dl.facts dd").all_inner_texts()
        reads_no_japanese(me, desk.name)
        case = Case.objects.get(number=number)
        assert (case.language, words.isascii(), latin.isascii()) == ("en", False, True)

        me = visit(**phone)
        reads_by_number(me, number, f"{latin} x", "en")
        me.reads(said("番号か、あいことばがちがいます。5回まちがえると、15分休みます。窓口でも聞けます。"))
        reads_no_japanese(me)
        reads_by_number(me, number, latin, "en")
        reads_no_japanese(me, desk.name)
        services.open_reading(case, by=holder(case))
        services.answer(case, body="I will ask the parks team.", by=holder(case))
        me.go(f"/consultations/cases/{number}/")
        me.reads("I will ask the parks team.", said("担当として"))
        me.write(said("書きたすこと"), "Thank you. I can help on Saturdays.")
        me.press(said("書く", "send"))
        me.reads("It has arrived. We answer by", said("つぎの返事"), "I can help on Saturdays.")
        services.close(case, outcome=Outcome.INFORMATION, words="Two people help you.", by=holder(case))
        me.go(f"/consultations/cases/{number}/")
        me.reads(said("情報を伝えました"), "Two people help you.")
        reads_no_japanese(me, desk.name)

    with time_machine.travel(later, tick=True):
        services.ask_follow_ups()
        me = visit(**phone)
        reads_by_number(me, number, latin, "en")
        me.tick(said("少しよくなりました"))
        me.choose(said("窓口の感想"), said("よかった"))
        reads_no_japanese(me, desk.name)
        me.press(said("ようすを伝える"))
        me.reads(said("届きました。ありがとうございます。"))
        reads_no_japanese(me, desk.name)
    case.refresh_from_db()
    assert (case.helped, Satisfied.objects.get().rating) == (Help.BETTER, Rating.GOOD)


def reads_no_japanese(me, *names):
    """See nothing in Japanese but names."""
    assert left_in_japanese(me.page, names) == []


def reads_by_number(me, number, words, language):
    """Open one's case with what stands on the receipt, in one's language."""
    me.go("/consultations/look/")
    if language == "en" and me.page.locator("html").get_attribute("lang") == "ja":
        me.press("English", inside="header")
    me.write(say(language, "受付番号"), number)
    me.write(say(language, "あいことば"), words)
    me.press(say(language, "ひらく"))


def brings_together(desk, first, second):
    """Ask two parties whether they want to meet; return the address of the introduction."""
    desk.go("/introductions/new/")
    desk.choose("ひとつ目の主体", first)
    desk.choose("ふたつ目の主体", second)
    desk.write("会いたいわけ", "土曜に、花壇の草とりを手伝える人をさがしています。")
    desk.press("両方にたずねる")
    desk.reads("14日のあいだ、返事を待ちます。")
    return desk.page.url


def hands_over(desk, name):
    """Ask one department to take the case."""
    desk.press("ほかの人に引き継ぐ")
    desk.tick(name)
    desk.write("渡すわけ", REASON)
    desk.press("引き継ぎをたのむ")
    desk.reads("たのみました。返事が来るまで、あなたが担当です。")


def goes_by_keyboard(desk, number):
    """Reach a case from the page of work without a pointer: jump to its column, then to the first link in it."""
    press, focus = desk.page.keyboard.press, desk.page.locator(":focus")
    for _ in range(60):
        press("Tab")
        if focus.get_attribute("href") == "#lane-answer":
            break
    press("Enter")
    press("Tab")
    assert focus.get_attribute("href") == f"/consultations/desk/cases/{number}/"
    press("Enter")
    desk.reads("ひらいて読む")
