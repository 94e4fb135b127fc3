"""The room: what was said, asked, answered and laid on the table."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.collaborations import queries, services
from wanowa.collaborations.forms import SpeakForm
from wanowa.collaborations.models import Attachment, Message
from wanowa.collaborations.views.place import Place, insider
from wanowa.kernel.errors import Invalid, Refused
from wanowa.kernel.files import accept
from wanowa.parties.queries import names
from wanowa.web.keyset import page_of
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: Request, slug: str) -> HttpResponse:
    """Show the room, newest first, the questions that wait above it, and take what is said."""
    place = insider(request, slug)
    if "read_up_to" in request.POST:
        return _read(request, place)
    if "withdraw" in request.POST:
        return _withdraw(request, place)
    form = SpeakForm(request.POST or None, request.FILES or None, others=_others(place))
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                sentence = _speak(request, place, form)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                if not request.htmx:
                    messages.success(request, sentence)
                return place.to("room")
    page = page_of(queries.messages_in(place.collaboration), request)
    waiting = queries.open_questions(place.collaboration, place.mine)
    number = request.POST.get("answers", request.GET.get("answer", ""))
    context = {
        "collaboration": place.collaboration,
        "page": page,
        "said": [_said(message) for message in page],
        "own": tuple(place.mine),
        "waiting": [(one, _own(place, one.awaits(place.mine))) for one in waiting],
        "read": queries.read_marks(place.collaboration),
        "mine": place.mine,
        "form": form,
        "understood": reverse("collaborations:understood", args=[slug]),
        "answering": queries.question_in(place.collaboration, number),
    }
    piece = "#room" if request.htmx else ""
    return show(request, f"collaborations/room.html{piece}", context, status=status)


def _others(place: Place) -> dict[int, str]:
    """Return the parties that the reader can ask: id → name. Costs no query, one when somebody is joining."""
    called = {seat.party_id: seat.party.name for seat in place.table.seats}
    missing = place.table.parties - called.keys()
    called |= {party: found.name for party, found in names(missing).items()}
    alone = next(iter(place.mine)) if len(place.mine) == 1 else None
    return {party: name for party, name in called.items() if party != alone}


def _own(place: Place, parties: Iterable[int]) -> dict[int, str]:
    return {party: place.mine[party] for party in parties}


def _said(message: Message) -> tuple[object, ...]:
    """Return everything the page shows of a message: the same, and it need not be written again."""
    files = [(file.pk, file.name, file.size) for file in message.attachments.all()]
    replied = (message.answers.pk, message.answers.body, message.answers.kind) if message.answers else None
    party = (message.party_id, message.party.name, message.party.kind)
    return (message.pk, message.kind, message.created_at, message.body, party, replied, _owed(message), files)


def _owed(message: Message) -> tuple[object, ...]:
    """Return what the page shows of a question or a restatement beside its words."""
    if question := getattr(message, "question", None):
        return (question.status,)
    restated = getattr(message, "restatement", None)
    if restated is None:
        return ()
    about = restated.about.body if restated.about else restated.text
    return (restated.status, restated.clause, restated.about_id, about)


def _withdraw(request: Request, place: Place) -> HttpResponse:
    """Take a question of one's own back."""
    asked = queries.question_in(place.collaboration, request.POST["withdraw"])
    if asked is None:
        raise Invalid(_("その質問は見つかりません。部屋を読みなおしてください。"))
    services.withdraw_question(asked, by=place.actor)
    messages.success(request, _("質問を取り下げました。書いたことばは、残ります。"))
    return place.to("room")


def _read(request: Request, place: Place) -> HttpResponse:
    typed = request.POST["read_up_to"]
    if not (typed.isascii() and typed.isdigit()):
        raise Invalid(_("どこまで読んだかがわかりません。部屋を読みなおしてください。"))
    services.read_up_to(place.collaboration, message=int(typed), by=place.actor)
    return place.to("room")


@transaction.atomic
def _speak(request: Request, place: Place, form: SpeakForm) -> str:
    """Say, ask, answer or decline what was typed; return what to say."""
    typed = form.cleaned_data
    message, sentence = _message(request, place, form)
    if typed["file"]:
        services.attach(message, accepted=accept(typed["file"]), by=place.actor)
    services.read_up_to(place.collaboration, message=message.pk, by=place.actor)
    return sentence


def _message(request: Request, place: Place, form: SpeakForm) -> tuple[Message, str]:
    words, by = form.cleaned_data["body"], place.actor
    if form.cleaned_data["answers"] is None:
        if form.asks:
            asked = services.ask(place.collaboration, body=words, to=form.asked, by=by)
            return asked, _("質問しました。3営業日と10営業日がすぎると、みんなに知らせます。")
        said = services.speak(place.collaboration, body=words, by=by)
        return said, _("書きました。この取組の主体みんなが読めます。")
    question = queries.question_in(place.collaboration, str(form.cleaned_data["answers"]))
    if question is None:
        raise Refused(_("その質問は見つかりません。部屋を読みなおしてください。"))
    if request.POST.get("reply") == "decline":
        return services.decline_question(question, reason=words, by=by), _("答えないわけを伝えました。")
    return services.answer(question, body=words, by=by), _("答えました。この取組の主体みんなが読めます。")


@login_required
@require_safe
def attachment(request: Request, slug: str, pk: int) -> HttpResponseBase:
    """Hand a file to those at the table, always as a download."""
    place = insider(request, slug)
    found = Attachment.objects.filter(pk=pk, message__collaboration=place.collaboration).first()
    if found is None:
        raise Http404
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)
    response["Content-Type"] = "application/octet-stream"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
