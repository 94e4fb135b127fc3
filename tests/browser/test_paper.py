"""A page on paper: its text is there, what only a screen needs is not."""

import re
import unicodedata
import zlib

import pytest

from tests.browser.stage import Visit
from tests.browser.world import World, build

ONLY_ON_SCREEN = ("header.top", ".skip", "nav.breadcrumb", "footer.end", "main .button", "#toasts")


@pytest.fixture(scope="module")
def world(town) -> World:
    return build()


@pytest.mark.parametrize("page", ["active", "ended"])
def test_a_collaboration_on_paper_is_all_text_and_no_navigation(visit: Visit, world: World, page: str):
    window = visit()
    window.go(world.paths[page])
    window.page.emulate_media(media="print")
    for gone in ONLY_ON_SCREEN:
        assert not [one for one in window.page.locator(gone).all() if one.is_visible()], gone
    for kept in ("h1", "#roles", ".seats", ".timeline"):
        assert window.page.locator(kept).first.is_visible(), kept
    for details in window.page.locator("details").all():
        assert details.locator(":scope > :not(summary)").first.is_visible()


def test_the_pdf_holds_the_words_of_the_page(visit: Visit, world: World):
    window = visit()
    window.go(world.paths["active"])
    pdf = window.page.pdf(format="A4", tagged=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) in range(1, 5)
    for words in (
        "湧水のみち",
        "毎月の見回りと水質のしらべ",
        "市民環境部環境課",
        "保険と安全",
        "全員が同意し、第1版が効力をもちました",
    ):
        assert set(words) <= letters_in(pdf), words


def letters_in(pdf: bytes) -> set[str]:
    """Return every letter that somebody who copies from the pages gets, from ToUnicode and ActualText."""
    found = set()
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            table = zlib.decompress(stream)
        except zlib.error:
            continue
        said = re.findall(rb"/ActualText <FEFF([0-9A-F]+)>", table)
        found |= {bytes.fromhex(one.decode()).decode("utf-16-be", "replace") for one in said}
        if b"begincmap" in table:
            singles = re.findall(rb"<[0-9A-F]+> <([0-9A-F]+)>", table)
            ranges = re.findall(rb"<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]+)>", table)
            found |= {bytes.fromhex(one.decode()).decode("utf-16-be", "replace") for one in singles}
            found |= {
                chr(int(first, 16) + step)
                for low, high, first in ranges
                for step in range(int(high, 16) - int(low, 16) + 1)
            }
    return {letter for one in found for letter in unicodedata.normalize("NFKC", one)}
