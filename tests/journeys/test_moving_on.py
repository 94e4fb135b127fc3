"""G-24: an activity of citizens is watched, both sides move on to area B; the city answers before it ends its own."""

import pytest

from tests.journeys.cast import cast, windows
from wanowa.activities.models import Activity
from wanowa.activities.rules import QUESTIONS
from wanowa.collaborations.models import Collaboration

EVERYWHERE = pytest.mark.parametrize(
    "how",
    [
        pytest.param({"width": 360, "scripts": True}, id="phone"),
        pytest.param({"width": 360, "scripts": False}, id="phone-without-scripts"),
        pytest.param({"width": 1280, "scripts": True, "keyboard": True}, id="desktop-by-keyboard"),
    ],
)


@EVERYWHERE
def test_an_activity_is_watched_and_both_sides_move_on_together(visit, how):
    members = cast(2)
    ours, city = members
    a, b = windows(visit, members, **how)
    title = f"朝のラジオ体操{ours.party.pk}"

    a.go("/me/")
    a.press("自分たちだけの活動をのせる")
    a.write("題名", title)
    a.write("していること", "毎朝6時半に、公園で体操をしています。")
    a.choose("活動の分野", "まちづくり")
    a.write("始まりの日", "2026-04-01")
    a.write("加わるには", "そのまま来てください。")
    a.press("のせて、公開する")
    a.reads("活動をのせました。", title, "令和8年4月1日から", "いまは、ありません。")

    b.go("/activities/")
    b.press(title)
    b.press("見守る")
    b.reads("見守りはじめました。", city.name)
    b.go("/activities/watching/")
    b.reads(title, "この活動をのせました", "決めたり止めたりする力はもちません。")

    anybody = visit(**how)
    anybody.go("/activities/")
    anybody.press(title)
    anybody.reads(city.name, "市が活動を決めたり、止めたりすることはできません。")

    a.go(Activity.objects.get(title=title).get_absolute_url())
    a.press("申し出を書く")
    a.choose("市のどの部署と", city.name)
    a.write("手伝ってほしいこと", "道具を置く場所を貸してほしい。")
    a.reads("この活動の主体と、その部署だけが読みます。")
    a.press("申し出る", last=True)
    a.reads("申し出ました。", "返事待ち")
    anybody.go(Activity.objects.get(title=title).get_absolute_url())
    anybody.reads_not("申し出", "返事待ち")

    b.go("/me/")
    b.reads(f"いっしょに動く申し出：{title}")
    b.press("読む")
    b.reads("道具を置く場所を貸してほしい。", "まだ何も決まりません。")
    b.press("受ける")
    b.reads("受けました。相手が加わると、話し合いが始まります。", "毎朝6時半に、公園で体操をしています。")
    anybody.go(Activity.objects.get(title=title).get_absolute_url())
    anybody.reads("市といっしょに動きはじめました", "全員が加わると、話し合いのページが公開されます。")

    a.go("/me/")
    a.reads(f"話し合いへの招き：{title}")
    a.press("読む")
    a.press("話し合いに加わる")
    a.reads("話し合いに加わりました。")
    assert Collaboration.objects.get(title=title).public_since
    anybody.go(Activity.objects.get(title=title).get_absolute_url())
    anybody.press("協働の取組を読む")
    anybody.reads("話し合い中", "もとになった活動")
    anybody.press("活動のページを読む")
    anybody.reads("市といっしょに動きはじめました")


@EVERYWHERE
def test_the_city_answers_every_question_before_it_ends_its_own(visit, how):
    _ours, city = cast(2)
    (b,) = windows(visit, [city], **how)
    title = f"自転車の条例づくり{city.party.pk}"
    b.go("/activities/new/")
    b.write("題名", title)
    b.write("していること", "駅のまわりの決まりを見直します。")
    b.choose("活動の分野", "まちづくり")
    b.write("始まりの日", "2026-04-01")
    b.write("終わりの日", "2027-03-31")
    b.press("のせて、公開する")
    b.reads("まだ答えていない質問が7つあります", "すべてに答えるまで、終わりにできません。")
    b.press("活動を終える")
    b.reads("まだ終えられません", "先に、次の質問に答えてください。")
    page = Activity.objects.get(title=title).get_absolute_url()
    for facts in QUESTIONS.values():
        b.go(f"{page}checklist/")
        b.press(f"答える：{facts.key.label}")
        b.reads(str(facts.sentence), str(facts.clause))
        b.tick("いいえ")
        b.write("そのわけ", f"{facts.key.label}ための時間がありませんでした。")
        b.press("答えを公開する")
        b.reads("答えを公開しました。")

    anybody = visit(**how)
    anybody.go(f"{page}checklist/")
    anybody.reads("意見を聞くための時間がありませんでした。", city.name, "7 / 7")
    anybody.reads_not(city.person.name, "まだ答えていません")
    b.go(f"{page}end/")
    b.press("活動を終える", last=True)
    b.reads("活動を終えました。", "終了")
