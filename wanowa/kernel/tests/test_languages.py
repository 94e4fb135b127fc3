"""Words of other languages are compiled when the platform starts: once, whole, and by many processes at a time."""

import datetime as dt
import os
from threading import Thread
from zoneinfo import ZoneInfo

import polib
import pytest

from wanowa.kernel import eras, money
from wanowa.kernel import languages as spoken
from wanowa.kernel.errors import Invalid
from wanowa.kernel.languages import compile_catalogues, speaking


def catalogue(root, text):
    folder = root / "garden" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    words = polib.POFile()
    words.append(polib.POEntry(msgid="花", msgstr=text))
    words.save(str(folder / "django.po"))
    return folder


def read(folder):
    return next(iter(polib.mofile(str(folder / "django.mo")))).msgstr


def test_words_are_compiled_when_they_are_missing_or_newer_and_only_then(tmp_path):
    folder = catalogue(tmp_path, "flower")
    compile_catalogues(tmp_path)
    assert read(folder) == "flower"
    made = (folder / "django.mo").stat()
    compile_catalogues(tmp_path)
    assert (folder / "django.mo").stat() == made
    catalogue(tmp_path, "blossom")
    os.utime(folder / "django.po", ns=(made.st_mtime_ns + 1, made.st_mtime_ns + 1))
    compile_catalogues(tmp_path)
    assert read(folder) == "blossom"


def test_many_processes_that_start_at_once_leave_one_whole_catalogue(tmp_path):
    folder = catalogue(tmp_path, "flower")
    together = [Thread(target=compile_catalogues, args=[tmp_path]) for _number in range(8)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    assert read(folder) == "flower"
    assert sorted(path.name for path in folder.iterdir()) == ["django.mo", "django.po"]


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path, monkeypatch, caplog):
    folder = catalogue(tmp_path, "flower")
    monkeypatch.setattr(spoken.tempfile, "mkstemp", lambda **_where: (_ for _ in ()).throw(PermissionError))
    compile_catalogues(tmp_path)
    assert not (folder / "django.mo").exists()
    assert "cannot be written" in caplog.text


def test_days_moments_years_and_money_are_said_in_the_language_that_is_spoken():
    day, moment = dt.date(2026, 11, 26), dt.datetime(2026, 11, 26, 20, 5, tzinfo=ZoneInfo("Asia/Tokyo"))
    said = [
        (eras.day_label, day, "2026年11月26日（木）", "November 26, 2026 (Thu)"),
        (eras.moment_label, moment, "2026年11月26日（木）20時05分", "November 26, 2026 (Thu) 20:05"),
        (
            eras.moment_label,
            moment.replace(minute=0),
            "2026年11月26日（木）20時",
            "November 26, 2026 (Thu) 20:00",
        ),
        (eras.era_date, day, "令和8年11月26日", "November 26, Reiwa 8"),
        (eras.era_date, dt.date(2019, 5, 1), "令和元年5月1日", "May 1, Reiwa 1"),
        (eras.fiscal_year_label, 2026, "令和8年度（2026年度）", "fiscal year 2026 (Reiwa 8)"),
        (eras.clock_label, moment, "20時05分", "20:05"),
        (money.yen, 120_000, "120,000円", "¥120,000"),
    ]
    for say, value, japanese, english in said:
        assert say(value) == japanese
        with speaking("en"):
            assert say(value) == english


def test_what_the_platform_says_in_english_can_be_typed_in_english():
    with speaking("en"):
        assert eras.parse(eras.day_label(dt.date(2026, 11, 26))) == dt.date(2026, 11, 26)
        assert eras.parse(eras.era_date(dt.date(2019, 5, 1))) == dt.date(2019, 5, 1)
        assert eras.parse_fiscal_year(eras.fiscal_year_label(2026)) == 2026
        assert money.parse_yen(money.yen(120_000)) == 120_000
        assert money.parse_yen("120,000 yen") == 120_000
    with pytest.raises(Invalid):
        eras.parse("November 26, 2026 (Fri)")
    with pytest.raises(Invalid):
        eras.parse_fiscal_year("fiscal year 2026 (Reiwa 7)")
