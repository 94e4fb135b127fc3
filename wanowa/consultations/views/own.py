"""The person's page of her case: who holds it until when, what was said, who read it; and the way in by mail."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.consultations import queries, services
from wanowa.consultations.forms import AfterForm, WordsForm
from wanowa.consultations.models import Case
from wanowa.consultations.queries import Opened
from wanowa.consultations.rules import Help, Rating, Status, is_overdue
from wanowa.consultations.views.standing import actor_of, grant, own_case, trail
from wanowa.kernel.errors import Invalid
from wanowa.record.queries import Moment, highlights, narrate
from wanowa.web.deeds import attempted
from wanowa.web.pages import show
from wanowa.web.requests import Request

MOST_STEPS = 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: Request, token: str) -> HttpResponse:
    """Open a case with the link of a mail. Looking alone, as mail scanners do, opens nothing. Costs one query."""
    found = queries.by_number(queries.number_of(token))
    if found is None:
        raise Http404
    if request.method == "POST":
        grant(request, found)
        return redirect("consultations:case", found.number)
    return show(request, "consultations/by_link.html", {"case": found, "trail": trail(_("相談のページ"))})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: Request, number: str) -> HttpResponse:
    """Show a person her case, take what she writes, and how it is afterwards. Costs ≤ twelve queries."""
    found = own_case(request, number)
    words, after, status = WordsForm(label=_("書きたすこと")), AfterForm(), 200
    if request.method == "POST":
        chosen = request.POST.get("act", "")
        if chosen == "speak":
            words = WordsForm(request.POST, label=_("書きたすこと"))
            status = attempted(
                words,
                lambda: services.speak(found, body=words.cleaned_data["body"], by=actor_of(request)),
            )
        elif chosen == "after":
            after = AfterForm(request.POST)
            status = attempted(after, lambda: _told_after(request, found, after))
        else:
            raise Invalid(_("どのボタンが押されたか、わかりません。ページをひらき直してください。"))
        if status == 302:
            messages.success(request, _("届きました。ありがとうございます。"))
            return redirect("consultations:case", found.number)
    return show(request, "consultations/case.html", _shown(request, found, words, after), status=status)


def _told_after(request: Request, found: Case, form: AfterForm) -> None:
    typed = form.cleaned_data
    if typed["rating"] and not found.rated:
        services.rate(found, Rating(typed["rating"]))
    services.tell_how_it_is(found, helped=Help(typed["helped"]), words=typed["words"], by=actor_of(request))


def _shown(request: Request, found: Case, words: WordsForm, after: AfterForm) -> dict[str, object]:
    opened, today = queries.own(found), timezone.localdate()
    holder = queries.holder_of(found, today)
    return {
        "case": found,
        "told": {name: opened.read(found, name) for name in ("text", "next_action", "closing")},
        "category": queries.category_label(found.category) if found.category else "",
        "holder": holder,
        "deputy": queries.deputy_of(holder.pk, today),
        "at_the_desk": found.department_id is None or holder.pk != found.owner_id,
        "overdue": is_overdue(found.due_on, today),
        "closed": found.status == Status.CLOSED,
        "ways": queries.ways_of(found, actor_of(request), own=True),
        "said": queries.said(opened, inside=False),
        "passed": queries.passed(opened),
        "readings": queries.readings_of(opened),
        "files": _files(opened),
        "steps": steps_of(found),
        "words": words,
        "after": after if found.status == Status.CLOSED and not found.helped else None,
        "trail": trail(found.number),
    }


def steps_of(found: Case) -> list[Moment]:
    """Return what happened to a case, newest first, in sentences. Costs ≤ three queries."""
    return narrate(list(highlights(found).order_by("-number")[:MOST_STEPS]))


def _files(opened: Opened) -> list[tuple[str, str]]:
    number = opened.case.number
    return [
        (opened.read(one, "name"), reverse("consultations:attachment", args=[number, one.pk]))
        for one in opened.case.files.all()
    ]


@never_cache
@require_safe
def attachment(request: Request, number: str, pk: int) -> HttpResponseBase:
    """Hand a file to the person who gave it, or to whoever has opened the case. Costs ≤ ten queries."""
    opened = opened_by(request, number)
    found = opened.case.files.filter(pk=pk).first()
    if found is None:
        raise Http404
    content = BytesIO(opened.content(found))
    response = FileResponse(content, as_attachment=True, filename=opened.read(found, "name"))
    response["Content-Type"] = "application/octet-stream"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def opened_by(request: Request, number: str) -> Opened:
    """Return a case for its person, or for somebody of the city with an open reading; 404 for all others."""
    reader = queries.reader_of(request.user.pk)
    found = queries.case_for(number, reader) if reader else None
    if reader and found and (access := queries.reading(found[0], reader.person, found[1])):
        return queries.opened_for(access, found[0])
    return queries.own(own_case(request, number))
