"""The running site: static files collected once, then web workers and the job worker under one supervisor."""

import hashlib
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands import collectstatic
from django.core.management import CommandError, call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from wanowa.cli.supervisor import Child, Supervisor

BLOCKING_THREADS = 2
"""Threads a web worker answers pages with. Pinned: granian's own choice is dozens, the CPU is the bound."""


def collect_static() -> bool:
    """Collect, fingerprint and compress the static files when they changed; return whether they had."""
    root = Path(settings.STATIC_ROOT)
    stamp, state = root / ".sources", _state_of_sources()
    if (root / "staticfiles.json").exists() and stamp.exists() and stamp.read_text(encoding="ascii") == state:
        return False
    command = collectstatic.Command()
    command.storage = CompressedManifestStaticFilesStorage(  # type: ignore[no-untyped-call]
        location=root, base_url=settings.STATIC_URL
    )
    command.local = True
    call_command(command, interactive=False, verbosity=0)
    stamp.write_text(state, encoding="ascii")
    return True


def _state_of_sources() -> str:
    """Return a digest of every static file's name, size and time: another one when anything changed."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def run(host: str, port: int, workers: int, *, demo: bool, say: Callable[[str], None]) -> None:
    """Serve on `host`:`port` until told to stop. Raises CommandError when the port is taken."""
    _require_free(host, port)
    common = {
        "WANOWA_DATABASE_ROLE": "app",
        "WANOWA_DEMO": "1" if demo else "0",
        "WANOWA_URL": settings.PUBLIC_URL,
    }
    worker = [sys.executable, "-m", "wanowa.cli", "worker"]
    web = {**common, "WANOWA_DATABASE_POOL": str(BLOCKING_THREADS + 1), "WANOWA_STATIC_BUILT": "1"}
    Supervisor(
        [Child("ページ", granian(host, port, workers), web), Child("裏方の仕事", worker, common)], say
    ).run()


def granian(host: str, port: int, workers: int, application: str = "config.wsgi:application") -> list[str]:
    """Return the command that answers pages; `benchmarks` starts the floor by it too."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(BLOCKING_THREADS), "--backpressure", "128"),
        *("--no-ws", "--respawn-failed-workers", "--workers-kill-timeout", "15", "--log-level", "error"),
        application,
    ]


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise CommandError(
                f"{host}:{port} は使えません（{fault.strerror}）。--port で別の番号を指定してください。"
            ) from fault
