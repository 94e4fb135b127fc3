"""`wanowa doctor`: looks at everything the platform stands on, and says in Japanese what to do about it."""

import shutil
import smtplib
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import mailers
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.utils import timezone

from wanowa.cli.grants import declared
from wanowa.kernel.clock import complaint, read
from wanowa.kernel.files.sweeping import TooMany, missing, strays
from wanowa.record.queries.checkpoints import health, newest_key
from wanowa.record.rules.staleness import Staleness
from wanowa.search.queries import lag

OLDEST = 15
"""The oldest major version of PostgreSQL we promise to work with."""
LITTLE, TOO_LITTLE = 2_000_000_000, 300_000_000
"""Free bytes under WANOWA_HOME below which doctor warns, and below which it calls it a problem."""
BEHIND = timedelta(minutes=10)
"""How long an entry may wait for the index of the search before doctor tells."""
DRIFT = timedelta(seconds=120)
"""How far this machine's clock, by which mails and sign-in go, may be off before doctor calls it a problem."""


class Level(StrEnum):
    """How a finding stands."""

    GOOD = "OK"
    ATTENTION = "注意"
    PROBLEM = "問題"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: how it stands, what was seen, and what to do (empty when all is well)."""

    level: Level
    seen: str
    advice: str = ""


def _good(seen: str) -> Finding:
    return Finding(Level.GOOD, seen)


def _show(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])


def version() -> Iterator[Finding]:
    """Ask whether PostgreSQL is recent enough."""
    number = _show("server_version")
    if int(number.split(".")[0]) < OLDEST:
        yield Finding(Level.PROBLEM, f"PostgreSQL {number}", f"PostgreSQL {OLDEST} 以上に上げてください。")
    else:
        yield _good(f"PostgreSQL {number}")


def encoding() -> Iterator[Finding]:
    """Ask whether the database stores every character, and sorts the same way everywhere."""
    found = _show("server_encoding")
    if found != "UTF8":
        yield Finding(
            Level.PROBLEM, f"文字コード {found}", "UTF8 で作り直してください: createdb --encoding=UTF8"
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datlocprovider = 'c' AND datcollate NOT IN ('C', 'POSIX') FROM pg_database"
            " WHERE datname = current_database()"
        )
        of_the_system = cursor.fetchone()[0]
    if of_the_system:
        yield Finding(
            Level.ATTENTION,
            "並び順が OS のロケールに頼っています",
            "OS の更新で索引が壊れることがあります。更新のあとは REINDEX を。\n"
            "新しく作るときは ICU か C.UTF-8 に。",
        )
    elif found == "UTF8":
        yield _good("文字コード UTF8、並び順は OS の更新で変わりません")


def durability() -> Iterator[Finding]:
    """Ask whether what was answered "saved" survives a power cut."""
    unsafe = [
        name
        for name in ("fsync", "synchronous_commit", "full_page_writes")
        if _show(name) in {"off", "local"}
    ]
    if unsafe:
        yield Finding(
            Level.PROBLEM,
            f"停電で記録を失う設定です（{'、'.join(unsafe)}）",
            "PostgreSQL の設定で on にして、読み直してください。",
        )
    else:
        yield _good("停電しても、保存した記録は残ります（fsync・synchronous_commit・full_page_writes）")


def disk() -> Iterator[Finding]:
    """Ask whether there is room for what residents send."""
    free = shutil.disk_usage(settings.HOME).free
    seen = f"{settings.HOME} の空き {free / 1e9:.1f} GB"
    advice = "不要なファイルを消すか、広いディスクに移してください。"
    if free < TOO_LITTLE:
        yield Finding(Level.PROBLEM, seen, advice)
    elif free < LITTLE:
        yield Finding(Level.ATTENTION, seen, advice)
    else:
        yield _good(seen)
    link = Path(settings.HOME) / "postgres"
    if link.is_symlink():
        yield Finding(
            Level.ATTENTION,
            f"データベースは {link.resolve()} にあります",
            f"{settings.HOME} が閉じたフォルダのためです。控えを取るときは、この場所も忘れずに。",
        )


def mail() -> Iterator[Finding]:
    """Ask whether the mail server answers."""
    mailer = settings.MAILERS["default"]
    if "console" in mailer["BACKEND"]:
        yield Finding(
            Level.ATTENTION,
            "メールは送らず、画面に書き出します",
            "届けるには WANOWA_SMTP_URL=smtps://利用者:合言葉@ホスト:465 を指定してください。",
        )
        return
    host = mailer["OPTIONS"]["host"]
    try:
        backend = mailers.default
        backend.open()
        backend.close()
    except (OSError, smtplib.SMTPException, socket.gaierror) as fault:
        yield Finding(
            Level.PROBLEM,
            f"メールサーバー {host} につながりません（{fault}）",
            "WANOWA_SMTP_URL のホスト名・番号・合言葉と、通信の許可を確かめてください。",
        )
    else:
        yield _good(f"メールサーバー {host} につながります（差出人 {settings.DEFAULT_FROM_EMAIL}）")


def clock() -> Iterator[Finding]:
    """Ask whether this machine and the database agree about the time."""
    ahead = read().ahead
    if said := complaint(ahead):
        yield Finding(
            Level.PROBLEM if abs(ahead) > DRIFT else Level.ATTENTION,
            said,
            "締め切りはデータベースの時計で見るので、くるいません。メールやサインインの期限は、この機械の時計です。",
        )
    else:
        yield _good("時計は、データベースと合っています")


def secret() -> Iterator[Finding]:
    """Ask whether anybody else can read the key that signs sessions."""
    path = Path(settings.HOME) / "secret-key"
    if not path.exists():
        yield _good("署名の鍵は WANOWA_SECRET_KEY で渡されています")
    elif path.stat().st_mode & 0o077:
        yield Finding(
            Level.PROBLEM, f"署名の鍵 {path} をほかの人が読めます", f"chmod 600 {path} を実行してください。"
        )
    else:
        yield _good(f"署名の鍵は {path} にあり、自分だけが読めます")


def roles() -> Iterator[Finding]:
    """Ask whether pages use a role that cannot change the tables, the record or an agreement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, to_regclass('django_migrations') IS NOT NULL")
        user, migrated = cursor.fetchone()
        if not migrated:
            yield Finding(Level.PROBLEM, "表がまだありません", "wanowa migrate を実行してください。")
            return
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            " AND pg_has_role(current_user, tableowner, 'USAGE')"
        )
        owned = cursor.fetchone()[0]
        cursor.execute(
            "SELECT t FROM unnest(%s::text[]) t WHERE has_table_privilege(t, 'UPDATE')"
            " OR has_table_privilege(t, 'DELETE') AND t <> ALL (%s) OR has_table_privilege(t, 'TRUNCATE')",
            [sorted(declared().tables), sorted(declared().deletes)],
        )
        open_tables = [name for (name,) in cursor.fetchall()]
    if owned:
        yield Finding(
            Level.ATTENTION,
            f"ページと移行が同じ役割（{user}）を使っています",
            "DATABASE_URL には表を持たない役割を、DATABASE_OWNER_URL には持ち主を指定してください。",
        )
    elif open_tables:
        yield Finding(
            Level.PROBLEM,
            f"{user} が {'、'.join(open_tables)} を書き換えられます",
            "wanowa migrate を実行してください。",
        )
    else:
        yield _good(f"ページの役割 {user} は、表の形も、経過の記録も変えられません")


