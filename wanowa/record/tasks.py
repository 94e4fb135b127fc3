"""What runs by itself: a checkpoint every hour, and one at once after a step that seals."""

from contextlib import suppress

from procrastinate.contrib.django import app

from wanowa.record import services


@app.periodic(cron="0 * * * *")
@app.task(name="record.checkpoint_hourly", queueing_lock="record.checkpoint_hourly")
def checkpoint_hourly(timestamp: int) -> None:
    """Make a checkpoint of what moved; `timestamp` is the time it was due."""
    with suppress(services.Halted):  # logged and kept; doctor and staff see it until it is made good
        services.checkpoint()


@app.task(name="record.checkpoint")
def checkpoint() -> None:
    """Make a checkpoint at once; nothing to do when another job was faster."""
    with suppress(services.Halted):
        services.checkpoint()
