"""When two write at once, send twice, mistype or leave: both texts stay, a consent counts once, drafts come back."""

import pytest
from playwright.sync_api import expect

from tests.browser.stage import Somebody
from tests.journeys.cast import cast, page_of, windows
from wanowa.collaborations import services
from wanowa.collaborations.models import Collaboration, Consent
from wanowa.collaborations.rules import Clause, mark
from wanowa.collaborations.tests.factories import Town, offered, talking
from wanowa.people.models import Draft

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])


def town_of(members) -> Town:
    return Town(tuple(member.actor for member in members))


@SCRIPTS
def test_a_consent_to_a_version_that_moved_shows_what_moved_and_counts_for_nothing(visit, scripts):
    members = cast(3)
    ours, theirs, third = members
    version = offered(town_of(members))
    (b,) = windows(visit, [theirs], scripts=scripts, width=360)
    b.go(page_of(version.collaboration, "consent/"))
    b.reads("第1版を確かめてください")

    services.send_back(version.collaboration, reason="目的を短くしましょう。", by=third.actor)
    draft = version.collaboration.draft
    draft = services.edit(
        version.collaboration,
        clause=Clause.PURPOSE,
        written=draft.terms.__class__(purpose="湧き水を守る。"),
        seen=mark(draft.terms, Clause.PURPOSE),
        by=ours.actor,
    )
    services.offer(version.collaboration, revision=draft.revision, by=ours.actor)

    b.press("この内容に同意する")
    assert b.status == 409
    b.reads("あなたが読んだあとに、内容が変わりました。", "第1版から、1か条が変わります")
    expect(b.page.locator("ins").first).to_be_visible()
    assert not Consent.objects.filter(
        version__collaboration=version.collaboration, party=theirs.party
    ).exists()
    b.press("この内容に同意する")
    b.reads("同意しました。ほかの主体の同意を待っています。")
    (given,) = Consent.objects.filter(version__collaboration=version.collaboration, party=theirs.party)
    assert given.version.number == 2


@SCRIPTS
def test_a_clause_that_two_wrote_keeps_both_texts(visit, scripts):
    members = cast(2)
    collaboration = talking(town_of(members))
    a, b = windows(visit, members, scripts=scripts, width=360)
    for window in (a, b):
        window.go(page_of(collaboration, "terms/safety/"))
    a.write("内容", "保険には、会が入ります。")
    b.write("内容", "保険には、市が入ります。")
    a.press("保存する")
    a.reads("「保険と安全」を保存しました。")
    b.press("保存する")
    assert b.status == 409
    b.has("いまの文", "保険には、会が入ります。")
    b.has("あなたの文", "保険には、市が入ります。")
    b.has("内容", "保険には、市が入ります。")
    b.write("内容", "保険には、会と市が入ります。")
    b.press("保存する")
    b.reads("「保険と安全」を保存しました。", "保険には、会と市が入ります。")


@SCRIPTS
def test_a_reason_to_send_back_is_kept_when_the_version_moved_on(visit, scripts):
    members = cast(2)
    version = offered(town_of(members))
    b = visit(members[1].person, scripts=scripts)
    b.go(page_of(version.collaboration, "consent/"))
    b.press("直したいところがある")
    b.write("理由", "あ" * 601)
    b.press("話し合いに戻す", last=True)
    assert b.status == 400
    b.has("理由", "あ" * 601)


def test_two_presses_on_consent_count_once(visit):
    members = cast(3)
    version = offered(town_of(members))
    (b,) = windows(visit, members[1:2])
    b.go(page_of(version.collaboration, "consent/"))
    b.page.locator("main button", has_text="この内容に同意する").dblclick()
    b.reads("同意しました。ほかの主体の同意を待っています。")
    assert Consent.objects.filter(version=version, party=members[1].party).count() == 1


