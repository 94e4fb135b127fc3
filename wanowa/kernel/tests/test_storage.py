"""A file that was acknowledged is on the disk: written, synced, renamed, its folder synced, in this order."""

import os
import re
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from wanowa.kernel.files import DurableStorage


@pytest.fixture
def steps(monkeypatch):
    """Note what reaches the disk, in order: (step, kind of file, path)."""
    seen = []
    sync, rename = os.fsync, Path.rename

    def counted_sync(handle):
        place = Path(f"/proc/self/fd/{handle}").resolve()
        seen.append(("sync", "folder" if place.is_dir() else "file", str(place)))
        sync(handle)

    def counted_rename(path, target):
        seen.append(("rename", "file", str(target)))
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", counted_sync)
    monkeypatch.setattr(Path, "rename", counted_rename)
    return seen


def test_a_file_is_synced_before_it_is_renamed_and_its_folder_after(tmp_path, steps):
    (tmp_path / "papers").mkdir()
    name = DurableStorage(location=tmp_path).save("papers/規約.PDF", ContentFile("規約".encode()))
    assert [step[:2] for step in steps] == [("sync", "file"), ("rename", "file"), ("sync", "folder")]
    assert steps[1][2] == str(tmp_path / name)
    assert steps[2][2] == str(tmp_path / "papers")
    assert (tmp_path / name).read_bytes() == "規約".encode()


def test_a_new_folder_is_synced_into_its_parent_before_the_file_is_written(tmp_path, steps):
    DurableStorage(location=tmp_path).save("a/b/c.pdf", ContentFile(b"x"))
    kinds = [(kind, place) for _step, kind, place in steps]
    assert kinds[:2] == [("folder", str(tmp_path)), ("folder", str(tmp_path / "a"))]
    assert kinds[-1] == ("folder", str(tmp_path / "a" / "b"))


def test_the_storage_of_django_syncs_nothing(tmp_path, steps):
    """The negative control: with Django's own storage the same test would see no sync at all."""
    FileSystemStorage(location=tmp_path).save("a.pdf", ContentFile(b"x"))
    assert not [step for step in steps if step[0] == "sync"]


def test_a_stored_name_tells_nothing_and_never_repeats(tmp_path):
    storage = DurableStorage(location=tmp_path)
    names = {storage.save("papers/山田太郎の給与.pdf", ContentFile(b"x")) for _time in range(20)}
    assert len(names) == 20
    assert all(re.fullmatch(r"papers/[0-9a-f]{32}\.pdf", name) for name in names)


def test_a_name_that_does_not_fit_its_column_is_a_mistake(tmp_path):
    with pytest.raises(ValueError, match="characters for its name"):
        DurableStorage(location=tmp_path).save("papers/a.pdf", ContentFile(b"x"), max_length=20)


def test_a_failed_write_leaves_nothing_behind(tmp_path):
    class Interrupted(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        DurableStorage(location=tmp_path).save("a.pdf", Interrupted(b""))
    assert list(tmp_path.iterdir()) == []


def test_a_failed_sync_is_never_acknowledged(tmp_path, monkeypatch):
    def broken(_handle):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="Input/output"):
        DurableStorage(location=tmp_path).save("a.pdf", ContentFile(b"x"))
    assert list(tmp_path.iterdir()) == []


def test_a_path_cannot_leave_the_folder_of_uploads(tmp_path):
    with pytest.raises(SuspiciousFileOperation):
        DurableStorage(location=tmp_path / "uploads").save("../outside.pdf", ContentFile(b"x"))


def test_uploads_live_under_the_home_of_the_platform(settings):
    assert isinstance(default_storage, DurableStorage)
    assert settings.MEDIA_ROOT.name == "uploads"


def test_a_migration_names_the_storage_by_its_public_address():
    assert DurableStorage().deconstruct() == ("wanowa.kernel.files.DurableStorage", (), {})
