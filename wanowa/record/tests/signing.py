"""Keys and notes for tests, signed for real."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from wanowa.record.rules.notes import Key, Note, Signature, Statement

ORIGIN = "wanowa/112291"


class Signer:
    """A pair of keys."""

    def __init__(self, number: int = 1, seed: bytes | None = None) -> None:
        self.secret = Ed25519PrivateKey.from_private_bytes(seed or bytes([number]) * 32)
        self.key = Key(f"{ORIGIN}/{number}", self.secret.public_key().public_bytes_raw())

    def sign(self, text: str) -> Signature:
        return Signature(self.key.name, self.key.id, self.secret.sign(text.encode()))


def check(public: bytes, signature: bytes, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except InvalidSignature:
        return False
    return True


def statement(**changes: object) -> Statement:
    values: dict = {
        "origin": ORIGIN,
        "size": 3,
        "root": "ab" * 32,
        "number": 1,
        "previous": "00" * 32,
        "at": "2026-11-25T20:00:00.000000Z",
        "entries": 12,
    }
    return Statement(**values | changes)


def note(said: Statement, *signers: Signer) -> Note:
    return Note(said, said.text, [signer.sign(said.text) for signer in signers])
