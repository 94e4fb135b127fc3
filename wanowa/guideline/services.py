"""Publishing the guideline's text. The only writer of editions; one transaction loads all of it or nothing."""

import datetime as dt

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.guideline.models import Edition, Section
from wanowa.guideline.queries import newest_edition
from wanowa.guideline.rules.text import Outline, fingerprint
from wanowa.guideline.verbs import LOADED
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict
from wanowa.record.services import records, write


class AlreadyLoaded(Conflict):
    """The newest edition has exactly this text, label and day; nothing is to be done."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(_("この文は、もう第%(number)d版として載っています。") % {"number": edition.number})
        self.edition = edition


@records(LOADED)
def load(
    outline: Outline, *, label: str, adopted_on: dt.date | None, source_digest: str, by: Actor
) -> Edition:
    """Publish `outline` as the next edition. AlreadyLoaded when the newest one is the same."""
    with connection.cursor() as sql:
        sql.execute("SELECT pg_advisory_xact_lock(hashtext('guideline.policy'))")
    newest = newest_edition()
    if newest and (newest.source_digest, newest.label, newest.adopted_on) == (
        source_digest,
        label,
        adopted_on,
    ):
        raise AlreadyLoaded(newest)
    number = newest.number + 1 if newest else 1
    sections = [
        Section(
            position=position,
            level=passage.place.level,
            slug=passage.place.slug,
            clause=passage.place.clause,
            heading=passage.heading,
            title=passage.title,
            blocks=[[str(block.shape), block.text] for block in passage.blocks],
        )
        for position, passage in enumerate(outline.passages, start=1)
    ]
    told = [(one.slug, one.heading, one.title, one.blocks) for one in sections]
    edition = Edition.objects.create(
        number=number,
        label=label,
        adopted_on=adopted_on,
        length=len(sections),
        source_digest=source_digest,
        fingerprint=fingerprint(number=number, label=label, adopted_on=adopted_on, sections=told),
        loaded_at=timezone.now(),
    )
    for section in sections:
        section.edition = edition
    Section.objects.bulk_create(sections)
    write(LOADED, edition, by=by, number=number, fingerprint=edition.fingerprint)
    return edition
