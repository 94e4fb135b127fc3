"""The pages of notices: what happened, how to be told, and one tap to have no more mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid
from wanowa.notices import queries, services
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: Request) -> HttpResponse:
    """Show what happened around the person, grouped by case; a POST marks all of it as seen."""
    person = Actor(person=request.user.pk)
    if request.method == "POST":
        services.see_all(by=person)
        messages.success(request, _("すべて読んだことにしました。"))
        return redirect("notices:inbox")
    context = {
        "groups": queries.inbox(person.required_person),
        "preference": queries.preference_of(person.required_person),
    }
    return show(request, "notices/inbox.html", context)


@login_required
@require_POST
def choose(request: Request) -> HttpResponse:
    """Turn mail on or off, or mute one case."""
    person = Actor(person=request.user.pk)
    match request.POST.get("choice", ""):
        case "mail_on" | "mail_off" as choice:
            services.choose(by_mail=choice == "mail_on", by=person)
            messages.success(
                request, _("メールでも知らせます。") if choice == "mail_on" else _("メールを止めました。")
            )
        case "mute" | "unmute" as choice:
            case = request.POST.get("case", "")
            if not queries.knows(case, person.required_person):
                raise Http404
            services.mute(case, on=choice == "mute", by=person)
            messages.success(request, _("受けとり方を変えました。"))
        case _:
            raise Invalid(_("どのお知らせを変えるかを選んでください。"))
    return redirect("notices:inbox")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def off(request: Request, token: str) -> HttpResponse:
    """Stop mail with one tap, without signing in. Mail programs post here by themselves (RFC 8058)."""
    person = queries.person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        services.choose(by_mail=False, by=Actor(person=person))
    return show(request, "notices/off.html", {"done": request.method == "POST"})
