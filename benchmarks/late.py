"""The platform with its clock moved: `benchmarks.stampede` lets it stand shortly before a deadline."""

import os
from datetime import UTC, datetime, timedelta

import time_machine

OFFSET = timedelta(seconds=float(os.environ["WANOWA_STAMPEDE_OFFSET"]))
time_machine.travel(datetime.now(UTC) + OFFSET, tick=True).start()

from config.wsgi import application  # noqa: E402 - the clock moves before anything looks at it

__all__ = ["application"]
