"""The page in a bundle, opened from a folder by a double click: the answer first, for everybody, and no network."""

import io
import json
import zipfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import AXE, LOOKS, PICTURES, WIDER, check_bones
from tests.browser.world import World, build
from wanowa.collaborations.models import Collaboration
from wanowa.record.models import Entry
from wanowa.record.queries import case_of, receipt_of
from wanowa.record.rules.bundles.page import index_html
from wanowa.record.services import bundle, checkpoint

type Open = Callable[..., Page]


@pytest.fixture(scope="module")
def world(town, tmp_path_factory) -> World:
    with pytest.MonkeyPatch.context() as patch:
        from django.conf import settings  # noqa: PLC0415

        patch.setattr(settings, "LOG_KEY", tmp_path_factory.mktemp("keys") / "log-key")
        made = build()
        checkpoint()
    return made


def collaboration(world: World, name: str) -> Collaboration:
    return Collaboration.objects.get(slug=world.paths[name].split("/")[2])


def files_of(world: World, name: str, **more: object) -> dict[str, bytes]:
    found = collaboration(world, name)
    raw = bundle(case_of(found), found.title, **more)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {path: archive.read(path) for path in archive.namelist()}


@pytest.fixture
def double_click(browser: Browser, tmp_path: Path, transactional_db) -> Open:
    """Return how to unpack files and open the page among them. Any request but for files is a failure."""
    asked: list[str] = []
    opened = []

    def open_page(files: dict[str, bytes], **more: object) -> Page:
        for path, raw in files.items():
            place = tmp_path / path
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(raw)
        context = browser.new_context(locale="ja-JP", viewport={"width": 1280, "height": 800}, **more)
        context.set_default_timeout(10_000)
        context.on("request", lambda request: request.url.startswith("file:") or asked.append(request.url))
        context.on("console", lambda message: asked.append(message.text))
        context.on("weberror", lambda error: asked.append(str(error.error)))
        opened.append(context)
        page = context.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        return page

    yield open_page
    for context in opened:
        context.close()
    assert asked == []


def answer(page: Page) -> str:
    expect(page.locator("#answer[data-code]")).to_be_visible()
    return page.locator("#answer").inner_text()


def look_at(page: Page, name: str) -> None:
    """Check the page as every page of the platform is checked."""
    check_bones(page, "ja")
    page.evaluate(AXE_SCRIPT)
    found = []
    for width, theme, rules in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found += [f"{width} {theme} {line}" for line in page.evaluate(AXE, rules)]
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"bundle-{name}-{width}-{theme}.png", full_page=True)
    page.set_viewport_size({"width": 320, "height": 640})
    found += [f"over the edge: {line}" for line in page.evaluate(WIDER)]
    assert not found, "\n".join(found)


def test_a_double_click_gives_the_answer_first(world, double_click):
    page = double_click(files_of(world, "active"))
    assert "すべて元のままです" in answer(page)
    for words in ("湧水", "全員が同意し、第1版が効力をもちました", "合意した文", "役割の分担", "市の鍵"):
        expect(page.locator("main")).to_contain_text(words)
    expect(page.locator("main")).to_contain_text("公開しない記録です")
    look_at(page, "whole")


def test_a_changed_entry_is_pointed_at(world, double_click):
    files = files_of(world, "active", inside={0})
    lines = files["events.jsonl"].split(b"\n")
    entry = json.loads(lines[2])
    lines[2] = lines[2].replace(f'"party":{entry["actor"]["party"]}'.encode(), b'"party":999')
    files["events.jsonl"] = b"\n".join(lines)
    files["index.html"] = index_html(files)
    page = double_click(files)
    assert "元のままではありません" in answer(page)
    assert "3番の記録が、あとから書きかえられています。" in answer(page)
    expect(page.locator(".timeline .wrong")).to_have_count(1)
    look_at(page, "changed")


