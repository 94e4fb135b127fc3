"""`/healthz`: whether this node can serve, for load balancers and for people with a terminal."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateWorker

from wanowa.kernel.clock import complaint, read
from wanowa.web.arrival import complaint_about_proxy

SILENCE = timedelta(seconds=60)
"""A worker that has not written its heartbeat (every 10 seconds) for so long counts as dead."""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when pages can be served, 503 when not. Costs four queries.

    Says nothing about people or addresses. A missing worker is told but does not fail the check: pages work
    without it, and mail waits. Neither does a wrong clock, ours or the proxy's: deadlines go by the database's,
    and `told` says in words what to put right.
    """
    report = {"database": False, "migrations": False, "worker": False, "clock": False}
    told: list[str] = []
    try:
        executor = MigrationExecutor(connection)
        report["database"] = True
        report["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        since = timezone.now() - SILENCE
        report["worker"] = ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).exists()
        told = [one for one in (complaint(read().ahead), complaint_about_proxy(request)) if one]
        report["clock"] = not told
    except DatabaseError:
        pass  # what is still False in the report says it
    healthy = report["database"] and report["migrations"]
    answer = {"healthy": healthy, **report, "told": told}
    return JsonResponse(answer, status=200 if healthy else 503, json_dumps_params={"ensure_ascii": False})
