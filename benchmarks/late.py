"""The platform with its clock moved: `benchmarks.stampede` lets it stand shortly before a deadline."""

import os
import time
from datetime import UTC, datetime, timedelta

import time_machine

OFFSET = timedelta(seconds=float(os.environ["WANOWA_STAMPEDE_OFFSET"]))
begun, meant = time.monotonic(), datetime.now(UTC) + OFFSET
clock = time_machine.travel(meant, tick=True).start()
# Moving the clock takes seconds on a busy machine: without this the node would be so much behind.
clock.shift(meant.timestamp() + time.monotonic() - begun - time.time())

from config.wsgi import application  # noqa: E402 - the clock moves before anything looks at it

__all__ = ["application"]