def log_key() -> Iterator[Finding]:
    """Ask whether the key that signs checkpoints is there, and for nobody else to read."""
    path = Path(settings.LOG_KEY)
    if not path.exists():
        if newest_key() is None:
            yield _good("まとめ印の鍵は、最初のまとめ印のときに作ります")
        else:
            yield Finding(
                Level.PROBLEM,
                f"まとめ印の鍵 {path} がありません",
                "控えから戻してください。裏方の仕事を別の機械で動かすときは、そちらで確かめてください。\n"
                "もう無いときは wanowa rotate-log-key --lost を実行してください。",
            )
    elif path.stat().st_mode & 0o077:
        yield Finding(
            Level.PROBLEM,
            f"まとめ印の鍵 {path} をほかの人が読めます",
            f"chmod 600 {path} を実行してください。",
        )
    else:
        yield _good(f"まとめ印の鍵は {path} にあり、自分だけが読めます")


def checkpoints() -> Iterator[Finding]:
    """Ask whether checkpoints are made: the newest, what waits, what stopped one."""
    found = health()
    if found.halt:
        yield Finding(
            Level.PROBLEM,
            f"まとめ印が止まっています（{found.halt.case} {found.halt.number or ''} {found.halt.sentence}）",
            "wanowa verify で調べてください。直らないかぎり、まとめ印はつきません。",
        )
    if found.waiting_since and found.staleness > Staleness.FRESH:
        yield Finding(
            Level.PROBLEM if found.staleness > Staleness.LATE else Level.ATTENTION,
            f"{timezone.localtime(found.waiting_since):%Y-%m-%d %H:%M} からの経過に、まとめ印がありません",
            "裏方の仕事（wanowa worker）が動いているか確かめ、wanowa checkpoint を実行してください。",
        )
    if found.well and found.latest:
        at = timezone.localtime(found.latest.at)
        yield _good(
            f"まとめ印は {found.latest.number}番まで（{at:%Y-%m-%d %H:%M}）、長く待っている経過はありません"
        )
    elif found.well:
        yield _good("まとめ印は、まだありません（経過が動くと、1時間以内につきます）")


