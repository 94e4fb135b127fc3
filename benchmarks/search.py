"""How well and how fast the search finds: a labelled set of Japanese queries over posts of an invented town.

    uv run python -m benchmarks.search [posts …]

Works in a test database of its own, which it removes at the end. Exact queries are compared with what Python finds in
the folded texts; the others with what the label says is meant. Exit code 1 when a count is not equal.

With several numbers of posts it prints at the end how times grow. It says how busy the machine was: a load above the
number of processors means that times are too long. `work` is what remains when waiting for a processor is left out:
the time that this process and its server were on one.
"""

from __future__ import annotations

import os
import resource
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import batched, islice
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wanowa.search.queries import Found, Readable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("WANOWA_DATABASE_ROLE", "owner")

LABELS = Path(__file__).with_name("queries.toml")
KIND = "posts"
TIMES = 3
"""How often each query is asked for the clock."""
AGAIN = 500
"""Posts that are written once more, with the index in place, as the worker does."""
BEST = 10


@dataclass(slots=True)
class Tally:
    """What came out for one group of queries."""

    asked: int = 0
    unequal: list[str] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    precision: list[float] = field(default_factory=list)
    empty: int = 0
    seconds: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)


def main() -> None:
    """Build, ask, print."""
    import django

    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    counts = [int(word) for word in sys.argv[1:] if word.isdigit()] or [100_000]
    made = setup_databases(verbosity=0, interactive=False)
    try:
        results = {count: measured(count) for count in counts}
    finally:
        teardown_databases(made, verbosity=0)
    if len(results) > 1:
        print(heading("growth"))
        for count, tally in results.items():
            print(row(f"{count:,} posts", tally))
    sys.exit(any(tally.unequal for tally in results.values()))


def busy() -> str:
    """Return how busy the machine is: processes that want a processor, and how many processors there are."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def measured(count: int) -> Tally:
    """Print what comes out for `count` posts, and return it."""
    from django.db import connection

    from wanowa.search.models import Document, Word

    folded = built(count)
    print(f"asking begins at {busy()}")
    tallies = {
        group["name"]: asked(group, folded) for group in tomllib.loads(LABELS.read_text("utf-8"))["group"]
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_total_relation_size('search_document') / 1e6, pg_relation_size('search_by_piece') / 1e6"
        )
        whole, index = map(int, cursor.fetchone())
    print(
        f"{Document.objects.count():,} documents: {whole:,} MB with indexes ({index:,} MB by piece), {Word.objects.count():,} words"
    )
    print(heading(""))
    everything = Tally()
    for name, tally in [*tallies.items(), ("all", everything)]:
        print(row(name, tally))
        if tally is not everything:
            for part in ("unequal", "recall", "precision", "seconds", "work"):
                getattr(everything, part).extend(getattr(tally, part))
            everything.asked += tally.asked
            everything.empty += tally.empty
    print(
        f"largest memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )
    print(f"asking ended at {busy()}")
    for name, tally in tallies.items():
        for text in tally.unequal:
            print(f"NOT EQUAL in {name}: {text}")
    return everything


def heading(title: str) -> str:
    """Return the first line of a table."""
    columns = f"{'queries':>8}{'unequal':>8}{'recall':>8}{'prec@10':>8}{'empty':>7}"
    return f"{title:28}{columns}{'p50 ms':>8}{'p99 ms':>8}{'work50':>8}{'work99':>8}"


def row(name: str, tally: Tally) -> str:
    """Return one line of the table."""

    def mean(values: list[float]) -> str:
        return f"{sum(values) / len(values):8.3f}" if values else f"{'–':>8}"

    def cuts(seconds: list[float]) -> str:
        hundredths = quantiles(seconds, n=100) if len(seconds) > 1 else [0.0] * 99
        return f"{hundredths[49] * 1000:>8.1f}{hundredths[98] * 1000:>8.1f}"

    return (
        f"{name:28}{tally.asked:>8}{len(tally.unequal):>8}{mean(tally.recall)}{mean(tally.precision)}"
        f"{tally.empty / max(tally.asked, 1):>7.1%}{cuts(tally.seconds)}{cuts(tally.work)}"
    )


def on_processor() -> float:
    """Return the seconds that this process and its server have worked; without Linux, of this process only."""
    from django.db import connection

    connection.ensure_connection()
    server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return process_time() + (int(server.read_text().split()[0]) / 1e9 if server.exists() else 0)


@contextmanager
def clocked(tally: Tally) -> Iterator[None]:
    """Add what the block takes to a tally, by the clock and on processors."""
    worked, began = on_processor(), perf_counter()
    yield
    tally.seconds.append(perf_counter() - began)
    tally.work.append(on_processor() - worked)


def built(count: int) -> dict[str, str]:
    """Index `count` posts and return their folded texts by key."""
    from django.db import connection

    from wanowa.search.models import Document, Word
    from wanowa.search.queries import Source, lexicon, register_source
    from wanowa.search.services import recount, store

    Document.objects.all().delete()
    Word.objects.all().delete()
    everybody = Source(
        KIND, "投稿", lambda after, limit: [], lambda keys: (), lambda case: (), lambda actor, keys: set(keys)
    )
    register_source(everybody)
    words, began = lexicon(), perf_counter()
    _without_index()
    for batch in batched(_readables(count), 1000):
        store(KIND, batch, words)
    stored = perf_counter()
    _with_index()
    made = perf_counter()
    recount()
    counted = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE search_document, search_word")
    ready = perf_counter()
    for batch in batched(islice(_readables(count), AGAIN), 100):
        store(KIND, batch, words)
    again = perf_counter()
    print(
        f"{count:,} posts: written at {count / (stored - began):,.0f}/s, index made in {made - stored:.0f} s,"
        f" words counted in {counted - made:.1f} s, {min(AGAIN, count) / (again - ready):,.0f}/s with the index in place; {busy()}"
    )
    return dict(Document.objects.values_list("key", "folded").iterator())


def _readables(count: int) -> Iterator[Readable]:
    from benchmarks.posts import posts
    from wanowa.search.queries import Readable

    for key, post in enumerate(posts(count)):
        yield Readable(str(key), post.title, post.body, f"/posts/{key}/", day=post.day)


def _without_index() -> None:
    """Take the index away, as a restored dump has none while its rows come in."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX search_by_piece")