def test_without_a_signature_it_says_what_is_missing(world, double_click):
    files = {path: raw for path, raw in files_of(world, "ended").items() if path not in SIGNED}
    files["index.html"] = index_html(files)
    page = double_click(files)
    assert "足りないものがあります" in answer(page)
    look_at(page, "unsigned")


SIGNED = {"checkpoint.txt", "heads.json", "keys.txt"}


def test_what_is_no_bundle_is_said_plainly(world, double_click):
    files = files_of(world, "active") | {"events.jsonl": b"{}\n"}
    files["index.html"] = index_html(files)
    page = double_click(files)
    assert "経過の束として、読めません" in answer(page)


def test_a_receipt_is_held_against_it(world, double_click):
    page = double_click(files_of(world, "active"))
    entry = Entry.objects.filter(case=case_of(collaboration(world, "active"))).order_by("-number").first()
    page.get_by_label("控えの文").fill(receipt_of(entry).text)
    page.get_by_role("button", name="見くらべる").click()
    expect(page.locator("#receipt-answer")).to_contain_text("控えと同じ経過です")
    page.get_by_label("控えの文").fill("これは、控えではありません")
    page.get_by_role("button", name="見くらべる").click()
    expect(page.locator("#receipt-answer")).to_contain_text("読めません")
    look_at(page, "receipt")


def test_another_bundle_is_compared_with_it(world, double_click, tmp_path_factory):
    found = collaboration(world, "active")
    place = tmp_path_factory.mktemp("other") / "other.zip"
    page = double_click(files_of(world, "active"))
    place.write_bytes(bundle(case_of(found), found.title, inside={0}))
    page.get_by_label("ZIP ファイル").set_input_files(place)
    expect(page.locator("#file-answer")).to_contain_text("同じ経過です")
    ended = collaboration(world, "ended")
    place = place.with_name("third.zip")
    place.write_bytes(bundle(case_of(ended), ended.title))
    page.get_by_label("ZIP ファイル").set_input_files(place)
    expect(page.locator("#file-answer")).to_contain_text("同じ取組の束を")


def test_text_in_a_bundle_is_never_run(world, double_click):
    """Names and agreed texts are shown as text, and the page's own policy would not run them either."""
    files = files_of(world, "active")
    evil = "</script><script>document.title='x'</script><img src=x onerror=document.title='x'>"
    words = json.loads(files["words.json"]) | {"title": evil}
    names = dict.fromkeys(json.loads(files["names.json"]), evil)
    files |= {"words.json": json.dumps(words).encode(), "names.json": json.dumps(names).encode()}
    files["index.html"] = index_html(files)
    page = double_click(files)
    assert "すべて元のままです" in answer(page)
    assert page.locator("h1").inner_text() == evil
    assert page.locator("img").count() == 0
    assert page.title().endswith("わのわ")


def test_without_scripts_it_says_how_else_to_check(world, double_click):
    page = double_click(files_of(world, "active"), java_script_enabled=False)
    expect(page.locator("noscript, body").first).to_be_attached()
    assert "verify.py" in page.locator("body").inner_text()


def test_a_hundred_entries_take_less_than_half_a_second(world, double_click):
    """The machine of the tests is slow and shared: the benchmark prints the figure, here it gets ten times as long."""
    files = files_of(world, "active")
    page = double_click(files)
    answer(page)
    carried = {path: b64encode(raw).decode() for path, raw in files.items()}
    taken = page.evaluate(
        """async carried => {
      const files = new Map(Object.entries(carried).map(([path, text]) =>
        [path, Uint8Array.from(atob(text), letter => letter.charCodeAt(0))]));
      const start = performance.now();
      const { code } = await verifier.checkFiles(files);
      return [code, (performance.now() - start) / files.get("digests.txt").length * 65 * 100];
    }""",
        carried,
    )
    assert taken[0] == 0
    assert taken[1] < 5_000
