"""The embedded PostgreSQL: started by its first user, shared by processes, stopped after the last of them.

A user is a process that holds the shared lock on WANOWA_HOME/run/users. No list of processes can go stale:
the kernel lets the lock go when the process ends, and the keeper (keeper.py) waits for that.
"""

import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from config.database import keeper
from config.database.cluster import Cluster, locate
from config.database.errors import Unavailable
from config.environment import environment

HOST = "embedded"
"""The host name in settings that stands for the embedded server."""
OWNER, APP = "wanowa_owner", "wanowa_app"
"""The role that owns the schema, and the role of pages and worker."""


@cache
def socket_folder() -> str:
    """Become a user of the server, starting it if it does not run, and return the folder of its socket.

    Raises Unavailable with a Japanese sentence where the server cannot run.
    """
    run = environment.home / "run"
    try:
        run.mkdir(parents=True, exist_ok=True)
        with _locked(run / "start"):
            _share(run / "users")
            cluster = locate(environment.home)
            cluster.prepare()
            _ensure_running(cluster)
            _ensure_keeper(run, cluster)
            _furnish(cluster)
    except PermissionError as fault:
        raise Unavailable(
            f"{fault.filename or environment.home} を開けません（書き込む権限がありません）。",
            "自分が書き込めるフォルダを WANOWA_HOME に指定してください。",
        ) from fault
    except OSError as fault:
        raise Unavailable(
            f"{fault.filename or environment.home} を使えません（{fault.strerror}）。",
            "空きのある、書き込めるフォルダを WANOWA_HOME に指定してください。",
        ) from fault
    return str(cluster.sockets)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one process at a time look at the server and start it."""
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _share(path: Path) -> None:
    """Hold the users' lock until this process and its forks end: the descriptor is never closed."""
    fcntl.flock(_open(path), fcntl.LOCK_SH)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _ensure_running(cluster: Cluster) -> None:
    """Start the server unless it answers; one that was killed needs a moment to vanish."""
    deadline = time.monotonic() + 60
    while not _answers(cluster):
        if keeper.postmaster(cluster.data) is None:
            cluster.configure()
            cluster.start()
            return
        if time.monotonic() > deadline:
            raise Unavailable(
                f"データベース {cluster.data} が 60 秒たっても応えません。server.log を見てください。"
            )
        time.sleep(0.1)


def _answers(cluster: Cluster) -> bool:
    try:
        psycopg.connect(_address(cluster, "postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _ensure_keeper(run: Path, cluster: Cluster) -> None:
    """Send for a keeper unless one is on duty; it inherits the lock that says so."""
    duty = _open(run / "keeper")
    try:
        fcntl.flock(duty, fcntl.LOCK_EX | fcntl.LOCK_NB)
        program = [sys.executable, "-I", "-S", keeper.__file__, str(run / "users"), str(cluster.data), "3"]
        os.posix_spawn(
            sys.executable,
            program,
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_DUP2, duty, 3),
            ],
            setsid=True,
        )
    except BlockingIOError:
        return
    finally:
        os.close(duty)


def _furnish(cluster: Cluster) -> None:
    """Make the two roles and the database, whatever of them is missing."""
    with psycopg.connect(_address(cluster, "postgres"), autocommit=True) as connection:
        roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        if OWNER not in roles:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(OWNER)))
        if APP not in roles:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APP)))
            # tests step into the application's shoes with SET ROLE
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(OWNER)))
        name = environment.database_name
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        database = sql.Identifier(name)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, sql.Identifier(OWNER)))
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(APP))
        )


def _address(cluster: Cluster, database: str) -> str:
    return make_conninfo(host=str(cluster.sockets), user="postgres", dbname=database)
