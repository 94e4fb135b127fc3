"""The questions of area E: read by everybody, answered by the city."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.activities import queries, services
from wanowa.activities.forms import ReplyForm
from wanowa.activities.queries import Subject
from wanowa.activities.rules import QUESTIONS, Question
from wanowa.activities.views.place import acting
from wanowa.collaborations.queries import by_slug as collaboration_at
from wanowa.kernel.errors import Conflict, Forbidden, Refused
from wanowa.parties.queries import held_by
from wanowa.record.queries import case_of
from wanowa.web.pages import show
from wanowa.web.requests import Request


@require_safe
def checklist(request: Request, slug: str) -> HttpResponse:
    """Show the questions about an activity of the city with every answer."""
    return _checklist(request, _activity(slug))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, slug: str, question: str) -> HttpResponse:
    """Answer one question about an activity of the city."""
    return _answer(request, _activity(slug), question)


@require_safe
def collaboration_checklist(request: Request, slug: str) -> HttpResponse:
    """Show the questions about a collaboration in area E with every answer."""
    return _checklist(request, _collaboration(request, slug))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def collaboration_answer(request: Request, slug: str, question: str) -> HttpResponse:
    """Answer one question about a collaboration in area E."""
    return _answer(request, _collaboration(request, slug), question)


def _activity(slug: str) -> Subject:
    found = queries.by_slug(slug)
    if found is None or not queries.has_checklist(found):
        raise Http404
    return found


def _collaboration(request: Request, slug: str) -> Subject:
    mine = {held.party.id for held in held_by(request.user)}
    table = collaboration_at(mine, slug)
    if table is None or not queries.has_checklist(table.collaboration):
        raise Http404
    return table.collaboration


def _able(request: Request, subject: Subject) -> dict[int, str]:
    """Return the parties (id → name) for which the reader may answer. Costs one query at most."""
    held = [one for one in held_by(request.user) if one.role in queries.ANSWERS_IN]
    answering = queries.answering(subject) if held else frozenset()
    return {one.party.id: one.party.name for one in held if one.party.id in answering}


def _checklist(request: Request, subject: Subject) -> HttpResponse:
    items = queries.checklist(subject)
    context = {
        "subject": subject,
        "page": queries.page_url(subject),
        "items": [(item, queries.answer_url(subject, item.facts.key)) for item in items],
        "missing": queries.missing(items),
        "count": len(items),
        "done": len(items) - len(queries.missing(items)),
        "able": _able(request, subject),
        "trail": _trail(subject, _("公開の質問")),
    }
    return show(request, "activities/checklist.html", context, cases=[case_of(subject), "parties"])


def _trail(subject: Subject, *pages: str) -> list[tuple[str, str]]:
    above = [(subject.title, queries.page_url(subject))]
    if len(pages) > 1:
        above.append((pages[0], queries.checklist_url(subject)))
    return [(_("活動"), reverse("activities:directory")), *above, (pages[-1], "")]


def _answer(request: Request, subject: Subject, question: str) -> HttpResponse:
    if question not in Question.values:
        raise Http404
    able = _able(request, subject)
    if not able:
        raise Forbidden(_("答えられるのは、これを受けもつ市の部署の、代表か担当の人です。"))
    key = Question(question)
    item = next(one for one in queries.checklist(subject) if one.facts.key is key)
    number = str(len(item.answers))
    seen, status = request.POST.get("seen", number), 200
    form = ReplyForm(request.POST or None)
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                services.answer(
                    subject,
                    key,
                    form.reply(),
                    seen=int(seen) if seen.isascii() and seen.isdigit() else -1,
                    by=acting(request, able),
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
                seen = number if isinstance(refusal, Conflict) else seen
            else:
                messages.success(request, _("答えを公開しました。"))
                return redirect(queries.checklist_url(subject))
    context = {
        "subject": subject,
        "facts": QUESTIONS[key],
        "item": item,
        "form": form,
        "seen": seen,
        "able": able,
        "moved": status == Conflict.status,
        "trail": _trail(subject, _("公開の質問"), str(key.label)),
    }
    return show(request, "activities/answer.html", context, status=status)
