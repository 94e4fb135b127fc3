"""The last minute before a deadline: everybody hands in at once, on two web processes, while the database restarts.

    uv run python -m benchmarks.stampede [--clients 400]

Builds a town of its own in a folder that goes afterwards, and lets its clock stand a minute and a half before the
end of a round. Nine in ten clients press in the last minute; one in twenty is too late on purpose; twenty seconds
before the end the database restarts. Each client writes the moment of its request as our proxy would
(X-Request-Start), and sends the same form again, with the same key and the same moment, when it gets no answer or
503. What counts: every receipt that a client holds is in the database exactly once, none is late, none who was in
time is refused, no 500. Prints the figures and fails unless all of it holds.
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
from pathlib import Path
from secrets import token_urlsafe
from time import monotonic, sleep, time
from typing import Any
from urllib.parse import urlencode

CSRF = "wanowaBenchmarkwanowaBenchmark00"
RUN_UP = 30
"""Seconds before the last minute in which the early ones press."""
MINUTE = 60
RESTART = 20
"""Seconds before the end at which the database restarts."""
PATIENCE = 90
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
    moment: float = 0.0
    """When it pressed, by the clock of the nodes."""
    status: int = 0
    tries: int = 0
    took: float = 0.0

    def press(self, ports: list[int], began: float, offset: float) -> None:
        """Hand in at the time; try again on the other node when there is no answer."""
        while (left := began + self.at - time()) > 0:  # by the clock on the wall, which decides
            sleep(min(left, 1))
        self.moment = time() + offset
        pressed, start = monotonic(), f"t={self.moment:.3f}"
        while monotonic() - pressed < PATIENCE:
            self.tries += 1
            self.status = self._once(ports[(self.proposal + self.tries) % len(ports)], start)
            if self.status not in {0, 503}:
                break
            sleep(1 + random.random())
        self.took = monotonic() - pressed

    def _once(self, port: int, start: str) -> int:
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
            answer.read()
        except (OSError, http.client.HTTPException):
            return 0
        else:
            return answer.status
        finally:
            line.close()


def main() -> None:
    """Build, run, count, print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--clients", type=int, default=400)
    clients = arguments.parse_args().clients
    with tempfile.TemporaryDirectory(prefix="wanowa-stampede-") as home:
        Path(home).chmod(0o755)  # the database's own user passes through
        os.environ |= {"WANOWA_HOME": home, "DJANGO_SETTINGS_MODULE": "config.settings"} | PROXIED
        figures = _run(Path(home), clients)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    owed = (
        "500",
        "receipts without a row",
        "rows without a receipt",
        "late and received",
        "in time and refused",
        "entries missing or twice",
    )
    if any(figures[name] for name in owed):
        sys.exit("The stampede was not survived.")


def _run(home: Path, count: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    clients, end = _town(count)
    target = end - timedelta(seconds=RUN_UP + MINUTE)
    ports = [_free_port() for _ in range(NODES)]
    offset = (target - datetime.now(UTC)).total_seconds() - START
    nodes = [_node(port, offset) for port in ports]
    try:
        for port in ports:
            _wait_for(port)
        began = target.timestamp() - offset
        threads = [threading.Thread(target=one.press, args=(ports, began, offset)) for one in clients]
        for thread in threads:
            thread.start()
        sleep(max(0.0, began + RUN_UP + MINUTE - RESTART - time()))
        _restart(home)
        for thread in threads:
            thread.join()
    finally:
        for node in nodes:
            node.terminate()
        for node in nodes:
            node.wait(30)
    return _figures(clients, end)


def _town(count: int) -> "tuple[list[Client], datetime]":
    """Build one open round with a finished proposal for each client; return them with the end of the round."""
    from django.conf import settings

    from benchmarks.doors import _cookies
    from wanowa.people.models import User
    from wanowa.proposals.queries.rounds import apply_end
    from wanowa.proposals.rules.deadlines import deadline
    from wanowa.proposals.services import rounds
    from wanowa.proposals.tests import factories as make
    from wanowa.web.idempotency import FIELD

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


def _wait_for(port: int) -> None:
    began = monotonic()
    while True:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            line.request("GET", "/healthz", headers={"X-Forwarded-Proto": "https"})
            if line.getresponse().status == 200:
                return
        except OSError:
            if monotonic() - began > MINUTE:
                raise
        finally:
            line.close()
        sleep(0.2)


def _restart(home: Path) -> None:
    """Restart the database as its administrator would: everybody is thrown out."""
    from config.database.cluster import locate

    cluster = locate(home)
    log = cluster.data / "server.log"
    cluster.run("pg_ctl", "restart", "-w", "-m", "fast", "-s", "-D", str(cluster.data), "-l", str(log))


def _figures(clients: list[Client], end: datetime) -> dict[str, Any]:
    from django.db import connection

    from wanowa.proposals.models import Proposal
    from wanowa.record.models import Entry
    from wanowa.record.services import verify

    connection.close()
    received = set(Proposal.objects.filter(receipt__isnull=False).values_list("pk", flat=True))
    holding = {one.proposal for one in clients if one.status == 302}
    late = Proposal.objects.filter(pk__in=received, submitted_at__gte=end).count()
    pressed_late = {one.proposal for one in clients if one.moment >= end.timestamp()}
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
        "in time and refused": len({one.proposal for one in clients} - pressed_late - received),
        "tried again": sum(one.tries > 1 for one in clients),
        "median seconds": round(took[len(took) // 2], 2),
        "longest seconds": round(took[-1], 2),
        "record is clean": verify().clean,
    }


if __name__ == "__main__":
    main()
