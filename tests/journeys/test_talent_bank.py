"""Journey 7: into the bank on a phone or on paper, a request through the relay, what was read, and out again."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.journeys.cast import cast
from wanowa.people.tests.factories import PersonFactory
from wanowa.talent.models import Profile
from wanowa.talent.queries import by_number

SMALL = pytest.mark.parametrize("scripts", [True, False], ids=["phone", "phone-without-scripts"])


@SMALL
def test_somebody_registers_accepts_sees_who_read_and_leaves(visit, scripts):
    city = cast(2)[1]
    person = PersonFactory(name=f"木村 きよし{city.party.pk}")
    me = visit(person, width=360, scripts=scripts)
    office = visit(city.person, width=360, scripts=scripts)

    me.go("/talent/")
    me.reads("名前と連絡先は、だれにも見えません")
    me.press("登録する・自分の登録を見る")
    me.choose("できること（1つめ）", "茶道（お茶をたてる）")
    me.choose("「できること」をだれに見せますか", "登録団体と市の課まで")
    me.press("同意して、登録する")
    me.reads("登録しました。", "まだ、だれも読んでいません。")

    office.go("/talent/")
    office.press("人をさがす")
    office.choose("さがすこと", "茶道（お茶をたてる）")
    office.write("さがすわけ", "公民館のお茶会を手伝ってほしい")
    office.press("さがす", last=True)
    office.reads("見つかった人", "茶道")
    office.reads_not(person.name, person.email)
    office.press("お願いする", last=True)
    office.write("してほしいこと", "公民館のお茶会で、お茶をたててください。")
    office.reads("14日のあいだ、返事を待ちます。")
    office.press("お願いを送る")
    office.reads("お願いを送りました。", "返事を待っています")

    letter = mail.outbox[-1]
    assert letter.to == [person.email]
    anybody = visit(width=360, scripts=scripts)
    anybody.go("/talent/" + letter.body.split("/talent/")[1].split()[0])
    anybody.reads("公民館のお茶会で、お茶をたててください。", city.name)
    anybody.tick("名前")
    anybody.write("いつまで見せますか", (timezone.localdate() + timedelta(days=9)).isoformat())
    anybody.press("受ける", last=True)
    anybody.reads("受けました。相手に伝わります。")

    office.go("/talent/look/")
    office.reads("受けてもらえました")
    office.press("ひらく", last=True)
    office.reads_not(person.name)
    office.press("ひらく", last=True)
    office.reads(person.name)
    office.reads_not(person.email)
    office.write("書くこと", "どうぞよろしくお願いします。")
    office.press("書く", last=True)

    me.go("/talent/mine/")
    me.reads(f"{city.name}に、名前を渡しました")
    me.reads(f"{city.name}が、名前を読みました", "公民館のお茶会を手伝ってほしい")
    me.press("登録をやめる", last=True)
    me.press("すべて消して、やめる")
    me.reads("人材バンクの登録を、すべて消しました。")
    assert not Profile.objects.filter(person=person).exists()
    office.go("/talent/look/")
    office.reads_not("受けてもらえました")


def test_somebody_on_paper_has_the_same_rights_through_the_desk(visit):
    city = cast(2)[1]
    desk = visit(PersonFactory(is_coordinator=True), width=360)
    office = visit(city.person, width=360)
    desk.go("/talent/desk/")
    desk.press("紙や電話で登録する")
    desk.choose("受付のしかた", "紙")
    desk.choose("できること（1つめ）", "点字（点字を書く、読む）")
    desk.choose("「できること」をだれに見せますか", "登録団体と市の課まで")
    desk.write("名前", f"上田 ふみ{city.party.pk}")
    desk.choose("お願いを知らせる方法", "電話")
    desk.write("連絡先", "048-000-0000")
    desk.tick("お願いを知らせるために、この連絡先を使ってよいです。")
    desk.press("登録する", last=True)
    desk.reads("控えを印刷して", "受付番号")
    number = desk.page.locator("h1").inner_text().split()[-1]

    office.go("/talent/look/")
    office.choose("さがすこと", "点字（点字を書く、読む）")
    office.write("さがすわけ", "お知らせを点字にしてほしい")
    office.press("さがす", last=True)
    office.press("お願いする", last=True)
    office.write("してほしいこと", "お知らせを点字にしてください。")
    office.press("お願いを送る")

    desk.go("/talent/desk/")
    desk.write("受付番号", number)
    desk.press("登録をひらく")
    desk.write("ひらくわけ", "お願いを電話で伝えるため")
    desk.tick("連絡先もひらきます")
    desk.press("ひらく", last=False)
    desk.reads("048-000-0000", "お知らせを点字にしてください。")
    desk.press("本人が見送った")
    desk.reads("書きとめました。")
    office.go("/talent/look/")
    office.reads("返事を待っています")

    desk.press("登録をやめる")
    desk.press("すべて消す")
    desk.reads("書きとめました。")
    assert by_number(number) is None
