"""How fast the process log is: verifying 100,000 entries, adding one, asking what is new, signing 10,000 cases.

    uv run python -m benchmarks.record [entries]

Works in a test database of its own, which it removes at the end. Prints one table.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wanowa.record.models import Entry, Head, Opening

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("WANOWA_DATABASE_ROLE", "owner")

OPENINGS = 3
LENGTH = 10
"""Entries of one case: 100,000 entries are 10,000 cases."""
MOVED = 50
"""Cases that move between two checkpoints."""


def main() -> None:
    """Build a log, measure, print."""
    import django

    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    made = setup_databases(verbosity=0, interactive=False)
    try:
        measure(count)
    finally:
        teardown_databases(made, verbosity=0)


def measure(count: int) -> None:
    """Print seconds for a log of `count` entries, each with three values kept back."""
    from django.conf import settings
    from django.db import connection

    from wanowa.record import verbs
    from wanowa.record.models import Entry, Head, Opening
    from wanowa.record.queries import after, cursor_of, latest_checkpoint, proof_of
    from wanowa.record.queries.checkpoints import health
    from wanowa.record.services import checkpoint, verify
    from wanowa.record.tests import factories

    for verb in (factories.OFFERED, factories.TICKED):
        setattr(verbs, verb.name.upper(), verb)
    verbs.known.cache_clear()
    entries, openings, heads = forged(count)
    with connection.cursor() as sql:
        sql.execute("ALTER TABLE record_head DISABLE TRIGGER USER")
    Entry.objects.bulk_create(entries, 2_000)
    Opening.objects.bulk_create(openings, 5_000)
    Head.objects.bulk_create(heads, 5_000)
    with connection.cursor() as sql:
        sql.execute("ALTER TABLE record_head ENABLE TRIGGER USER")
        sql.execute("SELECT setval('record_entry_id_seq', %s)", [count])
        sql.execute("ANALYZE")

    def verified() -> None:
        report = verify()
        assert report.clean, report.problems[:3]
        assert report.entries == count

    def written() -> None:
        factories.offer(factories.case(7))

    def signed() -> None:
        made = checkpoint()
        assert made is not None

    def moved() -> None:
        for key in range(MOVED):
            factories.offer(factories.case(100 + key))

    with TemporaryDirectory() as folder:
        settings.LOG_KEY = Path(folder) / "log-key"
        first = typical(signed, 1)
        again = typical(signed, 5, before=moved)
        last = latest_checkpoint()
        assert last is not None
        rows = [
            (f"first checkpoint: {count:,} entries read again", first, 1, "s"),
            (f"checkpoint over {last.size:,} cases, {MOVED} moved", again, 1_000, "ms"),
            ("proof of one case", typical(lambda: proof_of("auth.group/100", last), 10), 1_000, "ms"),
            ("how checkpoints stand", typical(health, 50), 1_000, "ms"),
        ]
    count = last.entries
    rows += [
        (f"verify {count:,} entries, {OPENINGS} openings each", typical(verified, 3), 1, "s"),
        ("add one entry (commit included)", typical(written, 200), 1_000, "ms"),
        ("cursor of one case", typical(lambda: cursor_of("auth.group/7"), 200), 1_000, "ms"),
        ("cursor of an app", typical(lambda: cursor_of("bench"), 200), 1_000, "ms"),
        ("50 deliveries", typical(lambda: after(count // 2, 50), 100), 1_000, "ms"),
    ]
    for label, seconds, factor, unit in rows:
        print(f"{label:<50} {seconds * factor:10.2f} {unit}")


def forged(count: int) -> tuple[list[Entry], list[Opening], list[Head]]:
    """Return a sealed log of `count` entries, made in memory: writing it one by one would take minutes."""
    from wanowa.record.models import Entry, Head, Opening
    from wanowa.record.rules import GENESIS, canonical, commitment, content_of, seal, stamp
    from wanowa.record.tests.factories import FINGERPRINT, OFFERED

    entries, openings, heads = [], [], []
    begin = datetime(2026, 4, 1, tzinfo=UTC)
    for key in range(1, count + 1):
        nth, number = divmod(key - 1, LENGTH)
        case, number = f"bench.case/{nth}", number + 1
        at = begin + timedelta(seconds=key)
        digest = GENESIS if number == 1 else entries[-1].digest
        facts = {"number": number, "fingerprint": FINGERPRINT}
        kept = [(f"field{n}", os.urandom(16), canonical(f"ふせた値 {n}")) for n in range(OPENINGS)]
        commitments = {field: commitment(case, number, field, salt, value) for field, salt, value in kept}
        sealed = {"case": case, "number": number, "verb": OFFERED.name, "party": 7, "facts": facts}
        content = content_of(**sealed, at=stamp(at), commitments=commitments)
        digest = seal(digest, canonical(content))
        entries.append(Entry(id=key, **sealed, at=at, commitments=commitments, digest=digest))
        openings += (
            Opening(entry_id=key, field=field, salt=salt, value=value.decode()) for field, salt, value in kept
        )
        if number == LENGTH or key == count:
            heads.append(Head(case=case, number=number, digest=digest, last_id=key, at=at))
    return entries, openings, heads


def typical(job: Callable[[], object], times: int, *, before: Callable[[], object] = int) -> float:
    """Return the median of several runs, in seconds; what is done before each is not counted."""
    taken = []
    for _ in range(times):
        before()
        start = perf_counter()
        job()
        taken.append(perf_counter() - start)
    return sorted(taken)[len(taken) // 2]


if __name__ == "__main__":
    main()
