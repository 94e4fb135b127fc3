"""A process of its own that acts in a collaboration at the same moment as another one."""

import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import NamedTuple


class Job(NamedTuple):
    """What one racer does in one round."""

    action: str
    collaboration: int
    person: int
    party: int
    seen: str
    delay: float = 0.0


def racer(pipe: Connection, barrier: Barrier, database: str, unlocked: str) -> None:
    """Do one job after the other, each when both racers are ready; answer with what happened."""
    import django  # noqa: PLC0415 - the process begins here

    django.setup()
    from django.db import DatabaseError, connection  # noqa: PLC0415

    from wanowa.kernel.errors import Refused  # noqa: PLC0415

    connection.settings_dict["NAME"] = database
    _unlock(unlocked)
    actions = _actions()
    pipe.send("ready")
    while job := pipe.recv():
        barrier.wait(30)
        time.sleep(job.delay)
        try:
            actions[job.action](job)
            pipe.send("done")
        except Refused as refusal:
            pipe.send(type(refusal).__name__)
        except DatabaseError as error:
            pipe.send(f"error: {error}".splitlines()[0])
    connection.close()


def _actions() -> dict[str, Callable[[Job], object]]:
    from wanowa.collaborations import services  # noqa: PLC0415
    from wanowa.collaborations.models import Collaboration, Draft  # noqa: PLC0415
    from wanowa.collaborations.rules import Clause, mark  # noqa: PLC0415
    from wanowa.collaborations.tests.factories import complete  # noqa: PLC0415
    from wanowa.kernel.actors import Actor  # noqa: PLC0415

    def consent(job: Job) -> None:
        collaboration = Collaboration(pk=job.collaboration)
        services.consent(collaboration, seen=job.seen, by=Actor(job.person, job.party))

    def rewrite(job: Job) -> None:
        """Take the offer off the table, change the text, and put it back: what a consent must not slip under."""
        collaboration, by = Collaboration(pk=job.collaboration), Actor(job.person, job.party)
        services.send_back(collaboration, reason="書きかえる", by=by)
        terms = Draft.objects.get(collaboration=collaboration).terms
        other = complete(terms, purpose=f"{terms.purpose}。ただし、費用はすべて相手がもつ。")
        draft = services.edit(
            collaboration, clause=Clause.PURPOSE, written=other, seen=mark(terms, Clause.PURPOSE), by=by
        )
        services.offer(collaboration, revision=draft.revision, by=by)

    return {"consent": consent, "rewrite": rewrite}


def _unlock(what: str) -> None:
    """Switch row locks off for the negative controls: "" none, "rows" a collaboration's, "all" the record's too."""
    from django.db.models import QuerySet  # noqa: PLC0415

    off = {"": set(), "rows": {"collaborations"}, "all": {"collaborations", "record"}}[what]
    lock = QuerySet.select_for_update

    def only_for_others(rows: QuerySet, **options: object) -> QuerySet:
        return rows if rows.model._meta.app_label in off else lock(rows, **options)

    QuerySet.select_for_update = only_for_others
