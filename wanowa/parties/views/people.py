"""The people of a party: members, invitations, terms, handover."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wanowa.kernel.actors import Actor
from wanowa.parties import forms, queries, services
from wanowa.parties.models import Membership, Party
from wanowa.parties.rules import ALLOWED, ALONE, SPEAKS, Act, Role
from wanowa.parties.views.asking import (
    acting,
    attempted,
    inside,
    party_at,
    require_act,
    require_open,
    trail,
    user_of,
)
from wanowa.web.pages import show


@login_required
@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the members to the members."""
    found, role = inside(request, slug)
    speaks = role in ALLOWED[Act.INVITE] and not found.closed_at
    return show(
        request,
        "parties/members.html",
        {
            "party": found,
            "terms": queries.members(found),
            "today": timezone.localdate(),
            "invitations": queries.invitations(found) if speaks else (),
            "speaks": speaks,
            "alone": found.kind in ALONE,
            "trail": trail(found, _("メンバー")),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a representative invite somebody by mail."""
    found, role = inside(request, slug)
    require_act(role, Act.INVITE)
    require_open(found)
    form = forms.InvitationForm(request.POST or None)
    status = 200
    if request.method == "POST":
        invited, status = attempted(
            form,
            lambda: services.invite(
                found,
                form.cleaned_data["email"],
                Role(form.cleaned_data["role"]),
                starts_on=form.cleaned_data["starts_on"],
                link=_link(request),
                by=acting(request, found),
            ),
        )
        if invited:
            messages.success(request, _("招待のメールを送りました。14日のあいだ使えます。"))
            return redirect("parties:members", slug)
    context = {"party": found, "form": form, "trail": trail(found, _("招待する"))}
    return show(request, "parties/invite.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest, slug: str) -> HttpResponse:
    """Let the desk invite the first representative of a party that nobody has joined."""
    found, user = party_at(slug), user_of(request)
    if not (user.is_coordinator or user.is_staff) or found.closed_at or queries.has_members(found):
        raise Http404
    form, status = forms.FirstForm(request.POST or None), 200
    if request.method == "POST":
        invited, status = attempted(
            form,
            lambda: services.invite_first(
                found, form.cleaned_data["email"], link=_link(request), by=Actor(person=user.pk)
            ),
        )
        if invited:
            messages.success(request, _("招待のメールを送りました。14日のあいだ使えます。"))
            return redirect(found)
    context = {"party": found, "form": form, "trail": trail(found, _("代表を招待する"))}
    return show(request, "parties/first.html", context, status=status)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    found, _role = inside(request, slug)
    waiting = queries.invitations(found).filter(pk=pk).first()
    if waiting is None:
        raise Http404
    services.withdraw_invitation(waiting, by=acting(request, found))
    messages.success(request, _("招待を取り消しました。"))
    return redirect("parties:members", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def term(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change one term: another role, an end, or a handover to the next representative."""
    found, role = inside(request, slug)
    held = queries.term_of(found, pk)
    own = held is not None and held.person_id == request.user.pk
    if held is None or not (own or role in SPEAKS):
        raise Http404
    asked = request.POST.get("act")
    by = acting(request, found)
    role_form = forms.RoleForm(request.POST if asked == "role" else None, auto_id="role_%s")
    end_form = forms.EndForm(request.POST if asked == "end" else None, auto_id="end_%s")
    over_form = forms.HandOverForm(
        request.POST if asked == "over" else None, outgoing=held, auto_id="over_%s"
    )
    acts: dict[str, tuple[BaseForm, Callable[[], object]]] = {
        "role": (
            role_form,
            lambda: services.change_role(
                held, Role(role_form.cleaned_data["role"]), on=role_form.cleaned_data["on"], by=by
            ),
        ),
        "end": (
            end_form,
            lambda: services.end_term(held, last_day=end_form.cleaned_data["last_day"], by=by) or True,
        ),
        "over": (over_form, lambda: _hand_over(request, found, held, over_form, by)),
    }
    status = 200
    if request.method == "POST":
        if asked not in acts:
            raise Http404
        done, status = attempted(*acts[asked])
        if done:
            messages.success(request, _("任期を書きかえました。"))
            return redirect("parties:members" if not own or asked == "role" else "parties:party", slug)
    context = {
        "party": found,
        "term": held,
        "own": own,
        "speaks": role in SPEAKS,
        "is_representative": held.role in SPEAKS,
        "role_form": role_form,
        "end_form": end_form,
        "over_form": over_form,
        "trail": trail(found, held.person.name),
    }
    return show(request, "parties/term.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation; only a POST accepts it, so that mail scanners do not."""
    waiting = queries.invitation_of(token)
    if waiting is None:
        return show(request, "parties/invitation.html", {"invitation": None}, status=404)
    if request.method == "POST":
        services.accept_invitation(waiting, by=Actor(person=request.user.pk))
        messages.success(request, _("メンバーになりました。"))
        return redirect(waiting.party)
    fits = waiting.email == user_of(request).email.lower()
    return show(request, "parties/invitation.html", {"invitation": waiting, "fits": fits})


def _link(request: HttpRequest) -> Callable[[str], str]:
    """Return what turns an invitation's token into its full address."""
    return lambda token: request.build_absolute_uri(reverse("parties:invitation", args=[token]))


def _hand_over(
    request: HttpRequest, party: Party, outgoing: Membership, form: forms.HandOverForm, by: Actor
) -> object:
    """Hand over to the chosen member, or invite the person of the address to follow."""
    typed = form.cleaned_data
    if typed["successor"]:
        return services.hand_over(outgoing, typed["successor"], on=typed["on"], by=by)
    return services.invite(
        party,
        typed["email"],
        Role.REPRESENTATIVE,
        starts_on=typed["on"],
        link=_link(request),
        hands_over=outgoing,
        by=by,
    )
