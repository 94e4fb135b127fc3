"""One 実施目標: its numbers over time, and a new number or another in place of one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Refused
from wanowa.progress import queries, services
from wanowa.progress.forms import MeasureForm
from wanowa.progress.models import Measurement
from wanowa.progress.queries import GoalStanding
from wanowa.progress.views.place import Place, place_of
from wanowa.web.charts import number
from wanowa.web.pages import show
from wanowa.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def goal(request: Request, slug: str, goal: str) -> HttpResponse:
    """Show one goal with its chart, and take a number of it. Costs eight queries at most and `held_by`."""
    place = place_of(request, slug)
    found = queries.goal_at(queries.goals_of(place.collaboration), goal)
    if found is None:
        raise Http404
    corrected = _corrected(place, found, request.GET.get("instead", ""))
    form, status = MeasureForm(request.POST or None, unit=found.goal.unit, initial=_initial(corrected)), 200
    if request.method == "POST":
        by, status = place.actor(request), 400
        if form.is_valid():
            try:
                _write(place, found, form, by)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("数を書きました。だれでも読めます。"))
                return redirect("progress:goal", slug, goal)
    rows = [*found.rows, *found.corrected]
    entries = [row.entry for row in rows]
    context = {
        "collaboration": place.collaboration,
        "standing": found,
        "rows": list(reversed(found.rows)),
        "corrected": corrected,
        "words": queries.words_beside(place.collaboration, entries, inside=place.inside),
        "writers": place.writers if place.collaboration.status in queries.TELLS else {},
        "takes": not found.former or corrected is not None,
        "form": form,
        "trail": place.trail(found.goal.what),
    }
    return show(request, "progress/goal.html", context, status=status, cases=[place.case, "parties"])


def _initial(corrected: Measurement | None) -> dict[str, object]:
    if corrected is None:
        return {"on": timezone.localdate()}
    return {"value": number(corrected.value).replace(",", ""), "on": corrected.on, "instead": corrected.pk}


def _corrected(place: Place, found: GoalStanding, typed: str) -> Measurement | None:
    """Return the number that the reader wants to correct, if there is such a one and she may. No query."""
    if not place.writers:
        return None
    return next((row for row in found.rows if str(row.pk) == typed), None)


def _write(place: Place, found: GoalStanding, form: MeasureForm, by: Actor) -> None:
    typed = form.cleaned_data
    if typed["instead"] is None:
        services.measure(place.collaboration, form.reading(), goal=found.key, word=typed["word"], by=by)
        return
    row = next((one for one in (*found.rows, *found.corrected) if one.pk == typed["instead"]), None)
    if row is None:
        raise Conflict(_("書きなおす数が見つかりません。表から、もう一度えらんでください。"))
    services.remeasure(row, form.reading(), word=typed["word"], by=by)
