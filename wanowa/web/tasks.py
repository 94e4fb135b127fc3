"""What the look does later: forgetting the receipts of yesterday's forms."""

from procrastinate.contrib.django import app

from wanowa.web import idempotency


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="web.purge_submissions")
def purge_submissions(timestamp: int) -> None:
    """Delete receipts older than a day, once an hour."""
    idempotency.purge()
