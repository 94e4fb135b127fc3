"""What happens to progress by itself, every morning."""

from contextlib import suppress

from procrastinate.contrib.django import app

from wanowa.kernel.actors import SYSTEM
from wanowa.kernel.errors import Refused
from wanowa.progress import queries, services


@app.periodic(cron="10 6 * * *")
@app.task(queueing_lock="progress.remind")
def remind(timestamp: int) -> None:
    """Call to mind what is due, unmeasured or silent; `timestamp` is the time it was due."""
    for collaboration, reminder in queries.to_remind():
        with suppress(Refused):  # it was settled meanwhile, or another worker was faster
            services.remind(collaboration, reminder, by=SYSTEM)
