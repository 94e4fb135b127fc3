"""Writing the index: documents from their apps, after the record or all of them again. The only writer of documents."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from wanowa.kernel.eras import fiscal_year_of
from wanowa.kernel.languages import in_japanese
from wanowa.kernel.text import search_key
from wanowa.record.models import Entry
from wanowa.record.queries import after
from wanowa.record.services.unrecorded import unrecorded
from wanowa.search.models import Document, Position, Rebuild, Word
from wanowa.search.queries import BATCH, READER, Readable, Source, lexicon, sources
from wanowa.search.rules import TITLE, Lexicon, grams, padded, whole, word
from wanowa.search.services.analysing import Spelled, words_of
from wanowa.web.caching import release

LONGEST = 100_000
"""Characters of a body that are indexed. Nothing on this platform is longer."""
TASK = "search.follow"

type Report = Callable[[str, int], None]
"""Called as report(kind, documents done)."""


@unrecorded("waking the worker is nobody's deed")
def wake() -> None:
    """Ask the worker to read the record, unless it was asked already. Costs one query, two when it was not."""
    if not ProcrastinateJob.objects.filter(queueing_lock=TASK, status="todo").exists():
        with suppress(AlreadyEnqueued):
            app.configure_task(TASK, queueing_lock=TASK).defer()


@unrecorded("the index repeats what apps show")
def follow(limit: int = BATCH) -> int:
    """Read the record from where we stopped and index what it touched. Returns how many entries were read.

    Position and documents commit together, so a crash repeats nothing and loses nothing; two workers take turns.
    After a new program its own pages are read first.
    """
    with transaction.atomic():
        position = _locked()
        words = lexicon()
        if position.release != release():
            for source in sources().values():
                if source.standing:
                    _index(source, source.keys("", BATCH), words)
            position.release = release()
        entries = after(position.entry, limit)
        cases = dict.fromkeys(entry.case for entry in entries)
        for source in sources().values():
            keys = list(dict.fromkeys(key for case in cases for key in source.touched(case)))
            for start in range(0, len(keys), BATCH):
                _index(source, keys[start : start + BATCH], words)
        if entries:
            position.entry = entries[-1].pk
        position.save()
    return len(entries)


@unrecorded("the index repeats what apps show")
def rebuild(report: Report) -> int:
    """Read every document again, each in its place, so that there is always an index. Returns how many there are.

    It can be stopped at any moment and goes on where it stopped; whoever reads the record meanwhile takes turns.
    """
    _begin()
    for kind, source in sources().items():
        while not _rebuild_some(source):
            report(kind, Rebuild.objects.get(kind=kind).done)
        report(kind, Rebuild.objects.get(kind=kind).done)
    with transaction.atomic():
        position = _locked()
        Document.objects.exclude(kind__in=sources()).delete()
        began = Rebuild.objects.aggregate(began=Max("entry"))["began"] or 0
        position.entry, position.release = max(position.entry, began), release()
        position.save()
        Rebuild.objects.all().delete()
    recount()
    return Document.objects.count()


def _begin() -> None:
    """Make a row for each kind, unless a rebuilding goes on."""
    with transaction.atomic():
        _locked()
        if Rebuild.objects.exists():
            return
        newest = Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0
        decided = after(max(newest - 1, 0), 1)
        entry = decided[-1].pk if decided else 0
        Rebuild.objects.bulk_create([Rebuild(kind=kind, entry=entry) for kind in sources()])


def _rebuild_some(source: Source) -> bool:
    """Index the next documents of a kind; at its end, take out what is there no longer. True when it is done."""
    with transaction.atomic():
        _locked()
        row, _new = Rebuild.objects.get_or_create(kind=source.kind)
        if row.finished:
            return True
        keys = source.keys(row.after, BATCH)
        if keys:
            row.done += _index(source, keys, lexicon())
            row.after = keys[-1]
        else:
            _sweep(source)
            row.finished = True
        row.save()
    return row.finished


def _sweep(source: Source) -> None:
    keys = list(Document.objects.filter(kind=source.kind).order_by("key").values_list("key", flat=True))
    for start in range(0, len(keys), BATCH):
        asked = keys[start : start + BATCH]
        there = {one.key for one in source.documents(asked)}
        forget(source.kind, [key for key in asked if key not in there])


def _locked() -> Position:
    """Return the position, locked until commit: one writer at a time."""
    Position.objects.get_or_create(reader=READER)
    return Position.objects.select_for_update().get(reader=READER)


def _index(source: Source, keys: Sequence[str], words: Lexicon) -> int:
    """Write the documents of `keys`, and take out those that are gone. Returns how many there are."""
    if not keys:
        return 0
    with in_japanese():
        found = list(source.documents(keys))
    there = {one.key for one in found}
    forget(source.kind, [key for key in keys if key not in there])
    store(source.kind, found, words)
    return len(found)


@unrecorded("the index repeats what apps show")
def store(kind: str, found: Iterable[Readable], words: Lexicon) -> None:
    """Write documents of one kind, each in place of what was there. Costs two statements, whatever their number."""
    rows, learnt = [], dict[Spelled, None]()
    for one in found:
        body = one.body[:LONGEST]
        title_key = " ".join(search_key(one.title).split())
        folded = "\n".join(search_key(text) for text in (one.title, one.reading, body) if text)
        in_title = words_of(one.title)
        in_all = in_title | words_of(body)
        forms = {word(spelled.normal, title=True) for spelled in in_title}
        forms |= {word(spelled.normal) for spelled in in_all}
        if one.public and not one.personal:
            learnt |= dict.fromkeys(spelled for spelled, is_name in in_all.items() if not is_name)
        day = one.day or timezone.localdate()
        year = fiscal_year_of(one.day) if one.day else None
        rows.append(
            (
                *(kind, one.key, one.title, one.reading, body, one.address, list(one.fields)),
                *(words.places_in(folded), words.audiences_in(folded), day, year),
                *(one.public, list(one.parties), one.for_desk, title_key, folded),
                "\n".join(forms),
                "\n".join(
                    {
                        *grams(folded),
                        *(TITLE + piece for piece in grams(title_key)),
                        *whole(title_key),
                        *forms,
                    }
                ),
                f"{kind}/{one.key}",
            )
        )
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_STORE, rows)
    _learn(learnt)


_COLUMNS = (
    "kind, key, title, reading, body, address, fields, places, audiences, day, year, public, parties, for_desk,"
    " title_key, folded, words, index"
)
_SET = "array_to_tsvector(string_to_array(%s, E'\\n'))"
"""A set of pieces, a line each: none of them has white space but whole titles, which are one line."""
_STORE = (
    f"INSERT INTO search_document ({_COLUMNS})"  # noqa: S608 - nothing typed is in it
    f" VALUES ({'%s, ' * 16}{_SET}, {_SET} || search_sample(%s))"
    " ON CONFLICT (kind, key) DO UPDATE SET"
    f" ({_COLUMNS}) = ({', '.join(f'EXCLUDED.{name.strip()}' for name in _COLUMNS.split(','))})"
)


def _learn(spelled: Iterable[Spelled]) -> None:
    """Remember how words of public documents are written."""
    Word.objects.bulk_create(
        [
            Word(
                surface=one.surface,
                normal=one.normal,
                reading=one.reading,
                near=list(dict.fromkeys(padded(one.surface) + padded(one.reading))),
            )
            for one in spelled
            if len(one.surface) > 1
        ],
        ignore_conflicts=True,
    )


@unrecorded("the index repeats what apps show")
def forget(kind: str, keys: Sequence[str]) -> None:
    """Take documents out at once, and words that no other document has. For erasures, and for what is gone.

    Needs no dictionary, so a page may call it inside the transaction that takes the words away.
    Costs one query when there is nothing, else three.
    """
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM search_document WHERE kind = %s AND key = ANY(%s) RETURNING words)"
            " SELECT DISTINCT substr(lexeme, 3) FROM gone, unnest(tsvector_to_array(words)) AS lexeme"
            " WHERE lexeme LIKE 'w:%%'",
            [kind, list(keys)],
        )
        normals = [normal for (normal,) in cursor.fetchall()]
        if normals:
            cursor.execute(
                "DELETE FROM search_word WHERE normal = ANY(%s) AND NOT EXISTS ("
                "SELECT FROM search_document AS d WHERE d.public"
                " AND d.index @@ (quote_literal('w:' || replace(normal, '\\', '\\\\')))::tsquery)",
                [normals],
            )


@unrecorded("counting is nobody's deed")
def recount() -> int:
    """Count in how many public documents each word stands, forget those of none. Returns how many are left."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "WITH counted AS (SELECT substr(word, 3) AS normal, ndoc"
            " FROM ts_stat('SELECT words FROM search_document WHERE public') WHERE word LIKE 'w:%'),"
            " gone AS (DELETE FROM search_word WHERE normal NOT IN (SELECT normal FROM counted))"
            " UPDATE search_word AS w SET documents = counted.ndoc FROM counted"
            " WHERE counted.normal = w.normal AND w.documents <> counted.ndoc"
        )
    return Word.objects.count()
