"""The commands do what they say, in processes of their own."""

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request

import pytest

from tests.foundation.processes import CONNECT, becomes, begin, end, run, wanowa

JOB = (
    CONNECT
    + """
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
{}
named = ProcrastinateJob.objects.filter(task_name="builtin:procrastinate.builtin_tasks.remove_old_jobs")
print(sorted(named.values_list("status", flat=True)), ProcrastinateJob.objects.exclude(status="todo").count())
"""
)
INTRODUCE = f"""{CONNECT}
from wanowa.kernel.actors import SYSTEM
from wanowa.record.services import introduce_key
introduce_key(by=SYSTEM)
"""
"""A script that adds one entry to the record."""


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _health(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return json.load(answer)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return {}


def _children(process):
    found = subprocess.run(
        ["pgrep", "-P", str(process.pid), "-f", "wanowa.cli worker"],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(line) for line in found.stdout.split()]


def test_doctor_finds_a_fresh_house_in_order(town):
    done = wanowa(town, "doctor")
    assert done.returncode == 0, done.stdout
    assert "問題はありません" in done.stdout
    for word in ("PostgreSQL", "UTF8", "停電", "役割", "時計", "空き", "鍵", "メール"):
        assert word in done.stdout


def test_doctor_names_what_is_wrong_and_what_to_do(town):
    (town / "secret-key").chmod(0o644)
    try:
        done = wanowa(town, "doctor", WANOWA_SMTP_URL=f"smtp://127.0.0.1:{_free_port()}")
    finally:
        (town / "secret-key").chmod(0o600)
    assert done.returncode == 1
    assert "問題 2 件" in done.stdout
    assert "chmod 600" in done.stdout
    assert "WANOWA_SMTP_URL" in done.stdout


def test_doctor_goes_on_when_the_database_does_not_answer(tmp_path):
    done = wanowa(tmp_path, "doctor", DATABASE_URL=f"postgresql://a:b@127.0.0.1:{_free_port()}/c")
    assert done.returncode == 1
    assert "データベースが応えません" in done.stdout
    assert "署名の鍵" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_worker_does_a_real_job_as_the_application_role(town):
    before = run(
        town,
        JOB.format('app.tasks["builtin:procrastinate.builtin_tasks.remove_old_jobs"].defer(max_hours=1)'),
    )
    # A worker that another test of this module killed may have left a job behind, begun and never ended.
    assert before.stdout.startswith("['todo'] "), before.stderr
    done = wanowa(town, "worker", "--once")
    assert done.returncode == 0, done.stderr
    after = run(town, JOB.format(""))
    assert after.stdout == before.stdout.replace("['todo']", "[]"), after.stdout


def test_verify_says_that_all_is_as_it_was(town):
    done = wanowa(town, "verify")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "すべて元のままです。"), done.stderr


def test_the_map_names_every_folder_with_its_meaning(town):
    done = wanowa(town, "map")
    assert done.returncode == 0, done.stderr
    for folder in ("record", "people", "parties", "collaborations", "web", "kernel"):
        assert f"| `wanowa/{folder}/` | " in done.stdout


def test_the_site_serves_revives_its_worker_and_stops_gracefully(town):
    port = _free_port()
    site = begin(town, "-m", "wanowa.cli", "serve", "--port", str(port), "--workers", "1")
    try:
        healthy = {"healthy": True, "database": True, "migrations": True, "worker": True}
        healthy |= {"clock": True, "told": []}
        assert becomes(lambda: _health(port) == healthy, seconds=60), _health(port)
        (worker,) = _children(site)
        os.kill(worker, signal.SIGKILL)
        assert becomes(lambda: _children(site) not in ([], [worker]))
        site.terminate()
        out, error = site.communicate(timeout=40)
    finally:
        end(site)
    assert site.returncode == 0, error
    assert "止まりました。" in out
    assert "始め直します" in error
    assert _health(port) == {}


