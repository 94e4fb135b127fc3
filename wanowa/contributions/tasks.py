"""What happens to ledgers by itself, every night."""

from procrastinate.contrib.django import app

from wanowa.contributions import services


@app.periodic(cron="50 0 * * *")
@app.task(queueing_lock="contributions.watch")
def watch(timestamp: int) -> None:
    """Look whether collaborations still look like their forms; `timestamp` is the time it was due."""
    services.watch()
