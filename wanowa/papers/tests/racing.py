"""A worker of its own that issues papers at the same moment as another one."""

from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier


def issuer(barrier: Barrier, results: "Queue[str]", database: str) -> None:
    """Issue everything that is new, beginning when both workers are ready; answer with what happened."""
    import django  # noqa: PLC0415 - the process begins here

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from wanowa.papers import services  # noqa: PLC0415

    connection.settings_dict["NAME"] = database
    barrier.wait(60)
    try:
        while services.issue_new():
            pass
        results.put("done")
    except Exception as error:  # noqa: BLE001 - whatever it is, the test must see it
        results.put(f"{type(error).__name__}: {error}")
    finally:
        connection.close()
