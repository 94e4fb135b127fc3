"""What is inspected, as it lies in the database, and what can be wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from wanowa.record.rules.sealing import Json


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, of what kind (a stable key), and how to say it to people."""

    case: str
    number: int | None
    kind: str
    sentence: str


class OpeningRow(NamedTuple):
    """One opening as it lies in the database; `value` is the canonical text that was committed to."""

    entry: int
    field: str
    salt: bytes
    value: str


class EntryRow(NamedTuple):
    """One entry as it lies in the database; `at` is written like `sealing.stamp`."""

    id: int
    case: str
    number: int
    version: int
    at: str
    verb: str
    party: int | None
    facts: Mapping[str, Json]
    commitments: Mapping[str, str]
    digest: str
    openings: tuple[OpeningRow, ...] = ()


class HeadRow(NamedTuple):
    """The head of one case as it lies in the database."""

    case: str
    number: int
    digest: str
    last_id: int
    at: str | None
