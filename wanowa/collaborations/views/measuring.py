"""One entry of the record: what is kept back with it, what is proposed about it, and the parties' answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wanowa.collaborations import queries, services
from wanowa.collaborations.forms import MeasureForm
from wanowa.collaborations.models import Measure
from wanowa.collaborations.rules import REMEDIES, Remedy
from wanowa.collaborations.views.place import Place, insider
from wanowa.kernel.errors import Invalid, Refused
from wanowa.people.views.confirm import recent_confirmation_required
from wanowa.record.models import Entry
from wanowa.record.queries import NOTHING, narrate, withdrawn
from wanowa.record.rules import LASTING, Ground
from wanowa.web.pages import show
from wanowa.web.requests import Request

ANSWERS = {
    "assent": (services.assent, gettext_lazy("賛成しました。全員が賛成すると、決まります。")),
    "reject": (services.reject_measure, gettext_lazy("反対しました。記録は、いまのままです。")),
    "withdraw": (services.withdraw_measure, gettext_lazy("提案を取り下げました。")),
}
"""What can be said to a proposal, and what is said when it was."""
LONGEST_EXCERPT = 60
"""Characters of a value that the choice of what to redact shows."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@recent_confirmation_required
def entry(request: Request, slug: str, number: int) -> HttpResponse:
    """Show one entry to those at the table, and take their answers to what is proposed about it."""
    place = insider(request, slug)
    found = _entry(place, number)
    if request.method != "POST":
        return _page(request, place, found)
    try:
        sentence = _answer(request, place, found)
    except Refused as refusal:
        return _page(request, place, found, refusal)
    messages.success(request, sentence)
    return redirect("collaborations:entry", slug=slug, number=number)


def _entry(place: Place, number: int) -> Entry:
    found = queries.entry_in(place.collaboration, number)
    if found is None:
        raise Http404
    return found


def _answer(request: Request, place: Place, found: Entry) -> str:
    """Give the answer of the form; return what to say."""
    typed = request.POST.get("measure", "")
    about = queries.measures_about(place.collaboration, found.number)
    known = typed.isascii() and typed.isdigit() and len(typed) < 19
    measure = about.filter(pk=int(typed)).first() if known else None
    service, sentence = ANSWERS.get(request.POST.get("answer", ""), (None, ""))
    if service is None or measure is None:
        raise Invalid(_("どの提案への、どの返事かがわかりません。ボタンをもう一度押してください。"))
    answered = service(measure, by=place.actor)
    return _("全員が賛成し、決まりました。") if answered.settled else str(sentence)


def _page(request: Request, place: Place, found: Entry, refusal: Refused | None = None) -> HttpResponse:
    about = queries.proposals(found, list(queries.measures_about(place.collaboration, found.number)))
    context = {
        "collaboration": place.collaboration,
        "entry": found,
        "moments": narrate([found]),
        "hidden": withdrawn([found]).get(found.pk, NOTHING).hidden,
        "values": queries.values_in(found, place.mine),
        "open": [(one, _answerable(place, one)) for one in about if one.measure.is_open],
        "decided": [one for one in about if not one.measure.is_open],
        "remedies": [(remedy.value, remedy.label, REMEDIES[remedy]) for remedy in _possible(found)],
        "mine": place.mine,
        "refusal": refusal,
    }
    return show(request, "collaborations/entry.html", context, status=refusal.status if refusal else 200)


def _answerable(place: Place, proposal: queries.Proposal) -> dict[int, str]:
    """Return the reader's own parties that are asked and have not answered."""
    asked = set(proposal.measure.concerned) - proposal.given
    return {party: name for party, name in place.mine.items() if party in asked}


def _possible(found: Entry) -> list[Remedy]:
    """Return what can be proposed about an entry as it stands. Costs one query."""
    ruled_out = set()
    if withdrawn([found]).get(found.pk, NOTHING).hidden or found.verb in LASTING:
        ruled_out.add(Remedy.HIDE)
    if not queries.redactable(found):
        ruled_out.add(Remedy.REDACT)
    return [remedy for remedy in Remedy if remedy not in ruled_out]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@recent_confirmation_required
def propose_measure(request: Request, slug: str, number: int, remedy: str) -> HttpResponse:
    """Propose one thing about one entry; it takes effect only when every party at the table is for it."""
    place = insider(request, slug)
    found = _entry(place, number)
    if remedy not in Remedy.values:
        raise Http404
    chosen = Remedy(remedy)
    if request.method != "POST" and chosen not in _possible(found):
        return redirect("collaborations:entry", slug=slug, number=number)
    form, status = _form(request, found, chosen), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                _propose(place, found, chosen, form)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("提案しました。ほかの主体の返事を待っています。"))
                return redirect("collaborations:entry", slug=slug, number=number)
    context = {
        "collaboration": place.collaboration,
        "entry": found,
        "moments": narrate([found]),
        "remedy": chosen,
        "rule": REMEDIES[chosen],
        "form": form,
        "mine": place.mine,
    }
    return show(request, "collaborations/propose_measure.html", context, status=status)


def _form(request: Request, found: Entry, remedy: Remedy) -> MeasureForm:
    hidden = withdrawn([found]).get(found.pk, NOTHING).hidden
    values = {
        value.field: value.label if hidden else f"{value.label}：{value.text[:LONGEST_EXCERPT]}"
        for value in queries.values_in(found, ())
        if value.redactable
    }
    return MeasureForm(request.POST if request.method == "POST" else None, remedy=remedy, values=values)


def _propose(place: Place, found: Entry, remedy: Remedy, form: MeasureForm) -> Measure:
    typed = form.cleaned_data
    ground = typed.get("ground")
    return services.propose_measure(
        place.collaboration,
        target=found.number,
        remedy=remedy,
        reason=typed["reason"],
        ground=Ground(ground) if ground else None,
        field=typed.get("field", ""),
        note=typed.get("note", ""),
        by=place.actor,
    )
