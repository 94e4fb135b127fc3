"""Towns to measure in: 1,000 to 1,000,000 collaborations with everything around them, and a log that verifies.

    uv run python -m benchmarks.towns S|M|L|XL [--again]

Each size has a database of its own in the embedded server. It is filled with COPY and with triggers asleep
(`session_replication_role`, nowhere else in the platform), but every entry is sealed, every text fingerprinted
and every consent recorded as the services would: `wanowa verify` finds nothing wrong. Of ten collaborations
seven are in force, two wait for a consent, one is being talked about; changes, ends and registrations are left out.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import batched
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.chronicles import BEGIN, Chronicle, Row, Rows, collaboration

if TYPE_CHECKING:
    from psycopg import Connection


SIZES = {"S": 1_000, "M": 10_000, "L": 100_000, "XL": 1_000_000}
BATCH = 2_000
"""Collaborations made in memory at a time."""
AROUND = 10
"""Collaborations a party takes part in, whatever the size: a big town has more parties, not busier ones."""


def database_of(size: str) -> str:
    """Return the name of the database that holds a town."""
    return f"wanowa_bench_{size.lower()}"


def main() -> None:
    """Build one town unless it stands already."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("size", choices=SIZES)
    arguments.add_argument("--again", action="store_true", help="tear the town down first")
    chosen = arguments.parse_args()
    enter(chosen.size)
    began = perf_counter()
    built = build(SIZES[chosen.size], again=chosen.again)
    print(
        f"{chosen.size}: {'built' if built else 'stands already'}, {perf_counter() - began:.1f} s",
        file=sys.stderr,
    )


def enter(size: str) -> None:
    """Set Django up on the database of a town."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["WANOWA_DATABASE_NAME"] = database_of(size)
    os.environ["WANOWA_DATABASE_ROLE"] = "owner"
    import django

    django.setup()


def build(count: int, *, again: bool = False) -> bool:
    """Migrate and fill; return whether there was anything to do."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    with superuser() as line:
        if (
            line.execute("SELECT count(*) >= %s FROM collaborations_collaboration", [count]).fetchone()[0]
            and not again
        ):
            return False
        line.execute("SET session_replication_role = replica")
        tables = line.execute(
            "SELECT string_agg(quote_ident(relname), ', ') FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace AND relname !~ '^(django_(migrations|content)|auth_)'"
        ).fetchone()[0]
        line.execute(f"TRUNCATE {tables} RESTART IDENTITY")
        _fill(line, count)
        line.execute(
            "INSERT INTO notices_position (reader, entry) SELECT 'notices', max(id) FROM record_entry"
        )
    with superuser() as line:
        line.execute("VACUUM ANALYZE")
    return True


@contextmanager
def superuser() -> "Iterator[Connection]":
    """Connect as the embedded server's superuser."""
    import psycopg

    from config.database import embedded

    with psycopg.connect(
        host=embedded.socket_folder(),
        user="postgres",
        dbname=os.environ["WANOWA_DATABASE_NAME"],
        autocommit=True,
    ) as line:
        yield line


COLUMNS = {
    "people_user": "id email name reading password is_superuser language text_size theme reduced_motion"
    " is_coordinator is_staff is_active created_at updated_at",
    "parties_party": "id slug kind name reading alternative_name good_at hard_for story fields place"
    " corporate_number contact_note search_key sort_key is_demo created_at updated_at",
    "parties_membership": "party_id person_id role since created_at updated_at",
    "collaborations_collaboration": "id slug status title summary area form ownership starts ends search_key"
    " public_since in_force_id latest_number demonstration created_at updated_at",
    "collaborations_participation": "collaboration_id party_id seat since created_at updated_at",
    "collaborations_version": "id collaboration_id number change content concerned reason fingerprint"
    " offered_by_id offered_at in_force_at",
    "collaborations_consent": "version_id party_id person_id fingerprint given_at",
    "collaborations_draft": "collaboration_id change content revision edited_by_id created_at updated_at",
    "collaborations_message": "collaboration_id party_id person_id kind body created_at updated_at",
    "collaborations_readmark": "collaboration_id party_id message",
    "record_entry": "id case number version at verb party facts commitments digest",
    "record_opening": "entry_id field salt value public",
    "record_head": "case number digest last_id at",
    "notices_notice": '"person_id" "case" entry at',
}
"""What is filled, table by table, in this order."""


def _fill(line: "Connection", count: int) -> None:
    """Copy the town into empty tables, some megabytes at a time."""
    parties = max(count // AROUND * 2, 20)
    for chunk in batched(range(1, parties + 1), 10_000):
        _copy(line, _people(chunk))
    chronicle = Chronicle()
    for done, chunk in enumerate(batched(range(1, count + 1), BATCH)):
        rows: Rows = {table: [] for table in COLUMNS}
        for key in chunk:
            collaboration(rows, chronicle, key, parties)
        _copy(line, rows)
        if done % 10 == 0:
            print(f"\r{chunk[-1]:>9,} / {count:,}", end="", file=sys.stderr)
    print("\r", end="", file=sys.stderr)
    for table in COLUMNS:
        if table != "record_head":
            line.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 1) FROM {table}))"  # noqa: S608 - our own tables
            )


def _copy(line: "Connection", rows: Mapping[str, Iterable[Row]]) -> None:
    for table, columns in COLUMNS.items():
        if not rows.get(table):
            continue
        names = ", ".join(f'"{name.strip(chr(34))}"' for name in columns.split())
        with line.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows[table]:
                copy.write_row(row)


def _people(keys: Iterable[int]) -> Rows:
    """Return parties, each with one representative of the same number."""
    from wanowa.guideline.rules import Kind
    from wanowa.kernel.text import search_key

    kinds = [kind.value for kind in Kind]
    rows: Rows = {name: [] for name in ("people_user", "parties_party", "parties_membership")}
    for key in keys:
        name, reading = f"和光湧水の会{key}", f"わこうゆうすいのかい{key}"
        rows["people_user"].append(
            (
                key,
                f"person{key}@example.jp",
                f"和光 花子{key}",
                "わこう はなこ",
                "!",
                False,
                "ja",
                "normal",
                "auto",
                False,
                False,
                False,
                True,
                BEGIN,
                BEGIN,
            )
        )
        rows["parties_party"].append(
            (
                key,
                f"和光湧水の会-{key}",
                kinds[key % len(kinds)],
                name,
                reading,
                "",
                "湧き水のことならおまかせください。",
                "夜の活動",
                "湧き水を見守っています。" * 5,
                [],
                "白子",
                "",
                "",
                search_key(f"{name} {reading} 白子"),
                search_key(reading),
                True,
                BEGIN,
                BEGIN,
            )
        )
        rows["parties_membership"].append((key, key, "representative", "2020-04-01", BEGIN, BEGIN))
    return rows


if __name__ == "__main__":
    main()
