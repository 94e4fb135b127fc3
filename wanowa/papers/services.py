"""Issuing papers: once for each version that takes effect, by the platform; and forgetting whoever is erased."""

import hashlib
import logging

from django.core.files.base import ContentFile
from django.db import transaction

from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.queries import locked
from wanowa.collaborations.verbs import TOOK_EFFECT
from wanowa.guideline.rules import PaperKind
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.files import drop_file
from wanowa.papers.models import Issue, Position
from wanowa.papers.queries import agreement_of, forgotten, paper, unissued
from wanowa.papers.verbs import ISSUED, WITHDRAWN
from wanowa.parties.models import Membership
from wanowa.parties.rules import ALONE
from wanowa.people.models import User
from wanowa.press.printing import NotPrinted
from wanowa.press.reading import faults
from wanowa.record.queries import after
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded

READER = "papers"
logger = logging.getLogger(__name__)


@unrecorded("only moves the place of reading; every paper is recorded by issue")
def issue_new(limit: int = 500) -> int:
    """Read the record from where we stopped up to the next version in force, and issue its papers.

    Returns how many entries were read; 0 at the end. Place and papers commit together, so a crash repeats nothing
    and loses nothing; two workers take turns. A paper that cannot be set is left for `issue_forgotten`.
    """
    with transaction.atomic():
        Position.objects.get_or_create(reader=READER)
        position = Position.objects.select_for_update().get(reader=READER)
        entries = after(position.entry, limit)
        read = next((place for place, entry in enumerate(entries, 1) if entry.verb == TOOK_EFFECT.name), None)
        if read is not None:
            effect = entries[read - 1]
            pk = int(effect.case.rpartition("/")[2])
            version = Version.objects.select_related("collaboration").get(
                collaboration=pk, number=effect.facts["number"]
            )
            issue_missing(version)
        if entries:
            position.entry = entries[(read or len(entries)) - 1].pk
            position.save()
    return read or len(entries)


@unrecorded("every paper is recorded by issue")
def issue_forgotten(limit: int = 100) -> int:
    """Issue the papers of versions in force that have none: after a restore, or when one could not be set.

    Returns how many versions got their papers.
    """
    made = 0
    for version in forgotten():
        if made == limit:
            break
        with transaction.atomic():
            made += issue_missing(version)
    return made


@unrecorded("every paper is recorded by issue")
def issue_missing(version: Version) -> bool:
    """Issue the papers of a version that has none or not all; say whether that was needed and done.

    A paper that cannot be set is told in the program's own log, and holds nobody else up.
    """
    if not unissued(version):
        return False
    try:
        issue(version, by=SYSTEM)
    except NotPrinted:
        logger.exception("Papers of %s could not be set; they are tried again at night.", version.pk)
        return False
    return True


@records(ISSUED)
def issue(version: Version, *, by: Actor) -> list[Issue]:
    """Print the papers of a version in force that are still missing, store them, and put each on record.

    All are printed and looked at before anything is locked or written. NotPrinted when one fails: then none is made.
    """
    agreement = agreement_of(version)
    printed = {kind: _sound(paper(agreement, kind), kind) for kind in unissued(version)}
    collaboration = locked(version.collaboration)
    missing = set(unissued(version))
    return [_store(collaboration, version, kind, pdf, by) for kind, pdf in printed.items() if kind in missing]


def _sound(pdf: bytes, kind: PaperKind) -> bytes:
    found = faults(pdf)
    if found:
        raise NotPrinted(f"{kind}: {'; '.join(found)}")
    return pdf


def _store(collaboration: Collaboration, version: Version, kind: PaperKind, pdf: bytes, by: Actor) -> Issue:
    digest = hashlib.sha256(pdf).hexdigest()
    told = write(ISSUED, collaboration, by=by, version=version.number, kind=kind, digest=digest)
    made = Issue(version=version, kind=kind, digest=digest, size=len(pdf), issued_at=told.at)
    made.file.save(f"{kind}.pdf", ContentFile(pdf), save=False)
    made.save()
    return made


@unrecorded("runs inside the erasure, which is recorded; each file that goes is recorded by withdraw")
def forget_person(person: User, *, by: Actor) -> None:
    """Delete the files in which an erased person stands as a party. Digests and entries stay; see the explanation."""
    own = Membership.objects.filter(person=person, party__kind__in=ALONE).values_list("party_id", flat=True)
    named = Issue.objects.filter(version__concerned__overlap=list(own), withdrawn_at__isnull=True)
    for found in named.select_related("version__collaboration").order_by("version__collaboration", "pk"):
        withdraw(found, by=SYSTEM)


@records(WITHDRAWN)
def withdraw(found: Issue, *, by: Actor) -> None:
    """Delete the file of an issued paper. From now on the paper is set anew, with the names of the day."""
    told = write(WITHDRAWN, found.version.collaboration, by=by, version=found.version.number, kind=found.kind)
    drop_file(found.file)
    Issue.objects.filter(pk=found.pk).update(file="", withdrawn_at=told.at)
