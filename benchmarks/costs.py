"""What the platform costs beside time per page: bytes, memory, starting, verifying, disk, the demo town."""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.sending import Request, send
from benchmarks.serving import WORKERS, Site, town, wanowa
from benchmarks.towns import database_of

ROOT = Path(__file__).resolve().parent.parent
NEEDED = re.compile(rb'(?:href|src)="(/(?:style|static)/[^"]+\.(?:css|js|svg))"')

type Figure = tuple[float, str]


def processors() -> int:
    """Return how many CPUs this process may use."""
    return len(os.sched_getaffinity(0))


def weight() -> Figure:
    """Return the kilobytes of the heaviest first visit: the page and everything it names, compressed."""
    heaviest, told = 0.0, ""
    doors = town("M")
    with wanowa("M", workers=1) as site:
        for name in ("front", "list", "detail"):
            page = _squeezed(site, doors["pages"][name])
            needed = set(NEEDED.findall(gzip.decompress(page)))
            total = len(page) + sum(len(_squeezed(site, path.decode())) for path in needed)
            if total > heaviest:
                heaviest, told = total, f"{name}, {1 + len(needed)} requests"
    return heaviest / 1000, told


def _squeezed(site: Site, path: str) -> bytes:
    status, body, headers = site.get(path, {"Accept-Encoding": "gzip"})
    assert status == 200, (path, status)
    return body if headers.get("content-encoding") == "gzip" else gzip.compress(body, 6)


def memory() -> Figure:
    """Return the proportional set size of granian and its two workers, in megabytes, after some work."""
    doors = town("M")
    with wanowa("M", workers=WORKERS) as site:
        for name in ("list", "parties", "detail", "room", "me"):
            pages = [
                Request(f"{doors['pages'][name]}?n={n}", {"Cookie": doors["cookie"]}) for n in range(200)
            ]
            send(site, pages, seconds=2)
        sizes = [_pss(pid) for pid in _family(site.process.pid)]
    return sum(sizes) / 1e6, " + ".join(f"{size / 1e6:.0f}" for size in sizes)


def _family(pid: int) -> list[int]:
    below = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [pid, *(child for line in below.stdout.split() for child in _family(int(line)))]


def _pss(pid: int) -> int:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    return 1024 * int(re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE).group(1))  # type: ignore[union-attr]


def cold_start() -> Figure:
    """Return the seconds from the command to the first page, bytecode and database there."""
    town("M")
    taken = []
    for _ in range(4):
        with wanowa("M", workers=1) as site:
            taken.append(site.started)
    return median(taken[1:]), "granian included"


def verify() -> Figure:
    """Return the seconds `wanowa verify` takes for 100,000 entries, agreements compared too."""
    town("M")
    began = perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "wanowa.cli", "verify"],
        env={**os.environ, "WANOWA_DATABASE_NAME": database_of("M")},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = perf_counter() - began
    entries = int(re.search(r"経過 (\d+) 件", done.stdout).group(1))  # type: ignore[union-attr]
    return (
        seconds * 100_000 / entries,
        f"{seconds:.1f} s for {entries:,} entries of 10,000 agreements, start included",
    )


def disk() -> Figure:
    """Return the megabytes of an environment without development tools."""
    with tempfile.TemporaryDirectory() as folder:
        environment = Path(folder) / "base"
        subprocess.run(
            ["uv", "sync", "-q", "--no-dev", "--no-editable"],
            cwd=ROOT,
            env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(environment)},
            check=True,
        )
        sizes = [path.lstat().st_size for path in environment.rglob("*")]
        return sum(sizes) / 1e6, f"{len(sizes):,} files"


def demo() -> Figure:
    """Return the seconds of `wanowa demo --build-only --size M` in an empty home."""
    home = Path(tempfile.mkdtemp(prefix="wanowa-"))
    try:
        began = perf_counter()
        subprocess.run(
            [sys.executable, "-m", "wanowa.cli", "demo", "--build-only", "--size", "M"],
            env={**os.environ, "WANOWA_HOME": str(home), "WANOWA_DATABASE_NAME": "wanowa"},
            capture_output=True,
            timeout=600,
            check=True,
        )
        return perf_counter() - began, "embedded server made and migrated too"
    finally:
        shutil.rmtree(home, ignore_errors=True)


MEASURES: dict[str, Callable[[], Figure]] = {
    "weight": weight,
    "memory": memory,
    "cold_start": cold_start,
    "verify": verify,
    "disk": disk,
    "demo": demo,
}
