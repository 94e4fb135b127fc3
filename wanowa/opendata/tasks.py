"""What runs later: taking a confirmed file in, and forgetting files."""

from procrastinate.contrib.django import app

from wanowa.kernel.actors import Actor
from wanowa.opendata import services
from wanowa.opendata.models import Import


@app.task(queueing_lock="opendata.take_in")
def take_in(pk: int, person: int) -> None:
    """Take in the file `pk` that `person` confirmed."""
    services.take_in(Import.objects.get(pk=pk), by=Actor(person=person))


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="opendata.forget_files")
def forget_files(timestamp: int) -> None:
    """Forget the bytes of yesterday's files; `timestamp` is the time it was due."""
    services.forget_files()
