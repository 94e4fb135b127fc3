"""Envelopes: unreadable without the key, bound to their place, all of one length; the key is made once and kept."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from wanowa.kernel import envelopes
from wanowa.kernel.envelopes import Unopened, close, unclose


@pytest.fixture(autouse=True)
def key(settings, tmp_path):
    settings.SEAL_KEY = tmp_path / "keys" / "seal-key"
    return settings.SEAL_KEY


@pytest.mark.parametrize("text", [b"", b"\x00", "よかった".encode(), b"a" * 1020, b"a" * 1021, b"a" * 5000])
def test_what_was_closed_opens_again_at_its_place_only(text):
    envelope = close(text, place="case/1/party/2")
    assert unclose(envelope, place="case/1/party/2") == text
    assert not text or text * 4 not in envelope
    with pytest.raises(Unopened):
        unclose(envelope, place="case/1/party/3")


def test_the_length_does_not_tell_what_somebody_wrote():
    assert len({len(close(text, place="p")) for text in (b"", b"1", "わからない".encode() * 60)}) == 1


def test_the_same_words_never_look_the_same():
    assert close(b"a", place="p") != close(b"a", place="p")


def test_every_byte_that_is_changed_is_noticed():
    envelope = close(b"words", place="p")
    for at in range(0, len(envelope), 7):
        changed = bytearray(envelope)
        changed[at] ^= 1
        with pytest.raises(Unopened):
            unclose(bytes(changed), place="p")


def test_the_key_is_for_nobody_else_to_read(key):
    close(b"words", place="p")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [path.name for path in key.parent.iterdir()] == ["seal-key"], "no draft is left behind"


def test_many_that_need_the_first_key_at_once_use_the_same(key):
    with ThreadPoolExecutor(8) as pool:
        closed = list(pool.map(lambda _: close(b"words", place="p"), range(32)))
    assert len(key.read_text().split()) == 1
    assert {unclose(envelope, place="p") for envelope in closed} == {b"words"}


def test_a_lost_key_is_said_and_a_copy_put_back_beside_a_newer_one_opens_again(key):
    envelope, old = close(b"words", place="p"), key.read_text()
    key.unlink()
    with pytest.raises(Unopened, match="控えから戻す"):
        unclose(envelope, place="p")
    newer = close(b"later", place="p")
    key.write_text(old + key.read_text())
    assert unclose(envelope, place="p") == b"words"
    assert unclose(newer, place="p") == b"later"
    assert unclose(close(b"x", place="p"), place="p") == b"x"


@pytest.mark.parametrize("broken", ["", "zz", "00" * 31, "\xff"])
def test_a_broken_key_file_is_refused_with_a_sentence(key, broken):
    key.parent.mkdir(parents=True)
    key.write_text(broken, encoding="utf-8")
    with pytest.raises(Unopened, match="封の鍵"):
        close(b"words", place="p")


def test_a_place_where_no_key_can_be_written_is_refused_with_a_sentence(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.SEAL_KEY = tmp_path / "file" / "seal-key"
    with pytest.raises(Unopened, match="封の鍵"):
        envelopes.close(b"words", place="p")
