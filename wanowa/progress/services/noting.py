"""Notes on the 成果目標 are written with what shows them, and taken back as a whole, with their photo."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.files import Accepted, drop_file
from wanowa.parties.rules import ALONE
from wanowa.people.models import User
from wanowa.progress.models import Note
from wanowa.progress.queries import TELLS, locked_for, note_locked, outcomes_of
from wanowa.progress.rules import Evidence, check_past
from wanowa.progress.verbs import NOTE_WITHDRAWN, NOTED, NOTED_INSIDE
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded

PICTURES = ("image/jpeg", "image/png")


@records(NOTED, NOTED_INSIDE)
def note(
    collaboration: Collaboration,
    evidence: Evidence,
    *,
    outcome: str,
    on: date,
    public: bool,
    photo: Accepted | None = None,
    by: Actor,
) -> Note:
    """Write what was seen of an outcome in force (`outcome`: its identity), for everybody or for the table alone.

    The photo was inspected by `kernel.files`; its bytes are durable before the row commits. Raises Forbidden,
    Invalid, Refused.
    """
    collaboration, version = locked_for(collaboration, by, TELLS)
    keys = list(outcomes_of(collaboration))
    if outcome not in keys:
        raise Refused(_("この成果目標は、いまの合意にありません。ページを開きなおしてください。"))
    check_past(on, today=timezone.localdate())
    evidence.check(photo=photo is not None)
    if photo is not None and photo.media_type not in PICTURES:
        raise Invalid(_("写真は、JPEG か PNG の画像にしてください。"))
    words = {"text": evidence.text, "quote": evidence.quote, "alt": evidence.alt}
    kept = {name: text for name, text in words.items() if text.strip()}
    facts: dict[str, Any] = {
        "outcome": outcome,
        "on": on,
        "quoted": evidence.consented,
        "count": evidence.count,
        "photo": photo.digest if photo else None,
    }
    if public:
        told = write(NOTED, collaboration, by=by, published=kept, **facts)
    else:
        told = write(NOTED_INSIDE, collaboration, by=by, personal=kept, **facts)
    made = Note(
        collaboration=collaboration,
        version=version,
        place=keys.index(outcome),
        party_id=by.required_party,
        person_id=by.required_person,
        entry=told.number,
        at=told.at,
        outcome=outcome,
        on=on,
        count=evidence.count,
        consented=evidence.consented,
        public=public,
        photo_digest=photo.digest if photo else "",
        photo_type=photo.media_type if photo else "",
    )
    if photo is not None:
        made.photo.save(photo.name, ContentFile(photo.content), save=False)
    made.save()
    return made


@records(NOTE_WITHDRAWN)
def withdraw(note: Note, *, by: Actor) -> Note:
    """Take back a note of one's own party: nobody sees it any more, and its photo is deleted.

    Raises Forbidden, Refused when it was taken back before.
    """
    collaboration, _version = locked_for(note.collaboration, by, TELLS)
    if by.party != note.party_id:
        raise Forbidden(_("取り下げられるのは、書いた主体だけです。その主体にたのんでください。"))
    return _withdraw(collaboration, note, by)


def _withdraw(collaboration: Collaboration, note: Note, by: Actor) -> Note:
    found = note_locked(note)
    if found.withdrawn_at is not None:
        raise Refused(_("この書きこみは、もう取り下げられています。"))
    told = write(NOTE_WITHDRAWN, collaboration, by=by, note=found.entry)
    drop_file(found.photo)
    found.photo = ""
    found.withdrawn_at = told.at
    found.save(update_fields=["photo", "withdrawn_at"])
    return found


@unrecorded("runs inside the erasure, which is recorded; each note that goes is recorded too")
def forget_person(person: User, *, by: Actor) -> None:
    """Take back the notes that a person wrote for herself alone, with their photos. Her words go with the record."""
    own = Note.objects.filter(person=person, party__kind__in=ALONE, withdrawn_at__isnull=True)
    for note in own.select_related("collaboration").order_by("collaboration", "id"):
        _take_back(note, by=Actor(by.person, note.party_id))


@records(NOTE_WITHDRAWN)
def _take_back(note: Note, *, by: Actor) -> Note:
    found = Collaboration.objects.select_for_update().get(pk=note.collaboration_id)
    return _withdraw(found, note, by)
