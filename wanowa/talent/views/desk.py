"""The desk of the coordinators: what waits, people on paper, one person, and lists that two answer for."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.people.views.confirm import recent_confirmation_required
from wanowa.talent import queries, services
from wanowa.talent.forms import AnswerForm, NumberForm, OpenForm, ProfileForm, RewriteForm, WordsForm
from wanowa.talent.models import Export, Freeze, Profile
from wanowa.talent.models import Request as Asked
from wanowa.talent.rules import TEXTS, Channel, Field, Purpose, Status, warnings
from wanowa.talent.views.relay import SENTENCES, answered
from wanowa.talent.views.standing import at_desk, trail, user_of
from wanowa.web.deeds import attempted, number_in
from wanowa.web.pages import show
from wanowa.web.requests import Request

BY_HAND = {Channel.PAPER.value, Channel.DESK.value, Channel.PHONE.value}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: Request) -> HttpResponse:
    """Show what waits at the desk, find a person by her number, pass requests on, stop senders. Eight queries."""
    by = at_desk(request)
    form, reason, status = NumberForm(), WordsForm(label=_("止めるわけ")), 200
    if request.method == "POST":
        chosen = request.POST.get("act", "")
        if chosen == "find":
            form, status = NumberForm(request.POST), 400
            if form.is_valid():
                if found := queries.by_number(form.cleaned_data["number"]):
                    return redirect("talent:person", found.pk)
                form.add_error("number", _("この番号の登録はありません。もう一度、控えを見てください。"))
        elif chosen in {"pass", "freeze", "thaw"}:
            reason = WordsForm(request.POST if chosen == "freeze" else None, label=_("止めるわけ"))
            status = _decided(request, chosen, reason, by)
            if status == 302:
                messages.success(request, _("しました。"))
                return redirect("talent:board")
        else:
            raise Invalid(_("どのボタンが押されたか、わかりません。ページをひらき直してください。"))
    context = {
        "board": queries.board(),
        "form": form,
        "reason": reason,
        "frozen_ask": number_in(request.POST, "request") if status != 200 else 0,
        "trail": trail(_("窓口")),
    }
    return show(request, "talent/board.html", context, status=status)


def _decided(request: Request, chosen: str, reason: WordsForm, by: Actor) -> int:
    if chosen == "thaw":
        frozen = Freeze.objects.filter(pk=number_in(request.POST, "freeze")).first()
        if frozen is None:
            raise Refused(_("この主体は、止まっていません。"))
        services.thaw(frozen, by=by)
        return 302
    asked = (
        Asked.objects.filter(pk=number_in(request.POST, "request")).select_related("party", "profile").first()
    )
    if asked is None:
        raise Refused(_("このお願いは、もうありません。"))
    if chosen == "pass":
        services.pass_on(asked, by=by)
        return 302
    return attempted(reason, lambda: services.freeze(asked.party, reason=reason.cleaned_data["body"], by=by))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Register somebody who came on paper, to the desk or by telephone."""
    by, status = at_desk(request), 200
    form = ProfileForm(request.POST or None, at_desk=True)
    if request.method == "POST":
        made: list[Profile] = []

        def keep() -> None:
            made.append(services.register(form.told(), channel=Channel(form.cleaned_data["channel"]), by=by))

        status = attempted(form, keep)
        if made:
            messages.success(request, _("登録しました。控えを印刷して、本人に渡してください。"))
            return redirect("talent:person", made[0].pk)
    context = {
        "form": form,
        "at_desk": True,
        "texts": [(purpose.label, _(TEXTS[purpose])) for purpose in Purpose],
        "trail": trail((_("窓口"), reverse("talent:board")), _("紙や電話で登録する")),
    }
    return show(request, "talent/edit.html", context, status=status)


