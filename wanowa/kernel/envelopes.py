"""Closing bytes so that the database holds nothing readable: AES-256-GCM under a key that lies beside it, never in it.

The file (`WANOWA_SEAL_KEY`, else `WANOWA_HOME/keys/seal-key`) has one key a line, 64 hex digits. The last one closes;
any of them opens, so that a key from a copy can be put back beside a newer one. It is made on first need, whole or
not at all, mode 600. An envelope is bound to the place it was closed for: moved elsewhere it does not open.

    envelope = id of the key (8 bytes) ‖ nonce (12 bytes) ‖ AES-256-GCM(padded, associated data = place)
    padded   = length of the text (4 bytes, big-endian) ‖ text ‖ zero bytes up to a multiple of 1024

so that not even the length tells whether somebody wrote 「よかった」 or nothing.
"""

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from wanowa.kernel.errors import Refused

KEY_BYTES: Final = 32
_ID: Final = 8
_NONCE: Final = 12
_LENGTH: Final = 4
_BLOCK: Final = 1024


class Unopened(Refused):
    """An envelope cannot be closed or opened now; the sentence says what the city's IT can do."""

    status = 503


def close(text: bytes, *, place: str) -> bytes:
    """Return an envelope around `text` that opens only at `place`. Unopened when there can be no key."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - slow, seldom needed

    key = (_keys() or [_made()])[-1]
    nonce = secrets.token_bytes(_NONCE)
    return _id(key) + nonce + AESGCM(key).encrypt(nonce, _padded(text), place.encode())


def unclose(envelope: bytes, *, place: str) -> bytes:
    """Return what is in an envelope; Unopened when its key is gone, or when it was closed for another place."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - slow, seldom needed
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    named, nonce, closed = envelope[:_ID], envelope[_ID : _ID + _NONCE], envelope[_ID + _NONCE :]
    key = next((key for key in _keys() if _id(key) == named), None)
    if key is None:
        raise Unopened(
            _("封の鍵が %(path)s にありません。市の窓口に知らせてください。鍵を控えから戻すと、開けます。")
            % {"path": key_file()}
        )
    try:
        padded = AESGCM(key).decrypt(nonce, closed, place.encode())
    except InvalidTag:
        raise Unopened(
            _("封をした文が、書きかえられています。開けません。市の窓口に知らせてください。")
        ) from None
    return padded[_LENGTH : _LENGTH + int.from_bytes(padded[:_LENGTH])]


def key_file() -> Path:
    """Return where the keys lie."""
    return Path(settings.SEAL_KEY)


def _padded(text: bytes) -> bytes:
    framed = len(text).to_bytes(_LENGTH) + text
    return framed + bytes(-len(framed) % _BLOCK)


def _id(key: bytes) -> bytes:
    return hashlib.sha256(b"wanowa/seal-key/v1\x00" + key).digest()[:_ID]


def _keys() -> list[bytes]:
    """Return the keys in the file, oldest first; none when there is no file."""
    try:
        found = [bytes.fromhex(line) for line in key_file().read_text(encoding="ascii").split()]
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as fault:
        raise _broken() from fault
    if any(len(key) != KEY_BYTES for key in found):
        raise _broken()
    return found


def _made() -> bytes:
    """Make the first key. Two processes may try at once: the file of the faster one stays."""
    path = key_file()
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{secrets.token_hex(KEY_BYTES)}\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as fault:
        raise _broken() from fault
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    made = _keys()
    if not made:
        raise _broken()
    return made[-1]


def _broken() -> Unopened:
    return Unopened(_("封の鍵 %(path)s を使えません。市の窓口に知らせてください。") % {"path": key_file()})
