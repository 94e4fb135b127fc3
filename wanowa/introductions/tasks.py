"""What happens to introductions by itself: after midnight silence ends, in the morning questions are asked."""

from procrastinate.contrib.django import app

from wanowa.introductions import services


@app.periodic(cron="10 0 * * *")
@app.task(queueing_lock="introductions.close")
def close(timestamp: int) -> None:
    """Let lapse what nobody answered, forget what is over; `timestamp` is the time it was due."""
    services.lapse_silent()
    services.forget_gifts()
    services.forget_words()


@app.periodic(cron="10 9 * * *")
@app.task(queueing_lock="introductions.ask")
def ask(timestamp: int) -> None:
    """Ask both sides how it went on after four weeks; `timestamp` is the time it was due."""
    services.ask_afterwards()
