"""The last minute before a deadline: everybody hands in at once, on two web processes, one with a wrong clock.

    uv run python -m benchmarks.stampede [--clients 400] [--skew 120] [--away 12] [--without clock|queue|door]

Builds a town of its own in a folder that goes afterwards, and lets the database's clock and its nodes' stand a
minute and a half before the end of a round; one node's clock is wrong by `--skew` seconds. Nine in ten clients press
in the last minute; one in twenty is too late on purpose; twenty seconds before the end the database goes away.
Each try carries the moment at which our proxy got it (X-Request-Start). Whoever gets the queue page waits as long as
it says, and sends what it gives: the same form, and the signed field with its first moment. Whoever gets no answer
sends the same form again. What counts: every receipt that a client holds is in the database exactly once, none who
pressed late is received, none who was in time is refused, no 500. Prints the figures and fails unless all of it holds.

`--without clock` and `--without queue` switch off what they name; the run must then fail, or it proves nothing.
`--without door --away 40` shows how many get no answer at all when every thread waits for the database.
"""

import argparse
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from secrets import token_urlsafe
from time import monotonic, sleep, time
from typing import Any
from urllib.parse import urlencode

CSRF = "wanowaBenchmarkwanowaBenchmark00"
RUN_UP = 30
"""Seconds before the last minute in which the early ones press."""
MINUTE = 60
LEAVES = 20
"""Seconds before the end at which the database goes away."""
PATIENCE = 240
"""Seconds for which a client tries again."""
NODES = 2
START = 40
"""Seconds that the nodes have to start."""
LATE_ON_PURPOSE = 0.05
PROXIED = {"WANOWA_BEHIND_PROXY": "1", "WANOWA_URL": "https://127.0.0.1"}
"""How the platform stands behind a reverse proxy; names of cookies depend on it."""


@dataclass(slots=True)
class Client:
    """One who hands in: when, what, and what came of it."""

    path: str
    cookie: str
    body: str
    proposal: int
    at: float
    """Seconds from the beginning."""
    first: float = 0.0
    """When it pressed, by the platform's time."""
    moment: float = 0.0
    """Which press counts: the first, unless it got no answer and no page that keeps its moment."""
    last: float = 0.0
    status: int = 0
    tries: int = 0
    kept: bool = False
    """Whether a queue page gave it a moment to send again."""
    pages: int = 0
    empty: int = 0
    """Queue pages, and those without a moment."""
    unanswered: int = 0
    took: float = 0.0

    def press(self, ports: list[int], began: float, offset: float) -> None:
        """Hand in at the time; try again on the other node as the queue page says, or when there is no answer."""
        while (left := began + self.at - time()) > 0:  # by the clock on the wall, which decides
            sleep(min(left, 1))
        pressed, self.first = monotonic(), time() + offset
        while monotonic() - pressed < PATIENCE:
            self.tries += 1
            self.last = time() + offset
            if not self.kept:
                self.moment = self.last
            pause = self._once(ports[(self.proposal + self.tries) % len(ports)], f"t={self.last:.3f}")
            if self.status not in {0, 503}:
                break
            sleep(pause + random.random())
        self.took = monotonic() - pressed

    def _once(self, port: int, start: str) -> float:
        """Send the form, take up what a queue page gives; return for how many seconds to wait."""
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-Proto": "https",
            "Referer": f"https://127.0.0.1{self.path}",
            "X-Request-Start": start,
        }
        try:
            line.request("POST", self.path, body=self.body, headers=headers)
            answer = line.getresponse()
            page = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.status = 0
            self.unanswered += 1
            return 1
        finally:
            line.close()
        self.status = answer.status
        if self.status == 503:
            self._take_up(page)
        return float(answer.headers.get("Retry-After", 1))

    def _take_up(self, page: str) -> None:
        from wanowa.web.sent import MOMENT

        given = _Given()
        given.feed(page)
        self.pages += 1
        if MOMENT in dict(given.fields):
            self.body, self.kept = urlencode(given.fields), True
        else:
            self.empty += 1


