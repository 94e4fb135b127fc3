"""Recordings people hand in: playable ones are kept without place, time and device; everything else is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wanowa.kernel.errors import Invalid
from wanowa.kernel.files import RECORDINGS, accept_recording
from wanowa.kernel.files.acceptance import LARGEST
from wanowa.kernel.tests import upload_samples as samples
from wanowa.kernel.tests.upload_samples import FRAME, box, upload

SOUND, FILM = samples.mp4(b"soun", brand=b"M4A "), samples.mp4(b"soun", b"vide")


def refused(name, content):
    with pytest.raises(Invalid) as refusal:
        accept_recording(upload(name, content))
    assert str(refusal.value).endswith("ください。")
    return str(refusal.value)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("花の話.mp3", samples.mp3(), "audio/mpeg"),
        ("花の話.MP3", samples.mp3(before=samples.id3("x")), "audio/mpeg"),
        ("花の話.m4a", SOUND, "audio/mp4"),
        ("花の話.mp4", FILM, "video/mp4"),
        ("声だけ.mp4", samples.mp4(b"soun"), "video/mp4"),
        ("スライド.pdf", samples.pdf(), "application/pdf"),
    ],
)
def test_what_telephones_record_and_slides_are_taken_under_their_names(name, content, media_type):
    accepted = accept_recording(upload(name, content))
    assert accepted.media_type == media_type
    assert accepted.name == name.lower()
    assert name.lower().endswith(RECORDINGS)


def test_of_an_mp3_only_the_sound_is_kept():
    sent = samples.mp3(before=samples.id3("自宅") * 2, after=b"TAG" + "自宅".encode().ljust(125))
    assert accept_recording(upload("a.mp3", sent)).content == FRAME * 80


def test_three_minutes_of_good_sound_fit_and_not_one_byte_over_twenty_megabytes():
    three_minutes = samples.mp3(frames=3 * 60 * 44_100 // 1152 + 1)
    assert accept_recording(upload("a.mp3", three_minutes)).content == three_minutes
    assert "20MBまで" in refused("a.mp3", FRAME * (LARGEST // len(FRAME) + 1))


def test_a_file_of_countless_empty_boxes_is_refused_before_they_are_counted():
    assert accept_recording(upload("a.m4a", SOUND + box(b"free") * 9_000))
    assert "こわれている" in refused("a.m4a", SOUND + box(b"free") * 10_001)


@pytest.mark.parametrize(("name", "content"), [("a.m4a", SOUND), ("a.mp4", FILM)])
def test_place_time_and_device_vanish_and_everything_that_plays_stays_where_it_is(name, content):
    kept = accept_recording(upload(name, content)).content
    assert content.count(b"Secret") >= 6
    assert b"Secret" not in kept
    assert b"\xe0\x00\x00\x01" in content
    assert b"\xe0\x00\x00\x01" not in kept
    assert len(kept) == len(content)
    for needed in (b"ftyp", b"moov", b"mdia", b"minf", b"how to play it", b"sound" * 50):
        assert kept.index(needed) == content.index(needed)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.wav", b"RIFF" + bytes(40), "送れるのは、音声"),
        ("a.mov", FILM, "送れるのは、音声"),
        ("a.png", samples.picture(), "送れるのは、音声"),
        ("a.mp3", SOUND, "拡張子が合いません"),
        ("a.mp3", b"<script>alert(1)</script>", "拡張子が合いません"),
        ("a.m4a", samples.mp3(), "拡張子が合いません"),
        ("a.m4a", FILM, "拡張子が合いません"),
        ("a.mp4", samples.pdf(), "拡張子が合いません"),
        ("a.pdf", FILM, "拡張子が合いません"),
        ("a.mp4", samples.mp4(b"vide", b"soun", b"meta"), "ほかのデータ（場所など）"),
        ("a.mp4", samples.mp4(), "ほかのデータ（場所など）"),
        ("a.mp3", samples.mp3() + bytes(4000) + samples.mp3(), "こわれているか"),
        ("a.mp3", FRAME, "こわれているか"),
        ("a.mp4", FILM + b"<script>alert(1)</script>", "こわれているか"),
        ("a.mp4", FILM[:-3], "こわれているか"),
        ("a.mp4", box(b"ftyp", b"isom", bytes(4)), "こわれているか"),
        ("a.mp4", b"", "空です"),
    ],
)
def test_everything_else_is_refused_with_a_sentence(name, content, sentence):
    assert sentence in refused(name, content)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_bytes_make_more_than_a_refusal(data):
    whole = data.draw(st.sampled_from([samples.mp3(frames=3), SOUND, FILM]))
    at = data.draw(st.integers(0, len(whole)))
    content = whole[:at] + data.draw(st.binary(max_size=12)) + whole[at + data.draw(st.integers(0, 12)) :]
    for name in ("a.mp3", "a.m4a", "a.mp4"):
        try:
            kept = accept_recording(upload(name, content)).content
        except Invalid:
            continue
        assert len(kept) <= len(content)
