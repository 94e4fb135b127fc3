"""The journeys, measured beside the Django floor in the same minutes, in one table with what we owe.

    uv run python -m benchmarks.journeys [--quick] [--only KEY …]

Needs `wrk` (apt-get install wrk). Loopback only; every server is stopped at the end; each figure is the median
of rounds in which floor and platform take turns, so that a busy machine slows both. Ratios count, digits do not.
Writes benchmarks/results/<day>.md and .json. What is owed stands in budgets.toml.
"""

import argparse
import json
import platform
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import costs
from benchmarks.sending import Got, Request, send
from benchmarks.serving import Site, floor, town, wanowa

HERE = Path(__file__).parent
BUDGETS = tomllib.loads((HERE / "budgets.toml").read_text(encoding="utf-8"))
GZIP = {"Accept-Encoding": "gzip"}
MISSES = 20_000
"""Addresses of one list that differ only in a parameter nobody reads: no cache knows them."""


@dataclass(slots=True)
class Run:
    """What is measured, how long, and what came out: budget key → figure and a note."""

    rounds: int
    seconds: int
    figures: dict[str, tuple[float, str]] = field(default_factory=dict)

    def against(self, key: str, ours: Callable[[], Got], theirs: Callable[[], Got]) -> None:
        """Measure ours and the floor in turns and keep the ratio."""
        pairs = [(theirs(), ours()) for _ in range(self.rounds)]
        ratio = median(our.rate / their.rate for their, our in pairs)
        note = f"{median(our.rate for _, our in pairs):,.0f} of {median(their.rate for their, _ in pairs):,.0f} r/s"
        self.keep(key, ratio, note)

    def keep(self, key: str, figure: float, note: str = "") -> None:
        """Keep one figure and tell it at once."""
        self.figures[key] = (figure, note)
        print(line(key, figure, note), flush=True)


