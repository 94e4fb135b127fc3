"""From the front page to a draft by the navigator: which form fits, and the text that begins with it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.stage import Somebody
from tests.journeys.cast import cast, windows

EVERYWHERE = pytest.mark.parametrize(
    "how",
    [
        pytest.param({"width": 360, "scripts": True}, id="phone"),
        pytest.param({"width": 360, "scripts": False}, id="phone-without-scripts"),
        pytest.param({"width": 360, "scripts": True, "keyboard": True}, id="phone-by-keyboard"),
        pytest.param({"width": 1280, "scripts": False, "keyboard": True}, id="desktop-by-keyboard"),
    ],
)
TWO_MINUTES = 120
READING = 500 / 60
"""Letters of Japanese that somebody reads in a second, without hurry (500 a minute)."""
TAP = 2
"""Seconds for finding and pressing a button that was read."""


class Way:
    """Counts the taps of somebody and the letters that had to be read before each."""

    def __init__(self, who: Somebody) -> None:
        self.who, self.taps, self.letters = who, 0, 0

    def press(self, name: str) -> None:
        """Read the page down to what is pressed, and press it."""
        found = self.who.page.locator("main").locator("button, a", has_text=name).first
        self.letters += found.evaluate(
            """target => {
              const range = document.createRange();
              range.setStart(document.querySelector("main"), 0);
              range.setEndAfter(target);
              return range.toString().replace(/\\s/g, "").length;
            }"""
        )
        self.taps += 1
        self.who.press(name)

    @property
    def seconds(self) -> float:
        """How long it takes to read everything above each button and to press it."""
        return self.letters / READING + self.taps * TAP

    def tell(self, what: str) -> None:
        """Print the figures; `pytest -s` shows them."""
        figures = f"{self.taps} taps, {self.letters} letters to read, {self.seconds:.0f} seconds"
        print(f"\n{what}: {figures}")  # noqa: T201 - the figure is what this test is read for


def asked_for(who: Somebody) -> dict[str, list[str]]:
    """Return what the page of a new draft was asked to begin with."""
    expect(who.page.locator("h1")).to_have_text("協働を呼びかける")
    return parse_qs(urlsplit(who.page.url).query)


@EVERYWHERE
def test_a_resident_finds_the_form_and_begins_a_draft_within_two_minutes(visit, how):
    (a,) = windows(visit, cast(2)[:1], **how)
    way = Way(a)
    a.go("/")
    way.press("どんな形が合うか")
    a.reads("だれが中心になって動きますか", "質問1")
    way.press("わたしたち")
    way.press("かかる費用を")
    a.reads("どんなことをしますか")
    way.press("一度の催し")
    a.reads("「補助」が合いそうです", "市がお金の面で、活動を支える形です。", "指針 Ⅱ-5")
    way.press("で呼びかける")
    assert asked_for(a) == {"area": ["B"], "form": ["subsidy"]}
    assert way.taps == 5
    assert way.seconds < TWO_MINUTES
    way.tell("a subsidy")


def test_the_shortest_way_to_a_draft_takes_four_taps(visit):
    (a,) = windows(visit, cast(2)[:1], width=360)
    way = Way(a)
    a.go("/")
    way.press("どんな形が合うか")
    way.press("市の取組に")
    way.press("市と話し合って決める")
    a.reads("「協働型委託」が合いそうです")
    way.press("で呼びかける")
    assert asked_for(a) == {"area": ["D"], "form": ["partnership_contract"]}
    assert way.taps == 4
    way.tell("the shortest way")


@EVERYWHERE
def test_whoever_goes_back_or_changes_an_answer_loses_none(visit, how):
    somebody = visit(**how)
    somebody.go("/guideline/navigator/")
    somebody.press("わたしたちと市の両方")
    somebody.press("お金や人手の出しあい")
    somebody.press("ひとつ戻る")
    somebody.reads("お金や人手の出しあい（いまの答え）")
    somebody.press("道具、場所、人手")
    somebody.press("続けて行う活動")
    somebody.press("会社や大学など")
    somebody.press("まだ、わからない")
    somebody.reads("「協定」が合いそうです", "会社や大学などと市が、助けあう約束をする形です。")
    somebody.press("変える：いっしょに動く人")
    somebody.press("住民や団体")
    somebody.reads("「協働運営」が合いそうです")
    somebody.page.go_back()
    somebody.page.go_back()
    somebody.reads("「協定」が合いそうです")
    somebody.press("「協定」とくらべる")
    somebody.reads("「協定」と「協働運営」", "市民や団体が用意するもの")
    somebody.press("結果に戻る")
    somebody.reads("「協定」が合いそうです")


@EVERYWHERE
def test_whoever_does_not_need_the_city_is_told_so(visit, how):
    somebody = visit(**how)
    somebody.go("/guideline/navigator/")
    somebody.press("わたしたち")
    somebody.press("とくにない")
    somebody.reads("市にたのまなくても、できます", "協働は、力を合わせるとよりよくなるときに選びます。")
    somebody.press("指針 Ⅱ-1")
    somebody.reads("協働とは")


def test_an_address_that_was_passed_on_shows_the_same_result_to_somebody_else(visit):
    one, other = visit(width=360), visit(width=1280, scripts=False)
    one.go("/guideline/navigator/")
    for answer in ("わたしたち", "市の名前での応援", "一度の催し"):
        one.press(answer)
    one.reads("「後援」が合いそうです")
    other.go(one.page.url.removeprefix(one.address))
    other.reads("「後援」が合いそうです")
    assert other.page.locator("main").inner_text() == one.page.locator("main").inner_text()


def test_nothing_known_is_no_dead_end(visit):
    somebody = visit(width=360)
    somebody.go("/guideline/navigator/")
    for _question in range(6):
        somebody.press("まだ、わからない")
    somebody.reads("形は、話し合って決められます", "迷うときは")
    expect(somebody.page.locator("main .button").first).to_have_text("形を決めずに呼びかける")


def test_a_result_on_paper_keeps_the_reasons_and_its_address(visit):
    somebody = visit()
    somebody.go("/guideline/navigator/result/?lead=citizens&bring=money&what=event")
    somebody.page.emulate_media(media="print")
    for kept in ("h1", ".reasons", ".turns", ".said", ".only-paper"):
        expect(somebody.page.locator(kept).first).to_be_visible()
    for gone in ("header.top", "main .button", ".no-paper", ".change"):
        assert not [one for one in somebody.page.locator(gone).all() if one.is_visible()], gone
    expect(somebody.page.locator(".only-paper")).to_contain_text(
        "/guideline/navigator/result/?lead=citizens&bring=money&what=event"
    )
