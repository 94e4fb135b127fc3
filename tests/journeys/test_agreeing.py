"""Journey 3, 協働の合意: two parties write terms, see the differences, both consent; the public page appears."""

import pytest
from playwright.sync_api import expect

from tests.browser.stage import Somebody
from tests.journeys.cast import Member, cast, page_of, save, windows
from wanowa.collaborations.models import Collaboration

EVERYWHERE = pytest.mark.parametrize(
    "how",
    [
        pytest.param({"width": 360, "scripts": True}, id="phone"),
        pytest.param({"width": 360, "scripts": False}, id="phone-without-scripts"),
        pytest.param({"width": 1280, "scripts": True, "keyboard": True}, id="desktop-by-keyboard"),
        pytest.param({"width": 1280, "scripts": False}, id="desktop-without-scripts"),
    ],
)


@EVERYWHERE
def test_two_parties_agree_and_everybody_can_read_it(visit, how):
    members = cast(2)
    ours, theirs = members
    a, b = windows(visit, members, **how)
    title = f"湧水のみちをつなぐ{ours.party.pk}"

    put_an_idea(a, title, theirs)
    sit_down(b, title)
    collaboration = Collaboration.objects.get(title=title)
    write_goals_and_roles(a, collaboration, ours, theirs)
    write_the_rest(b, collaboration, ours, theirs)
    write_own_aim(a, collaboration, "湧き水を知る人をふやしたい。")
    offer(a, collaboration)
    b.go("/me/")
    b.reads(f"「{title}」第1版に同意する")
    send_back(b, "観察会は4回にしたいです。")

    a.go(page_of(collaboration, "terms/goals/"))
    a.has("めざす数", "6")
    a.write("めざす数", "4")
    save(a)
    offer(a, collaboration, reason="観察会を4回にしました。")

    b.go("/me/")
    b.press("確かめる")
    b.reads("第2版の変更を確かめてください", "第1版から、1か条が変わります", "観察会を4回にしました。")
    expect(b.page.locator("del")).to_contain_text("6")
    expect(b.page.locator("ins")).to_contain_text("4")
    expect(b.page.locator(".seats li", has_text=ours.name)).to_contain_text("同意しました")
    expect(b.page.locator(".seats li", has_text=theirs.name)).to_contain_text("待っています")
    b.press("この内容に同意する")
    b.reads("全員の同意がそろい、第2版が効力をもちました。", "全員が同意した内容（第2版）")

    anybody = visit(**how)
    anybody.go("/collaborations/")
    anybody.press(title)
    anybody.reads("取組中", "観察会をひらく", "4回", "見回り", "毎月末", "見回る人", "24時間", "12,000円")
    anybody.reads("湧き水を知る人をふやしたい。", "水辺を守りたい。", ours.name, theirs.name)
    anybody.reads(f"{ours.name}が、第1版を提案しました", f"{theirs.name}が、第1版を話し合いに戻しました")
    anybody.reads(f"{theirs.name}が、第2版に同意しました", "全員が同意し、第2版が効力をもちました")
    anybody.reads_not("観察会は4回にしたいです。", ours.person.name, theirs.person.name, ours.person.email)


def put_an_idea(a: Somebody, title: str, other: Member) -> None:
    a.go("/collaborations/")
    a.press("はじめる", inside="header")
    a.press("協働を呼びかける")
    a.write("題名", title)
    a.write("あらまし", "湧き水を見回り、観察会をひらきます。")
    a.write("いっしょにめざすこと", "湧き水を次の世代に残す。")
    a.tick(other.name)
    a.press("呼びかける")
    a.reads("呼びかけました。相手が加わると、話し合いが始まります。")


def sit_down(b: Somebody, title: str) -> None:
    b.go("/me/")
    b.reads(f"話し合いへの招き：{title}")
    b.press("読む")
    b.press("話し合いに加わる")
    b.reads("話し合いに加わりました。内容をいっしょに書いていきましょう。")


