"""Everything a browser loads: each bundle is one file, named after its content. No build."""

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources

from django.urls import reverse

STATIC = resources.files("wanowa.web") / "static" / "web"
HTMX = resources.files("django_htmx") / "static" / "django_htmx" / "htmx-4.min.js"
STYLES = ("tokens", "base", "layout", "components", "print")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file for the browser."""

    body: bytes
    squeezed: bytes
    media_type: str
    digest: str


def _styles() -> bytes:
    order = b"@layer " + ", ".join(STYLES).encode() + b";\n"
    return order + b"".join(map(_layer, STYLES))


def _layer(name: str) -> bytes:
    folder = STATIC / "css" / name
    files = folder.iterdir() if folder.is_dir() else [STATIC / "css" / f"{name}.css"]
    rules = b"".join(file.read_bytes() for file in sorted(files, key=lambda file: file.name))
    return b"@layer " + name.encode() + b" {\n" + rules + b"}\n"


def _scripts() -> bytes:
    files = sorted((STATIC / "js").iterdir(), key=lambda file: file.name)
    return b"".join(b"{\n" + file.read_bytes() + b"}\n" for file in files if file.name.endswith(".js"))


BUNDLES = {
    "wanowa.css": (_styles, "text/css; charset=utf-8"),
    "wanowa.js": (_scripts, "text/javascript; charset=utf-8"),
    "htmx.js": (HTMX.read_bytes, "text/javascript; charset=utf-8"),
    "ring.svg": ((STATIC / "ring.svg").read_bytes, "image/svg+xml"),
}


@cache
def get(name: str) -> Asset:
    """Return a bundle by its plain name; KeyError if there is none."""
    read, media_type = BUNDLES[name]
    body = read()
    return Asset(body, gzip.compress(body, mtime=0), media_type, sha256(body).hexdigest()[:16])


@cache
def address(name: str) -> str:
    """Return the address of a bundle; it changes with its content."""
    return reverse("web:asset", args=[get(name).digest, name])
