"""Every page, in both widths and both themes: nothing for axe to say, nothing over the edge, headings in order.

With WANOWA_PICTURES=folder each page also leaves two pictures there, to be looked at.
"""

import os
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from tests.browser.pages import DEEDS, ELSEWHERE, FILES, Stop, names
from tests.browser.stage import Visit
from tests.browser.stops import STOPS
from tests.browser.world import World, build

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """only => axe.run({runOnly: only, resultTypes: ["violations"], preload: false}).then(found =>
  found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.failureSummary}`)))"""
BONES = """() => {
  const seen = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].filter(head => head.checkVisibility());
  const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
  return {
    title: document.title,
    lang: document.documentElement.lang,
    levels: seen.map(head => Number(head.tagName[1])),
    twice: ids.filter((id, place) => ids.indexOf(id) !== place),
    empty: seen.filter(head => !head.textContent.trim()).length,
  };
}"""
WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
  .map(element => element.outerHTML.slice(0, 120))"""
ALL = {"type": "tag", "values": TAGS}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
WORDS = r"""() => {
  const text = [...document.querySelectorAll("code")].reduce((all, code) => all.replace(code.innerText, ""),
    document.body.innerText);
  return text.replace(/[!-~]*[@/.][!-~]+/g, "").match(/[A-Za-z]{3,}/g) ?? [];
}"""
KNOWN = {
    "CSV",
    "EUC",
    "URL",
    "UTF",
    "Windows",
    "PDF",
    "ZIP",
    "Word",
    "Excel",
    "NPO",
    "JavaScript",
    "English",
    "wanowa",
    "demo",
    "verify",
}
"""Words in Latin letters that a page in Japanese may hold; addresses and names of files do not count."""
LOOKS = [(360, "light", ALL), (360, "dark", COLOURS), (1280, "light", ALL), (1280, "dark", COLOURS)]
"""Only the rules about colours can tell the themes apart."""
PICTURES = os.environ.get("WANOWA_PICTURES")


@pytest.fixture(scope="module")
def world(town) -> World:
    return build()


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_a_page_is_fit_for_everybody(visit: Visit, world: World, stop: Stop, settings):
    settings.DEMO = True
    window = visit(world.people[stop.who] if stop.who else None)
    stop.open(window, world)
    window.page.wait_for_load_state("load")
    if stop.status >= 400:
        expect(window.page.locator(".errors, .problem").first).to_be_visible()
    assert window.status == stop.status
    if stop.status in {200, 400}:
        assert where(window.page) == stop.view
    check_bones(window.page, stop.language)
    if stop.view != "web:gallery" and stop.language == "ja":
        assert set(window.page.evaluate(WORDS)) - KNOWN == set()
    window.page.evaluate(AXE_SCRIPT)
    found = []
    for width, theme, rules in LOOKS:
        window.page.set_viewport_size({"width": width, "height": 800})
        window.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found += [f"{width} {theme} {line}" for line in window.page.evaluate(AXE, rules)]
        if PICTURES and theme == "light":
            name = str(stop).replace(":", "-").replace("/", "-")
            window.page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    window.page.set_viewport_size({"width": 320, "height": 640})
    found += [f"over the edge: {line}" for line in window.page.evaluate(WIDER)]
    assert not found, "\n".join(found)


def check_bones(page: Page, language: str) -> None:
    bones = page.evaluate(BONES)
    name = "｜わのわ" if language == "ja" else "｜Wanowa"
    assert bones["title"].endswith(name)
    assert len(bones["title"]) > len(name)
    assert bones["lang"] == language
    assert bones["twice"] == []
    assert bones["empty"] == 0
    levels = bones["levels"]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels)), levels


def where(page: Page) -> str:
    """Return the name of the address that the window shows."""
    path = page.evaluate("decodeURI(location.pathname)")
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def test_no_page_is_forgotten():
    shown = {stop.view for stop in STOPS}
    assert names() - shown - DEEDS - FILES - ELSEWHERE.keys() == set()
    assert shown & (DEEDS | FILES) <= {"collaborations:seat"}
    assert [str(stop) for stop, times in Counter(map(str, STOPS)).items() if times > 1] == []
