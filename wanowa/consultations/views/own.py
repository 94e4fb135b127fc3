"""The person's page of her case: who holds it until when, what was said, who read it; and the way in by mail."""

from collections.abc import Callable
from io import BytesIO
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.consultations import queries, services
from wanowa.consultations.forms import AddressForm, AfterForm, CodeForm, ContactForm, SpeakForm
from wanowa.consultations.models import Case
from wanowa.consultations.queries import Link, Opened
from wanowa.consultations.rules import AWAITED, Help, Rating, Status, is_overdue
from wanowa.consultations.views import confirming
from wanowa.consultations.views.standing import actor_of, grant, own_case, trail
from wanowa.kernel.eras import day_label
from wanowa.kernel.errors import Invalid, Refused
from wanowa.record.queries import Moment, highlights, narrate
from wanowa.web.deeds import attempted
from wanowa.web.pages import show
from wanowa.web.requests import Request

MOST_STEPS = 60
LINKS = {Link.OPEN: 200, Link.OVER: 410, Link.CLOSED: 410, Link.UNKNOWN: 404}
"""What a link opens → the status of its page."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: Request, token: str) -> HttpResponse:
    """Open a case with the link of a mail. Looking alone, as mail scanners do, opens nothing. Costs one query.

    An old link leads to a new one, to the same address; one to an address that nobody confirmed, to the words.
    """
    state, found = queries.followed(token)
    over = state is Link.OVER
    if found and found.email and found.email_confirmed_at is None and not over:
        return redirect(f"{reverse('consultations:look')}?{urlencode({'with': token})}")
    if found and request.method == "POST":
        if over:
            services.send_link(found)
            messages.success(request, _("新しいリンクを、メールで送りました。"))
            return redirect("consultations:look")
        grant(request, found)
        return redirect("consultations:case", found.number)
    context = {"case": found, "over": over, "trail": trail(_("相談のページ"))}
    return show(request, "consultations/by_link.html", context, status=LINKS[state])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: Request, number: str) -> HttpResponse:
    """Show a person her case; take what she adds, how she is reached, how it is afterwards. Costs ≤ 14 queries."""
    found = own_case(request, number)
    act, status = request.POST.get("act", ""), 200
    forms = _forms(request, act)
    if request.method == "POST":
        if act not in DEEDS:
            raise Invalid(_("どのボタンが押されたか、わかりません。ページをひらき直してください。"))
        form = forms[act]
        status = attempted(form, lambda: DEEDS[act](request, found, form))
        if status == 302:
            found.refresh_from_db()
            messages.success(request, _done(found, act))
            return redirect(f"{reverse('consultations:case', args=[found.number])}{ANCHORS.get(act, '')}")
    context = _shown(request, found) | {"forms": forms, "sent": act}
    return show(request, "consultations/case.html", context, status=status)


def _forms(request: Request, act: str) -> dict[str, BaseForm]:
    """Return every form of the page: the one that was sent with what was typed, the others empty."""
    kinds: dict[str, type[BaseForm]] = {
        "speak": SpeakForm,
        "after": AfterForm,
        "contact": ContactForm,
        "address": AddressForm,
        "code": CodeForm,
    }
    return {
        name: kind(request.POST, request.FILES) if name == act else kind(auto_id=f"{name}_%s")
        for name, kind in kinds.items()
    }


def _speak(request: Request, found: Case, form: BaseForm) -> None:
    typed = form.cleaned_data
    services.speak(found, body=typed["body"], files=typed["attachments"], by=actor_of(request))


def _tell_after(request: Request, found: Case, form: BaseForm) -> None:
    typed = form.cleaned_data
    if typed["rating"] and not found.rated:
        services.rate(found, Rating(typed["rating"]))
    services.tell_how_it_is(found, helped=Help(typed["helped"]), words=typed["words"], by=actor_of(request))


def _change_contact(request: Request, found: Case, form: BaseForm) -> None:
    services.change_contact(found, contact=form.cleaned_data["contact"], by=actor_of(request))


def _ask_for_code(request: Request, found: Case, form: BaseForm) -> None:
    if found.person_id is not None:
        raise Refused(_("返事が来たら、サインインのアドレスに知らせます。"))
    confirming.ask(request, found, form.cleaned_data["email"])


def _confirm(request: Request, found: Case, form: BaseForm) -> None:
    assert isinstance(form, CodeForm)  # noqa: S101 - narrows the type
    confirming.confirm(request, found, form)


DEEDS: dict[str, Callable[[Request, Case, BaseForm], None]] = {
    "speak": _speak,
    "after": _tell_after,
    "contact": _change_contact,
    "address": _ask_for_code,
    "code": _confirm,
}
"""Act → what is done with its form."""
ANCHORS = {"speak": "#said", "contact": "#reach", "address": "#reach", "code": "#reach"}
"""Act → where on the page its outcome stands."""


def _done(found: Case, act: str) -> str:
    """Return what just happened and what comes next, in a sentence or two."""
    if act in {"speak", "after"} and found.due in AWAITED and found.due_on:
        return _("届きました。%(day)sまでに、返事をします。") % {"day": day_label(found.due_on)}
    return {
        "contact": _("電話番号を変えました。担当の人に見えます。"),
        "address": _("6けたの数字を送りました。メールを見て、入れてください。"),
        "code": _("返事が来たら、メールで知らせます。"),
    }.get(act, _("届きました。ありがとうございます。"))


def _shown(request: Request, found: Case) -> dict[str, object]:
    opened, today = queries.own(found), timezone.localdate()
    holder = queries.holder_of(found, today)
    return {
        "case": found,
        "told": {
            name: opened.read(found, name) for name in ("text", "next_action", "closing", "contact", "email")
        },
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
        "files": files_of(opened),
        "steps": steps_of(found),
        "asks_after": found.status == Status.CLOSED and not found.helped,
        "awaited": found.due in AWAITED,
        "in_question": confirming.address_in_question(request, found),
        "waits": confirming.waits(request, found),
        "trail": trail(found.number),
    }


def steps_of(found: Case) -> list[Moment]:
    """Return what happened to a case, newest first, in sentences. Costs ≤ three queries."""
    return narrate(list(highlights(found).order_by("-number")[:MOST_STEPS]))


def files_of(opened: Opened) -> list[tuple[str, str]]:
    """Return (name, address) of what came with the worry itself; other files stand with their message. One query."""
    number = opened.case.number
    return [
        (opened.read(one, "name"), reverse("consultations:attachment", args=[number, one.pk]))
        for one in opened.case.files.filter(message=None)
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
        return queries.opened_for(access, *found)
    return queries.own(own_case(request, number))
