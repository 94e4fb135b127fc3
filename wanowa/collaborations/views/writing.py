"""Writing: an idea, and the text clause by clause."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.collaborations import queries, services
from wanowa.collaborations.forms import ChoiceForm, InviteForm, StartForm, editor_for
from wanowa.collaborations.rules import (
    FIELDS,
    Clause,
    Status,
    Terms,
    clause_text,
    differences,
    gauge,
    mark,
    problems,
)
from wanowa.collaborations.views.place import Place, insider
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Refused
from wanowa.parties.queries import names, parties_of
from wanowa.parties.rules import WRITES
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request) -> HttpResponse:
    """Put an idea before other parties."""
    own = {party: name.name for party, name in names(parties_of(request.user.pk, WRITES)).items()}
    if not own:
        status = 403 if request.method == "POST" else 200
        return show(request, "collaborations/no_party.html", status=status)
    chosen = ChoiceForm(request.GET)
    form = StartForm(
        request.POST if request.method == "POST" else None,
        mine=own,
        others=queries.inviteable(set(own)),
        initial={name: request.GET.get(name, "") for name in chosen.fields},
    )
    status = 200 if chosen.is_valid() else 400
    if request.method == "POST":
        status = 400
        if form.is_valid():
            typed = form.cleaned_data
            try:
                made = services.start(
                    title=typed["title"],
                    summary=typed["summary"],
                    purpose=typed["purpose"],
                    invited=typed["invited"],
                    area=typed["area"],
                    form=typed["form"],
                    by=Actor(request.user.pk, typed["party"]),
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("呼びかけました。相手が加わると、話し合いが始まります。"))
                return redirect("collaborations:terms", slug=made.slug)
    return show(request, "collaborations/start.html", {"form": form, "chosen": chosen}, status=status)


@login_required
@require_safe
def terms(request: Request, slug: str) -> HttpResponse:
    """Show the text in preparation, clause by clause, with what is still missing."""
    place = insider(request, slug)
    draft = queries.draft_of(place.collaboration)
    if draft is None:
        return place.back()
    before = place.collaboration.in_force.terms if place.collaboration.in_force else None
    called = queries.names_in(draft.terms, before)
    missing = problems(draft.terms)
    moved = {difference.clause: difference for difference in differences(before, draft.terms, called)}
    context = {
        "collaboration": place.collaboration,
        "draft": draft,
        "mine": place.mine,
        "clauses": [
            {
                "key": clause.value,
                "label": clause.label,
                "text": clause_text(draft.terms, clause, called),
                "editable": clause in FIELDS and clause is not Clause.OWNERSHIP,
                "problems": [problem.sentence for problem in missing if problem.clause is clause],
                "difference": moved[clause] if before and moved[clause].changed else None,
            }
            for clause in Clause
        ],
        "missing": len(missing),
        "gauge": gauge(draft.terms, called),
        "waiting": place.table.waiting,
        "talks": place.collaboration.status in {Status.IDEA, Status.TALKING},
        "invite": InviteForm(others=queries.inviteable(place.table.parties)),
        "seats": place.table.seats,
    }
    return show(request, "collaborations/terms.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clause(request: Request, slug: str, clause: str) -> HttpResponse:
    """Edit one clause. Two parties may edit two clauses at once; the same clause gives 409 with both texts."""
    place = insider(request, slug)
    draft = queries.draft_of(place.collaboration)
    if clause not in [known.value for known in FIELDS] or draft is None:
        raise Http404
    return _ClausePage(request, place, Clause(clause)).answer()


class _ClausePage:
    """One request for the editor of one clause."""

    def __init__(self, request: Request, place: Place, clause: Clause) -> None:
        self.request, self.place, self.clause = request, place, clause
        draft = queries.draft_of(place.collaboration)
        if draft is None:
            raise Http404
        self.terms = draft.terms
        self.names = queries.names_in(self.terms)
        self.author = place.actor.party or next(iter(place.mine))

    def answer(self) -> HttpResponse:
        """Show the editor, save what was typed, or show both texts when another party was faster."""
        if self.request.method != "POST":
            return self._show()
        more = "more" in self.request.POST
        editor = editor_for(
            self.clause,
            self.terms,
            author=self.author,
            parties=self.names,
            typed=self.request.POST,
            more=more,
        )
        if more:
            return self._show(editor)
        if not editor.is_valid():
            return self._show(editor, status=400)
        written = editor.written()
        try:
            saved = services.edit(
                self.place.collaboration,
                clause=self.clause,
                written=written,
                seen=self.request.POST.get("seen", ""),
                proposals=editor.proposals,
                by=self.place.actor,
            )
        except Conflict as refusal:
            theirs = clause_text(self.terms, self.clause, self.names)
            conflict = {"mine": clause_text(written, self.clause, self.names), "theirs": theirs}
            return self._show(editor, status=409, refusal=refusal, conflict=conflict)
        except Refused as refusal:
            return self._show(editor, status=refusal.status, refusal=refusal)
        messages.success(self.request, self._told(saved.terms))
        return self.place.to("terms")

    def _told(self, terms: Terms) -> str:
        """Say what is saved, and in which other clauses a proposed text stands now."""
        filled = [
            str(difference.clause.label)
            for difference in differences(self.terms, terms, self.names)
            if difference.changed and difference.clause not in {self.clause, Clause.OWNERSHIP}
        ]
        if not filled or self.clause is not Clause.FORM:
            return _("「%(clause)s」を保存しました。") % {"clause": self.clause.label}
        return _("「%(clause)s」を保存しました。ひな形の文を入れました：%(clauses)s。") % {
            "clause": self.clause.label,
            "clauses": _("、").join(filled),
        }

    def _show(
        self,
        editor: object = None,
        *,
        status: int = 200,
        refusal: Refused | None = None,
        conflict: dict[str, str] | None = None,
    ) -> HttpResponse:
        context = {
            "collaboration": self.place.collaboration,
            "clause": self.clause,
            "editor": editor or editor_for(self.clause, self.terms, author=self.author, parties=self.names),
            "seen": mark(self.terms, self.clause),
            "mine": self.place.mine,
            "author": self.author,
            "strengths": queries.strengths_of(self.names) if self.clause is Clause.ROLES else (),
            "refusal": refusal,
            "conflict": conflict,
        }
        return show(self.request, "collaborations/clause.html", context, status=status)
