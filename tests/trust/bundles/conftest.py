"""A browser to run the JavaScript verifier in, as it stands in every bundle."""

from base64 import b64encode
from collections.abc import Callable, Iterator

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from playwright.sync_api import Page, sync_playwright

from tests.browser.stage import CHROMIUM, SWITCHES
from tests.trust.bundles.reading import Judgement
from wanowa.record.rules.bundles import verify
from wanowa.record.rules.bundles.page import script

type Judge = Callable[[list[bytes]], list[Judgement]]

EACH = """async zips => {
  const found = [];
  for (const text of zips) {
    const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    const { code, findings } = await verifier.judge(async () => {
      const bundle = await verifier.read(verifier.unpack(bytes));
      return { bundle, findings: bundle.findings };
    });
    found.push([code, findings.map(one => one.number)]);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def window(tmp_path_factory) -> Iterator[Page]:
    """Open the verifier's scripts from a file, as a citizen does; skip where there is no Chromium."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    place = tmp_path_factory.mktemp("bundle") / "index.html"
    place.write_text(
        f"<!doctype html><meta charset=utf-8><title>x</title><script>{script(page=False)}</script>"
    )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = chromium.new_page()
        page.goto(place.as_uri())
        yield page
        chromium.close()


@pytest.fixture(scope="module")
def by_browser(window: Page) -> Judge:
    """Return how the JavaScript verifier judges bundles."""

    def judge(zips: list[bytes]) -> list[Judgement]:
        found = window.evaluate(EACH, [b64encode(raw).decode() for raw in zips])
        return [(code, tuple(sorted({n for n in numbers if n}))) for code, numbers in found]

    return judge


@pytest.fixture
def quick_signatures(monkeypatch) -> None:
    """Let a library check signatures where thousands are checked; test_signatures.py compares it with verify.py."""

    def check(public: bytes, signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    monkeypatch.setattr(verify, "ed25519", check)
