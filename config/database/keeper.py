"""A small process that waits until nobody uses the embedded PostgreSQL, and stops it then.

Every user of the server holds a shared lock on one file as long as it lives. The kernel lets it go however
the process ends: normally, by SIGTERM, by kill -9. The keeper waits for the exclusive lock: getting it means
that the last user has gone. It runs alone (`python -I -S keeper.py`), on the standard library.
"""

import fcntl
import os
import signal
import sys
import time
from pathlib import Path

PATIENCE = 60.0
"""Seconds given to a shutdown with a checkpoint before the server is told to stop at once."""


def postmaster(data: Path) -> int | None:
    """Return the process id of the server that runs on `data`, or None."""
    try:
        process = int((data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
        os.kill(process, 0)
    except (OSError, ValueError):
        return None
    here = Path(f"/proc/{process}/cwd")
    try:  # a stale file may name a process that has nothing to do with us
        return process if not here.parent.parent.exists() or here.samefile(data) else None
    except OSError:
        return None


def stop(data: Path) -> None:
    """Stop the server on `data` (PostgreSQL's fast shutdown: a checkpoint, no recovery at the next start)."""
    deadline = time.monotonic() + PATIENCE
    process = postmaster(data)
    if process is not None:
        os.kill(process, signal.SIGINT)
    while process is not None and postmaster(data) == process:
        if time.monotonic() > deadline:
            os.kill(process, signal.SIGQUIT)
            deadline += PATIENCE
        time.sleep(0.02)


def keep(users: Path, data: Path, own: int) -> None:
    """Wait for the last user of the server on `data`; `own` is the keeper's own lock."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)  # ends when the last user ends, and only then
    descriptor = os.open(users, os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    stop(data)
    # Off duty first: who gets the users' lock next must find no keeper, and send for a new one.
    fcntl.flock(own, fcntl.LOCK_UN)
    fcntl.flock(descriptor, fcntl.LOCK_UN)


if __name__ == "__main__":
    keep(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
