"""The languages that people read: offered where a catalogue of words lies. What is kept or official is Japanese.

Catalogues lie with their app, `wanowa/<app>/locale/<language>/LC_MESSAGES/django.po`; the frame of every
page is `web`'s, so a language is offered when `web` has its words. By then every app has them, which a test demands.
"""

import logging
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

import polib
from django.utils.translation import get_language, override, to_language

JAPANESE: Final = "ja"
"""The language of the source, of the record and of every paper."""
ENGLISH: Final = "en"
APPS: Final = Path(__file__).resolve().parent.parent
FRAME: Final = "web"

logger = logging.getLogger(__name__)


def compile_catalogues(apps: Path = APPS) -> None:
    """Write each catalogue that is missing or older than its words; a language that cannot be written is not offered.

    Several processes may start at once: each writes under a name of its own and puts the whole file in place.
    """
    for words in sorted(apps.glob("*/locale/*/LC_MESSAGES/django.po")):
        compiled = words.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= words.stat().st_mtime_ns:
            continue
        try:
            _compile(words, compiled)
        except OSError:
            logger.warning("the catalogue cannot be written: %s", compiled)


def _compile(words: Path, compiled: Path) -> None:
    handle, name = tempfile.mkstemp(dir=compiled.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(polib.pofile(str(words)).to_binary())
        Path(name).chmod(0o644)
        Path(name).replace(compiled)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@cache
def offered() -> tuple[str, ...]:
    """Return the codes of the languages that a reader may choose, Japanese first. Fixed while the process runs."""
    compiled = (APPS / FRAME / "locale").glob("*/LC_MESSAGES/django.mo")
    return JAPANESE, *sorted(to_language(words.parts[-3]) for words in compiled)


def known(code: str) -> str:
    """Return the code as it is offered ("zh_Hans" is "zh-hans"); nothing when it is not."""
    code = to_language(code)
    return code if code in offered() else ""


def speaking(code: str) -> override:
    """Speak a language inside `with`: what goes out to a person is in hers. Japanese when it is not offered."""
    return override(known(code) or JAPANESE)


def named(japanese: str, english: str) -> str:
    """Return what the data of a city calls something: its English name, if it has one, to whoever reads English."""
    return english if english and get_language() == ENGLISH else japanese


def in_japanese() -> override:
    """Speak Japanese inside `with`: what is kept, found, exported or printed reads alike for everybody."""
    return override(JAPANESE)
