"""The seal of an entry: one canonical text, one digest over it and the digest before it, commitments.

This is the format other people's verifiers read. It never changes; a new one gets a new `v`.

    entry      = RFC 8785 JSON of {v, log, seq, t, type, actor, public, commit}
    digest     = SHA256(0x02 ‖ digest before ‖ SHA256(entry)), before the first entry 32 zero bytes
    digest     = SHA256(0x01 ‖ digest before ‖ entry)          where v is 1
    commitment = SHA256("wanowa/commit/v1" 0x00 log 0x00 seq 0x00 field 0x00 salt 0x00 value)

with `seq` in decimal digits, a salt of 16 random bytes, and `value` as RFC 8785 JSON.

Since v 2 the chain goes over the entry's own hash: whoever may not read one entry can be given its hash, and
still check every other entry and the order of all (decision 17).
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, TypedDict

from wanowa.kernel.canonical import LARGEST, NoCanonicalForm, encoded

type Json = bool | int | str
"""A value of a fact. No fractions: 1 and 1.0 would read alike and hash alike."""

GENESIS: Final = "0" * 64
"""The digest before the first entry of a case."""
SALT_BYTES: Final = 16
VERSION: Final = 2
"""The format in which entries are written now."""
OPEN: Final = 1
"""The first format: its entries cannot be kept back from anybody who is to check the chain."""


class Fault(ValueError):
    """A value that has no canonical form here."""


class ActorData(TypedDict):
    """Who acted, as far as everybody may know: the party's id, or nothing for the platform itself."""

    party: int | None


class Content(TypedDict):
    """One entry as it is sealed."""

    v: int
    log: str
    seq: int
    t: str
    type: str
    actor: ActorData
    public: Mapping[str, Json]
    commit: Mapping[str, str]


def content_of(
    *,
    case: str,
    number: int,
    at: str,
    verb: str,
    party: int | None,
    facts: Mapping[str, Json],
    commitments: Mapping[str, str],
    version: int = VERSION,
) -> Content:
    """Return the entry in the shape that is sealed."""
    return {
        "v": version,
        "log": case,
        "seq": number,
        "t": at,
        "type": verb,
        "actor": {"party": party},
        "public": facts,
        "commit": commitments,
    }


def canonical(value: Json | Content) -> bytes:
    """Return RFC 8785 JSON; Fault for fractions, numbers beyond 2^53−1, broken Unicode, foreign types."""
    _check(value)
    return _encoded(value)


def canonical_fast(content: Content) -> bytes:
    """Return the same bytes as `canonical`, faster still, for an entry whose columns the database typed."""
    _check_flat(content["public"])
    _check_flat(content["commit"])
    return _encoded(content)


def _encoded(value: Json | Content) -> bytes:
    try:
        return encoded(value)
    except NoCanonicalForm as error:
        raise Fault(str(error)) from error


def seal(previous: str, entry: bytes, version: int = VERSION) -> str:
    """Return the digest (64 hex digits) of canonical `entry`, chained to the digest `previous`."""
    if version == OPEN:
        return hashlib.sha256(b"\x01" + bytes.fromhex(previous) + entry).hexdigest()
    return link(previous, hashlib.sha256(entry).digest())


def link(previous: str, entry_hash: bytes) -> str:
    """Return the digest after `previous` of an entry of which only the hash is known."""
    return hashlib.sha256(b"\x02" + bytes.fromhex(previous) + entry_hash).hexdigest()


def commitment(case: str, number: int, field: str, salt: bytes, value: bytes) -> str:
    """Return the commitment (64 hex digits) to canonical `value`; without the salt nobody can guess it."""
    if len(salt) != SALT_BYTES:
        raise Fault(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    place = f"wanowa/commit/v1\x00{case}\x00{number}\x00{field}\x00".encode()
    return hashlib.sha256(place + salt + b"\x00" + value).hexdigest()


def stamp(at: datetime) -> str:
    """Return `at` in UTC with microseconds: 2026-11-23T03:00:00.000000Z."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _check_flat(values: object) -> None:
    """Let pass only an object of true, false, whole numbers and strings with ASCII names."""
    if type(values) is not dict:
        raise Fault(f"{type(values).__name__} where an object belongs")
    for name, value in values.items():
        kind = type(value)
        if kind is not str and (kind is not int or not -LARGEST <= value <= LARGEST) and kind is not bool:
            raise Fault(f"{value!r} has no canonical form")
        if not name.isascii():
            raise Fault(f"{name!r} is no name for a value")


def _check(value: object) -> None:
    """Let pass only true, false, whole numbers, strings, null, and objects of these with ASCII names."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if kind is int:
        if not -LARGEST <= value <= LARGEST:  # type: ignore[operator]
            raise Fault(f"{value} is beyond what JSON readers keep exactly")
        return
    if kind is not dict:
        raise Fault(f"{kind.__name__} has no canonical form")
    for name, part in value.items():  # type: ignore[attr-defined]
        if type(name) is not str or not name.isascii():
            raise Fault(f"{name!r} is no name for a value")
        _check(part)
