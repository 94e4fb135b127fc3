"""What runs by itself: reading the record every minute, mailing, forgetting."""

from procrastinate.contrib.django import app

from wanowa.notices import services


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="notices.deliver")
def deliver(timestamp: int) -> None:
    """Make notices from what is new on record, and mail them and receipts; `timestamp` is the time it was due."""
    while services.deliver():
        pass
    services.mail_waiting()
    services.mail_receipts()


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="notices.forget")
def forget(timestamp: int) -> None:
    """Forget old notices; `timestamp` is the time it was due."""
    services.forget_old()
