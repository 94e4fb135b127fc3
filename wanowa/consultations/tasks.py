"""What the desk does by itself: settle owners, write down what is late, ask how it is, forget."""

from procrastinate.contrib.django import app

from wanowa.consultations import services


@app.periodic(cron="1 * * * *")
@app.task(queueing_lock="consultations.settle")
def settle(timestamp: int) -> None:
    """Take in what nobody can hold any more, write down what is late; `timestamp` is the time it was due."""
    services.settle()
    services.note_overdue()


@app.periodic(cron="30 9 * * *")
@app.task(queueing_lock="consultations.follow_up")
def follow_up(timestamp: int) -> None:
    """Ask people how it is four weeks later; `timestamp` is the time it was due."""
    services.ask_follow_ups()


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="consultations.forget")
def forget(timestamp: int) -> None:
    """Forget what is kept no longer; `timestamp` is the time it was due."""
    services.forget_old()
    services.forget_accesses()