def write_goals_and_roles(a: Somebody, collaboration: Collaboration, ours: Member, theirs: Member) -> None:
    a.go(page_of(collaboration, "terms/"))
    a.press("書く：実施目標")
    a.write("すること", "観察会をひらく")
    a.write("めざす数", "6")
    a.write("単位", "回")
    a.write("いつまで", "2027-03-31")
    a.press("行をふやす")
    a.has("すること", "観察会をひらく")
    a.write("すること", "案内板をたてる", nth=1)
    a.write("めざす数", "3", nth=1)
    a.write("単位", "か所", nth=1)
    a.write("いつまで", "2027-02-28", nth=1)
    save(a)
    a.reads("「実施目標（数ではかること）」を保存しました。", "案内板をたてる")

    a.press("書く：成果目標")
    a.write("だれが", "こどもが")
    a.write("どう変わるか", "湧き水を案内できる")
    a.write("どう確かめるか", "観察会のあとの聞き取り")
    save(a)

    a.press("書く：役割の分担")
    a.write("すること", "見回り")
    a.tick(ours.name)
    a.tick(theirs.name)
    a.choose("責任をもつ主体", ours.name)
    a.write("いつまで", "毎月末")
    a.press("出しあうもの")
    a.choose("主体", ours.name, nth=1)
    a.choose("出しあうもの", "ヒト")
    a.write("内容", "見回る人")
    a.write("時間", "24")
    a.press("行をふやす")
    a.has("すること", "見回り")
    a.has("内容", "見回る人")
    a.write("すること", "案内板をつくる", nth=1)
    a.hand.tick(a.page.get_by_label(theirs.name).nth(1))
    a.choose("責任をもつ主体", theirs.name, nth=1)
    a.press("出しあうもの", last=True)
    save(a)
    a.reads("案内板をつくる")


def write_the_rest(b: Somebody, collaboration: Collaboration, ours: Member, theirs: Member) -> None:
    b.go(page_of(collaboration, "terms/"))
    write_own_aim(b, collaboration, "水辺を守りたい。")
    b.press("書く：活動領域と形態")
    b.tick("領域C")
    b.tick("協定")
    choose_posts(b, ours, theirs)
    save(b)
    b.reads("ひな形の文を入れました：", f"協定する主体（甲）：{ours.name}", f"連絡の担当：{theirs.name}")
    b.press("書く：期間と進め方")
    b.write("始まる日", "2026-12-01")
    b.write("終わる日", "2027-03-31")
    b.write("進め方", "毎月第1土曜に集まります。")
    save(b)
    b.reads("令和8年12月1日")
    b.press("書く：費用とその分担")
    b.write("出す金額（円）", "1万2千円", nth=0)
    b.write("出す金額（円）", "0", nth=1)
    save(b)
    for clause in ("保険と安全", "個人情報の扱い", "広報と公開", "変更・終了・意見がちがうとき"):
        b.press(f"書く：{clause}")
        b.write("内容", f"{clause}は、いっしょに決めます。")
        save(b)
    b.reads("変更・終了・意見がちがうときは、いっしょに決めます。")


def choose_posts(b: Somebody, ours: Member, theirs: Member) -> None:
    """Only the posts of the chosen form are asked for."""
    expect(b.page.get_by_role("group", name="役：協定")).to_be_visible()
    expect(b.page.get_by_role("group", name="役：補助")).to_be_hidden()
    b.choose("協定する主体（甲）", ours.name)
    b.choose("協定する主体（乙）", theirs.name)
    b.choose("連絡の担当", theirs.name)


def write_own_aim(who: Somebody, collaboration: Collaboration, aim: str) -> None:
    who.go(page_of(collaboration, "terms/"))
    who.press("書く：それぞれのねらい")
    who.write("ねらい", aim)
    save(who)
    who.reads(aim)


def offer(a: Somebody, collaboration: Collaboration, reason: str = "") -> None:
    a.go(page_of(collaboration, "terms/"))
    a.reads("すべて書けました。提案できます。")
    a.press("提案の前に確かめる")
    a.reads("だれが、どれだけうけもつか", "点数ではありません。")
    if reason:
        a.write("ひとこと", reason)
    a.press("提案して、同意する")
    a.reads("提案しました。ほかの主体の同意を待っています。")


def send_back(b: Somebody, reason: str) -> None:
    b.press("確かめる")
    b.reads("第1版を確かめてください", "見回り", "毎月第1土曜に集まります。")
    b.reads("だれが、どれだけうけもつか", "100%", "（24時間）", "書いていません")
    b.press("直したいところがある")
    b.write("理由", reason)
    b.press("話し合いに戻す", last=True)
    b.reads("話し合いに戻しました。内容を直して、また提案できます。")
