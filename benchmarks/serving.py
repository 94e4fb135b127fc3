"""Starting and stopping what is measured: the platform on a town, and the floor, by the same command."""

import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from time import monotonic, sleep
from typing import Any

from benchmarks.sending import Request
from benchmarks.towns import database_of

START = 60.0
"""Seconds in which a server must answer."""
FLOOR = "wanowa_bench_floor"
WORKERS = 2


@dataclass(slots=True)
class Site:
    """A running server."""

    process: subprocess.Popen[bytes]
    port: int
    database: str
    environment: dict[str, str] = field(default_factory=dict)
    started: float = 0.0
    """Seconds from the command to the first answer."""

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes, dict[str, str]]:
        """Return status, body and headers of one answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request("GET", path, headers=headers or {})
            answer = line.getresponse()
            return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        finally:
            line.close()

    def check(self, request: Request) -> None:
        """RuntimeError unless the page is there (a sign-in form instead of it would be measured gladly)."""
        status, body, headers = self.get(request.path, dict(request.headers))
        if (status, bool(body)) not in {(200, True), (304, False)}:
            raise RuntimeError(f"{request.path}: {status} {headers.get('location', '')}")

    def etag(self, path: str) -> str:
        """Return the ETag of a page."""
        return self.get(path)[2]["etag"]

    def count(self, table: str) -> int:
        """Return how many rows the town's collaborations have in a table."""
        import psycopg

        with psycopg.connect(host=sockets(), user="postgres", dbname=self.database) as line:
            return int(line.execute(f"SELECT count(*) FROM collaborations_{table[:-1]}").fetchone()[0])  # noqa: S608 - ours


@cache
def sockets() -> str:
    """Return the folder of the embedded server's socket, started if need be."""
    from config.database import embedded

    return embedded.socket_folder()


@cache
def town(size: str) -> dict[str, Any]:
    """Build a town unless it stands, and return its doors."""
    subprocess.run([sys.executable, "-m", "benchmarks.towns", size], check=True)
    told = subprocess.run([sys.executable, "-m", "benchmarks.doors", size], check=True, capture_output=True)
    doors: dict[str, Any] = json.loads(told.stdout)
    return doors


@contextmanager
def wanowa(size: str, workers: int = WORKERS) -> Iterator[Site]:
    """Run the web workers of `wanowa serve` on a town. The job worker stays out: it is not what is measured."""
    from wanowa.cli import running

    environment = {
        "WANOWA_DATABASE_NAME": database_of(size),
        "WANOWA_DATABASE_ROLE": "app",
        "WANOWA_DATABASE_POOL": str(running.BLOCKING_THREADS + 1),
        "WANOWA_STATIC_BUILT": "1",
    }
    subprocess.run(
        [
            sys.executable,
            "-c",
            "import django; django.setup(); from wanowa.cli import running; running.collect_static()",
        ],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        check=True,
    )
    with _serving("config.wsgi:application", "/style/look/", workers, database_of(size), environment) as site:
        yield site


@contextmanager
def floor() -> Iterator[Site]:
    """Run the floor, its tables filled."""
    import psycopg

    with psycopg.connect(host=sockets(), user="postgres", dbname="postgres", autocommit=True) as line:
        if not line.execute("SELECT 1 FROM pg_database WHERE datname = %s", [FLOOR]).fetchone():
            line.execute(f"CREATE DATABASE {FLOOR} OWNER wanowa_owner")
    environment = {"FLOOR_DATABASE": FLOOR, "FLOOR_SOCKETS": sockets(), "FLOOR_USER": "wanowa_owner"}
    subprocess.run(
        [sys.executable, "-m", "benchmarks.floor.fill"], env={**os.environ, **environment}, check=True
    )
    with _serving("benchmarks.floor.wsgi:application", "/", WORKERS, FLOOR, environment) as site:
        yield site


@contextmanager
def _serving(
    application: str, door: str, workers: int, database: str, environment: dict[str, str]
) -> Iterator[Site]:
    from wanowa.cli import running

    port = _free_port()
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = monotonic()
    process = subprocess.Popen(
        running.granian("127.0.0.1", port, workers, application), env={**inherited, **environment}
    )
    site = Site(process, port, database, environment)
    try:
        while True:
            try:
                status, _body, _headers = site.get(door)
                if status != 200:
                    raise RuntimeError(f"{application} answered {status}")
                break
            except OSError as fault:
                if process.poll() is not None or monotonic() - began > START:
                    raise RuntimeError(f"{application} did not start") from fault
                sleep(0.02)
        site.started = monotonic() - began
        yield site
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
