"""The board of tasks: three plain lists, moved by buttons."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wanowa.kernel.errors import Invalid, Refused
from wanowa.progress import queries, services
from wanowa.progress.forms import MoveForm
from wanowa.progress.queries import TaskStanding
from wanowa.progress.rules import State, may_move
from wanowa.progress.views.place import Place, place_of
from wanowa.web.pages import show
from wanowa.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def tasks(request: Request, slug: str) -> HttpResponse:
    """Show where every task stands, and take a move. Costs six queries at most and `held_by`."""
    place = place_of(request, slug)
    refusal, typed = None, {}
    if request.method == "POST":
        typed = request.POST.dict()
        try:
            _move(request, place)
        except Refused as said:
            if not place.writers:
                raise
            refusal = said
        else:
            messages.success(request, _("役割のようすを知らせました。"))
            return redirect("progress:tasks", slug)
    found = queries.tasks_of(place.collaboration)
    if refusal and typed.get("task") not in {task.key for task in found}:
        raise refusal
    moves = [task.move.entry for task in found if task.move] if place.inside else []
    context = {
        "collaboration": place.collaboration,
        "lanes": [
            (lane, [(task, _movers(place, task), task.key == typed.get("task")) for task in lane.tasks])
            for lane in _lanes(found, inside=place.inside)
        ],
        "words": queries.words_beside(place.collaboration, moves, inside=place.inside),
        "names": place.names,
        "inside": place.inside,
        "refusal": refusal,
        "typed": typed.get("word", ""),
        "states": (State.TODO, State.DOING, State.DONE),
        "trail": place.trail(_("役割のようす")),
    }
    status = refusal.status if refusal else 200
    return show(request, "progress/tasks.html", context, status=status, cases=[place.case, "parties"])


def _lanes(found: list[TaskStanding], *, inside: bool) -> list[queries.Lane]:
    return queries.lanes(found) if inside else queries.lanes([task.for_all for task in found])


def _movers(place: Place, task: TaskStanding) -> dict[int, str]:
    """Return the reader's parties that may move a task now. No query."""
    if place.collaboration.status not in queries.MOVES:
        return {}
    return {party: name for party, name in place.writers.items() if may_move(task.task, party)}


def _move(request: Request, place: Place) -> None:
    form, by = MoveForm(request.POST), place.actor(request)
    if not form.is_valid():
        raise Invalid(next(str(error) for errors in form.errors.values() for error in errors))
    typed = form.cleaned_data
    services.move(
        place.collaboration,
        State(typed["state"]),
        task=typed["task"],
        seen=typed["seen"],
        word=typed["word"],
        by=by,
    )
