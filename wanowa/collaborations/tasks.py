"""What happens to collaborations by itself, every night."""

from contextlib import suppress

from procrastinate.contrib.django import app

from wanowa.collaborations import queries, services
from wanowa.kernel.actors import SYSTEM
from wanowa.kernel.errors import Refused


@app.periodic(cron="30 0 * * *")
@app.task(queueing_lock="collaborations.remind")
def remind(timestamp: int) -> None:
    """Remind of questions that wait for days; `timestamp` is the time it was due."""
    for question in queries.questions_to_remind_of():
        with suppress(Refused):  # it was answered meanwhile, or another worker was faster
            services.remind_of_question(question.message, by=SYSTEM)
