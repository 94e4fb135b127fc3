"""What happens to exchange by itself: every night, every morning, and whenever a listing has changed."""

import logging

from procrastinate.contrib.django import app

from wanowa.exchange import queries, services
from wanowa.kernel.actors import SYSTEM
from wanowa.kernel.errors import Refused
from wanowa.people.rules import MailUnavailable

log = logging.getLogger(__name__)


@app.periodic(cron="5 0 * * *")
@app.task(queueing_lock="exchange.close")
def close(timestamp: int) -> None:
    """End what is past, and forget hands of 90 days ago; `timestamp` is the time it was due."""
    for listing in [*queries.past_steps(), *queries.overdue()]:
        try:
            services.close(listing, by=SYSTEM)
        except Refused:
            log.info("listing %s was settled meanwhile", listing.pk)
    services.forget_hands()


@app.periodic(cron="0 9 * * *")
@app.task(queueing_lock="exchange.remind")
def remind(timestamp: int) -> None:
    """Remind of tomorrow, ask how it was, ask whether a listing still holds; `timestamp` is the time it was due."""
    services.remind_and_follow_up()
    for listing in queries.to_ask():
        try:
            services.ask_whether_it_holds(listing)
        except MailUnavailable:
            log.warning("asked nobody more: mail is down")
            break


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="exchange.compare", lock="exchange.compare")
def compare(timestamp: int) -> None:
    """Look for partners of what is new or was changed; `timestamp` is the time it was due."""
    services.compare()


@app.periodic(cron="30 7 * * *")
@app.task(queueing_lock="exchange.tell")
def tell(timestamp: int) -> None:
    """Tell parties of new partners, once a day; `timestamp` is the time it was due."""
    services.tell_of_suggestions()
