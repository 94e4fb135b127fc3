"""Runs pieces of the platform in processes of their own, each under a home of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONNECT = """
import django; django.setup()
from django.db import connection
def ask(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]
"""
"""The beginning of a script that asks the database of its home."""
STAY = f"""{CONNECT}
print(ask('SELECT pg_postmaster_start_time()'), flush=True)
while input():
    print(ask('SELECT 1'), flush=True)
"""
"""A script that says which server it uses, and asks again for every line it gets."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a process of the platform that has no settings but its home."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("WANOWA_", "DATABASE_"))
    }
    return {**kept, "DJANGO_SETTINGS_MODULE": "config.settings", "WANOWA_HOME": str(home), **more}


def run(home: Path, script: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a script to its end."""
    command = [sys.executable, "-c", script]
    return subprocess.run(
        command,
        env=environment(home, **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def wanowa(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command of the platform to its end."""
    command = [sys.executable, "-m", "wanowa.cli", *words]
    return subprocess.run(
        command,
        env=environment(home, **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def begin(home: Path, *command: str, **more: str) -> subprocess.Popen[str]:
    """Start a process that the test talks to."""
    return subprocess.Popen(
        [sys.executable, *command],
        env=environment(home, **more),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def end(process: subprocess.Popen[str]) -> None:
    """Let a process of the test go, whatever state it is in."""
    process.kill()
    process.communicate()


def becomes(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """Wait until `condition` holds; False when it never did."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def stopped(home: Path) -> bool:
    """Whether no server runs on the database of `home` (its keeper then is off duty too)."""
    return not (home / "postgres" / "postmaster.pid").exists()
