"""What runs by itself: issuing the papers of what took effect, and at night those that were left over."""

from procrastinate.contrib.django import app

from wanowa.papers import services


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="papers.issue")
def issue(timestamp: int) -> None:
    """Issue the papers of every version that took effect since the last time; `timestamp` is the time it was due."""
    while services.issue_new():
        pass


@app.periodic(cron="10 3 * * *")
@app.task(queueing_lock="papers.issue_forgotten")
def issue_forgotten(timestamp: int) -> None:
    """Issue what was left over; `timestamp` is the time it was due."""
    services.issue_forgotten()
