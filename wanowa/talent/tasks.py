"""What the bank does by itself: mail what waits, remind, hide, delete."""

from procrastinate.contrib.django import app

from wanowa.talent import services


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="talent.mail")
def mail(timestamp: int) -> None:
    """Mail the requests that wait; `timestamp` is the time it was due."""
    services.mail_waiting()


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="talent.forget")
def forget(timestamp: int) -> None:
    """Free places, remind, hide and delete what is due; `timestamp` is the time it was due."""
    services.lapse_requests()
    services.remind_of_confirmation()
    services.hide_unconfirmed()
    services.delete_unconfirmed()
    services.forget_texts()
    services.forget_accesses()
    services.forget_consents()
    services.forget_exports()
    services.sweep_keys()


@app.periodic(cron="30 9 1 * *")
@app.task(queueing_lock="talent.digest")
def digest(timestamp: int) -> None:
    """Tell people once a month that they were read; `timestamp` is the time it was due."""
    services.mail_digests()
