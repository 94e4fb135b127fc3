"""Answers used again: the public list and page, with the forms of those who write, release and check them."""

import base64
import json
import time
from collections.abc import Callable, Mapping
from itertools import groupby

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wanowa.consultations import queries, services
from wanowa.consultations.forms import AskForm, ReplyForm, WordsForm
from wanowa.consultations.models import Wording
from wanowa.consultations.rules import Channel, Stage, needs_check
from wanowa.consultations.views.standing import staff, trail
from wanowa.kernel import envelopes
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.people.rules.receipts import plain_number
from wanowa.web.deeds import attempted, number_in
from wanowa.web.pages import show
from wanowa.web.requests import Request

TYPED = "consultations_typed"
"""Where the browser's session keeps, sealed and for an hour, what somebody typed before she looks at answers."""
HOUR = 3600
KEPT = ("text", "name", "email", "contact", "category", "language")


def look_first(request: Request, form: AskForm) -> HttpResponse:
    """Keep what was typed and lead back to the form, where the answers near it stand. Nothing is sent to the desk."""
    typed = json.dumps({name: form.cleaned_data.get(name, "") for name in KEPT})
    sealed = envelopes.close(typed.encode(), place=TYPED)
    request.session[TYPED] = {"sealed": base64.b64encode(sealed).decode(), "at": time.time()}
    paper = "?from=paper" if request.POST.get("from") == Channel.PAPER else ""
    return redirect(f"{reverse('consultations:index')}{paper}#near")


def typed_before(request: Request) -> dict[str, str]:
    """Return what this browser typed within the hour; nothing else."""
    state = request.session.get(TYPED) or {}
    if time.time() - state.get("at", 0) > HOUR:
        return {}
    kept: dict[str, str] = json.loads(envelopes.unclose(base64.b64decode(state["sealed"]), place=TYPED))
    return kept


def forget_typed(request: Request) -> None:
    """Forget what was typed, because it was sent."""
    request.session.pop(TYPED, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: Request) -> HttpResponse:
    """Show every public answer by kind of worry; let staff write one. Costs one query, for staff ≤ 16."""
    reader = queries.reader_of(request.user.pk)
    number = plain_number(request.GET.get("case", ""))
    form, status = ReplyForm(with_case=True, initial={"number": number}), 200
    if request.method == "POST":
        reader, form = staff(request), ReplyForm(request.POST, with_case=True)
        made: list[int] = []
        status = attempted(form, lambda: made.append(_propose(request, form)))
        if made:
            messages.success(request, _("書きました。もうひとりが確かめると、公開されます。"))
            return redirect("consultations:answer", made[0])
    rows = groupby(queries.released(), key=lambda one: one.category)
    context = {
        "kinds": [(queries.category_label(key), list(found)) for key, found in rows],
        "waiting": list(queries.waiting()[:50]) if reader else [],
        "reader": reader,
        "form": form,
        "open": form.is_bound or bool(number),
        "trail": trail(_("よくある相談")),
    }
    return show(request, "consultations/answers.html", context, status=status)


def _propose(request: Request, form: ReplyForm) -> int:
    found = queries.case_for(plain_number(form.cleaned_data["number"]), staff(request))
    if found is None:
        raise Invalid(_("この番号の相談は、あなたの担当の中にありません。番号を確かめてください。"))
    return services.propose_advice(found[0], form.reply(), by=Actor(request.user.pk)).pk


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """Show one answer; what is not public only to staff, with the forms that write, release, check and withdraw it.

    Costs two queries, for staff ≤ 14.
    """
    reader = queries.reader_of(request.user.pk)
    wordings = queries.wordings_of(pk)
    shown = next((one for one in wordings if one.stage == Stage.RELEASED), None)
    if shown is not None and shown.advice.withdrawn_at is not None:
        shown = None
    if not wordings or (shown is None and reader is None):
        raise Http404
    pending = next((one for one in wordings if one.stage == Stage.PROPOSED), None)
    latest = wordings[0]
    initial = {"question": latest.question, "answer": latest.answer, "category": latest.category}
    forms: dict[str, Form] = {
        "rewrite": ReplyForm(initial=initial),
        "withdraw": WordsForm(label=_("取り下げるわけ")),
    }
    act, status = request.POST.get("act", ""), 200
    if request.method == "POST":
        if reader is None:
            raise Forbidden(_("協働推進員か、市の課の人だけができます。窓口に伝えてください。"))
        if act == "rewrite":
            forms[act] = ReplyForm(request.POST)
        elif act == "withdraw":
            forms[act] = WordsForm(request.POST, label=_("取り下げるわけ"))
        status = attempted(forms.get(act), _deed(request, act, latest, wordings, forms))
        if status == 302:
            messages.success(request, _said(act))
            return redirect("consultations:answer", pk)
    context = {
        "shown": shown,
        "pending": pending,
        "latest": latest,
        "history": wordings if reader else [],
        "mine": pending is not None and pending.proposed_by_id == request.user.pk,
        "old": shown is not None and needs_check(shown.advice.checked_on, timezone.localdate()),
        "category": queries.category_label((shown or latest).category),
        "reader": reader,
        "forms": forms,
        "sent": act if status != 200 else "",
        "trail": [*trail((_("よくある相談"), reverse("consultations:answers")), (shown or latest).question)],
    }
    return show(request, "consultations/answer.html", context, status=status)


def _said(act: str) -> str:
    return {
        "rewrite": _("書きなおしました。もうひとりが確かめるまで、いまの文が残ります。"),
        "withdraw": _("取り下げました。もう、だれも読めません。"),
        "check": _("確かめました。1年たつと、また聞きます。"),
        "release": _("公開しました。だれでも読めます。"),
    }[act]


def _deed(
    request: Request, act: str, latest: Wording, wordings: list[Wording], forms: Mapping[str, Form]
) -> Callable[[], object]:
    """Return what a button does; Invalid when it is none of ours."""
    by, advice, form = Actor(request.user.pk), latest.advice, forms.get(act)
    if isinstance(form, ReplyForm):
        return lambda: services.rewrite_advice(advice, form.reply(), by=by)
    if isinstance(form, WordsForm):
        return lambda: services.withdraw_advice(advice, reason=form.cleaned_data["body"], by=by)
    if act == "check":
        return lambda: services.check_advice(advice, by=by)
    if act == "release":
        seen = number_in(request.POST, "wording")
        chosen = next((one for one in wordings if one.pk == seen), None)
        if chosen is None:
            raise Refused(_("この文は、もうありません。ページをひらき直してください。"))
        return lambda: services.release_advice(chosen, by=by)
    raise Invalid(_("どのボタンが押されたか、わかりません。ページをひらき直してください。"))
