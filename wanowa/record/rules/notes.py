"""The text of a checkpoint, signed: a note as C2SP describes them, so that other people's tools can read it.

    <origin>                            wanowa/112291: the platform of one municipality
    <number of cases>
    <root over their heads, base64>
    number <k>                          from 1, without gaps
    previous <base64 SHA256 of the text of checkpoint k-1; 32 zero bytes before the first>
    at <time in UTC>
    entries <number of entries below these heads>
    key <public key>                    only on the first checkpoint of a key
    (empty line)
    — <name of the key> <base64 of 4 bytes of key id and 64 bytes of Ed25519 signature>

Signed is everything before the empty line, with its last newline. A new key's first checkpoint is signed by the
old key too, so who trusts the first key can trust the later ones. This module computes no signature itself:
it is given a function that does.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, NamedTuple, Self

from wanowa.record.rules.sealing import GENESIS, Fault

ED25519: Final = b"\x01"
"""The kind of a key in a note."""
KEY_BYTES: Final = 32
SIGNATURE_BYTES: Final = 64
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9./-]{0,79}", re.ASCII)
_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z", re.ASCII)

type Check = Callable[[bytes, bytes, bytes], bool]
"""Whether a signature fits: public key, signature, what was signed."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public key and its name, such as wanowa/112291/1."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    @property
    def text(self) -> str:
        """The key in one line (vkey): name, id and the key itself."""
        return f"{self.name}+{self.id.hex()}+{_base64(ED25519 + self.public)}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the key that `text` gives; Fault for anything that is none."""
        name, plus, rest = text.partition("+")
        named, plus, encoded = rest.partition("+")
        raw = _bytes(encoded, 1 + KEY_BYTES)
        key = cls(name, raw[1:])
        if not plus or not _NAME.fullmatch(name) or raw[:1] != ED25519 or named != key.id.hex():
            raise Fault(f"{text[:200]!r} is no key")
        return key


class Signature(NamedTuple):
    """One signature below a note."""

    name: str
    id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """The signature as it stands below the note."""
        return f"— {self.name} {_base64(self.id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one checkpoint says. `root` and `previous` are 64 hex digits, `key` is a key's line or nothing."""

    origin: str
    size: int
    root: str
    number: int
    previous: str
    at: str
    entries: int
    key: str = ""

    @property
    def text(self) -> str:
        """What is signed."""
        lines = [
            self.origin,
            str(self.size),
            _base64(bytes.fromhex(self.root)),
            f"number {self.number}",
            f"previous {_base64(bytes.fromhex(self.previous))}",
            f"at {self.at}",
            f"entries {self.entries}",
            *([f"key {self.key}"] if self.key else []),
        ]
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what `text` says. Fault unless it is written exactly as `text` would write it."""
        if not text.endswith("\n"):
            raise Fault("a checkpoint ends with a newline")
        lines = text.removesuffix("\n").split("\n")
        if len(lines) not in {7, 8}:
            raise Fault(f"a checkpoint has 7 or 8 lines, not {len(lines)}")
        if not _NAME.fullmatch(lines[0]):
            raise Fault("a checkpoint begins with its origin")
        found = cls(
            origin=lines[0],
            size=_count(lines[1]),
            root=_bytes(lines[2], KEY_BYTES).hex(),
            number=_count(_after("number", lines[3])),
            previous=_bytes(_after("previous", lines[4]), KEY_BYTES).hex(),
            at=_after("at", lines[5]),
            entries=_count(_after("entries", lines[6])),
            key=Key.read(_after("key", lines[7])).text if len(lines) == 8 else "",
        )
        if not _TIME.fullmatch(found.at) or found.number < 1 or found.text != text:
            raise Fault("this is not how a checkpoint is written")
        return found


class Note(NamedTuple):
    """A statement, the text that was signed, and the signatures below it."""

    statement: Statement
    text: str
    signatures: Sequence[Signature]

    @property
    def whole(self) -> str:
        """The note as it is handed out."""
        return f"{self.text}\n{''.join(signature.line for signature in self.signatures)}"

    def signed_by(self, key: Key, check: Check) -> bool:
        """Tell whether `key` signed this text."""
        return any(
            check(key.public, signature.signature, self.text.encode())
            for signature in self.signatures
            if (signature.name, signature.id) == (key.name, key.id)
        )


def read_note(whole: str) -> Note:
    """Return the note that `whole` is; Fault for everything that is none."""
    text, empty, below = whole.partition("\n\n")
    if not empty or not below.endswith("\n"):
        raise Fault("a note has a text, an empty line and signatures")
    signatures = [_signature(line) for line in below.removesuffix("\n").split("\n")]
    text += "\n"
    return Note(Statement.read(text), text, signatures)


def digest_of(text: str) -> str:
    """Return the digest (hex) of a checkpoint's text: what the next one names as `previous`."""
    return sha256(text.encode()).hexdigest()


def linked(notes: Iterable[Note]) -> int | None:
    """Return the first number at which notes, from the first on, do not follow each other; None if all do."""
    previous = GENESIS
    for number, note in enumerate(notes, 1):
        if note.statement.number != number or note.statement.previous != previous:
            return number
        previous = digest_of(note.text)
    return None


def _signature(line: str) -> Signature:
    mark, _space, rest = line.partition(" ")
    name, _space, encoded = rest.partition(" ")
    if mark != "—" or not _NAME.fullmatch(name):
        raise Fault(f"{line[:200]!r} is no signature")
    raw = _bytes(encoded, 4 + SIGNATURE_BYTES)
    return Signature(name, raw[:4], raw[4:])


def _after(word: str, line: str) -> str:
    if not line.startswith(f"{word} "):
        raise Fault(f"the line of {word!r} is missing")
    return line.removeprefix(f"{word} ")


def _count(text: str) -> int:
    if not _COUNT.fullmatch(text):
        raise Fault(f"{text[:40]!r} is no number")
    return int(text)


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()


def _bytes(text: str, length: int) -> bytes:
    """Return the bytes that base64 `text` stands for; Fault unless they are `length`, written the one way."""
    try:
        raw = b64decode(text.encode("ascii"), validate=True)
    except (Error, UnicodeEncodeError):
        raw = b""
    if len(raw) != length or _base64(raw) != text:
        raise Fault(f"{text[:200]!r} is not the base64 of {length} bytes")
    return raw
