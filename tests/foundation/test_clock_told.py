"""An operator hears in words that a clock is wrong: from /healthz, from doctor, when the site begins."""

from datetime import UTC, datetime, timedelta

import pytest

from config import health
from wanowa.cli.management.commands import doctor, serve
from wanowa.cli.management.commands.doctor import Level
from wanowa.kernel.clock import Reading

NOW = datetime(2026, 12, 20, 14, 59, tzinfo=UTC)


def wrong_by(seconds):
    return lambda: Reading(NOW, NOW + timedelta(seconds=seconds), 0.0, 0.0)


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "well"), [(4, True), (6, False), (-120, False)])
def test_healthz_tells_it_and_stays_healthy(client, monkeypatch, seconds, well):
    monkeypatch.setattr(health, "read", wrong_by(seconds))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["clock"], answer.json()["told"] == []) == (200, well, well)
    assert well or f"{abs(seconds)}秒" in answer.content.decode()


@pytest.mark.django_db
def test_healthz_costs_four_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get("/healthz")


@pytest.mark.parametrize(
    ("seconds", "level"),
    [(0, Level.GOOD), (5, Level.GOOD), (6, Level.ATTENTION), (-119, Level.ATTENTION), (121, Level.PROBLEM)],
)
def test_doctor_tells_it(monkeypatch, seconds, level):
    monkeypatch.setattr(doctor, "read", wrong_by(seconds))
    (found,) = doctor.clock()
    assert found.level is level
    assert bool(found.advice) is (level is not Level.GOOD)


def test_serve_tells_it_before_it_begins(monkeypatch, capsys):
    monkeypatch.setattr(serve, "read", wrong_by(120))
    monkeypatch.setattr(serve.Command, "check_migrations", lambda _self: None)
    monkeypatch.setattr(serve.running, "collect_static", lambda: False)
    monkeypatch.setattr(serve.running, "run", lambda *_, **__: None)
    serve.Command().handle(host="127.0.0.1", port=1, workers=1)
    assert "120秒進んでいます" in capsys.readouterr().err
