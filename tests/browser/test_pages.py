"""Every page, in both widths and both themes: nothing for axe to say, nothing over the edge, headings in order."""

from collections import Counter
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browser.pages import DEEDS, ELSEWHERE, FILES, STOPS, Stop, names
from tests.browser.stage import Visit
from tests.browser.world import World, build

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """tags => axe.run({runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]}).then(found =>
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
LOOKS = [(width, theme) for width in (360, 1280) for theme in ("light", "dark")]


@pytest.fixture(scope="module")
def world(town) -> World:
    return build()


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_a_page_is_fit_for_everybody(visit: Visit, world: World, stop: Stop, settings, request):
    settings.DEMO = True
    window = visit(world.people[stop.who] if stop.who else None)
    stop.open(window, world)
    window.page.wait_for_load_state("load")
    assert window.status == stop.status
    if stop.status in {200, 400}:
        assert where(window.page) == stop.view
    check_bones(window.page)
    window.page.evaluate(AXE_SCRIPT)
    found = []
    for width, theme in LOOKS:
        window.page.set_viewport_size({"width": width, "height": 800})
        window.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found += [f"{width} {theme} {line}" for line in window.page.evaluate(AXE, TAGS)]
    window.page.set_viewport_size({"width": 320, "height": 640})
    found += [f"over the edge: {line}" for line in window.page.evaluate(WIDER)]
    assert not found, "\n".join(found)


def check_bones(page: Page) -> None:
    bones = page.evaluate(BONES)
    assert bones["title"].endswith("｜わのわ")
    assert len(bones["title"]) > len("｜わのわ")
    assert bones["lang"] == "ja"
    assert bones["twice"] == []
    assert bones["empty"] == 0
    levels = bones["levels"]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in zip(levels, levels[1:], strict=False)), levels


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
