"""The page in a bundle: one file with its look, its program and the bundle itself inside, and no way to the network."""

import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Final

SOURCES: Final = resources.files("wanowa.record") / "static" / "record" / "bundle"
VERIFIER: Final = ("hashes.js", "archive.js", "verify.js")
PAGE: Final = ("telling.js", "page.js")
OUTSIDE: Final = {"READ-ME.ja.txt", "contents.json", "index.html", "verify.py"}
"""Files that the page does not carry: itself, what lists it, and what only the folder has."""


@cache
def script(*, page: bool = True) -> str:
    """Return the program: the verifier and, with `page`, what shows its answer."""
    names = (*VERIFIER, *PAGE) if page else VERIFIER
    return "\n".join((SOURCES / name).read_text(encoding="utf-8") for name in names)


@cache
def verifier_source() -> bytes:
    """Return verify.py as it stands here and in every bundle."""
    return (resources.files(__package__) / "verify.py").read_bytes()


def index_html(files: Mapping[str, bytes]) -> bytes:
    """Return index.html with `files` inside. The same files give the same bytes.

    A browser that reads it runs this one program and asks nobody for anything: the policy in the page allows
    nothing else, whatever a text in the bundle may contain.
    """
    style = (SOURCES / "page.css").read_text(encoding="utf-8")
    carried = {path: _text(raw) for path, raw in sorted(files.items()) if path not in OUTSIDE}
    data = json.dumps(carried, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    policy = f"default-src 'none'; script-src {_allowed(script())}; style-src {_allowed(style)}; img-src data:"
    page = (SOURCES / "page.html").read_text(encoding="utf-8")
    for mark, text in (
        ("[policy]", policy),
        ("[style]", f"<style>{style}</style>"),
        ("[bundle]", f'<script type="application/json" id="bundle">{data}</script>'),
        ("[program]", f"<script>{script()}</script>"),
    ):
        above, _mark, below = page.partition(mark)
        page = above + text + below
    return page.encode()


def _text(raw: bytes) -> str | dict[str, str]:
    """Return a file as JSON can carry it: text as it is, other bytes in base64."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return {"base64": b64encode(raw).decode()}


def _allowed(source: str) -> str:
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"
