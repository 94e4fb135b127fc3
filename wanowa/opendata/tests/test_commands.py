"""The same at a terminal: taken in whole or not at all, taken out as it came."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from wanowa.opendata.models import Import
from wanowa.opendata.rules import Status
from wanowa.opendata.tests.files import file_of, group
from wanowa.parties.models import Party
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(desk):
    own = User.objects.get(pk=desk.person).email

    def command(name, *words, email=own):
        out = StringIO()
        call_command(name, *map(str, words), by=email, stdout=out)
        return out.getvalue()

    return command


@pytest.fixture
def portal(tmp_path):
    path = tmp_path / "gyousei.csv"
    path.write_bytes(file_of([group(1), group(2)], "cp932"))
    return path


def test_a_preview_changes_nothing(run, portal):
    with pytest.raises(SystemExit) as end:
        run("import_parties", portal, "--preview")
    assert end.value.code == 0
    assert not Party.objects.exists()
    assert Import.objects.get().status == Status.DROPPED


def test_groups_come_in_and_go_out(run, portal, tmp_path):
    assert "新しい団体 2" in run("import_parties", portal)
    assert Party.objects.count() == 2
    out = tmp_path / "groups.csv"
    assert "書き出しました" in run("export_parties", "-o", out)
    assert "わこうの会1" in out.read_text(encoding="utf-8-sig")
    assert "変わらない団体 2" in run("import_parties", out)


def test_faults_are_named_and_end_with_one(run, tmp_path, capsys):
    path = tmp_path / "x.csv"
    path.write_bytes(file_of([group(1, 法人番号="1")]))
    with pytest.raises(SystemExit) as end:
        run("import_parties", path)
    assert end.value.code == 1
    assert not Party.objects.exists()


def test_a_mapping_can_be_given(run, tmp_path):
    path, mapping = tmp_path / "x.csv", tmp_path / "m.json"
    path.write_text("なまえ,ばしょ\nはなの会,和光市\n", encoding="utf-8")
    mapping.write_text('{"name": 0, "address": 1}', encoding="utf-8")
    run("import_parties", path, "--mapping", mapping)
    assert Party.objects.get().name == "はなの会"
    mapping.write_text('{"nickname": 0}', encoding="utf-8")
    with pytest.raises(CommandError, match="割り当て"):
        run("import_parties", path, "--mapping", mapping)


def test_what_cannot_be_done_is_said(run, portal, tmp_path):
    with pytest.raises(CommandError, match="見つかりません"):
        run("import_parties", portal, email=PersonFactory().email)
    with pytest.raises(CommandError, match="読めません"):
        run("import_parties", tmp_path / "nothing.csv")
    portal.write_bytes(b"\x81\xff\xff")
    with pytest.raises(CommandError, match="文字コード"):
        run("import_parties", portal)
    with pytest.raises(CommandError, match="書けません"):
        run("export_parties", "-o", tmp_path / "no" / "such" / "folder.csv")
