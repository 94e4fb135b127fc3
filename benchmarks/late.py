"""The platform with its clock moved: `benchmarks.stampede` lets it stand shortly before a deadline, and go wrong."""

import os
import time
from datetime import UTC, datetime, timedelta

import time_machine

OFFSET = timedelta(seconds=float(os.environ["WANOWA_STAMPEDE_OFFSET"]))
WITHOUT = os.environ.get("WANOWA_STAMPEDE_WITHOUT", "")
"""What is switched off, to see that the figures tell: `clock`, `queue` or `door`."""
begun, meant = time.monotonic(), datetime.now(UTC) + OFFSET
clock = time_machine.travel(meant, tick=True).start()
# Moving the clock takes seconds on a busy machine: without this the node would be so much behind.
clock.shift(meant.timestamp() + time.monotonic() - begun - time.time())

from config.wsgi import application  # noqa: E402 - the clock moves before anything looks at it
from wanowa.kernel.clock import platform  # noqa: E402 - same
from wanowa.web import arrival, waiting  # noqa: E402 - same

if WITHOUT == "clock":
    platform.following = False
if WITHOUT == "door":
    waiting.AWAY = 0.0
if WITHOUT == "queue":
    arrival.sealed = lambda *_: None

__all__ = ["application"]
