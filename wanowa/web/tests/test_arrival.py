"""When a request reached us: what the proxy of ours says, and nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import RequestFactory

from wanowa.web.arrival import Arrival, arrived, complaint_about_proxy, moment

NOW = datetime(2026, 12, 20, 15, 0, tzinfo=UTC)
STAMP = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("header", "earlier"),
    [
        (f"t={STAMP - 3}.250", 2.75),
        (f"t={STAMP - 120}", 120),
        (f"t={STAMP - 121}", 0),
        (f"t={STAMP + 1}", 0),
        ("", 0),
        ("t=x", 0),
        (f"{STAMP}", 0),
        ("t=9999999999", 0),
    ],
)
def test_a_moment_that_can_be_true_is_believed(header, earlier):
    assert moment(header, NOW) == NOW - timedelta(seconds=earlier)


@pytest.mark.parametrize("behind", [True, False])
def test_the_header_counts_only_behind_our_proxy(behind, settings):
    settings.BEHIND_PROXY = behind
    seen = []
    request = RequestFactory().get(
        "/", headers={"X-Request-Start": f"t={datetime.now(UTC).timestamp() - 60:.3f}"}
    )
    Arrival(lambda passed: seen.append(arrived(passed)))(request)
    assert (datetime.now(UTC) - seen[0] > timedelta(seconds=50)) is behind


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("", ""),
        (f"t={STAMP - 4}.000", ""),
        (f"t={STAMP + 4}.000", ""),
        (f"t={STAMP + 90}.000", "90秒進んで"),
        (f"t={STAMP - 7}.000", "7秒前"),
    ],
)
def test_an_operator_is_told_when_the_clock_of_the_proxy_is_wrong(header, word, settings):
    settings.BEHIND_PROXY = True
    with time_machine.travel(NOW, tick=False):
        said = complaint_about_proxy(RequestFactory().get("/healthz", headers={"X-Request-Start": header}))
    assert word in said
    assert bool(said) is bool(word)
