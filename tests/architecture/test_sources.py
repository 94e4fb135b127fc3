"""What must not stand in the repository: hosts of others, folders of one machine, unescaped text, raw SQL."""

import re

import pytest

from tests.architecture.sources import ROOT, name, ours, tracked

# put together here, so that this file does not hold what it looks for
_HOSTS = ("py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.", r"deb\.deb" + "ian")
_FOLDERS = ("/ro" + "ot/", "/wo" + "rk/", "/fa" + "rm/", "/t" + "mp/[a-z]", "/ho" + "me/[a-z]")
MACHINE = re.compile("|".join((*_HOSTS, *_FOLDERS)))
BINARY = {".png", ".jpg", ".webp", ".ico", ".gif", ".woff2", ".pdf"}
TRUSTED = {"wanowa/web/templatetags/web.py"}
"""Files that may speak of safe text: tags that build their markup with format_html alone."""


def test_no_registry_host_and_no_folder_of_this_machine_is_committed():
    found = {}
    for path in tracked():
        if path.suffix not in BINARY and (match := MACHINE.search(path.read_text(encoding="utf-8"))):
            found[name(path)] = match.group()
    assert found == {}


def test_text_reaches_a_page_escaped():
    loose = re.compile(r"\|\s*safe\b|\bmark_safe\b|\bSafeString\(|{%\s*autoescape off|\|\s*safeseq\b")
    found = {name(path) for path in ours(".py", ".html") if loose.search(path.read_text(encoding="utf-8"))}
    assert found <= TRUSTED


def test_no_query_is_written_around_the_orm():
    raw = re.compile(r"\.raw\(|\.extra\(|\bRawSQL\b")
    assert [name(path) for path in ours(".py") if raw.search(path.read_text(encoding="utf-8"))] == []


def test_no_page_carries_inline_script_or_style():
    inline = re.compile(
        r"<style\b|\sstyle=|\son[a-z]+=['\"]|<script(?![^>]*(\bsrc=|application/json))|javascript:",
        re.IGNORECASE,
    )
    assert [name(path) for path in ours(".html") if inline.search(path.read_text(encoding="utf-8"))] == []


def test_the_lock_with_download_hosts_is_not_committed():
    assert "uv.lock" not in {name(path) for path in tracked()}
    assert "uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_nothing_is_left_for_later(word):
    mark = re.compile(rf"(#|<!--|{{#)\s*{word}\b")
    assert [
        name(path) for path in ours(".py", ".html") if mark.search(path.read_text(encoding="utf-8"))
    ] == []
