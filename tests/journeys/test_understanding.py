"""Journey 3, on a phone: a question must be answered or declined, and what was understood is confirmed or put right."""

import pytest
from playwright.sync_api import expect

from tests.journeys.cast import cast, page_of, windows
from wanowa.collaborations import services
from wanowa.collaborations.models import Question, Restatement
from wanowa.collaborations.tests.factories import Town, talking


@pytest.mark.parametrize("scripts", [True, False], ids=["phone", "phone-without-scripts"])
def test_two_parties_come_to_understand_each_other(visit, scripts):
    members = cast(2)
    ours, theirs = members
    title = f"たがいを知る{ours.party.pk}"
    table = talking(Town((ours.actor, theirs.actor)), title=title)
    a, b = windows(visit, members, width=360, scripts=scripts)

    for words in ("駐車場は、何台分ありますか。", "去年、こまったことは何ですか。"):
        a.go(page_of(table, "room/"))
        a.write("ことば", words)
        a.choose("質問ですか", f"{theirs.name}に質問する")
        a.press("書く", last=True)
        a.reads(f"{ours.name}から、{theirs.name}へ", words)

    b.go("/me/")
    b.reads(f"答えを待っている質問：{title}", f"{ours.name}からの質問です。")
    b.page.locator("li", has_text="答えを待っている質問").first.get_by_role("link").click()
    b.reads(f"{ours.name}の質問に答えます", "駐車場は、何台分ありますか。")
    b.press("わけを伝えて、答えない")
    b.reads("入力してください。")
    b.reads(f"{ours.name}の質問に答えます")
    b.write("ことば", "工事中で、まだ数えられません。")
    b.press("わけを伝えて、答えない")
    expect(b.page.locator(".message.declined")).to_contain_text("工事中で、まだ数えられません。")
    b.press("答える：去年、こまったこと")
    b.write("ことば", "雨の日に、集まる場所がありませんでした。")
    b.press("答える", last=True)
    expect(b.page.locator(".message.answer")).to_contain_text("雨の日に")
    expect(b.page.locator("#waiting")).to_have_count(0)
    assert sorted(Question.objects.filter(message__collaboration=table).values_list("status", flat=True)) == [
        "answered",
        "declined",
    ]

    a.go(page_of(table, "room/"))
    a.page.locator(".message.answer").get_by_role("link", name="どう受けとったかを伝える").click()
    a.reads("雨の日に、集まる場所がありませんでした。", "何も決まりません。")
    a.write("わたしたちは、こう受けとりました", "雨でも集まれる部屋があれば、続けられるのですね。")
    a.press("伝えて、確かめてもらう")
    a.reads(f"{theirs.name}の返事を待っています")
    b.go("/me/")
    b.reads(f"受けとりを確かめる：{title}")
    b.go(page_of(table, "understood/"))
    b.press("そのとおりです")
    b.reads("みんなで確かめました。", "みんなで確かめたこと", "雨でも集まれる部屋があれば")

    a.go(page_of(table, "terms/"))
    a.press("どう受けとったかを伝える：目的")
    a.write("わたしたちは、こう受けとりました", "今年だけの取組ですね。")
    a.press("伝えて、確かめてもらう")
    b.go(page_of(table, "understood/"))
    b.press("ちがうところがある")
    b.write("どこがちがいますか", "5年は続けるつもりです。")
    b.press("ちがうところを伝える")
    b.reads("対話の部屋で読めます。")
    a.go(page_of(table, "room/"))
    a.reads("ちがうところ", "5年は続けるつもりです。")
    assert Restatement.objects.filter(message__collaboration=table, status="different").count() == 1

    services.ask(table, body="会計は、だれがしますか。", by=theirs.actor)
    a.go(page_of(table, "offer/"))
    a.reads("答えを待っている質問が、1つあります", "会計は、だれがしますか。")
    a.press("それぞれの得意なことと、苦手なこと")
    a.reads("苦手なこと", "自分の得意と苦手を書く")
