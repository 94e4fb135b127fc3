"""A process of its own that seals at the same moment as another one, or opens what is overdue."""

import time
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import NamedTuple


class Job(NamedTuple):
    """What one racer does in one round: seal for a party, or, as the worker, open the round."""

    round: int
    person: int = 0
    party: int = 0
    seen: str = ""
    delay: float = 0.0


def racer(pipe: Connection, barrier: Barrier, database: str, unlocked: bool) -> None:
    """Do one job after the other, each when both racers are ready; answer with what happened."""
    import django  # noqa: PLC0415 - the process begins here

    django.setup()
    from django.db import DatabaseError, connection  # noqa: PLC0415
    from django.db.models import QuerySet  # noqa: PLC0415

    from wanowa.evaluations import services  # noqa: PLC0415
    from wanowa.evaluations.models import Round  # noqa: PLC0415
    from wanowa.kernel.actors import Actor  # noqa: PLC0415
    from wanowa.kernel.errors import Refused  # noqa: PLC0415

    connection.settings_dict["NAME"] = database
    if unlocked:
        QuerySet.select_for_update = lambda rows, **_options: rows
    pipe.send("ready")
    while job := pipe.recv():
        found = Round.objects.select_related("collaboration").get(pk=job.round)
        barrier.wait(30)
        time.sleep(job.delay)
        try:
            if job.person:
                services.seal(found, seen=job.seen, by=Actor(job.person, job.party))
            else:
                services.reveal(found)
            pipe.send("done")
        except Refused as refusal:
            pipe.send(type(refusal).__name__)
        except DatabaseError as error:
            pipe.send(f"error: {error}".splitlines()[0])
    connection.close()
