"""Towns to measure in: 1,000 to 1,000,000 collaborations with everything around them, and a log that verifies.

    uv run python -m benchmarks.towns S|M|L|XL [--again]

Each size has a database of its own in the embedded server. It is filled with COPY and with triggers asleep
(`session_replication_role`, nowhere else in the platform), but every entry is sealed, every text fingerprinted
and every consent recorded as the services would: `wanowa verify` finds nothing wrong. Of ten collaborations
seven are in force, two wait for a consent, one is being talked about; changes, ends and registrations are left out.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import batched
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psycopg import Connection

    from wanowa.collaborations.rules import Terms
    from wanowa.record.verbs import Verb

SIZES = {"S": 1_000, "M": 10_000, "L": 100_000, "XL": 1_000_000}
BATCH = 2_000
"""Collaborations made in memory at a time."""
AROUND = 10
"""Collaborations a party takes part in, whatever the size: a big town has more parties, not busier ones."""
MESSAGES = 20
"""What was said in every tenth room."""
NOTICES = 10
"""What waits for each person."""
BEGIN = datetime(2026, 4, 1, tzinfo=UTC)
ROTATION = ("active",) * 7 + ("offered", "talking", "offered")

type Row = Sequence[Any]
type Rows = dict[str, list[Row]]


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
            _collaboration(rows, chronicle, key, parties)
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


@dataclass(slots=True)
class Chronicle:
    """Seals entries as `record.services.write` would; counts the ids of the whole log."""

    last: int = 0
    messages: int = 0
    versions: int = 0


@dataclass(slots=True)
class Case:
    """The chain of one case, and what it adds to the tables."""

    chronicle: Chronicle
    name: str
    rows: Rows
    number: int = 0
    digest: str = field(default="0" * 64)
    at: datetime = BEGIN

    def tell(self, verb: "Verb", party: int, at: datetime, **facts: object) -> None:
        """Add one entry of the person with the party's number."""
        from wanowa.record.rules import canonical, commitment, content_of, seal, stamp

        self.number += 1
        self.chronicle.last += 1
        self.at = at
        public, salt, value = verb.typed(facts), os.urandom(16), canonical(party)
        kept = {"actor.person": commitment(self.name, self.number, "actor.person", salt, value)}
        content = content_of(
            case=self.name,
            number=self.number,
            at=stamp(at),
            verb=verb.name,
            party=party,
            facts=public,
            commitments=kept,
        )
        self.digest = seal(self.digest, canonical(content))
        self.rows["record_entry"].append(
            (
                self.chronicle.last,
                self.name,
                self.number,
                1,
                at,
                verb.name,
                party,
                json.dumps(public),
                json.dumps(kept),
                self.digest,
            )
        )
        self.rows["record_opening"].append((self.chronicle.last, "actor.person", salt, value.decode(), False))

    def close(self) -> None:
        """Write the head."""
        self.rows["record_head"].append((self.name, self.number, self.digest, self.chronicle.last, self.at))


