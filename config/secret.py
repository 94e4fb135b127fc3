"""The secret key that signs sessions and links: made once under WANOWA_HOME, safe between processes."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

NAME = "secret-key"


def secret_key(home: Path) -> str:
    """Return the key in `home`/secret-key, making it (mode 600, fsynced) if it is not there.

    Several processes may ask at once: a hard link puts one key in place whole, or not at all.
    """
    path = home / NAME
    try:
        if not path.exists():
            _make(path)
        key = path.read_text(encoding="ascii").strip()
    except OSError as fault:
        raise ImproperlyConfigured(
            f"署名の鍵 {path} を読み書きできません（{fault.strerror}）。"
            "書き込めるフォルダを WANOWA_HOME に指定してください。"
        ) from fault
    if len(key) < 50:
        raise ImproperlyConfigured(
            f"署名の鍵 {path} が短すぎます。"
            "このファイルを消すと、次の起動で作り直します（全員がサインアウトします）。"
        )
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{NAME}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was faster: its key is the key
            os.link(draft, path)
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
