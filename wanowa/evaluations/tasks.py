"""What happens by itself: envelopes open when the last day is over, and who is awaited is reminded before it."""

from contextlib import suppress

import structlog
from procrastinate.contrib.django import app

from wanowa.evaluations import queries, services
from wanowa.kernel.envelopes import Unopened
from wanowa.kernel.errors import Refused

log = structlog.get_logger("wanowa.evaluations")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="evaluations.reveal")
def reveal(timestamp: int) -> None:
    """Open the rounds whose last day is over; `timestamp` is the time it was due.

    One that cannot be opened, because its key is gone, keeps no other one closed.
    """
    for found in queries.overdue_rounds():
        try:
            services.reveal(found)
        except Unopened:
            log.exception("envelope_stays_closed", round=found.pk)


@app.periodic(cron="20 0 * * *")
@app.task(queueing_lock="evaluations.remind")
def remind(timestamp: int) -> None:
    """Remind who has not sealed three business days before the deadline; `timestamp` is the time it was due."""
    for found, party in list(queries.awaited_soon()):
        with suppress(Refused):  # it was settled meanwhile, or another worker was faster
            services.remind(found, party=party)
