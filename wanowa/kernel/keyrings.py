"""One key for each person's data, in a file of its own beside the database: when the file goes, the data is gone.

Copies of the database hold only what these keys closed, so destroying one reaches the old copies too. A key is
made before its row and destroyed after it; `kept` and `needed` let a nightly job find what a crash left between.

    file   = settings.PERSONAL_KEYS/<id>, mode 600: the key (32 bytes) in an envelope of `kernel.envelopes`
    sealed = nonce (12 bytes) ‖ AES-256-GCM(text, associated data = table‖column‖primary key)
"""

import os
import re
import secrets
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from wanowa.kernel import envelopes
from wanowa.kernel.envelopes import Unopened

_NONCE: Final = 12
_ID: Final = re.compile(r"[0-9a-f]{32}", re.ASCII)
_needs: list[Callable[[], Collection[str]]] = []


@dataclass(frozen=True, slots=True)
class Key:
    """The key of one person's data; it never appears in a log."""

    secret: bytes = field(repr=False)

    def seal(self, text: str, *, place: str) -> bytes:
        """Return `text` closed for one place: table, column and primary key of its row."""
        return self.seal_bytes(text.encode(), place=place)

    def seal_bytes(self, content: bytes, *, place: str) -> bytes:
        """Return `content`, such as that of a file, closed for one place."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - slow, seldom needed

        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self.secret).encrypt(nonce, content, place.encode())

    def unseal(self, sealed: bytes, *, place: str) -> str:
        """Return the text; Unopened when it was closed by another key or for another place."""
        return self.unseal_bytes(sealed, place=place).decode()

    def unseal_bytes(self, sealed: bytes, *, place: str) -> bytes:
        """Return the content; Unopened as `unseal`."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - slow, seldom needed
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

        try:
            return AESGCM(self.secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
        except InvalidTag:
            raise Unopened(
                _("個人の情報が書きかえられています。開けません。市の窓口に知らせてください。")
            ) from None


def place_of(table: str, column: str, key: int) -> str:
    """Return the associated data of one cell of the database."""
    return f"{table}\x1f{column}\x1f{key}"


def make() -> str:
    """Make a key and return its id. Unopened when it cannot be kept: then nothing may be closed by it."""
    name = secrets.token_hex(16)
    path = _path(name)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(envelopes.close(secrets.token_bytes(envelopes.KEY_BYTES), place=_place(name)))
            file.flush()
            os.fsync(file.fileno())
        _sync(path.parent)
    except OSError as fault:
        raise Unopened(_("個人の情報をまもる鍵を作れません。市の窓口に知らせてください。")) from fault
    return name


def fetch(name: str) -> Key:
    """Return a key; Unopened when it has been destroyed."""
    try:
        envelope = _path(name).read_bytes()
    except OSError:
        raise Unopened(_("個人の情報をまもる鍵がありません。市の窓口に知らせてください。")) from None
    return Key(envelopes.unclose(envelope, place=_place(name)))


def destroy(name: str) -> None:
    """Destroy a key: nothing it closed can be opened again, in no copy. A second time nothing happens."""
    path = _path(name)
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        _sync(path.parent)


def kept() -> Iterator[tuple[str, datetime]]:
    """Yield the id of every key there is and when it was made."""
    folder = Path(settings.PERSONAL_KEYS)
    if folder.is_dir():
        for path in folder.iterdir():
            if _ID.fullmatch(path.name):
                yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)


def register_need(keys: Callable[[], Collection[str]]) -> None:
    """Let an app say which keys its rows still need; every app that makes keys calls it in `ready()`."""
    _needs.append(keys)


def needed() -> set[str]:
    """Return the keys that some row needs. Costs what the registered callables state."""
    return {key for keys in _needs for key in keys()}


def _place(name: str) -> str:
    return f"personal-key/{name}"


def _path(name: str) -> Path:
    if not _ID.fullmatch(name):
        raise ValueError("no id of a key")
    return Path(settings.PERSONAL_KEYS) / name


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