@never_cache
@login_required
@recent_confirmation_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: Request, pk: int) -> HttpResponse:
    """Show one person to a coordinator who said why, for an hour; write down what she told the desk. Six queries."""
    by = at_desk(request)
    profile = queries.profile_of(pk)
    if profile is None:
        raise Http404
    form, reply, status = OpenForm(), AnswerForm(at_desk=True), 200
    anew = RewriteForm()
    waiting = list(
        Asked.objects.filter(profile=profile, status=Status.SENT)
        .select_related("party", "profile")
        .order_by("id")
    )
    if request.method == "POST":
        chosen = request.POST.get("act", "")
        if chosen == "open":
            form = OpenForm(request.POST)
            status = attempted(
                form,
                lambda: services.open_profile(
                    profile, purpose=form.cleaned_data["purpose"], contact=form.cleaned_data["contact"], by=by
                ),
            )
        elif chosen in SENTENCES:
            reply = AnswerForm(request.POST, at_desk=True)
            asked = next((one for one in waiting if one.pk == number_in(request.POST, "request")), None)
            if asked is None:
                raise Refused(_("このお願いは、もう返事がすんでいます。"))
            status = answered(asked, reply, chosen, _channel(request), by)
        elif chosen == "change":
            anew = RewriteForm(request.POST)
            status = attempted(anew, lambda: _changed(profile, anew, by))
        else:
            _noted(request, profile, chosen, by)
            status = 302
        if status == 302:
            messages.success(request, _("書きとめました。"))
            return redirect(
                "talent:board" if chosen == "leave" else "talent:person", *([] if chosen == "leave" else [pk])
            )
    access = queries.reading(profile, user_of(request).pk)
    values = queries.opened_for(access) if access else {}
    context = {
        "profile": profile,
        "form": form,
        "reply": reply,
        "anew": anew,
        "waiting": waiting,
        "access": access,
        "rows": queries.said(values),
        "warned": warnings(values.get(Field.EXPERIENCE, "")),
        "to_review": profile.reviewed_at is None
        and profile.returned_at is None
        and bool(values.get(Field.EXPERIENCE)),
        "trail": trail((_("窓口"), reverse("talent:board")), profile.number),
    }
    return show(request, "talent/person.html", context, status=status)


def _changed(profile: Profile, form: RewriteForm, by: Actor) -> None:
    values, tiers = form.changes()
    services.change_some(
        profile,
        values,
        tiers,
        may_call=form.cleaned_data["may_call"],
        channel=Channel(form.cleaned_data["channel"]),
        by=by,
    )


def _channel(request: Request) -> Channel:
    typed = request.POST.get("channel", "")
    if typed not in BY_HAND:
        raise Invalid(_("受付のしかたを、えらんでください。"))
    return Channel(typed)


def _noted(request: Request, profile: Profile, chosen: str, by: Actor) -> None:
    """Do for somebody at the desk what she could do on her own page."""
    deeds: dict[str, Callable[[], object]] = {
        "hide": lambda: services.hide(profile, channel=_channel(request), by=by),
        "show": lambda: services.show_again(profile, channel=_channel(request), by=by),
        "confirm": lambda: services.confirm(profile, channel=_channel(request), by=by),
        "leave": lambda: services.leave(profile, channel=_channel(request), by=by),
        "review": lambda: services.review(profile, accept=True, by=by),
        "return": lambda: services.review(profile, accept=False, by=by),
    }
    if chosen not in deeds:
        raise Invalid(_("どのボタンが押されたか、わかりません。ページをひらき直してください。"))
    deeds[chosen]()


@never_cache
@login_required
@recent_confirmation_required
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: Request) -> HttpResponse:
    """Ask for a list, allow what somebody else asked for, take what was allowed. Costs three queries."""
    by = at_desk(request)
    form, status = WordsForm(label=_("書き出すわけ")), 200
    if request.method == "POST":
        chosen = request.POST.get("act", "")
        found = Export.objects.filter(pk=number_in(request.POST, "export")).first()
        if chosen == "ask":
            form = WordsForm(request.POST, label=_("書き出すわけ"))
            status = attempted(form, lambda: services.ask_for_export(reason=form.cleaned_data["body"], by=by))
        elif found is None or chosen not in {"approve", "take"}:
            raise Refused(_("この書き出しは、もうありません。もう一度たのんでください。"))
        elif chosen == "take":
            return cast("HttpResponse", _file(services.take_export(found, by=by), found.pk))
        else:
            services.approve_export(found, by=by)
            status = 302
        if status == 302:
            messages.success(request, _("書きとめました。"))
            return redirect("talent:exports")
    context = {
        "form": form,
        "exports": list(queries.exports()),
        "me": user_of(request).pk,
        "people": queries.exportable().count(),
        "trail": trail((_("窓口"), reverse("talent:board")), _("書き出し")),
    }
    return show(request, "talent/exports.html", context, status=status)


def _file(content: bytes, number: int) -> StreamingHttpResponse:
    """Return a list as a file that nothing keeps: streamed, so that the form's receipt holds no copy of it."""
    response = StreamingHttpResponse(iter([content]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="talent-{number}.csv"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store"
    return response
