"""What people's tables forget by themselves, every night."""

from procrastinate.contrib.django import app

from wanowa.people import services


@app.periodic(cron="10 3 * * *")
@app.task(queueing_lock="people.forget")
def forget(timestamp: int) -> None:
    """Delete old drafts, mail counts, unconfirmed sign-ups, files of nobody; `timestamp` is the time it was due."""
    services.forget_old_drafts()
    services.forget_old_allowances()
    services.forget_unconfirmed()
    services.sweep_files()
