"""What happens to parties by itself, every night."""

from contextlib import suppress

from procrastinate.contrib.django import app

from wanowa.kernel.actors import SYSTEM
from wanowa.kernel.errors import Refused
from wanowa.parties import queries, services


@app.periodic(cron="20 0 * * *")
@app.task(queueing_lock="parties.expire_registrations")
def expire_registrations(timestamp: int) -> None:
    """Mark the registrations of fiscal years that are over; `timestamp` is the time it was due."""
    for registration in queries.overdue_registrations():
        with suppress(Refused):  # it was settled meanwhile, or another worker was faster
            services.expire(registration, by=SYSTEM)


@app.periodic(cron="30 3 * * *")
@app.task(queueing_lock="parties.forget")
def forget(timestamp: int) -> None:
    """Delete invitations that nobody accepted in time, with their addresses."""
    services.forget_expired_invitations()
