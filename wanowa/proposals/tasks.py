"""What happens to the scheme by itself: rounds close when their time is over, and what is over is forgotten."""

from procrastinate.contrib.django import app

from wanowa.proposals.services import forgetting, rounds


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="proposals.close")
def close(timestamp: int) -> None:
    """Close the rounds whose last day and grace are over; `timestamp` is the time it was due."""
    rounds.close_due_rounds()


@app.periodic(cron="25 3 * * *")
@app.task(queueing_lock="proposals.forget")
def forget(timestamp: int) -> None:
    """Forget ideas and wordings of a year ago; `timestamp` is the time it was due."""
    forgetting.forget_what_is_over()
