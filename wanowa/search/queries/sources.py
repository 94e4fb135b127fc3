"""What each app lends to the search: its documents, what touches them, and who may read them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Sentence
from wanowa.search.rules import Lexicon

BATCH = 200
"""Keys that a source is asked for at once."""


@dataclass(frozen=True, slots=True)
class Readable:
    """One document as its app tells it. `key` is its name within the source; the rest is what readers see of it.

    Who may read it: everybody (`public`), else whoever acts for one of `parties`, and the desk if `for_desk`.
    `personal`: what one person wrote of herself; its words are not learnt and never suggested to others.
    """

    key: str
    title: str
    body: str
    address: str
    reading: str = ""
    fields: tuple[str, ...] = ()
    day: date | None = None
    public: bool = True
    parties: tuple[int, ...] = ()
    for_desk: bool = False
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of documents. Each callable states its cost where it is written; none may cost a query a row.

    `keys(after, limit)`: the next keys in the source's own order, from the beginning with "".
    `documents(keys)`: the documents among them that are there now; a missing one is taken out of the index.
    `touched(case)`: the keys of the documents that change with a case of the record.
    `may_be_seen(actor, keys)`: those that the actor's person may open now. The last word for every reader.
    """

    kind: str
    label: Sentence
    keys: Callable[[str, int], list[str]]
    documents: Callable[[Sequence[str]], Iterable[Readable]]
    touched: Callable[[str], Iterable[str]]
    may_be_seen: Callable[[Actor, Collection[str]], set[str]]
    standing: bool = False
    """Pages of the program itself: read anew whenever another program starts."""


_sources: dict[str, Source] = {}
_lexicon: list[Callable[[], Lexicon]] = []
_parties: list[Callable[[int | None], frozenset[int]]] = []
_desk: list[Callable[[int | None], bool]] = []
_field_labels: dict[str, Sentence] = {}


def register_source(source: Source) -> None:
    """Let an app's documents be found. The app calls this in `apps.py: ready()`."""
    _sources[source.kind] = source


def sources() -> dict[str, Source]:
    """Return the registered sources by kind, in the order of registration. No query."""
    return dict(_sources)


def register_lexicon(lexicon: Callable[[], Lexicon], fields: dict[str, Sentence]) -> None:
    """Say what the city calls things, and the labels of the fields; the app that reads the pack calls this."""
    _lexicon[:] = [lexicon]
    _field_labels.update(fields)


def of_the_pack() -> Lexicon:
    """Return what the pack says. No query."""
    return _lexicon[0]() if _lexicon else Lexicon()


def field_labels() -> dict[str, Sentence]:
    """Return the labels of the fields by key. No query."""
    return dict(_field_labels)


def register_readers(
    *,
    parties: Callable[[int | None], frozenset[int]] | None = None,
    desk: Callable[[int | None], bool] | None = None,
) -> None:
    """Say for which parties a person acts today, and whether she is of the desk; each app says what it knows."""
    if parties:
        _parties[:] = [parties]
    if desk:
        _desk[:] = [desk]


def parties_of(person: int | None) -> frozenset[int]:
    """Return the parties a person acts for today. Costs one query, none for the public."""
    return _parties[0](person) if _parties and person is not None else frozenset()


def is_desk(person: int | None) -> bool:
    """Tell whether a person keeps the words of the search. Costs one query, none for the public."""
    return bool(_desk) and person is not None and _desk[0](person)
