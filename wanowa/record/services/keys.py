"""The keys that sign checkpoints: made on first need, kept in one file beside the database and never in it.

The file (`WANOWA_LOG_KEY`, else `WANOWA_HOME/keys/log-key`) has one private key a line, in the form that
signed notes use: PRIVATE+KEY+name+id+base64. While a new key is being introduced it holds two. It is written
whole or not at all: a draft beside it, fsync, rename, fsync of the folder; mode 600.
"""

import os
import secrets
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.record.models import LogKey
from wanowa.record.queries.checkpoints import latest_checkpoint, newest_key
from wanowa.record.rules.notes import ED25519, KEY_BYTES, Key, Signature, digest_of
from wanowa.record.services.turns import one_at_a_time
from wanowa.record.services.writing import records, write
from wanowa.record.verbs import KEY_INTRODUCED

PREFIX: Final = "PRIVATE+KEY+"

type Origin = Callable[[], str]

_origin: list[Origin] = []


class KeyUnusable(Refused):
    """The key that should sign cannot be used; the sentence says what the city's IT can do."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A private key and the public one that belongs to it."""

    key: Key
    seed: bytes = field(repr=False)

    def sign(self, text: str) -> Signature:
        """Return the signature of `text`."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - slow, seldom needed
            Ed25519PrivateKey,
        )

        return Signature(
            self.key.name, self.key.id, Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        )


def register_origin(origin: Origin) -> None:
    """Let `origin` say whose record this is ("wanowa/112291"); who knows the city calls this in `ready()`."""
    _origin[:] = [origin]


def key_file() -> Path:
    """Return where the private key lies."""
    return Path(settings.LOG_KEY)


def kept_secrets() -> dict[str, Secret]:
    """Return the private keys in the file, by name; none when there is no file. KeyUnusable when it is broken."""
    try:
        lines = key_file().read_text(encoding="ascii").split()
        found = [_read(line) for line in lines]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as fault:
        raise KeyUnusable(
            _("まとめ印の鍵 %(path)s を読めません。控えから戻してください。") % {"path": key_file()}
        ) from fault
    return {secret.key.name: secret for secret in found}


def keep_secrets(kept: Sequence[Secret]) -> None:
    """Write the file anew with these keys: whole, on disk, for nobody else to read."""
    path = key_file()
    text = "".join(f"{_written(secret)}\n" for secret in kept)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as fault:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise KeyUnusable(
            _("まとめ印の鍵 %(path)s を書けません。場所と権限を確かめてください。") % {"path": path}
        ) from fault


@records(KEY_INTRODUCED)
def introduce_key(*, lost: bool = False, by: Actor) -> LogKey:
    """Make a key that signs from the next checkpoint on; `lost`: even if the one before is gone or unused.

    KeyUnusable while another introduction is under way, or when the key before is gone and nobody said so. A
    crash leaves at most one key more in the file, which is taken up again.
    """
    with one_at_a_time():
        last, newest = latest_checkpoint(), newest_key()
        before = last.key if last else newest
        if newest != before and not lost:
            raise KeyUnusable(
                _("前の鍵の交代が、まだ終わっていません。先に wanowa checkpoint を実行してください。")
            )
        kept = kept_secrets()
        old = kept.get(Key.read(before.text).name) if before else None
        if before and old is None and not lost:
            raise KeyUnusable(missing())
        number = newest.number + 1 if newest else 1
        name = f"{_origin[0]()}/{number}"
        made = kept.get(name) or _made(name)
        keep_secrets([*(secret for secret in kept.values() if secret.key.name != name), made])
        row = LogKey.objects.create(
            number=number, text=made.key.text, lost=before is not None and old is None
        )
        write(KEY_INTRODUCED, row, by=by, number=number, lost=row.lost, key=digest_of(row.text))
    return row


def missing() -> str:
    """Return the sentence for a key that is gone."""
    return _(
        "まとめ印の鍵が %(path)s にありません。控えから戻してください。"
        "もう無いときは、wanowa rotate-log-key --lost で新しい鍵を作ります。"
    ) % {"path": key_file()}


def _made(name: str) -> Secret:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    made = Ed25519PrivateKey.generate()
    return Secret(Key(name, made.public_key().public_bytes_raw()), made.private_bytes_raw())


def _written(secret: Secret) -> str:
    encoded = b64encode(ED25519 + secret.seed).decode()
    return f"{PREFIX}{secret.key.name}+{secret.key.id.hex()}+{encoded}"


def _read(line: str) -> Secret:
    """Return the private key in one line; ValueError when it is none, or not the one it says."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    name, named, encoded = line.removeprefix(PREFIX).split("+", 2)
    try:
        raw = b64decode(encoded, validate=True)
    except Error as fault:
        raise ValueError(str(fault)) from fault
    if not line.startswith(PREFIX) or len(raw) != 1 + KEY_BYTES or raw[:1] != ED25519:
        raise ValueError("this is no private key of a note")
    secret = Ed25519PrivateKey.from_private_bytes(raw[1:])
    key = Key(name, secret.public_key().public_bytes_raw())
    if key.id.hex() != named:
        raise ValueError("the id does not belong to the key")
    return Secret(key, raw[1:])
