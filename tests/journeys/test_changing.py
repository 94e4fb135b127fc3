"""Journey 4, かえる・ふえる・おわる: roles change, a third party joins, a party leaves, all end: each by everybody."""

import pytest
from playwright.sync_api import expect

from tests.browser.stage import Somebody
from tests.journeys.cast import Member, cast, page_of, save, windows
from wanowa.collaborations.tests.factories import Town, agreed

EVERYWHERE = pytest.mark.parametrize(
    "how",
    [
        pytest.param({"width": 360, "scripts": True}, id="phone"),
        pytest.param({"width": 360, "scripts": False}, id="phone-without-scripts"),
        pytest.param(
            {"width": 1280, "scripts": False, "keyboard": True}, id="desktop-by-keyboard-without-scripts"
        ),
    ],
)


@EVERYWHERE
def test_roles_change_a_third_joins_one_leaves_and_all_end_by_everybodys_consent(visit, how):
    ours, theirs, third = members = cast(3)
    collaboration = agreed(Town((ours.actor, theirs.actor)))
    page = page_of(collaboration)
    a, b, c = windows(visit, members, **how)
    anybody = visit(**how)

    a.go(page)
    a.press("変更を提案する")
    a.press("内容の準備を始める")
    a.press("書く：役割の分担")
    a.write("いつまで", "毎月はじめ")
    save(a)
    a.reads("毎月はじめ")
    propose(a)
    anybody.go(page)
    anybody.reads("毎月末")
    anybody.reads_not("毎月はじめ")
    consent(b, "第2版", last=True)
    anybody.go(page)
    anybody.reads("毎月はじめ", "全員が同意した内容（第2版）")

    c.go(page)
    c.press("仲間に入りたい")
    c.write("申し出のことば", "水やりなら、毎朝できます。")
    c.press("申し出る")
    c.reads("申し出ました。返事は、マイページとメールでお知らせします。")
    anybody.go(page)
    anybody.reads_not("水やりなら、毎朝できます。")
    a.go("/me/")
    a.reads(f"仲間に入りたいという申し出：{collaboration.title}")
    a.press("読む")
    a.reads(f"{third.name}が、仲間に入りたいと申し出ています", "水やりなら、毎朝できます。")
    a.press("迎える準備をする")
    a.reads("加わるための内容を準備します。")
    write_newcomers_aim(c, page)
    write_share(a, page, third)
    propose(a)
    consent(b, "第3版")
    anybody.go(page)
    expect(anybody.page.locator(".seats", has_text=ours.name)).not_to_contain_text(third.name)
    consent(c, "第3版", last=True)
    anybody.go(page)
    anybody.reads(third.name, "全員が同意した内容（第3版）")

    c.go(page)
    c.press("変更を提案する")
    leave = c.page.locator("section.clause", has=c.page.get_by_role("heading", name="主体が抜ける"))
    c.hand.press(leave.locator("button"))
    c.reads("内容をいっしょに書く")
    propose(c)
    consent(a, "第4版")
    anybody.go(page)
    anybody.reads("第4版の同意を待っています", "花のある道にしたい。")
    consent(b, "第4版", last=True)
    anybody.go(page)
    anybody.reads("全員が同意した内容（第4版）")
    anybody.reads_not("花のある道にしたい。")
    expect(anybody.page.locator(".seats", has_text=ours.name).first).not_to_contain_text(third.name)

    a.go(page)
    a.press("変更を提案する")
    end = a.page.locator("section.clause", has=a.page.get_by_role("heading", name="終了"))
    a.hand.write(end.get_by_label("理由"), "目標をみたしました。")
    a.hand.press(end.locator("button"))
    a.reads("第5版の同意を待っています")
    anybody.go(page)
    anybody.reads("取組中")
    consent(b, "第5版", last=True)
    anybody.go(page)
    anybody.reads("終了", "全員が同意し、第5版が効力をもちました")
    a.go(page)
    a.reads_not("変更を提案する")


def propose(who: Somebody) -> None:
    who.press("提案の前に確かめる")
    who.press("提案して、同意する")
    who.reads("提案しました。ほかの主体の同意を待っています。")


def consent(who: Somebody, version: str, *, last: bool = False) -> None:
    who.go("/me/")
    who.reads(version)
    who.press("確かめる")
    who.press("この内容に同意する")
    who.reads("効力をもちました。" if last else "同意しました。ほかの主体の同意を待っています。")


def write_newcomers_aim(c: Somebody, page: str) -> None:
    c.go(page)
    c.press("内容を書く")
    c.press("書く：それぞれのねらい")
    c.write("ねらい", "花のある道にしたい。")
    save(c)
    c.reads("花のある道にしたい。")


def write_share(a: Somebody, page: str, third: Member) -> None:
    a.go(page + "terms/")
    a.press("書く：費用とその分担")
    a.hand.write(a.page.get_by_role("group", name=third.name).get_by_label("出す金額（円）"), "0")
    save(a)
    a.reads("すべて書けました。提案できます。")