def test_a_taken_port_is_named_with_what_to_do(town):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = wanowa(town, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "--port" in done.stderr


def test_the_demo_refuses_the_settings_of_a_public_site(town):
    done = wanowa(town, "demo", "--build-only", WANOWA_URL="https://wanowa.example.jp")
    assert done.returncode == 1
    assert "https" in done.stderr


@pytest.mark.parametrize(
    "variable",
    [
        "WANOWA_URL=ftp://x",
        "WANOWA_DATABASE_POOL=many",
        "WANOWA_SMTP_URL=mail.example",
        "DATABASE_URL=nonsense",
    ],
)
def test_a_setting_that_cannot_be_read_is_named_in_japanese(tmp_path, variable):
    name, value = variable.split("=", 1)
    done = wanowa(tmp_path, "check", **{name: value})
    assert done.returncode == 1
    assert name in done.stderr
    assert "ください" in done.stderr
    assert "Traceback" not in done.stderr


def test_production_settings_pass_the_deployment_check(tmp_path):
    done = wanowa(
        tmp_path,
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        WANOWA_URL="https://wanowa.example.jp",
        WANOWA_SMTP_URL="smtps://a:b@mail.example.jp",
        DJANGO_ALLOW_ASYNC_UNSAFE="",  # for tests only: see tests/platform.py
    )
    assert done.returncode == 0, done.stderr


def test_processes_that_start_together_agree_on_one_secret_key(tmp_path):
    script = "from config.settings import SECRET_KEY; print(SECRET_KEY)"
    several = [begin(tmp_path, "-c", script) for _ in range(4)]
    keys = {process.communicate(timeout=60)[0] for process in several}
    assert len(keys) == 1
    assert len(keys.pop()) > 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_a_checkpoint_is_made_printed_and_told_by_doctor(town):
    wanowa(town, "rotate-log-key")
    run(town, INTRODUCE)
    done = wanowa(town, "checkpoint")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("wanowa/112291\n")
    assert "— wanowa/112291/" in done.stdout
    assert "番　確かめの言葉: " in done.stdout
    again = wanowa(town, "checkpoint").stdout
    assert again.startswith("前のまとめ印から、何も変わっていません。")
    assert again.endswith(done.stdout)
    told = wanowa(town, "doctor").stdout
    assert "まとめ印は " in told
    assert "まとめ印の鍵は" in told


def test_the_key_is_changed_and_its_absence_told(town):
    key = town / "keys" / "log-key"
    done = wanowa(town, "rotate-log-key")
    assert done.returncode == 0, done.stderr
    assert "新しい公開鍵: wanowa/112291/" in done.stdout
    assert len(key.read_text().split()) == 1
    key.chmod(0o640)
    assert f"chmod 600 {key}" in wanowa(town, "doctor").stdout
    key.unlink()
    assert "まとめ印の鍵" in wanowa(town, "doctor").stdout
    refused = wanowa(town, "rotate-log-key")
    assert (refused.returncode, "--lost" in refused.stderr) == (2, True)
    done = wanowa(town, "rotate-log-key", "--lost")
    assert done.returncode == 0, done.stderr
    assert "広報" in done.stdout
    assert wanowa(town, "verify").returncode == 0


def test_verify_and_checkpoint_name_what_was_changed_and_doctor_tells(town):
    wanowa(town, "rotate-log-key")
    run(town, INTRODUCE)
    change = (
        "import django; django.setup()\nfrom django.db import connection\n"
        "with connection.as_owner(), connection.cursor() as sql:\n"
        "    sql.execute('ALTER TABLE record_entry DISABLE TRIGGER USER')\n"
        "    sql.execute('UPDATE record_entry SET party = {} WHERE id = (SELECT max(id) FROM record_entry)')\n"
        "    sql.execute('ALTER TABLE record_entry ENABLE TRIGGER USER')\n"
    )
    run(town, change.format(99))
    done = wanowa(town, "checkpoint")
    assert (done.returncode, "あとから書きかえられています" in done.stderr) == (1, True)
    assert wanowa(town, "verify").returncode == 1
    assert "まとめ印が止まっています" in wanowa(town, "doctor").stdout
    run(town, change.format("NULL"))
    assert wanowa(town, "checkpoint").returncode == 0
    assert "まとめ印が止まっています" not in wanowa(town, "doctor").stdout