def main() -> None:
    """Measure, print, write."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--quick", action="store_true", help="one round of two seconds")
    arguments.add_argument(
        "--only", nargs="+", choices=BUDGETS, help="measure only these", default=list(BUDGETS)
    )
    chosen = arguments.parse_args()
    run = Run(1, 2) if chosen.quick else Run(3, 4)
    only = set(chosen.only)
    if only & {
        "list_uncached",
        "list_warm",
        "detail_warm",
        "conditional",
        "room",
        "inside",
        "consent",
        "speak",
    }:
        throughput(run, only)
    if only & {"growth"}:
        growth(run)
    for key, measure in costs.MEASURES.items():
        if key in only:
            run.keep(key, *measure())
    report = table(run)
    print(f"\n{report}")
    if not chosen.quick and only == set(BUDGETS):
        write(run, report)


def throughput(run: Run, only: set[str]) -> None:
    """Ask both sites for the same kinds of page with eight connections, in a town of 100,000 collaborations."""
    doors = town("L")
    pages, cookie = doors["pages"], {"Cookie": doors["cookie"]}
    for name, key in (
        ("list", "list"),
        ("detail", "detail"),
        ("inside", "inside"),
        ("room", "room"),
        ("me", "me"),
    ):
        if f"sql_{key}" in only:
            cost = doors["costs"][name]
            run.keep(f"sql_{key}", cost["sql"], f"{cost['bytes'] / 1000:.0f} kB of HTML")
    with floor() as bare, wanowa("L") as ours:

        def asked(site: Site, *requests: Request) -> Callable[[], Got]:
            site.check(requests[0])
            return lambda: send(site, requests, seconds=run.seconds)

        floor_list, floor_kept = asked(bare, Request("/")), asked(bare, Request("/kept/"))
        floor_detail = asked(bare, Request("/1/"))
        jobs = {
            "list_uncached": (
                asked(ours, *(Request(f"{pages['list']}?n={n}", GZIP) for n in range(MISSES))),
                floor_list,
            ),
            "list_warm": (asked(ours, Request(pages["list"], GZIP)), floor_kept),
            "detail_warm": (asked(ours, Request(pages["detail"], GZIP)), floor_kept),
            "conditional": (
                asked(ours, Request(pages["list"], {"If-None-Match": ours.etag(pages["list"])})),
                asked(bare, Request("/kept/", {"If-None-Match": '"kept"'})),
            ),
            "room": (asked(ours, Request(pages["room"], cookie)), floor_detail),
            "inside": (asked(ours, Request(pages["inside"], cookie)), floor_detail),
        }
        for key, (mine, theirs) in jobs.items():
            if key in only:
                run.against(key, mine, theirs)
        writes(run, only, ours, bare, doors)


def writes(run: Run, only: set[str], ours: Site, bare: Site, doors: dict[str, Any]) -> None:
    """Let people consent, each form once, and one person speak; count in the database that it happened."""
    simple = [Request("/1/post/", body="body=text")]
    for key, table in (("consents", "consents"), ("words", "messages")):
        name = {"consents": "consent", "words": "speak"}[key]
        if name not in only:
            continue
        forms = [Request(path, {"Cookie": cookie}, body) for path, cookie, body in doors[key]]
        share = len(forms) // run.rounds
        parts = iter([forms[n * share : (n + 1) * share] for n in range(run.rounds)])
        sent: list[Got] = []

        def post(parts: Any = parts, sent: list[Got] = sent) -> Got:
            sent.append(send(ours, next(parts), seconds=min(run.seconds, 2), once=True))
            return sent[-1]

        run.against(name, post, lambda: send(bare, simple, seconds=min(run.seconds, 2)))
        added = ours.count(table) - doors["counts"][table]
        answered = sum(got.requests for got in sent)
        assert answered <= added <= answered + 8 * len(sent), f"{answered} answered, {added} rows in {table}"


def growth(run: Run) -> None:
    """Compare each page's typical answer in a small town and in one a hundred times as large."""
    worst, notes = 0.0, []
    towns = {size: town(size) for size in ("S", "L")}
    with wanowa("S") as small, wanowa("L") as large:
        for name in ("list", "parties", "detail", "room", "me"):
            pair: list[list[float]] = [[], []]
            for _ in range(run.rounds):
                for place, (site, size) in enumerate(((small, "S"), (large, "L"))):
                    page, signed_in = towns[size]["pages"][name], name in {"room", "me"}
                    headers = {"Cookie": towns[size]["cookie"]} if signed_in else {}
                    requests = [Request(f"{page}?n={n}", headers) for n in range(MISSES // 10)]
                    pair[place].append(send(site, requests, seconds=run.seconds, connections=1).p50)
            grown = median(large / small for small, large in zip(*pair, strict=True))
            notes.append(f"{name} {grown:.2f}")
            worst = max(worst, grown)
    run.keep("growth", worst, ", ".join(notes))


def line(key: str, figure: float, note: str) -> str:
    """Return one row of the table."""
    budget = BUDGETS[key]
    owed, sign = (budget["least"], "≥") if "least" in budget else (budget["most"], "≤")
    kept = figure >= owed if "least" in budget else figure <= owed
    return f"| {budget['label']} | {figure:.3g} | {sign} {owed} | {sign} {budget['goal']} | {'yes' if kept else 'NO'} | {note} |"


def table(run: Run) -> str:
    """Return the whole table."""
    head = "| figure | measured | must | goal | held | |\n|---|---|---|---|---|---|"
    rows = [line(key, *run.figures[key]) for key in BUDGETS if key in run.figures]
    return "\n".join([head, *rows])


def write(run: Run, report: str) -> None:
    """Keep the table, without a word about the machine beyond its kind."""
    day = datetime.now(UTC).date().isoformat()
    kind = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {costs.processors()} CPUs"
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    head = f"# {day}\n\n{kind}, commit {commit.stdout.strip()}. `uv run python -m benchmarks.journeys`\n\n"
    (HERE / "results" / f"{day}.md").write_text(f"{head}{report}\n", encoding="utf-8")
    figures = {key: {"figure": round(figure, 4), "note": note} for key, (figure, note) in run.figures.items()}
    text = json.dumps({"day": day, "machine": kind, "figures": figures}, ensure_ascii=False, indent=1)
    (HERE / "results" / f"{day}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
