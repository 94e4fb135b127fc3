"""Talking over what was revealed: reasons, the joint text, everybody's consent to it, what a body said."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wanowa.evaluations.forms.after import CommentForm, LessonForm, ReasonForm, SendBackForm, TextForm
from wanowa.evaluations.queries.reflecting import (
    asked_in,
    open_statement,
    reflection_of,
    statement_by_fingerprint,
)
from wanowa.evaluations.queries.results import results_of
from wanowa.evaluations.rules.joint import Joint, Part, differences, mark, missing, proposed, told
from wanowa.evaluations.services import approving, commenting, continuing, reflecting
from wanowa.evaluations.views import told as places
from wanowa.evaluations.views.told import Told, insider
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.queries import names
from wanowa.people.views.confirm import recent_confirmation_required
from wanowa.web.pages import refused, show
from wanowa.web.requests import Request

FORMS: Mapping[Part, type[TextForm | LessonForm]] = {Part.TEXT: TextForm, Part.LESSON: LessonForm}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def why(request: Request, slug: str, number: int, criterion: str) -> HttpResponse:
    """Say why one question looked so to the reader's party; what was said before stands above."""
    place = insider(request, slug, number)
    found = results_of(place.round, inside=True)
    said = next((one for one in found.rows if one.row.question.key == criterion), None) if found else None
    if said is None:
        raise Http404
    form, status = ReasonForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                reflecting.give_reason(
                    place.round, criterion=criterion, text=form.cleaned_data["text"], by=place.actor
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("書きました。ほかの主体も読めます。"))
                return place.back()
    context = {"place": place, "said": said, "form": form, "mine": place.mine}
    return show(request, "evaluations/why.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, slug: str, number: int, part: str) -> HttpResponse:
    """Write one part of the joint text; what somebody else wrote meanwhile is shown beside it."""
    place = insider(request, slug, number)
    if part not in Part.values:
        raise Http404
    chosen = Part(part)
    reflection = reflection_of(place.round)
    joint = reflection.joint if reflection else Joint()
    form, conflict, status = FORMS[chosen](initial=_initial(place, joint, chosen)), None, 200
    if request.method == "POST":
        form, status = FORMS[chosen](request.POST), 400
        if form.is_valid():
            try:
                reflecting.write_together(
                    place.round,
                    part=chosen,
                    written=form.joint(),
                    seen=request.POST.get("seen", ""),
                    by=place.actor,
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
                conflict = _theirs(joint, form.joint(), chosen) if isinstance(refusal, Conflict) else None
            else:
                messages.success(request, _("保存しました。ほかの主体も読めます。"))
                return place.to("approve")
    context = {
        "place": place,
        "part": chosen,
        "form": form,
        "seen": mark(joint, chosen),
        "conflict": conflict,
        "reflection": reflection,
        "mine": place.mine,
    }
    return show(request, "evaluations/write.html", context, status=status)


def _initial(place: Told, joint: Joint, part: Part) -> dict[str, object]:
    """Return what the form begins with: what is written, or for an empty card what can be proposed."""
    content = joint.content()
    lesson: dict[str, object] = content.pop("lesson")
    if part is Part.TEXT:
        return content
    if any(lesson.values()):
        return lesson
    called = [one.name for one in names(place.round.concerned).values()]
    begun: dict[str, object] = asdict(proposed(joint, place.round.version.terms, called))
    return begun


def _theirs(now: Joint, mine: Joint, part: Part) -> tuple[str, str]:
    """Return the two texts that stand next to each other when somebody else was faster."""
    only = [Joint(lesson=one.lesson) if part is Part.LESSON else one for one in (mine, now)]
    first, second = ("\n\n".join(f"{label}\n{text}" for label, text in told(one)) for one in only)
    return first, second


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@recent_confirmation_required
def approve(request: Request, slug: str, number: int) -> HttpResponse:
    """Show the joint text as it would be published, put it before everybody, and take their consent to it."""
    place = insider(request, slug, number)
    if request.method != "POST":
        return place.back() if place.round.published_at else _text_to_read(request, place)
    form = SendBackForm(request.POST if request.POST.get("answer") == "send_back" else None)
    try:
        sentence = _answer(request, place, form)
    except Refused as refusal:
        if place.round.published_at:
            return refused(request, refusal)
        return _text_to_read(request, place, refusal, form, seen=request.POST.get("seen", ""))
    messages.success(request, sentence)
    return place.back()


def _answer(request: Request, place: Told, form: SendBackForm) -> str:
    """Do what the button says; return what to say."""
    shows_own = request.POST.get("shows_own") == "on"
    match request.POST.get("answer", ""):
        case "offer":
            typed = request.POST.get("revision", "")
            revision = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
            approving.offer_statement(place.round, revision=revision, shows_own=shows_own, by=place.actor)
            return _("まとめを出しました。ほかの主体の同意を待っています。")
        case "approve":
            seen = request.POST.get("seen", "")
            found = approving.approve(place.round, seen=seen, shows_own=shows_own, by=place.actor)
            if found.published_at:
                return _("全員の同意がそろい、公開しました。")
            return _("同意しました。ほかの主体の同意を待っています。")
        case "retract":
            approving.retract_approval(place.round, by=place.actor)
            return _("同意を取り下げました。")
        case "send_back":
            if not form.is_valid():
                raise Invalid(_("どこを直したいかを書いてください。ほかの主体が読みます。"))
            approving.send_statement_back(place.round, reason=form.cleaned_data["reason"], by=place.actor)
            return _("話し合いに戻しました。文を直して、また出せます。")
    raise Invalid(_("どの返事かがわかりません。ボタンをもう一度押してください。"))


def _text_to_read(
    request: Request,
    place: Told,
    refusal: Refused | None = None,
    form: SendBackForm | None = None,
    *,
    seen: str = "",
) -> HttpResponse:
    """Show the text that waits, or the one in preparation; against what the reader had read, when it moved."""
    statement, reflection = open_statement(place.round), reflection_of(place.round)
    read = statement_by_fingerprint(place.round, seen) if isinstance(refusal, Conflict) else None
    joint = statement.joint if statement else reflection.joint if reflection else Joint()
    given = (
        {one.party_id for one in statement.approvals.filter(withdrawn_at__isnull=True)}
        if statement
        else set()
    )
    asked = statement.concerned if statement else asked_in(place.round)
    called = names(asked)
    context = {
        "place": place,
        "statement": statement,
        "revision": reflection.revision if reflection else -1,
        "texts": told(joint, empty=not statement),
        "moved": differences(read.joint, joint) if read else [],
        "missing": "" if statement else missing(joint),
        "ring": [
            {"name": one.name, "kind": one.kind, "given": party in given}
            for party, one in sorted(called.items())
        ],
        "answerable": {
            party: name for party, name in place.mine.items() if party in asked and party not in given
        },
        "given": [name for party, name in place.mine.items() if party in given],
        "last": statement is not None and len(asked) - len(given) == 1,
        "alone": bool(place.alone),
        "mine": place.mine,
        "refusal": refusal,
        "form": form or SendBackForm(),
    }
    return show(request, "evaluations/approve.html", context, status=refusal.status if refusal else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: Request, slug: str, number: int) -> HttpResponse:
    """Let the desk enter what a body said about a published evaluation."""
    place = places.told(request, slug, number)
    if not getattr(request.user, "is_coordinator", False):
        raise Forbidden(_("会議の意見をのせるのは、協働推進員だけです。"))
    form, status = CommentForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            typed = form.cleaned_data
            try:
                commenting.enter_comment(
                    place.round,
                    body=typed["meeting"],
                    text=typed["text"],
                    said_on=date.fromisoformat(typed["said_on"]),
                    source=typed["source"],
                    by=place.actor,
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("会議の意見をのせました。だれでも読めます。"))
                return place.back()
    return show(request, "evaluations/comment.html", {"place": place, "form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ahead(request: Request, slug: str, number: int) -> HttpResponse:
    """Offer the ways on: continue, change or end; begin the text of next time from the largest difference."""
    place = insider(request, slug, number)
    refusal = None
    if request.method == "POST":
        try:
            begun = continuing.prepare_next(place.round, by=place.actor)
        except Refused as caught:
            refusal = caught
        else:
            messages.success(
                request, _("次の内容の下書きを作りました。全員が同意するまで、何も変わりません。")
            )
            return redirect("collaborations:terms", slug=begun.slug)
    found = results_of(place.round, inside=True)
    context = {
        "place": place,
        "results": found,
        "joint": found.in_force.joint if found and found.in_force else None,
        "mine": place.mine,
        "refusal": refusal,
    }
    return show(request, "evaluations/ahead.html", context, status=refusal.status if refusal else 200)
