"""The embedded PostgreSQL is shared safely, survives violence, and says in Japanese where it cannot run."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.foundation.processes import CONNECT, ROOT, STAY, becomes, begin, end, environment, run, stopped

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def _server(home):
    return int((home / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])


def _alive(process):
    process.stdin.write("more\n")
    process.stdin.flush()
    return process.stdout.readline() == "1\n"


def test_processes_that_start_together_share_one_server_and_the_last_one_stops_it(home):
    users = [begin(home, "-c", STAY) for _ in range(3)]
    try:
        assert len({user.stdout.readline() for user in users} - {""}) == 1
        users[0].kill()
        assert users[0].wait() == -signal.SIGKILL
        users[1].terminate()
        assert users[1].wait() == -signal.SIGTERM
        assert not becomes(lambda: stopped(home), seconds=1)
        assert _alive(users[2])
        users[2].kill()
        users[2].wait()
        assert becomes(lambda: stopped(home))
    finally:
        for user in users:
            end(user)


def test_a_server_killed_under_its_users_comes_back_for_the_next_process(home):
    first = begin(home, "-c", STAY)
    try:
        first.stdout.readline()
        os.kill(_server(home), signal.SIGKILL)
        second = run(home, CONNECT + "print(ask('SELECT 41 + 1'))")
        assert second.stdout == "42\n", second.stderr
    finally:
        end(first)


def test_a_lost_keeper_is_replaced_so_the_server_still_ends(home):
    first = begin(home, "-c", STAY)
    try:
        first.stdout.readline()
        found = subprocess.run(
            ["pgrep", "-f", f"keeper.py {home}"], capture_output=True, text=True, check=True
        )
        os.kill(int(found.stdout.split()[0]), signal.SIGKILL)
        assert run(home, CONNECT + "print(ask('SELECT 1'))").returncode == 0
    finally:
        end(first)
    assert becomes(lambda: stopped(home))


def test_the_server_is_durable_and_listens_to_no_network(home):
    settings = ("fsync", "synchronous_commit", "full_page_writes", "listen_addresses", "server_encoding")
    script = CONNECT + f"print([ask(f'SHOW {{name}}') for name in {settings!r}])"
    assert run(home, script).stdout.strip() == str(["on", "on", "on", "", "UTF8"])


def test_a_long_path_gets_a_private_socket_elsewhere(home):
    deep = home / ("長い名前" * 10)
    done = run(deep, CONNECT + "ask('SELECT 1'); print(connection.settings_dict['HOST'])")
    sockets = Path(done.stdout.strip())
    assert done.returncode == 0, done.stderr
    assert not sockets.is_relative_to(home)
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    assert becomes(lambda: stopped(deep))
    shutil.rmtree(sockets)


def test_files_of_another_version_are_left_alone_and_named(home):
    data = home / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("15\n")
    if os.geteuid() == 0:
        os.chown(data, pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)
    done = subprocess.run(
        [sys.executable, "-m", "wanowa.cli", "showmigrations"],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "PostgreSQL 15 のものです" in done.stderr
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_a_home_that_cannot_be_written_is_named_with_what_to_do():
    done = subprocess.run(
        [sys.executable, "-m", "wanowa.cli", "showmigrations"],
        env=environment(Path("/proc/nowhere")),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "WANOWA_HOME" in done.stderr
    assert "Traceback" not in done.stderr


@ROOT_ONLY
def test_a_closed_home_is_not_opened_to_others(home):
    home.chmod(0o700)
    done = run(home, CONNECT + "print(ask('SELECT 1'))")
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert (home / "postgres").is_symlink()
    assert str((home / "postgres").resolve()) in done.stderr


@ROOT_ONLY
def test_an_ordinary_user_runs_her_own_server_although_root_ran_one_before(home):
    nobody = pwd.getpwnam("nobody")
    if not (_reachable(Path(sys.executable).resolve()) and _reachable(ROOT)):
        pytest.skip("the interpreter or the checkout lies in a folder closed to ordinary users")
    assert run(home, CONNECT + "ask('SELECT 1')").returncode == 0
    hers = Path(tempfile.mkdtemp(prefix="wanowa-"))
    try:
        os.chown(hers, nobody.pw_uid, nobody.pw_gid)
        done = _as(nobody, hers)
        assert done.stdout == "wanowa_app\n", done.stderr
        assert (hers / "postgres").stat().st_uid == nobody.pw_uid
        refused = _as(nobody, home)
        assert "root など" in refused.stderr or "権限がありません" in refused.stderr
        assert becomes(lambda: stopped(hers))
    finally:
        shutil.rmtree(hers)


def _as(who, home):
    return subprocess.run(
        [sys.executable, "-c", CONNECT + "print(ask('SELECT current_user'))"],
        cwd="/",
        env=environment(home, PYTHONPATH=str(ROOT), PYTHONDONTWRITEBYTECODE="1", WANOWA_SECRET_KEY="x" * 60),
        user=who.pw_uid,
        group=who.pw_gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
    )


def _reachable(path):
    return all(step.stat().st_mode & stat.S_IXOTH for step in path.parents)
