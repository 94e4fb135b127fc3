"""`wanowa load-guideline`: what it tells, what it refuses, and that asking twice is asking once."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from wanowa.cli.main import _known
from wanowa.guideline.models import Edition
from wanowa.guideline.tests.samples import PLAIN, PRINTED, REVISED
from wanowa.record.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a text into a file."""

    def write(text, encoding="utf-8"):
        path = tmp_path / "指針.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return str(path)

    return write


def run(*words):
    """Return what the command prints, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("load_guideline", *words, stdout=out, stderr=err)
    except SystemExit as stop:
        code = stop.code
    return out.getvalue(), err.getvalue(), code


def test_a_file_is_published_with_the_name_on_its_cover(file):
    out, _err, code = run(file(PRINTED), "--adopted", "令和3年4月1日")
    edition = Edition.objects.get()
    assert code == 0
    assert (edition.label, edition.adopted_on) == ("令和3年4月策定", dt.date(2021, 4, 1))
    assert "第1版「令和3年4月策定」を載せました。" in out
    assert "なくなった文字 0。" in out
    assert "注意　「第Ⅳ章 おわりに」" in out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_the_same_text_again_changes_nothing_whatever_its_encoding(file, encoding):
    run(file(PRINTED), "--adopted", "2021-04-01")
    out, _err, code = run(file(PRINTED, encoding))
    assert code == 0
    assert "何も変えていません" in out
    assert (Edition.objects.count(), Entry.objects.count()) == (1, 1)


def test_a_revision_is_the_next_version(file):
    run(file(PLAIN), "--label", "令和2年")
    out, _err, _code = run(file(REVISED), "--label", "令和3年")
    assert "第2版「令和3年」を載せました。" in out


def test_a_dry_run_tells_the_outline_and_publishes_nothing(file):
    out, _err, code = run(file(PRINTED), "--dry-run")
    assert code == 0
    told = [line.rpartition("#")[2] for line in out.splitlines() if "字　#" in line]
    assert told[:7] == ["cover", "i", "ii", "ii-1", "ii-2", "ii-2-1", "ii-2-2"]
    assert "　　（１） 話しあいの約束　" in out
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("text", "words", "hint"),
    [
        (b"%PDF-1.7", (), "PDF です"),
        ("水辺です。", (), "章が見つかりません"),
        (PLAIN, (), "--label"),
        (PLAIN, ("--label", "あ" * 61), "60文字まで"),
        (PLAIN, ("--label", "  "), "--label"),
    ],
)
def test_what_cannot_be_published_is_refused_with_a_sentence(file, text, words, hint):
    _out, err, code = run(file(text), *words)
    assert code == 2
    assert hint in err
    assert not Edition.objects.exists()


def test_a_file_that_is_not_there_is_named(tmp_path):
    _out, err, code = run(str(tmp_path / "nothing.txt"))
    assert code == 2
    assert "を開けません" in err


def test_a_day_that_does_not_exist_is_refused(file):
    with pytest.raises(CommandError, match="という日はありません"):
        run(file(PRINTED), "--adopted", "令和3年2月30日")


def test_a_hyphen_in_the_name_of_a_command_is_understood():
    assert _known(["wanowa", "load-guideline", "a-b.txt"]) == ["wanowa", "load_guideline", "a-b.txt"]
    assert _known(["wanowa", "help", "load-guideline"]) == ["wanowa", "help", "load_guideline"]
    assert _known(["wanowa", "--help"]) == ["wanowa", "--help"]
    assert _known(["wanowa"]) == ["wanowa"]
