"""Files for players: whole, or the stretch that is asked for, and nothing else."""

import pytest
from django.core.files.base import ContentFile
from django.test import RequestFactory

from wanowa.web.playing import played

CONTENT = bytes(range(100))


class Kept(ContentFile):
    """A file as a column gives it."""

    def open(self, mode="rb"):
        self.seek(0)
        return self


def asked(**headers):
    request = RequestFactory().get("/", headers=headers)
    return played(request, Kept(CONTENT), name="花.mp3", media_type="audio/mpeg")


def body(answer):
    return b"".join(answer)


@pytest.mark.parametrize(
    ("asks", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=0-", 0, 99),
        ("bytes=40-59", 40, 59),
        ("bytes=90-200", 90, 99),
        ("bytes=-10", 90, 99),
        ("bytes=-500", 0, 99),
        ("bytes=99-99", 99, 99),
    ],
)
def test_a_player_gets_the_stretch_that_it_asks_for(asks, first, last):
    answer = asked(Range=asks)
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/100"
    assert body(answer) == CONTENT[first : last + 1]


@pytest.mark.parametrize("asks", ["bytes=100-", "bytes=100-120", "bytes=-0", "bytes=999999999999999999-"])
def test_a_stretch_behind_the_end_is_refused_with_the_length(asks):
    answer = asked(Range=asks)
    assert (answer.status_code, answer["Content-Range"], body(answer)) == (416, "bytes */100", b"")


@pytest.mark.parametrize(
    "asks", ["", "bytes=-", "bytes=9-3", "bytes=0-1,5-6", "lines=0-1", "bytes=x-1", "bytes=１-２"]
)
def test_what_is_no_stretch_is_answered_with_everything(asks):
    answer = asked(Range=asks)
    assert (answer.status_code, body(answer)) == (200, CONTENT)
    assert answer["Accept-Ranges"] == "bytes"


def test_a_stretch_of_something_that_may_have_changed_is_answered_with_everything():
    assert asked(Range="bytes=0-1", If_Range='"old"').status_code == 200


def test_the_file_runs_nothing_and_keeps_its_kind():
    for answer in (asked(), asked(Range="bytes=0-1")):
        assert answer["Content-Type"] == "audio/mpeg"
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