def search_index() -> Iterator[Finding]:
    """Ask how far the index of the search is behind the record."""
    found = lag()
    if found.rebuilding:
        yield Finding(
            Level.ATTENTION,
            "検索の索引は、作りなおしの途中です",
            "wanowa search rebuild を実行すると、続きから始まります。",
        )
    late = found.since is not None and timezone.now() - found.since > BEHIND
    if late:
        yield Finding(
            Level.ATTENTION,
            f"検索の索引が、経過{found.waiting}件ぶん遅れています",
            "裏方の仕事（wanowa worker）が動いているか、確かめてください。",
        )
    elif not found.rebuilding:
        yield _good(f"検索の索引には{found.documents}件あり、経過に追いついています")


def files() -> Iterator[Finding]:
    """Ask whether every row that names a file has it on the disk, and whether files and rows belong together."""
    try:
        lying = len(strays())
    except TooMany:
        yield Finding(
            Level.PROBLEM,
            f"{settings.MEDIA_ROOT} のファイルの多くが、データベースにありません",
            "別のデータベースにつながっていないか、DATABASE_URL と WANOWA_HOME を確かめてください。\n"
            "直すまで、持ち主のないファイルは消しません。",
        )
        return
    gone = missing()
    for one in gone[:10]:
        yield Finding(
            Level.PROBLEM,
            f"{one.table} {one.key}番のファイル {one.name} がありません",
            f"控えから {settings.MEDIA_ROOT} に戻してください。",
        )
    if not gone:
        waiting = f"（持ち主のない {lying} 個は、今夜消します）" if lying else ""
        yield _good(f"送られたファイルは、すべてそろっています{waiting}")


def migrated() -> bool:
    """Tell whether the tables of checkpoints are there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('record_halt') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def of_the_record() -> Iterator[Finding]:
    """Ask after what only tables can tell; without them there is nothing to ask (`roles` says so)."""
    if migrated():
        yield from log_key()
        yield from checkpoints()
        yield from search_index()
        yield from files()


type Check = Callable[[], Iterator[Finding]]
OF_THE_DATABASE: tuple[Check, ...] = (version, encoding, durability, roles, clock, of_the_record)
OF_THE_MACHINE: tuple[Check, ...] = (disk, secret, mail)


def examine() -> Iterator[Finding]:
    """Make every check; a database that does not answer is one problem, and the rest is still looked at."""
    try:
        for check in OF_THE_DATABASE:
            yield from check()
    except DatabaseError as fault:
        yield Finding(
            Level.PROBLEM,
            "データベースが応えません",
            f"DATABASE_URL と、サーバーが動いているかを確かめてください。\n{str(fault).strip()}",
        )
    for check in OF_THE_MACHINE:
        yield from check()


class Command(BaseCommand):
    """Print the report; the exit code is 1 when there is a problem."""

    help = "土台（データベース・ディスク・メール・時計・鍵・役割）を調べ、どうすればよいかを伝えます。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at everything, even after a problem."""
        findings = list(examine())
        for finding in findings:
            self.stdout.write(f"{finding.level:　<2} {finding.seen}")
            for line in finding.advice.splitlines():
                self.stdout.write(f"　　 → {line}")
        problems = sum(finding.level is Level.PROBLEM for finding in findings)
        self.stdout.write(f"\n問題 {problems} 件" if problems else "\n問題はありません。")
        if problems:
            sys.exit(1)
