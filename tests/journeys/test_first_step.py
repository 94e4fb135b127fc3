"""Journey 1: land, see three small things, raise a hand, type the code, keep the date; or do it by phone."""

import re

import pytest
from django.core import mail

from tests.journeys.cast import cast, windows
from wanowa.exchange import services
from wanowa.exchange.models import Hand, Listing
from wanowa.exchange.rules import HandStatus
from wanowa.exchange.tests.factories import step_words
from wanowa.people.tests.factories import PersonFactory

EVERYWHERE = pytest.mark.parametrize(
    "how",
    [
        pytest.param({"width": 360, "scripts": True}, id="phone"),
        pytest.param({"width": 360, "scripts": False}, id="phone-without-scripts"),
        pytest.param({"width": 1280, "scripts": True, "keyboard": True}, id="desktop-by-keyboard"),
    ],
)
TAPS = 4
"""From landing to the raised hand, at most (G-33a)."""


class Taps:
    """Counts what is pressed; typing into a field is no tap."""

    def __init__(self, window):
        self.window, self.count = window, 0

    def press(self, name):
        self.window.press(name)
        self.count += 1


def code():
    return re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE)[0]


@EVERYWHERE
def test_from_landing_to_a_raised_hand_in_four_taps_and_back(visit, how):
    Listing.objects.filter(first_step=True).update(status="paused")
    (host,) = cast(1)
    for number in range(4):
        services.put(step_words(title=f"水やり{number}・{host.party.pk}", bring="ぼうし"), by=host.actor)
    title = f"水やり1・{host.party.pk}"

    me = visit(**how)
    taps = Taps(me)
    me.go("/")
    me.reads("はじめての一歩", f"水やり0・{host.party.pk}", title, f"水やり2・{host.party.pk}", "30分だけ")
    me.reads_not(f"水やり3・{host.party.pk}")
    taps.press(title)
    me.reads("登録はいりません。", "あと3人", "新倉の公園の入口")
    me.write("呼び名", "みなみ")
    me.write("メールアドレス", f"minami-{host.party.pk}@example.jp")
    taps.press("コードを受けとる")
    me.reads("6けたのコードを送りました。")
    me.write("コード", code())
    taps.press("手をあげる")
    me.reads("みなみさん、ありがとうございます", "9時30分", "ぼうし", "カレンダーに入れる")
    assert taps.count <= TAPS
    assert Hand.objects.get(listing__title=title).status == HandStatus.HELD

    with me.page.expect_download() as file:
        me.press("カレンダーに入れる")
    assert "DTSTART:" in file.value.path().read_text(encoding="utf-8")

    (hosting,) = windows(visit, [host], **how)
    hosting.go(Listing.objects.get(title=title).get_absolute_url())
    hosting.press("来る人")
    hosting.reads("1人（3人まで）", "みなみ")
    hosting.reads_not("example.jp")

    me.press("来られなくなったとき")
    me.press("取りやめる", last=True)
    me.reads("取りやめました。また、いつでもどうぞ。", "次は、どれにしますか")
    assert Hand.objects.get(listing__title=title).status == HandStatus.LOWERED


def test_who_has_no_mail_calls_and_gets_a_receipt_on_paper(visit):
    (host,) = cast(1)
    step = services.put(step_words(title=f"いす並べ{host.party.pk}"), by=host.actor)
    desk = visit(PersonFactory(name="推進 員子", is_coordinator=True), width=1280)
    desk.go(step.get_absolute_url())
    desk.press("来る人")
    desk.write("呼び名", "よし江")
    desk.tick("電話")
    desk.press("受けつける")
    desk.reads("受けつけました。", "よし江さん、ありがとうございます", "新倉の公園の入口", "控えにできます")
    hand = Hand.objects.get(listing=step)
    assert (hand.channel, hand.email) == ("phone", "")
