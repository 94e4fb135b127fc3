"""What runs by itself: the index follows the record at once and every minute; words are counted at night."""

from procrastinate.contrib.django import app

from wanowa.search import services


@app.periodic(cron="* * * * *")
@app.task(name="search.follow", queueing_lock="search.follow")
def follow(timestamp: int = 0) -> None:
    """Index what is new on record, and sift what was looked for in vain; `timestamp` is the time it was due."""
    while services.follow():
        pass
    services.sift_unfound()


@app.periodic(cron="20 3 * * *")
@app.task(name="search.recount", queueing_lock="search.recount")
def recount(timestamp: int) -> None:
    """Count the words again and forget old queries; `timestamp` is the time it was due."""
    services.recount()
    services.forget_unfound()
