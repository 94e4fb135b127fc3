"""Deciding: offer, consent, send back, take back, and the changes that can be proposed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wanowa.collaborations import queries, services
from wanowa.collaborations.forms import ReasonForm, TurnForm
from wanowa.collaborations.models import Version
from wanowa.collaborations.rules import (
    CHANGES_FROM,
    CONSENT_RULES,
    Change,
    Clause,
    Status,
    clause_text,
    differences,
    gauge,
    problems,
)
from wanowa.collaborations.views.place import Place, insider
from wanowa.kernel.errors import Conflict, Invalid, Refused
from wanowa.people.views.confirm import recent_confirmation_required
from wanowa.web.pages import refused, show
from wanowa.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@recent_confirmation_required
def offer(request: Request, slug: str) -> HttpResponse:
    """Show what would be put before everybody, then put it."""
    place = insider(request, slug)
    draft = queries.draft_of(place.collaboration)
    if draft is None:
        return place.back()
    refusal, reason = None, request.POST.get("reason", "")
    if request.method == "POST":
        revision = request.POST.get("revision", "")
        try:
            services.offer(
                place.collaboration,
                revision=int(revision) if revision.isascii() and revision.isdigit() else -1,
                reason=reason,
                by=place.actor,
            )
        except Refused as caught:
            refusal = caught
        else:
            messages.success(request, _("提案しました。ほかの主体の同意を待っています。"))
            return place.back()
    before = place.collaboration.in_force
    old = before.terms if before else None
    names = queries.names_in(draft.terms, old)
    compared = differences(old, draft.terms, names)
    context = {
        "collaboration": place.collaboration,
        "draft": draft,
        "before": before,
        "differences": compared,
        "moved": [difference for difference in compared if difference.changed],
        "missing": problems(draft.terms),
        "questions": queries.open_questions(place.collaboration, place.mine),
        "strengths": queries.strengths_of(draft.terms.parties),
        "gauge": gauge(draft.terms, names),
        "rule": CONSENT_RULES[Change(draft.change)],
        "mine": place.mine,
        "reason": reason,
        "refusal": refusal,
    }
    return show(request, "collaborations/offer.html", context, status=refusal.status if refusal else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@recent_confirmation_required
def consent(request: Request, slug: str) -> HttpResponse:
    """Show the version that waits, clause by clause, and take the party's consent to exactly that version."""
    place = insider(request, slug)
    if request.method != "POST":
        return _version_to_read(request, place)
    seen = request.POST.get("seen", "")
    try:
        version = services.consent(place.collaboration, seen=seen, by=place.actor)
    except Conflict as refusal:
        read = queries.version_by_fingerprint(place.collaboration, seen)
        return _version_to_read(request, place, read=read, refusal=refusal)
    except Refused as refusal:
        return _version_to_read(request, place, refusal=refusal)
    if version.in_force_at:
        messages.success(
            request, _("全員の同意がそろい、第%(number)s版が効力をもちました。") % {"number": version.number}
        )
    else:
        messages.success(request, _("同意しました。ほかの主体の同意を待っています。"))
    return place.back()


def _version_to_read(
    request: Request,
    place: Place,
    *,
    read: Version | None = None,
    refusal: Refused | None = None,
    form: ReasonForm | None = None,
) -> HttpResponse:
    """Show the open version against what the reader knows: what she read before, or what is in force."""
    version = queries.open_version(place.collaboration)
    if version is None:
        return refused(request, refusal) if refusal else place.back()
    before = read or place.collaboration.in_force or queries.version_before(version)
    old = before.terms if before else None
    names = queries.names_in(version.terms, old)
    compared = differences(old, version.terms, names)
    seats = queries.seats_of(place.collaboration, also=version)
    ring = queries.ring_of(seats, version)
    given = {segment.party for segment in ring if segment.given}
    context = {
        "collaboration": place.collaboration,
        "version": version,
        "before": before,
        "moved": [difference for difference in compared if difference.changed],
        "still": [difference for difference in compared if not difference.changed and difference.pieces],
        "texts": [(clause.label, clause_text(version.terms, clause, names)) for clause in Clause],
        "gauge": gauge(version.terms, names),
        "rule": CONSENT_RULES[Change(version.change)],
        "questions": queries.open_questions(place.collaboration, place.mine),
        "strengths": queries.strengths_of(version.terms.parties),
        "ring": ring,
        "mine": {party: name for party, name in place.mine.items() if party in version.concerned},
        "answerable": {
            party: name
            for party, name in place.mine.items()
            if party in version.concerned and party not in given
        },
        "given": [name for party, name in place.mine.items() if party in given],
        "last": len(version.concerned) - len(given) == 1,
        "additions": [one for one in queries.additions_to(place.collaboration) if one.beside_consent],
        "refusal": refusal,
        "form": form or ReasonForm(),
    }
    return show(request, "collaborations/consent.html", context, status=refusal.status if refusal else 200)


@login_required
@require_POST
def send_back(request: Request, slug: str) -> HttpResponse:
    """Return the offer to the talks, saying what should be different."""
    place = insider(request, slug)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _version_to_read(request, place, refusal=_first_error(form), form=form)
    try:
        services.send_back(place.collaboration, reason=form.cleaned_data["reason"], by=place.actor)
    except Refused as refusal:
        return _version_to_read(request, place, refusal=refusal, form=form)
    messages.success(request, _("話し合いに戻しました。内容を直して、また提案できます。"))
    return place.back()


@login_required
@require_POST
def retract(request: Request, slug: str) -> HttpResponse:
    """Take the party's own consent back while others are still awaited."""
    place = insider(request, slug)
    services.retract(place.collaboration, by=place.actor)
    messages.success(request, _("同意を取り下げました。"))
    return place.back()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@recent_confirmation_required
def change(request: Request, slug: str) -> HttpResponse:
    """Show which changes can be proposed and who has to consent; begin one."""
    place = insider(request, slug)
    possible = CHANGES_FROM[Status(place.collaboration.status)]
    form, refusal = TurnForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST":
        try:
            return _begin(place, request.POST.get("change", ""), form)
        except Refused as caught:
            refusal = caught
    context = {
        "collaboration": place.collaboration,
        "changes": [
            (change, change.label, CONSENT_RULES[change]) for change in possible if change is not Change.JOIN
        ],
        "mine": place.mine,
        "form": form,
        "chosen": request.POST.get("change", ""),
        "refusal": refusal,
    }
    return show(request, "collaborations/change.html", context, status=refusal.status if refusal else 200)


def _begin(place: Place, chosen: str, form: TurnForm) -> HttpResponse:
    if chosen == Change.AMEND:
        services.begin_amendment(place.collaboration, by=place.actor)
        return place.to("terms")
    if chosen == Change.LEAVE:
        services.begin_leaving(place.collaboration, by=place.actor)
        return place.to("terms")
    if not form.is_valid():
        raise _first_error(form)
    typed = form.cleaned_data
    services.propose_turn(
        place.collaboration, change=Change(typed["change"]), reason=typed["reason"], by=place.actor
    )
    return place.back()


@login_required
@require_POST
def drop_change(request: Request, slug: str) -> HttpResponse:
    """Throw the prepared change away."""
    place = insider(request, slug)
    services.drop_change(place.collaboration, by=place.actor)
    messages.success(request, _("変更の準備をやめました。いまの内容のままです。"))
    return place.back()


def _first_error(form: ReasonForm) -> Refused:
    """Return the first thing wrong with a form as a refusal of 400."""
    name, errors = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    return Invalid(f"{label}：{errors[0]}")
