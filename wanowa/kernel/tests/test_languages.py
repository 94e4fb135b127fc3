"""Words of other languages are compiled when the platform starts: once, whole, and by many processes at a time."""

import os
from threading import Thread

import polib

from wanowa.kernel import languages as spoken
from wanowa.kernel.languages import compile_catalogues


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