class _Given(HTMLParser):
    """Reads the hidden fields of the form in a queue page."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field of the form that sends again."""
        found = dict(attrs)
        if tag == "form":
            self._inside = "data-again" in found
        if self._inside and tag == "input":
            self.fields.append((str(found["name"]), found.get("value") or ""))


OWED = (
    "500",
    "receipts without a row",
    "rows without a receipt",
    "late and received",
    "in time and refused",
    "entries missing or twice",
    "queue pages without a moment",
)
"""Figures that are 0, or the stampede was not survived."""


def main() -> None:
    """Build, run, count, print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--clients", type=int, default=400)
    arguments.add_argument("--skew", type=float, default=120.0)
    arguments.add_argument("--away", type=float, default=12.0)
    arguments.add_argument("--without", choices=["clock", "queue", "door"], default="")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="wanowa-stampede-") as home:
        Path(home).chmod(0o755)  # the database's own user passes through
        os.environ |= {"WANOWA_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings"} | PROXIED
        os.environ["WANOWA_STAMPEDE_WITHOUT"] = chosen.without
        figures = _run(Path(home), chosen.clients, chosen.skew, chosen.away)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    if any(figures[name] for name in OWED):
        sys.exit("The stampede was not survived.")
    if not figures["received by a kept moment after the end"]:
        sys.exit("Nobody came through the queue page after the end: the run shows nothing about it.")


def _run(home: Path, count: int, skew: float, away: float) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    clients, end = _town(count)
    target = end - timedelta(seconds=RUN_UP + MINUTE)
    ports = [_free_port() for _ in range(NODES)]
    offset = (target - datetime.now(UTC)).total_seconds() - START
    _move_database(offset)
    nodes = [_node(port, offset + wrong) for port, wrong in zip(ports, (0.0, skew), strict=True)]
    try:
        told = [_wait_for(port) for port in ports]
        began = target.timestamp() - offset
        threads = [threading.Thread(target=one.press, args=(ports, began, offset)) for one in clients]
        for thread in threads:
            thread.start()
        sleep(max(0.0, began + RUN_UP + MINUTE - LEAVES - time()))
        _leave(home, away)
        for thread in threads:
            thread.join()
    finally:
        for node in nodes:
            node.terminate()
        for node in nodes:
            node.wait(30)
    return {"seconds one node is wrong": skew, "told by /healthz": told} | _figures(clients, end)


def _move_database(offset: float) -> None:
    """Let the database's own clock stand where the nodes' stand, for every connection made from now on."""
    from django.db import connection

    with connection.as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA moved; GRANT USAGE ON SCHEMA moved TO PUBLIC")
        for name in ("clock_timestamp", "now"):
            cursor.execute(
                f"CREATE FUNCTION moved.{name}() RETURNS timestamptz LANGUAGE sql AS"
                f" $$ SELECT pg_catalog.{name}() + interval '{offset:.3f} seconds' $$"
            )
        database = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {database} SET search_path = moved, pg_catalog, public")
    connection.close()


def _town(count: int) -> "tuple[list[Client], datetime]":
    """Build one open round with a finished proposal for each client; return them with the end of the round."""
    from django.conf import settings

    from benchmarks.doors import _cookies
    from wanowa.people.models import User
    from wanowa.proposals.queries.rounds import apply_end
    from wanowa.proposals.rules.deadlines import deadline
    from wanowa.proposals.services import rounds
    from wanowa.proposals.tests import factories as make
    from wanowa.web.sent import FIELD

    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    desk, office = make.coordinator(), make.office()
    apply, *others = make.calendar()
    week = replace(apply, ends_on=apply.starts_on + timedelta(days=7))  # sessions last that long
    found = rounds.prepare(make.rules(), [week, *others], by=desk)
    rounds.appoint(found, [(make.coordinator().required_person, "学識経験者") for _one in range(2)], by=desk)
    found = rounds.open_round(found, by=desk)
    made = []
    for number in range(count):
        us = make.actor()
        proposal = make.accompanied(
            make.written(make.begun(found, us), us, title=f"提案{number}"), us, office
        )
        made.append((us, proposal, make.seen(proposal)))
    cookies = _cookies(list(User.objects.filter(pk__in=[us.person for us, _proposal, _seen in made])))
    chance = random.Random(23)
    clients = []
    for number, (us, proposal, seen) in enumerate(made):
        body = {"csrfmiddlewaretoken": CSRF, FIELD: token_urlsafe(24), "seen": seen}
        clients.append(
            Client(
                f"/proposals/{proposal.pk}/submit/",
                cookies[us.required_person],
                urlencode(body),
                proposal.pk,
                _moment(number / count, chance),
            )
        )
    return clients, deadline(apply_end(found))


def _moment(share: float, chance: random.Random) -> float:
    """Return when a client presses: some too late, one in ten early, the others ever more towards the end."""
    if share < LATE_ON_PURPOSE:
        return RUN_UP + MINUTE + chance.uniform(0.5, 10)
    if share < LATE_ON_PURPOSE + 0.1:
        return chance.uniform(0, RUN_UP)
    return RUN_UP + MINUTE * max(chance.random(), chance.random()) * 0.99


def _node(port: int, offset: float) -> subprocess.Popen[bytes]:
    from wanowa.cli import running

    environment = {
        **os.environ,
        "WANOWA_DATABASE_ROLE": "app",
        "WANOWA_DATABASE_POOL": str(running.BLOCKING_THREADS + 1),
        "WANOWA_STAMPEDE_OFFSET": str(offset),
    }
    return subprocess.Popen(
        running.granian("127.0.0.1", port, 1, "benchmarks.late:application"), env=environment
    )


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> list[str]:
    """Wait until a node serves; return what it tells its operator."""
    began = monotonic()
    while True:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
        try:
            line.request("GET", "/healthz", headers={"X-Forwarded-Proto": "https"})
            answer = line.getresponse()
            if answer.status == 200:
                return list(json.load(answer)["told"])
        except OSError:
            if monotonic() - began > MINUTE:
                raise
        finally:
            line.close()
        sleep(0.2)


def _leave(home: Path, away: float) -> None:
    """Stop the database as its administrator would, everybody is thrown out; start it again after `away` seconds."""
    from config.database.cluster import locate

    cluster = locate(home)
    cluster.run("pg_ctl", "stop", "-w", "-m", "fast", "-s", "-D", str(cluster.data))
    sleep(away)
    cluster.start()


def _figures(clients: list[Client], end: datetime) -> dict[str, Any]:
    from django.db import connection

    from wanowa.proposals.models import Proposal
    from wanowa.record.models import Entry
    from wanowa.record.services import verify

    connection.close()
    received = set(Proposal.objects.filter(receipt__isnull=False).values_list("pk", flat=True))
    holding = {one.proposal for one in clients if one.status == 302}
    late = Proposal.objects.filter(pk__in=received, submitted_at__gte=end).count()
    pressed_late = {one.proposal for one in clients if one.first >= end.timestamp()}
    counts_late = {one.proposal for one in clients if one.moment >= end.timestamp()}
    by_moment = [one for one in clients if one.kept and one.last >= end.timestamp() and one.status == 302]
    entries = Entry.objects.filter(verb="proposals.proposal.submitted").values_list("case", flat=True)
    took = sorted(one.took for one in clients)
    return {
        "clients": len(clients),
        "received": len(received),
        "pressed too late": len(pressed_late),
        "answers": {
            str(status): number for status, number in sorted(Counter(one.status for one in clients).items())
        },
        "500": sum(one.status == 500 for one in clients),
        "receipts without a row": len(holding - received),
        "rows without a receipt": len(received - holding),
        "entries missing or twice": abs(len(entries) - len(received)),
        "late and received": late + len(pressed_late & received),
        "in time and refused": len({one.proposal for one in clients} - counts_late - received),
        "tries without an answer": sum(one.unanswered for one in clients),
        "pressed in time, but refused for want of an answer": len(counts_late - pressed_late - received),
        "queue pages": sum(one.pages for one in clients),
        "queue pages without a moment": sum(one.empty for one in clients),
        "received by a kept moment after the end": len(by_moment),
        "tried again": sum(one.tries > 1 for one in clients),
        "median seconds": round(took[len(took) // 2], 2),
        "longest seconds": round(took[-1], 2),
        "record is clean": verify().clean,
    }


if __name__ == "__main__":
    main()
