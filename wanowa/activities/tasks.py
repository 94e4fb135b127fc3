"""What happens to activities by itself, every night."""

from procrastinate.contrib.django import app

from wanowa.activities import queries, services
from wanowa.kernel.actors import SYSTEM


@app.periodic(cron="40 0 * * *")
@app.task(queueing_lock="activities.remind")
def remind(timestamp: int) -> None:
    """Remind of days of area E that passed with questions left; `timestamp` is the time it was due."""
    for subject in queries.overdue():
        services.remind(subject, by=SYSTEM)
