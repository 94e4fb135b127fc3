"""How far a collaboration has come: this month, and every month before."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wanowa.collaborations.rules import Status
from wanowa.contributions.queries import month_of
from wanowa.progress import queries
from wanowa.progress.rules import Month
from wanowa.progress.views.place import place_of
from wanowa.web.pages import show
from wanowa.web.requests import Request


@require_safe
def board(request: Request, slug: str) -> HttpResponse:
    """Show this month: what was measured and done, what is due next. Costs ten queries at most and `held_by`."""
    return _month(request, slug, Month.of(timezone.localdate()))


@require_safe
def month(request: Request, slug: str, month: Month) -> HttpResponse:
    """Show a month that has begun; 404 for one to come. Costs ten queries at most and `held_by`."""
    if month > Month.of(timezone.localdate()):
        raise Http404
    return _month(request, slug, month)


def _month(request: Request, slug: str, month: Month) -> HttpResponse:
    place, today = place_of(request, slug), timezone.localdate()
    found = place.collaboration
    goals, tasks = queries.goals_of(found), queries.tasks_of(found)
    seen = queries.overview(found, month, goals=goals, tasks=tasks, inside=place.inside)
    before, after = queries.neighbours(found, month, today)
    context = {
        "collaboration": found,
        "month": month,
        "now": month == Month.of(today),
        "before": before,
        "after": after,
        "goals": [goal for goal in goals if not goal.former],
        "former": [goal for goal in goals if goal.former],
        "seen": seen,
        "words": queries.words_beside(found, queries.entries_in(seen), inside=place.inside),
        "given": month_of(found, month.year, month.number),
        "due": queries.next_due(tasks) if found.status == Status.ACTIVE else [],
        "outcomes": queries.outcomes_of(found),
        "names": place.names,
        "inside": place.inside,
        "writers": place.writers,
        "trail": place.trail(),
    }
    return show(request, "progress/board.html", context, cases=[place.case, "parties"])
