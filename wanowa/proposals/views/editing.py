"""The desk prepares a round: rules, criteria and calendar on one page; opens it, gives more time, calls it off."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_of
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.languages import in_japanese
from wanowa.people.models import User
from wanowa.proposals.forms.rounds import (
    CriterionFormSet,
    ExtendForm,
    ReasonForm,
    RulesForm,
    StageForm,
    first_calendar,
    initial_of,
    stage_initial,
)
from wanowa.proposals.models import Round
from wanowa.proposals.queries.judging import begun
from wanowa.proposals.queries.rounds import apply_end, comes_late, next_number, round_at, status_words
from wanowa.proposals.rules.lifecycle import ROUND, Kind, RoundMove, RoundStatus
from wanowa.proposals.rules.stages import StageKey, season, spring
from wanowa.proposals.rules.vocabulary import Conflict, Shown
from wanowa.proposals.services import rounds
from wanowa.proposals.views.place import is_desk
from wanowa.web.pages import show
from wanowa.web.requests import Request

type Sheets = tuple[RulesForm, Any, list[tuple[StageKey, StageForm]]]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: Request) -> HttpResponse:
    """Begin a round, with a calendar that can be kept and no rule that keeps working people away."""
    _desk(request)
    year, first_day = _season(request)
    first = {"kinds": list(Kind.values), "blind": True, "conflicts": list(Conflict.values)}
    first["shown"] = [Shown.TITLES.value, Shown.REASONS.value]
    sheets = _sheets(request, first, [], first_calendar(first_day, year))
    status, refusal = 200, None
    if request.method == "POST":
        status = 400
        if _complete(sheets):
            number = next_number(year)
            try:
                made = rounds.prepare(*_read(sheets, year, number), by=Actor(request.user.pk))
            except Refused as caught:
                refusal, status = caught, caught.status
            else:
                messages.success(request, _("募集の準備を始めました。公開するまで、窓口と部署だけが見ます。"))
                return redirect("proposals:edit_round", pk=made.pk)
    this_year = fiscal_year_of(timezone.localdate())
    context = _page(None, sheets, refusal) | {
        "year": year,
        "late": year == this_year and season(timezone.localdate())[0] != year,
        "other_year": this_year + (year == this_year),
    }
    return show(request, "proposals/edit_round.html", context, status=status)


def _season(request: Request) -> tuple[int, date]:
    """Return for which fiscal year the round is, and the first day to propose: as `?year=` says, this or the next."""
    today = timezone.localdate()
    year, first_day = season(today)
    named = request.GET.get("year", "")
    if named == str(fiscal_year_of(today)):
        return fiscal_year_of(today), today
    if named == str(fiscal_year_of(today) + 1):
        return fiscal_year_of(today) + 1, max(today, spring(fiscal_year_of(today) + 1))
    return year, first_day


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_round(request: Request, pk: int) -> HttpResponse:
    """Rewrite what is not open yet, open it, give more time, call it off, or take it as the pattern of next year."""
    _desk(request)
    found = round_at(pk, drafts=True)
    if found is None or found.status == RoundStatus.PAST:
        raise Http404
    criteria = [
        {"label": one.label, "weight": one.weight, "levels": "\n".join(one.levels)}
        for one in found.criteria.all()
    ]
    days = {row.key: stage_initial(row) for row in found.stages.all()}
    sheets = _sheets(request, initial_of(found), criteria, days)
    extend = ExtendForm(request.POST if request.POST.get("act") == "extend" else None)
    status, refusal = 200, None
    if request.method == "POST":
        status = 400
        try:
            if answer := _move(request, found, sheets, extend):
                return answer
        except Refused as caught:
            refusal, status = caught, caught.status
    typed = {name: request.POST.get(name, "") for name in ("people", "why", "reason")}
    context = _page(found, sheets, refusal) | {"extend": extend, "typed": typed}
    return show(request, "proposals/edit_round.html", context, status=status)


def _desk(request: Request) -> None:
    if not is_desk(request):
        raise Forbidden(_("募集をつくるのは、協働推進員だけです。"))


def _sheets(
    request: Request,
    rules: dict[str, Any],
    criteria: Sequence[dict[str, Any]],
    days: dict[str, dict[str, Any]],
) -> Sheets:
    data = request.POST if request.method == "POST" and request.POST.get("act") == "save" else None
    return (
        RulesForm(data, initial=rules),
        CriterionFormSet(data, initial=list(criteria), prefix="criteria"),
        [(key, StageForm(data, initial=days.get(key, {}), prefix=key)) for key in StageKey],
    )


def _complete(sheets: Sheets) -> bool:
    rules, criteria, stages = sheets
    return all([rules.is_valid(), criteria.is_valid(), *(form.is_valid() for _key, form in stages)])


def _read(sheets: Sheets, year: int, number: int) -> tuple[Any, Any]:
    rules, criteria, stages = sheets
    rows = tuple(rule for form in criteria if (rule := form.rule()) is not None)
    return rules.rules(year, number, rows), [form.stage(key) for key, form in stages]


def _move(request: Request, found: Round, sheets: Sheets, extend: ExtendForm) -> HttpResponse | None:
    """Do what the button says; None when a form has to be shown again."""
    by = Actor(request.user.pk)
    match request.POST.get("act", ""):
        case "save":
            if not _complete(sheets):
                return None
            rounds.rework(found, *_read(sheets, found.fiscal_year, found.number), by=by)
            messages.success(request, _("保存しました。"))
        case "appoint":
            rounds.appoint(found, _people(request), reason=request.POST.get("why", "")[:600], by=by)
            messages.success(request, _("審査する人を決めました。"))
        case "open":
            rounds.open_round(found, by=by)
            messages.success(request, _("募集が始まりました。決まりは、もう変えられません。"))
            return redirect(found)
        case "extend":
            if not extend.is_valid():
                return None
            rounds.extend(found, until=date.fromisoformat(extend.cleaned_data["until"]), by=by)
            messages.success(request, _("締め切りをのばしました。書いている人に、お知らせします。"))
        case "call_off":
            reason = ReasonForm(request.POST)
            if not reason.is_valid():
                raise Invalid(_("とりやめるわけを書いてください。だれでも読めます。"))
            rounds.call_off(found, reason=reason.cleaned_data["reason"], by=by)
            messages.success(request, _("募集を、とりやめました。"))
        case "copy":
            made = rounds.copy(found, by=by)
            messages.success(request, _("次の年度の募集を、同じ決まりで作りました。日を確かめてください。"))
            return redirect("proposals:edit_round", pk=made.pk)
        case _:
            raise Invalid(_("ボタンを、もう一度押してください。"))
    return redirect(request.path)


def _people(request: Request) -> list[tuple[int, str]]:
    """Return who is to judge: one a line, a mail address and in what capacity."""
    rows = [row.split(None, 1) for row in request.POST.get("people", "")[:4000].splitlines() if row.strip()]
    known = dict(User.objects.filter(email__in=[row[0].lower() for row in rows]).values_list("email", "pk"))
    missing = [row[0] for row in rows if row[0].lower() not in known]
    if missing or not rows:
        raise Invalid(
            _("%(who)sの登録がありません。1行に、メールアドレスと立場を書いてください。")
            % {"who": _("、").join(missing) or _("審査する人")}
        )
    with in_japanese():
        unsaid = _("審査する人")
    return [(known[row[0].lower()], row[1][:120] if len(row) > 1 else unsaid) for row in rows]


def _page(found: Round | None, sheets: Sheets, refusal: Refused | None) -> dict[str, object]:
    rules, criteria, stages = sheets
    status = RoundStatus(found.status) if found else RoundStatus.DRAFT
    allowed = ROUND.allowed(status)
    return {
        "round": found,
        "rules": rules,
        "criteria": criteria,
        "stages": stages,
        "refusal": refusal,
        "may_edit": RoundMove.EDIT in allowed,
        "may_appoint": found is not None and RoundMove.APPOINT in allowed and not begun(found),
        "status_words": status_words(found) if found and found.stages.all() else status.label,
        "late": found is not None and RoundMove.OPEN in allowed and comes_late(found),
        "may_open": found is not None and RoundMove.OPEN in allowed,
        "may_extend": found is not None and RoundMove.EXTEND in allowed,
        "may_call_off": found is not None and RoundMove.CALL_OFF in allowed,
        "reviewers": found.reviewers.select_related("person") if found else [],
        "deadline": apply_end(found) if found else None,
        "trail": [
            (_("協働事業提案"), reverse("proposals:overview")),
            (_("提案の窓口"), reverse("proposals:desk")),
            (found.title if found else _("新しい募集"), ""),
        ],
    }
