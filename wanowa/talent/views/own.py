"""One's own pages: what I told, who may see it, who read it, what was asked of me; and the way out."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid
from wanowa.talent import queries, services
from wanowa.talent.forms import ProfileForm, written
from wanowa.talent.models import Profile
from wanowa.talent.rules import TEXTS, Field, Purpose
from wanowa.talent.views.standing import own, trail, user_of
from wanowa.web.deeds import attempted, number_in
from wanowa.web.pages import show
from wanowa.web.requests import Request


@never_cache
@login_required
@require_safe
def mine(request: Request) -> HttpResponse:
    """Show a person everything the bank holds about her. Costs six queries."""
    profile = queries.own_profile(request.user.pk)
    if profile is None:
        return redirect("talent:edit")
    context = {
        "profile": profile,
        "rows": queries.rows_of(profile, queries.current(profile)),
        "readings": queries.readings_of(profile),
        "requests": list(queries.requests_to(profile)[:50]),
        "handed": queries.handed_over(profile),
        "trail": trail(_("わたしの登録")),
    }
    return show(request, "talent/mine.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request) -> HttpResponse:
    """Register, or rewrite what one told and who may see it."""
    person = user_of(request)
    profile = queries.own_profile(person.pk)
    by, status = Actor(person.pk), 200
    form = ProfileForm(request.POST or None, initial=_initial(profile, person.name, person.reading))
    if request.method == "POST":

        def keep() -> None:
            if profile is None:
                services.register(form.told(), by=by)
            else:
                services.change(profile, form.told(), by=by)

        status = attempted(form, keep)
        if status == 302:
            messages.success(request, _("登録しました。だれに見せるかは、いつでも変えられます。"))
            return redirect("talent:mine")
    context = {
        "form": form,
        "profile": profile,
        "texts": [(purpose.label, _(TEXTS[purpose])) for purpose in Purpose],
        "trail": trail(_("わたしの登録")),
    }
    return show(request, "talent/edit.html", context, status=status)


def _initial(profile: Profile | None, name: str, reading: str) -> Mapping[str, object]:
    if profile is None:
        return {"name": name, "reading": reading, "method": "mail"}
    consents = queries.current(profile)
    return written(
        queries.everything(profile),
        queries.tiers_of(consents),
        may_call=any(one.purpose == Purpose.CALL for one in consents),
        checked_first=profile.checked_first,
    )


@login_required
@require_POST
def act(request: Request) -> HttpResponse:
    """Hide, show again, confirm for a year, or take back what was handed over."""
    profile, by = own(request), Actor(user_of(request).pk)
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "hide": (lambda: services.hide(profile, by=by), _("すべてかくしました。だれにも見えません。")),
        "show": (lambda: services.show_again(profile, by=by), _("かくすのをやめました。")),
        "confirm": (lambda: services.confirm(profile, by=by), _("つづけます。ありがとうございます。")),
        "take_back": (lambda: _take_back(request, profile, by), _("見えなくしました。")),
    }
    if request.POST.get("act") not in acts:
        raise Invalid(_("どのボタンが押されたか、わかりません。ページをひらき直してください。"))
    done, sentence = acts[request.POST["act"]]
    done()
    messages.success(request, sentence)
    return redirect("talent:mine")


def _take_back(request: Request, profile: Profile, by: Actor) -> None:
    field = request.POST.get("field", "")
    found = queries.request_of(number_in(request.POST, "request"), by.person, ())
    if found is None or field not in Field.values or found[0].profile_id != profile.pk:
        raise Invalid(_("取り消すことを、もう一度えらんでください。"))
    services.take_back(found[0], Field(field), by=by)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Request) -> HttpResponse:
    """Say what goes, then delete everything."""
    profile = own(request)
    if request.method == "POST":
        services.leave(profile, by=Actor(user_of(request).pk))
        messages.success(request, _("人材バンクの登録を、すべて消しました。"))
        return redirect("talent:index")
    return show(request, "talent/leave.html", {"profile": profile, "trail": trail(_("登録をやめる"))})
