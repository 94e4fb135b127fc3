"""What goes with a proposal as a file: to those around it, to the desk, and to its reviewers where names are open."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wanowa.parties.queries import held_by
from wanowa.proposals.models import Attachment, Proposal, Recording
from wanowa.proposals.queries.judging import opens_files
from wanowa.proposals.queries.proposals import partners_of, proposal_at
from wanowa.proposals.views.place import Place, is_desk
from wanowa.web.playing import played
from wanowa.web.requests import Request


@never_cache
@login_required
@require_safe
def file(request: Request, pk: int, attachment: int) -> HttpResponseBase:
    """Hand out a file that was put with a proposal. Costs six queries at most and `held_by`."""
    found = Attachment.objects.filter(pk=attachment, proposal=_opened(request, pk)).first()
    if found is None:
        raise Http404
    return _handed_out(found)


@never_cache
@login_required
@require_safe
def recording(request: Request, pk: int) -> HttpResponseBase:
    """Hand out the recording of a pitch: sound and video to play in a page, slides to keep. Costs as `file`."""
    found = Recording.objects.filter(pitch__proposal=_opened(request, pk)).first()
    if found is None:
        raise Http404
    if not found.medium:
        return _handed_out(found)
    return played(request, found.file, name=found.name, media_type=found.media_type)


def _handed_out(found: Attachment | Recording) -> FileResponse:
    answer = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.media_type
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _opened(request: Request, pk: int) -> Proposal:
    """Return a proposal whose files the reader may have; 404 otherwise."""
    found = proposal_at(pk)
    if found is None:
        raise Http404
    place = Place(found, partners_of(found), request.user.pk, held_by(request.user), is_desk(request))
    if not place.reads and not opens_files(found, request.user.pk):
        raise Http404
    return found
