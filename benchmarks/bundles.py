"""How fast a bundle is verified: 100,000 entries by Python alone, and 100 entries in a browser.

    uv run python -m benchmarks.bundles [entries]

Needs no database. Prints one table; beside the seconds on the wall stands the time of the processor, which other
work on the machine does not lengthen.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from time import perf_counter, process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

OPENINGS = 3
CASE = "collaborations.collaboration/7"
IN_BROWSER = 100
LIMITS = (5.0, 0.5)
"""Seconds that the two may take."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def main() -> None:
    """Make two bundles, verify them, print."""
    import django

    django.setup()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    from wanowa.record.rules.bundles import verify

    raw = forged(count)
    start, cpu = perf_counter(), process_time()
    found = verify.Bundle(verify.unpack(raw))
    taken, worked = perf_counter() - start, process_time() - cpu
    assert found.findings == [], found.findings[:3]
    size = len(raw) / 1e6
    print(
        f"{f'verify.py, {count:,} entries, {OPENINGS} openings each ({size:.0f} MB)':<62} {taken:8.2f} s {worked:8.2f} s cpu  (≤ {LIMITS[0]})"
    )
    seconds = in_browser(forged(IN_BROWSER))
    print(
        f"{f'verify.js in Chromium, {IN_BROWSER} entries, {OPENINGS} openings each':<62} {seconds:8.3f} s               (≤ {LIMITS[1]})"
    )


def forged(count: int) -> bytes:
    """Return the ZIP of a bundle with a checkpoint, made in memory."""
    from tests.trust.bundles import making

    before, lines, digests, openings = bytes(32), [], [], []
    for n in range(1, count + 1):
        commit = {}
        for place in range(OPENINGS):
            field, salt, value = f"field{place}", os.urandom(16), _encode(f"ふせた値 {place}")
            prefix = f"wanowa/commit/v1\0{CASE}\0{n}\0{field}\0".encode()
            commit[field] = sha256(prefix + salt + b"\0" + value.encode()).hexdigest()
            openings.append(
                _encode({"field": field, "salt": b64encode(salt).decode(), "seq": n, "value": value})
            )
        entry = {
            "v": 2,
            "log": CASE,
            "seq": n,
            "t": "2026-11-25T20:00:00.000000Z",
            "type": "collaborations.version.offered",
            "actor": {"party": 7},
            "public": {"number": n, "change": "amend", "fingerprint": "ab" * 32},
            "commit": commit,
        }
        line = _encode(entry).encode()
        before = sha256(b"\x02" + before + sha256(line).digest()).digest()
        lines.append(line)
        digests.append(before.hex())
    others = tuple((f"parties.party/{n}", 1, sha256(str(n).encode()).hexdigest()) for n in range(1, 1000))
    head = _Sealed(CASE, entries=(), others=others, head=count, last=digests[-1])
    files = dict(head.reading) | making._signed(head)
    files |= {
        "events.jsonl": b"".join(line + b"\n" for line in lines),
        "digests.txt": "".join(f"{digest}\n" for digest in digests).encode(),
        "openings.jsonl": "".join(f"{opening}\n" for opening in openings).encode(),
    }
    return making.zipped(making.with_contents(files))


def _Sealed(case: str, *, last: str, **more: object) -> object:  # noqa: N802 - makes one of its kind
    from dataclasses import dataclass

    from tests.trust.bundles.making import Leaf, Story

    @dataclass(frozen=True)
    class Sealed(Story):
        """A story of which only the end matters."""

        last: str = ""

        @property
        def own(self) -> Leaf:
            return self.case, self.head or 0, self.last

    return Sealed(case, last=last, **more)


def in_browser(raw: bytes) -> float:
    """Return the seconds that the page's own verifier takes, unpacking included; the best of five."""
    from playwright.sync_api import sync_playwright

    from tests.browser.stage import CHROMIUM, SWITCHES
    from wanowa.record.rules.bundles.page import script

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder) / "index.html"
        place.write_text(
            f"<!doctype html><meta charset=utf-8><script>{script(page=False)}</script>", encoding="utf-8"
        )
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = chromium.new_page()
        page.goto(place.as_uri())
        taken = page.evaluate(
            """async text => {
          const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
          const taken = [];
          for (let round = 0; round < 5; round += 1) {
            const start = performance.now();
            const { findings } = await verifier.read(verifier.unpack(bytes));
            if (findings.length) throw new Error(findings[0].sentence);
            taken.push(performance.now() - start);
          }
          return Math.min(...taken) / 1000;
        }""",
            b64encode(raw).decode(),
        )
        chromium.close()
    return float(taken)


if __name__ == "__main__":
    main()
