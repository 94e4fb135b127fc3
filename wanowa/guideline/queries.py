"""What may be known of the guideline and of this city. Nothing here asks the database."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from wanowa.guideline.rules import Area, Form, Kind, Pack, PackError, Principle, pack_of

PACKS = Path(__file__).resolve().parent / "packs"

type Word = Area | Form | Kind | Principle
"""A word of the guideline that has a page of its own."""


@dataclass(frozen=True, slots=True)
class Example:
    """A living example of a word: something on this site that a reader can open."""

    title: str
    href: str
    detail: str = ""


type Examples = Callable[[Word], Iterable[Example]]

_examples: dict[Examples, tuple[str, ...]] = {}


def register_examples(examples: Examples, *, cases: tuple[str, ...] = ()) -> None:
    """Let an upper app add living examples to the page of each word; call it in `apps.py: ready()`.

    `cases`: the record cases or app prefixes whose change can change the examples (("collaborations",)).
    """
    _examples[examples] = cases


def example_cases() -> tuple[str, ...]:
    """Return the record cases on which the examples depend. Costs no query."""
    return tuple(case for cases in _examples.values() for case in cases)


def examples_of(word: Word) -> list[Example]:
    """Return the living examples of `word`. Costs what the registered callables cost."""
    return [example for examples in _examples for example in examples(word)]


def pack() -> Pack:
    """Return the municipality pack chosen by WANOWA_PACK, read once. Costs no query.

    ImproperlyConfigured, with a sentence for the city's IT, when the pack is missing or not understood.
    """
    return _loaded(settings.PACK)


@cache
def _loaded(name: str) -> Pack:
    known = {folder.name: folder for folder in PACKS.iterdir() if folder.is_dir()}
    if name not in known:
        raise ImproperlyConfigured(
            f"WANOWA_PACK の「{name}」というパックはありません。使えるのは {'、'.join(sorted(known))} です。"
        )
    try:
        return pack_of(
            {
                file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
                for file in known[name].glob("*.toml")
            }
        )
    except (PackError, tomllib.TOMLDecodeError) as wrong:
        raise ImproperlyConfigured(f"パック「{name}」を読めません。{wrong}") from wrong
