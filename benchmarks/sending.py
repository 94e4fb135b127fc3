"""Sending requests with wrk: many, from few connections, on loopback, for a bounded time."""

import os
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

CONNECTIONS = 8
SCRIPT = Path(__file__).with_name("requests.lua")
RESULT = re.compile(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)")


class Place(Protocol):
    """Where requests go."""

    port: int


@dataclass(frozen=True, slots=True)
class Request:
    """One request; a body makes it a POST of a form."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""

    def written(self) -> str:
        """Return the line that requests.lua reads."""
        form = {"Content-Type": "application/x-www-form-urlencoded"} if self.body else {}
        headers = "|".join(f"{name}: {value}" for name, value in {**self.headers, **form}.items())
        return f"{'POST' if self.body else 'GET'}\t{self.path}\t{headers}\t{self.body}"


@dataclass(frozen=True, slots=True)
class Got:
    """What came of it: answers, seconds, median and 99th percentile in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds


def send(
    site: Place,
    requests: Sequence[Request],
    *,
    seconds: int,
    connections: int = CONNECTIONS,
    once: bool = False,
) -> Got:
    """Send `requests` in turn for some seconds. RuntimeError for any 4xx, 5xx or broken connection.

    `once`: each of them must not be sent twice; RuntimeError when there were too few.
    """
    if not once:
        _wrk(site, requests, 1, connections)
    got = _wrk(site, requests, seconds, connections)
    if once and got.requests + connections >= len(requests):
        raise RuntimeError(f"{len(requests)} requests were too few for {seconds} s")
    return got


def _wrk(site: Place, requests: Sequence[Request], seconds: int, connections: int) -> Got:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write("\n".join(request.written() for request in requests) + "\n")
        file.flush()
        done = subprocess.run(
            [
                "wrk",
                "-t1",
                f"-c{connections}",
                f"-d{seconds}s",
                "-s",
                str(SCRIPT),
                f"http://127.0.0.1:{site.port}",
            ],
            env={**os.environ, "REQUESTS": file.name},
            capture_output=True,
            text=True,
            timeout=seconds + 30,
            check=True,
        )
    found = RESULT.search(done.stdout)
    if found is None:
        raise RuntimeError(done.stdout + done.stderr)
    count, microseconds, refused, broken, p50, p99 = map(int, found.groups())
    if refused or broken or not count:
        raise RuntimeError(f"{refused} refused, {broken} broken of {count}: {requests[0].path}")
    return Got(count, microseconds / 1e6, p50 / 1e3, p99 / 1e3)
