"""What happens to the scheme by itself: rounds close when their time is over, and what is over is forgotten."""

import structlog
from procrastinate.contrib.django import app

from wanowa.kernel.envelopes import Unopened
from wanowa.proposals.queries.judging import overdue_judgings
from wanowa.proposals.services import forgetting, rounds
from wanowa.proposals.services.judging import open_sheets

log = structlog.get_logger("wanowa.proposals")


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="proposals.close")
def close(timestamp: int) -> None:
    """Close the rounds whose last day and grace are over; `timestamp` is the time it was due."""
    rounds.close_due_rounds()


@app.periodic(cron="25 3 * * *")
@app.task(queueing_lock="proposals.forget")
def forget(timestamp: int) -> None:
    """Forget ideas and wordings of a year ago; `timestamp` is the time it was due."""
    forgetting.forget_what_is_over()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="proposals.open_sheets")
def open_overdue_sheets(timestamp: int) -> None:
    """Open the sheets of rounds whose last day of scoring is over; `timestamp` is the time it was due.

    One that cannot be opened, because its key is gone, keeps no other one closed.
    """
    for judging in overdue_judgings():
        try:
            open_sheets(judging.round)
        except Unopened:
            log.exception("sheets_stay_closed", round=judging.round_id)