def _with_index() -> None:
    from django.db import connection

    from wanowa.search.models import Document

    [index] = [one for one in Document._meta.indexes if one.name == "search_by_piece"]
    with connection.schema_editor() as editor:
        editor.add_index(Document, index)


def asked(group: dict[str, Any], folded: dict[str, str]) -> Tally:
    """Ask every query of a group and return what came out."""
    tally = Tally()
    for q in group.get("exact", ()):
        _exact(q, group.get("but", {}).get(q, ()), folded, tally)
    for labelled in group.get("means", ()):
        _means(labelled["q"], labelled["is"], folded, tally)
    for labelled in group.get("corrects", ()):
        _corrects(labelled["q"], labelled["to"], tally)
    return tally


def _find(q: str, tally: Tally) -> Found:
    from wanowa.kernel.actors import PUBLIC
    from wanowa.search.queries import Wanted, find, reader_of

    for _ in range(TIMES):
        with clocked(tally):
            found = find(Wanted(q=q), reader_of(PUBLIC), size=20)
    tally.asked += 1
    tally.empty += found.total == 0
    return found


def _exact(q: str, but: Iterable[str], folded: dict[str, str], tally: Tally) -> None:
    """Compare the characters alone with what Python finds; the best ten with what was meant."""
    from django.db import connection

    from wanowa.kernel.text import search_key
    from wanowa.search.queries.conditions import matches
    from wanowa.search.rules import asked as terms_of

    terms = [term.text for term in terms_of(q).terms]
    truth = {key for key, text in folded.items() if all(term in text for term in terms)}
    condition = matches(terms_of(q))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT d.key FROM search_document d WHERE {condition.text}", condition.parameters)  # noqa: S608 - ours
        got = {key for (key,) in cursor.fetchall()}
    if got != truth:
        tally.unequal.append(f"{q}: {len(got)} found, {len(truth)} in truth")
    found = _find(q, tally)
    tally.recall.append(len(got & truth) / len(truth) if truth else 1.0)
    accidents = [search_key(one) for one in but]

    def meant(text: str) -> bool:
        for accident in accidents:
            text = text.replace(accident, "")
        return all(term in text for term in terms)

    _precise(found, lambda key: meant(folded[key]), sum(map(meant, folded.values())), tally)


def _means(q: str, groups: list[list[str]], folded: dict[str, str], tally: Tally) -> None:
    """Compare with what the label says: a post that has one way of writing of every group."""
    from wanowa.kernel.text import search_key

    wanted = [[search_key(way) for way in group] for group in groups]
    truth = {key for key, text in folded.items() if all(any(way in text for way in ways) for ways in wanted)}
    found = _find(q, tally)
    tally.recall.append(len(_keys(q) & truth) / len(truth) if truth else 1.0)
    _precise(found, truth.__contains__, len(truth), tally)


def _keys(q: str) -> set[str]:
    """Return every key that is found, strictly or, where nothing has all words, by some of them."""
    from wanowa.kernel.actors import PUBLIC
    from wanowa.search.queries import keys_found, read
    from wanowa.search.rules import attempts

    found = next(filter(None, (keys_found(one, PUBLIC) for one in attempts(read(q)))), set())
    return {key for _kind, key in found}


def _precise(found: Found, meant: Callable[[str], bool], possible: int, tally: Tally) -> None:
    best = [one.key for one in found.documents[:BEST]]
    if possible and best:
        tally.precision.append(sum(map(meant, best)) / min(BEST, possible, len(best)))


def _corrects(q: str, to: str, tally: Tally) -> None:
    """See whether the search asks for what was meant."""
    from wanowa.kernel.actors import PUBLIC
    from wanowa.kernel.text import search_key
    from wanowa.search.queries import Wanted, find, meant, read, reader_of

    reader, key = reader_of(PUBLIC), search_key(to)
    for _ in range(TIMES):
        with clocked(tally):
            found = find(Wanted(q=q), reader)
            others = meant(read(q), reader)
    tally.asked += 1
    helped = any(key in other or other in key for other in others) or any(
        key in one.folded for one in found.documents
    )
    tally.recall.append(float(helped))
    tally.empty += not helped
    if not helped:
        print(f"not asked about: {q} → {to} ({'・'.join(others) or 'nothing near'})")


if __name__ == "__main__":
    main()
