"""The room: speaking, laying files on the table, and how far each party has read."""

from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Attachment, Collaboration, Message, ReadMark
from wanowa.collaborations.queries import locked, require_seat
from wanowa.collaborations.verbs import FILED, SPOKE
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.kernel.files import Accepted, keep_file
from wanowa.parties.rules import READS, WRITES
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded


@records(SPOKE)
def speak(collaboration: Collaboration, *, body: str, by: Actor) -> Message:
    """Say something in the room. Everybody at the table sees the same."""
    collaboration = locked(collaboration)
    require_seat(collaboration, by, WRITES)
    message = said(collaboration, Message.Kind.REMARK, body=body, by=by)
    write(SPOKE, collaboration, by=by, message=message.pk)
    return message


@unrecorded("the services that say something record what it was")
def said(
    collaboration: Collaboration, kind: Message.Kind, *, body: str, answers: Message | None = None, by: Actor
) -> Message:
    """Add a message to the room of a locked collaboration. Invalid without words; a confirmation needs none."""
    if kind is not Message.Kind.CONFIRMED and not body.strip():
        raise Invalid(_("ことばを書いてください。"))
    return Message.objects.create(
        collaboration=collaboration,
        party_id=by.required_party,
        person_id=by.required_person,
        kind=kind,
        body=body,
        answers=answers,
    )


@records(FILED)
def attach(message: Message, *, accepted: Accepted, by: Actor) -> Attachment:
    """Lay an inspected file beside a message of one's own. Its bytes are durable before the row commits."""
    collaboration = locked(message.collaboration)
    require_seat(collaboration, by, WRITES)
    if message.party_id != by.required_party:
        raise Refused(_("ファイルを置けるのは、自分の主体の発言だけです。"))
    attachment = keep_file(Attachment(message=message, size=len(accepted.content)), accepted)
    write(FILED, collaboration, by=by, message=message.pk, digest=accepted.digest)
    return attachment


@unrecorded("reading is nobody else's business")
def read_up_to(collaboration: Collaboration, *, message: int, by: Actor) -> None:
    """Remember how far the actor's party has read. Not on record: reading is nobody else's business."""
    require_seat(collaboration, by, READS)
    mark, _new = ReadMark.objects.get_or_create(collaboration=collaboration, party_id=by.required_party)
    ReadMark.objects.filter(pk=mark.pk).update(message=Greatest("message", message))
