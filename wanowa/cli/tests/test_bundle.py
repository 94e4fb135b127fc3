"""`wanowa bundle` and `wanowa verify FILE`: one writes what the other, and a plain Python alone, can check."""

import ast
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.tests.factories import Town, agreed, started, town
from wanowa.record.models import Entry
from wanowa.record.queries import case_of, receipt_of
from wanowa.record.rules.bundles import verify
from wanowa.record.rules.bundles.page import verifier_source
from wanowa.record.services import checkpoint, checkpoints

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Town:
    return town(2)


@pytest.fixture
def collaboration(people, settings, tmp_path, monkeypatch) -> Collaboration:
    @contextmanager
    def same_connection():
        yield connection

    settings.LOG_KEY = tmp_path / "keys" / "log-key"
    monkeypatch.setattr(checkpoints, "_as_committed", same_connection)
    made = agreed(people)
    checkpoint()
    return made


def code_of(*words: object) -> int:
    with pytest.raises(SystemExit) as end:
        call_command("verify", *map(str, words))
    return end.value.code


def written(tmp_path: Path, name: object, *more: str) -> Path:
    place = tmp_path / "bundle.zip"
    call_command("bundle", str(name), "-o", str(place), *more)
    return place


def test_a_bundle_is_written_and_verified(collaboration, tmp_path, capsys):
    place = written(tmp_path, collaboration.slug)
    assert "書き出しました" in capsys.readouterr().out
    assert code_of(place) == 0
    assert "すべて元のままです" in capsys.readouterr().out


def test_a_case_can_be_named_too(collaboration, tmp_path, capsys):
    assert code_of(written(tmp_path, case_of(collaboration))) == 0
    assert "公開していない" not in capsys.readouterr().out


def test_a_party_can_be_given_everything(collaboration, people, tmp_path, capsys):
    place = written(tmp_path, collaboration.slug, "--party", str(people.parties[0]))
    assert "渡す相手を" in capsys.readouterr().out
    found = verify.open_bundle(place)
    assert all("log" in entry for entry in found.entries.values())
    assert found.openings


def test_who_changed_a_bundle_is_told_which_entry(collaboration, tmp_path, capsys):
    place = written(tmp_path, collaboration.slug, "--party", "1")
    files = verify.unpack(place.read_bytes())
    lines = files["events.jsonl"].split(b"\n")
    lines[2] = lines[2].replace(b'"seq":3,"t":"2', b'"seq":3,"t":"3')
    place.write_bytes(verify.pack(files | {"events.jsonl": b"\n".join(lines)}))
    assert code_of(place) == 1
    assert "3番の記録が、あとから書きかえられています。" in capsys.readouterr().out


def test_receipts_and_other_bundles_are_compared(collaboration, tmp_path):
    place = written(tmp_path, collaboration.slug)
    receipt = tmp_path / "receipt.txt"
    entry = Entry.objects.filter(case=case_of(collaboration)).first()
    receipt.write_text(receipt_of(entry).text, encoding="utf-8")
    assert code_of("--receipt", receipt, place) == 0
    assert code_of("--compare", place, place) == 0
    assert code_of("--receipt", receipt) == 3
    assert code_of(receipt) == 3
    assert code_of(tmp_path / "nothing.zip") == 3


def test_without_a_file_the_database_is_verified(collaboration, capsys):
    call_command("verify")
    assert "すべて元のままです" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("named", "sentence"), [("ない取組", "ありません"), ("parties.party/999999", "経過がありません")]
)
def test_what_there_is_not_is_said(named, sentence, tmp_path):
    with pytest.raises(CommandError, match=sentence):
        written(tmp_path, named)
    assert not (tmp_path / "bundle.zip").exists()


def test_a_file_that_is_there_is_not_written_over(collaboration, tmp_path):
    place = written(tmp_path, collaboration.slug)
    before = place.read_bytes()
    with pytest.raises(CommandError, match="もうあります"):
        written(tmp_path, collaboration.slug)
    assert place.read_bytes() == before


def test_a_place_that_cannot_be_written_is_said(collaboration, tmp_path):
    with pytest.raises(CommandError, match="書けません"):
        written(tmp_path / "nowhere", collaboration.slug)


def test_what_is_not_public_is_marked(people, tmp_path, capsys):
    hidden = started(people)
    written(tmp_path, hidden.slug)
    assert "渡す相手を" in capsys.readouterr().out


# The program in the bundle, alone


def test_the_verifier_needs_python_alone(collaboration, tmp_path):
    """No package of ours, none of anybody else's, no network: -I and -S leave only what Python itself brings."""
    place = written(tmp_path, collaboration.slug)
    with zipfile.ZipFile(place) as archive:
        archive.extractall(tmp_path / "folder")
    program = tmp_path / "folder" / "verify.py"
    for words in ([], [str(place)], [str(program.parent)]):
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(program), *words], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert "すべて元のままです" in done.stdout


def test_the_verifier_is_short_and_runs_on_python_3_9():
    source = verifier_source().decode()
    assert len(source.splitlines()) <= 400
    tree = ast.parse(source, feature_version=(3, 9))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names
    assert not {"socket", "urllib", "http", "subprocess", "os"} & {name.split(".")[0] for name in imported}
