"""Looking every night whether a collaboration still looks like its form; and forgetting files of who is erased."""

from django.db import transaction
from django.utils import timezone

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import locked
from wanowa.contributions.models import Receipt
from wanowa.contributions.queries import judgement_of, noticed_last, receipts_of, sums_of, to_watch
from wanowa.contributions.rules import Judgement, Look
from wanowa.contributions.verbs import DRIFT_NOTICED
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.files import drop_file
from wanowa.people.models import User
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded


@unrecorded("only looks; a judgement that changed is recorded by notice_drift")
def watch() -> int:
    """Look at every running collaboration and tell the parties where the judgement changed; return in how many."""
    changed = 0
    for collaboration in to_watch():
        with transaction.atomic():
            locked(collaboration)
            judgement = judgement_of(collaboration, sums_of(collaboration))
            if isinstance(judgement, Judgement) and judgement.look != noticed_last(collaboration):
                notice_drift(collaboration, look=judgement.look, by=SYSTEM)
                changed += 1
    return changed


@records(DRIFT_NOTICED)
def notice_drift(collaboration: Collaboration, *, look: Look, by: Actor) -> None:
    """Put on record what a collaboration looks like now. Nothing else follows from it."""
    write(DRIFT_NOTICED, collaboration, by=by, looks_like=look)


@unrecorded("runs inside the erasure, which is recorded; what the entry says, and its fingerprint, stay")
def forget_person(person: User, *, by: Actor) -> None:
    """Delete the files of receipts that an erased person laid down for herself alone."""
    for receipt in receipts_of(person):
        drop_file(receipt.file)
        Receipt.objects.filter(pk=receipt.pk).update(name="", file="", forgotten_at=timezone.now())
