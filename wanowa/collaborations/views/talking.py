"""The room: what was said, asked, answered and laid on the table."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wanowa.collaborations import queries, services
from wanowa.collaborations.forms import SpeakForm
from wanowa.collaborations.models import Attachment, Message
from wanowa.collaborations.views.place import Place, insider
from wanowa.kernel.errors import Invalid, Refused
from wanowa.kernel.files import accept
from wanowa.web.keyset import page_of
from wanowa.web.pages import show
from wanowa.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: Request, slug: str) -> HttpResponse:
    """Show the room, newest first, and take what is said."""
    place = insider(request, slug)
    if "read_up_to" in request.POST:
        return _read(request, place)
    form, status = SpeakForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                _speak(place, form)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                if not request.htmx:
                    messages.success(request, _("書きました。この取組の主体みんなが読めます。"))
                return place.to("room")
    page = page_of(queries.messages_in(place.collaboration), request)
    context = {
        "collaboration": place.collaboration,
        "page": page,
        "said": [_said(message) for message in page],
        "read": queries.read_marks(place.collaboration),
        "mine": place.mine,
        "form": form,
        "answering": queries.question_in(place.collaboration, request.GET.get("answer", "")),
    }
    piece = "#room" if request.htmx else ""
    return show(request, f"collaborations/room.html{piece}", context, status=status)


def _said(message: Message) -> tuple[object, ...]:
    """Return everything the page shows of a message: the same, and it need not be written again."""
    files = [(file.pk, file.name, file.size) for file in message.attachments.all()]
    asked = (message.answers.pk, message.answers.body) if message.answers else None
    party = (message.party.name, message.party.kind)
    return (message.pk, message.kind, message.created_at, message.body, party, asked, files)


def _read(request: Request, place: Place) -> HttpResponse:
    typed = request.POST["read_up_to"]
    if not (typed.isascii() and typed.isdigit()):
        raise Invalid(_("どこまで読んだかがわかりません。部屋を読みなおしてください。"))
    services.read_up_to(place.collaboration, message=int(typed), by=place.actor)
    return place.to("room")


@transaction.atomic
def _speak(place: Place, form: SpeakForm) -> None:
    typed = form.cleaned_data
    message = services.speak(
        place.collaboration,
        body=typed["body"],
        question=typed["question"],
        answers=queries.question_in(place.collaboration, str(typed["answers"] or "")),
        by=place.actor,
    )
    if typed["file"]:
        services.attach(message, accepted=accept(typed["file"]), by=place.actor)
    services.read_up_to(place.collaboration, message=message.pk, by=place.actor)


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
