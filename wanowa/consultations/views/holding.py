"""The page of a case for those who hold it: opening it, answering, planning, handing over, ending."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wanowa.collaborations.queries import inviteable
from wanowa.consultations import queries, services
from wanowa.consultations.forms import (
    AfterForm,
    AnswerForm,
    CloseForm,
    LinkForm,
    NextForm,
    PassForm,
    SortForm,
    WordsForm,
)
from wanowa.consultations.forms.onward import IdeaForm, PairForm
from wanowa.consultations.models import Access, Case, Handover
from wanowa.consultations.queries import Chain, Opened, Reader
from wanowa.consultations.rules import (
    AWAITED,
    HOLDS,
    Help,
    Outcome,
    Passing,
    Sight,
    Status,
    is_overdue,
)
from wanowa.consultations.views.asking import keep_receipt
from wanowa.consultations.views.own import files_of, steps_of
from wanowa.consultations.views.saying import done
from wanowa.consultations.views.standing import desk_trail, staff
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.parties.models import Party
from wanowa.people.rules.receipts import plain_number
from wanowa.web.deeds import attempted, number_in
from wanowa.web.pages import show
from wanowa.web.requests import Request


@dataclass
class Desk:
    """One request about one case: who reads by what right, and the form that was sent."""

    request: Request
    reader: Reader
    case: Case
    sight: Sight
    forms: dict[str, BaseForm] = field(default_factory=dict)

    @property
    def by(self) -> Actor:
        """Who acts."""
        return Actor(self.reader.person)

    @cached_property
    def access(self) -> Access | None:
        """Return the open reading, if there is one."""
        return queries.reading(self.case, self.reader.person, self.sight)

    @cached_property
    def opened(self) -> Opened | None:
        """Return the case as its reader has opened it. Costs a key file."""
        return queries.opened_for(self.access, self.case, self.sight) if self.access else None

    @cached_property
    def ways(self) -> list[Chain]:
        """Where the case led on to."""
        return queries.ways_of(self.case, self.by)

    @cached_property
    def asked(self) -> list[Handover]:
        """Return the hand-overs of this case that wait for the reader."""
        return list(queries.offered_to(self.reader).filter(case=self.case))

    @cached_property
    def receivers(self) -> dict[str, object]:
        """Who can be asked to take the case."""
        departments, people = queries.receivers(self.case)
        return {"departments": departments, "people": people}

    def form(self, act: str) -> BaseForm:
        """Return the form of an act: as it was sent, else empty."""
        if act not in self.forms:
            self.forms[act] = self._new(act, sent=False)
        return self.forms[act]

    def sent(self, act: str) -> BaseForm:
        """Return the form of an act with what was typed."""
        self.forms[act] = self._new(act, sent=True)
        return self.forms[act]

    def _new(self, act: str, *, sent: bool) -> BaseForm:
        data, files = (self.request.POST, self.request.FILES) if sent else (None, None)
        initial = {"category": self.case.category}
        made: dict[str, Callable[[], BaseForm]] = {
            "answer": lambda: AnswerForm(data, files, auto_id="answer_%s"),
            "note": lambda: WordsForm(data, label=_("メモ"), auto_id="note_%s"),
            "plan": lambda: NextForm(data, auto_id="plan_%s"),
            "sort": lambda: SortForm(data, initial=initial, auto_id="sort_%s"),
            "pass": lambda: PassForm(data, auto_id="pass_%s", initial=self._suggested(), **self.receivers),  # type: ignore[arg-type]
            "refuse": lambda: WordsForm(data, label=_("引き受けられないわけ"), auto_id="refuse_%s"),
            "link": lambda: LinkForm(data, auto_id="link_%s"),
            "close": lambda: CloseForm(data, auto_id="close_%s", initial=self._reached()),
            "introduce": lambda: PairForm(data, auto_id="introduce_%s", parties=inviteable([])),
            "plant": lambda: IdeaForm(data, auto_id="plant_%s", **self._giveable()),  # type: ignore[arg-type]
            "after": lambda: AfterForm(data, auto_id="after_%s"),
        }
        return made[act]()

    def _reached(self) -> dict[str, object]:
        reached = queries.outcome_of(self.ways)
        return {"outcome": reached.value} if reached else {}

    def _giveable(self) -> dict[str, object]:
        """Return what the person may let be given with an idea: what she is called, an address she is told by."""
        name = self.opened.read(self.case, "name") if self.opened else ""
        return {"name": name, "mail": bool(self.case.email or self.case.person_id)}

    def _suggested(self) -> dict[str, object]:
        found = queries.department_for(self.case.category, timezone.localdate())
        return {"to": [str(found.pk)] if found and found.pk != self.case.department_id else []}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def held(request: Request, number: str) -> HttpResponse:
    """Show a case to whoever holds it, stands in, is asked to take it or broke the glass; 404 to all others.

    Closed, it tells number, state and days; its words are read once it is opened, for the log. Costs ≤ 35 queries.
    """
    reader = staff(request)
    found = queries.case_for(plain_number(number), reader)
    if found is None:
        raise Http404
    desk, status = Desk(request, reader, *found), 200
    if request.method == "POST":
        status = _done(desk, request.POST.get("act", ""))
        if status == 302:
            return _next(desk, request.POST.get("act", ""))
    return show(request, "consultations/held.html", _shown(desk), status=status)


def _next(desk: Desk, act: str) -> HttpResponse:
    """Lead on after a deed: to the receipt, to the list when the case is no longer hers, else back."""
    if act == "passphrase":
        return redirect("consultations:receipt")
    desk.case.refresh_from_db()
    messages.success(desk.request, done(act, desk.case))
    still = queries.case_for(desk.case.number, desk.reader)
    return redirect("consultations:held", desk.case.number) if still else redirect("consultations:desk")


def _done(desk: Desk, act: str) -> int:
    """Do what a button says: 302 when done, else the status, with the sentence in the form."""
    if act in {"open", "accept", "withdraw", "unlink", "unreached", "passphrase"}:
        return attempted(None, lambda: _pressed(desk, act))
    if act not in FORMS:
        raise Invalid(_("どのボタンが押されたか、わかりません。ページをひらき直してください。"))
    form = desk.sent(act)
    return attempted(form, lambda: FORMS[act](desk, form))


def _pressed(desk: Desk, act: str) -> None:
    case, by = desk.case, desk.by
    match act:
        case "open":
            services.open_reading(case, by=by)
        case "passphrase":
            keep_receipt(desk.request, services.change_passphrase(case, by=by))
        case "unreached":
            services.note_unreached(case, by=by)
        case "unlink":
            services.unlink(case, _other(desk, desk.request.POST.get("number", "")), by=by)
        case "accept":
            services.accept(_handover(desk), by=by)
        case _:
            services.withdraw(_handover(desk), by=by)


def _handover(desk: Desk) -> Handover:
    found = desk.case.handovers.filter(pk=number_in(desk.request.POST, "handover")).first()
    if found is None:
        raise Refused(_("この引き継ぎは、もうありません。一覧を見なおしてください。"))
    return found


def _other(desk: Desk, number: str) -> Case:
    """Return another case that the reader may know of; for all others the answer is the same."""
    found = queries.visible_to(desk.reader).filter(number=plain_number(number)).first()
    if found is None:
        raise Invalid(_("この番号の相談は、あなたの担当の中にありません。番号を確かめてください。"))
    return found


def _answer(desk: Desk, form: BaseForm) -> None:
    assert isinstance(form, AnswerForm)  # noqa: S101 - narrows the type
    typed = form.cleaned_data
    services.answer(
        desk.case,
        body=typed["body"],
        next_action=typed["next_action"],
        due_on=form.day,
        files=typed["attachments"],
        by=desk.by,
    )


def _plan(desk: Desk, form: BaseForm) -> None:
    assert isinstance(form, NextForm)  # noqa: S101 - narrows the type
    services.plan(desk.case, next_action=form.cleaned_data["next_action"], due_on=form.day, by=desk.by)


def _pass(desk: Desk, form: BaseForm) -> None:
    assert isinstance(form, PassForm)  # noqa: S101 - narrows the type
    services.offer(
        desk.case, to=form.parties, person=form.chosen, reason=form.cleaned_data["reason"], by=desk.by
    )


def _close(desk: Desk, form: BaseForm) -> None:
    assert isinstance(form, CloseForm)  # noqa: S101 - narrows the type
    typed, outcome = form.cleaned_data, Outcome(form.cleaned_data["outcome"])
    lead, collaboration = None, None
    if typed["address"]:
        lead, collaboration = queries.lead_at(outcome, typed["address"], desk.by)
    services.close(
        desk.case,
        outcome=outcome,
        words=typed["words"],
        lead=lead,
        collaboration=collaboration,
        by=desk.by,
    )


def _introduce(desk: Desk, form: BaseForm) -> None:
    typed = form.cleaned_data
    parties = Party.objects.in_bulk([typed["first"], typed["second"]])
    services.introduce(
        desk.case,
        first=parties[typed["first"]],
        second=parties[typed["second"]],
        purpose=typed["purpose"],
        hope=typed["hope"],
        dates=typed["dates"],
        agreed=typed["agreed"],
        by=desk.by,
    )


def _plant(desk: Desk, form: BaseForm) -> None:
    typed = form.cleaned_data
    services.plant(
        desk.case,
        text=typed["text"],
        name=typed.get("give_name", False),
        mail=typed.get("give_mail", False),
        agreed=typed["agreed"],
        by=desk.by,
    )


FORMS: dict[str, Callable[[Desk, BaseForm], object]] = {
    "answer": _answer,
    "note": lambda desk, form: services.note(desk.case, body=form.cleaned_data["body"], by=desk.by),
    "plan": _plan,
    "sort": lambda desk, form: services.sort(desk.case, category=form.cleaned_data["category"], by=desk.by),
    "pass": _pass,
    "refuse": lambda desk, form: services.refuse(
        _handover(desk), reason=form.cleaned_data["body"], by=desk.by
    ),
    "link": lambda desk, form: services.link(
        desk.case, _other(desk, form.cleaned_data["number"]), by=desk.by
    ),
    "close": _close,
    "introduce": _introduce,
    "plant": _plant,
    "after": lambda desk, form: services.write_down_after(
        desk.case, helped=Help(form.cleaned_data["helped"]), words=form.cleaned_data["words"], by=desk.by
    ),
}
"""Act → what is done with its form."""


def _shown(desk: Desk) -> dict[str, object]:
    case, today = desk.case, timezone.localdate()
    holds = desk.sight in HOLDS
    context: dict[str, object] = {
        "case": case,
        "sight": desk.sight,
        "access": desk.access,
        "category": queries.category_label(case.category) if case.category else "",
        "overdue": is_overdue(case.due_on, today),
        "closed": case.status == Status.CLOSED,
        "holds": holds,
        "whole": desk.sight is not Sight.OFFERED,
        "awaited": case.due in AWAITED,
        "sent": next((act for act, form in desk.forms.items() if form.is_bound), ""),
        "trail": desk_trail(case.number),
    }
    opened = desk.opened
    if opened is None:
        return context
    return context | _asked(desk, opened) | (_inside(desk, opened, holds=holds) if context["whole"] else {})


def _asked(desk: Desk, opened: Opened) -> dict[str, object]:
    """Return what everybody reads who has opened it: the worry, and for what she is asked. Costs ≤ five queries."""
    return {
        "told": {"text": opened.read(desk.case, "text")},
        "asked": [(one, opened.read(one, "reason")) for one in desk.asked],
        "answers": queries.near_to(opened.read(desk.case, "text")),
        "steps": steps_of(desk.case),
        "forms": {"refuse": desk.form("refuse")} if desk.asked else {},
    }


def _inside(desk: Desk, opened: Opened, *, holds: bool) -> dict[str, object]:
    """Return what who is only asked does not read: the room with its notes, and how to reach her. ≤ nine queries."""
    case = desk.case
    leads = holds and desk.reader.coordinator and case.status != Status.CLOSED
    acts = ["answer", "note", "plan", "sort", "pass", "link", "close", "after"] if holds else []
    if desk.asked:
        acts.append("refuse")
    if leads:
        acts += ["introduce", "plant"]
    return {
        "told": {
            name: opened.read(case, name)
            for name in ("text", "name", "contact", "email", "next_action", "closing")
        },
        "said": queries.said(opened, inside=True),
        "passed": queries.passed(opened),
        "waiting": list(case.handovers.filter(status=Passing.OFFERED)) if holds else [],
        "alike": queries.alike(case, desk.reader),
        "linked": queries.linked(case, desk.reader),
        "ways": desk.ways,
        "leads": leads,
        "files": files_of(opened),
        "forms": {act: desk.form(act) for act in acts},
    }