@SCRIPTS
def test_a_refused_form_keeps_everything_that_was_typed(visit, scripts):
    members = cast(2)
    a = visit(members[0].person, scripts=scripts, width=360)
    a.go("/collaborations/new/")
    a.write("題名", "花の道")
    a.write("あらまし", "あ" * 301)
    a.write("いっしょにめざすこと", "花をふやす。")
    a.tick(members[1].name)
    a.press("呼びかける")
    assert a.status == 400
    if scripts:
        expect(a.page.locator(".errors").first).to_be_focused()
    a.has("題名", "花の道")
    a.has("あらまし", "あ" * 301)
    a.has("いっしょにめざすこと", "花をふやす。")
    expect(a.page.get_by_label(members[1].name)).to_be_checked()
    a.write("あらまし", "駅前に花をふやします。")
    a.press("呼びかける")
    a.reads("呼びかけました。")


@SCRIPTS
def test_a_refused_role_sheet_keeps_every_row_and_what_is_brought(visit, scripts):
    members = cast(2)
    ours, theirs = members
    collaboration = talking(town_of(members))
    a = visit(ours.person, scripts=scripts)
    a.go(page_of(collaboration, "terms/roles/"))
    a.write("すること", "水やり")
    a.tick(theirs.name)
    a.press("出しあうもの")
    a.choose("主体", theirs.name, nth=1)
    a.write("内容", "じょうろ")
    a.write("時間", "たくさん")
    a.press("保存する")
    assert a.status == 400
    a.has("すること", "水やり")
    a.has("内容", "じょうろ")
    a.has("時間", "たくさん")
    expect(a.page.get_by_label(theirs.name).first).to_be_checked()


def test_what_was_typed_and_not_sent_is_offered_again(visit):
    members = cast(2)
    collaboration = talking(town_of(members))
    a = visit(members[0].person, width=360)
    written_but_not_sent(a, collaboration, "/terms/safety/", "保険には、会が入ります。")
    a.page.close()

    a = visit(members[0].person, width=360)
    a.go(page_of(collaboration, "terms/safety/"))
    a.has("内容", "保険には、会が入ります。")
    a.reads("前に書いた下書きを、もどしました。")
    a.press("保存する")
    a.reads("「保険と安全」を保存しました。")
    assert not Draft.objects.filter(person=members[0].person).exists()
    a.go(page_of(collaboration, "terms/safety/"))
    a.reads_not("前に書いた下書き")


def test_a_draft_never_overwrites_what_others_wrote_since(visit):
    members = cast(2)
    collaboration = talking(town_of(members))
    a = visit(members[0].person)
    written_but_not_sent(a, collaboration, "/terms/safety/", "保険には、会が入ります。")
    b = visit(members[1].person)
    b.go(page_of(collaboration, "terms/safety/"))
    b.write("内容", "保険には、市が入ります。")
    b.press("保存する")

    a.go(page_of(collaboration, "terms/safety/"))
    a.has("内容", "保険には、市が入ります。")
    a.press("あなたの下書きを見る")
    a.has("あなたの下書き", "保険には、会が入ります。")


def test_a_draft_with_more_rows_than_the_page_comes_back_whole(visit):
    members = cast(2)
    collaboration = talking(town_of(members))
    a = visit(members[0].person)
    a.go(page_of(collaboration, "terms/goals/"))
    a.write("すること", "観察会をひらく")
    a.press("行をふやす")
    with a.page.expect_response("**/people/drafts/"):
        a.write("すること", "案内板をたてる", nth=1)
    a.page.close()

    a = visit(members[0].person)
    a.go(page_of(collaboration, "terms/goals/"))
    a.has("すること", "観察会をひらく")
    a.has("すること", "案内板をたてる", nth=1)


def written_but_not_sent(who: Somebody, collaboration: Collaboration, page: str, text: str) -> None:
    who.go(page_of(collaboration, page.removeprefix("/")))
    with who.page.expect_response("**/people/drafts/"):
        who.write("内容", text)
    who.reads("下書きを残しました。")
