"""What happens to activities by itself, every night."""

import logging

from procrastinate.contrib.django import app

from wanowa.activities import queries, services
from wanowa.kernel.actors import SYSTEM
from wanowa.kernel.errors import Refused

log = logging.getLogger(__name__)


@app.periodic(cron="40 0 * * *")
@app.task(queueing_lock="activities.remind")
def remind(timestamp: int) -> None:
    """Remind of days of area E that passed with questions left, each by itself; `timestamp` is the time it was due."""
    for subject in queries.overdue():
        try:
            services.remind(subject, by=SYSTEM)
        except Refused:
            log.info("%s was answered or told of meanwhile", subject)
