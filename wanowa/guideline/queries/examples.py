"""Living examples of the words: what upper apps lend to their pages."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from wanowa.guideline.rules import Word


@dataclass(frozen=True, slots=True)
class Example:
    """A living example of a word: something on this site that a reader can open.

    `ring`: who takes part, for the consent ring: objects or mappings with `kind` and `given`.
    """

    title: str
    href: str
    detail: str = ""
    kicker: str = ""
    ring: Sequence[object] = ()


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