def _collaboration(rows: Rows, chronicle: Chronicle, key: int, parties: int) -> None:
    """Add one collaboration between two parties, with its log, room and notices."""
    from wanowa.collaborations import verbs
    from wanowa.collaborations.rules import Change, fingerprint
    from wanowa.kernel.text import search_key

    # 6·key + 1 is odd and the number of parties even, so the two always differ.
    first, second = key % parties + 1, (7 * key + 1) % parties + 1
    status = ROTATION[key % len(ROTATION)]
    begun = BEGIN + timedelta(seconds=key * 10)
    at = [begun + timedelta(seconds=step) for step in range(10)]
    slug, title = f"湧水のみち-{key}", f"湧水のみち {key}"
    terms = _terms(title, first, second)
    content = terms.content()
    case = Case(chronicle, f"collaborations.collaboration/{key}", rows)
    case.tell(verbs.STARTED, first, at[0], address=sha256(slug.encode()).hexdigest())
    case.tell(verbs.INVITED, first, at[1], invited=second)
    case.tell(verbs.SEATED, second, at[2])
    case.tell(verbs.TALKS_OPENED, second, at[3])
    version = None
    if status == "talking":
        rows["collaborations_draft"].append((key, "start", json.dumps(content), 9, first, at[3], at[3]))
    else:
        chronicle.versions += 1
        version, effect = chronicle.versions, at[6] if status == "active" else None
        mark = fingerprint(key, 1, Change.START, sorted((first, second)), "", content)
        case.tell(verbs.OFFERED, first, at[4], number=1, change=Change.START, fingerprint=mark)
        case.tell(verbs.CONSENTED, first, at[5], number=1, fingerprint=mark)
        rows["collaborations_consent"].append((version, first, first, mark, at[5]))
        if effect:
            case.tell(verbs.CONSENTED, second, at[6], number=1, fingerprint=mark)
            case.tell(verbs.TOOK_EFFECT, second, at[6], number=1, change=Change.START, fingerprint=mark)
            rows["collaborations_consent"].append((version, second, second, mark, at[6]))
        rows["collaborations_version"].append(
            (
                version,
                key,
                1,
                "start",
                json.dumps(content),
                sorted((first, second)),
                "",
                mark,
                first,
                at[4],
                effect,
            )
        )
    agreed = status == "active"
    if not agreed and version:
        rows["collaborations_draft"].append((key, "start", json.dumps(content), 9, first, at[3], at[3]))
    rows["collaborations_collaboration"].append(
        (key, slug, status, title, terms.summary)
        + (
            (terms.area, terms.form, terms.ownership, terms.starts, terms.ends)
            if agreed
            else ("", "", "", None, None)
        )
        + (search_key(f"{title} {terms.summary} {terms.purpose}"), at[3], version if agreed else None)
        + (1 if version else 0, True, begun, at[6])
    )
    rows["collaborations_participation"] += [
        (key, party, "seated", at[0], begun, begun) for party in (first, second)
    ]
    if key % 10 == 0:
        _room(case, key, (first, second), at[7])
    case.close()
    newest = chronicle.last - case.number
    for person in (first, second):
        rows["notices_notice"] += [(person, case.name, newest + step + 1, at[step]) for step in range(3)]


def _room(case: Case, key: int, parties: tuple[int, int], at: datetime) -> None:
    from wanowa.collaborations import verbs

    for nth in range(MESSAGES):
        party = parties[nth % 2]
        case.chronicle.messages += 1
        body = (
            "観察会の日どりは、学校の予定を聞いてから決めましょう。\n雨の日のことも、先に決めておきたいです。"
        )
        case.rows["collaborations_message"].append((key, party, party, "remark", body, at, at))
        case.tell(verbs.SPOKE, party, at, message=case.chronicle.messages)
    case.rows["collaborations_readmark"] += [(key, party, case.chronicle.messages) for party in parties]


def _terms(title: str, first: int, second: int) -> "Terms":
    """Return complete terms of usual length."""
    from wanowa.collaborations.rules import Bring, Goal, Outcome, Share, Task, Terms

    return Terms(
        title=title,
        summary="湧き水を見回り、こどもたちと観察会をひらき、まちの地図に残します。",
        parties=(first, second),
        purpose="湧き水を次の世代に残す。" * 4,
        goals=(Goal("観察会をひらく", 6, "回", "2027-03-31"), Goal("見回る", 48, "回", "2027-03-31")),
        outcomes=(Outcome("こども", "湧き水を案内できる", "聞き取り"),),
        roles=tuple(
            Task(
                what,
                (first, second),
                first,
                "2027-03-31",
                (Bring(first, "people", "人", 24), Bring(second, "goods", "道具")),
            )
            for what in ("見回り", "観察会", "地図づくり")
        ),
        aims={first: "まちをよくしたい。", second: "こどもに伝えたい。"},
        area="C",
        form="accord",
        starts="2026-04-01",
        ends="2027-03-31",
        schedule="毎月第2土曜日に集まります。",
        shares=(Share(first, 10_000), Share(second, 30_000)),
        cost="材料費と保険料です。",
        ownership="both",
        safety="活動中のけがや損害は、市民活動の保険で備えます。",
        personal_data="知った個人情報は、この取組のためだけに使います。",
        publicity="取組の名前、主体、目標、役割、経過を公開します。",
        changes="変えるとき、終えるときは、全員の同意で決めます。",
    )


if __name__ == "__main__":
    main()
