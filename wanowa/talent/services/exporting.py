"""A list of people for the desk: one coordinator asks with a reason, another allows it, within a day."""

import csv
from datetime import timedelta
from io import StringIO

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.languages import in_japanese
from wanowa.record.services import records, write
from wanowa.talent.models import Access, Export
from wanowa.talent.queries import DESK, exportable, said, seen
from wanowa.talent.rules import EXPORT_HOURS, Field
from wanowa.talent.services.authority import require_coordinator
from wanowa.talent.verbs import EXPORT_APPROVED, EXPORT_ASKED, EXPORT_TAKEN

LISTED = (Field.NAME, Field.SKILLS, Field.AREA, Field.TIMES, Field.REWARD, Field.METHOD)
"""What a list holds of those who let the desk see it. A contact is never in it."""


@records(EXPORT_ASKED)
def ask_for_export(*, reason: str, by: Actor) -> Export:
    """Ask for a list of everybody the desk may see. Raises Invalid, Forbidden."""
    person = require_coordinator(by)
    if not reason.strip():
        raise Invalid(_("書き出すわけを書いてください。もうひとりの協働推進員が読みます。"))
    export = Export.objects.create(
        asked_by=person,
        reason=reason.strip(),
        people=exportable().count(),
        expires_at=timezone.now() + timedelta(hours=EXPORT_HOURS),
    )
    write(EXPORT_ASKED, export, by=by, people=export.people)
    return export


@records(EXPORT_APPROVED)
def approve_export(export: Export, *, by: Actor) -> Export:
    """Allow a list that somebody else asked for. Raises Forbidden, Refused."""
    person = require_coordinator(by)
    export = _current(export)
    if export.asked_by_id == person.pk:
        raise Forbidden(
            _("自分がたのんだ書き出しは、認められません。もうひとりの協働推進員にたのんでください。")
        )
    if export.approved_by_id is not None:
        raise Refused(_("この書き出しは、もう認められています。"))
    export.approved_by = person
    export.save(update_fields=["approved_by", "updated_at"])
    write(EXPORT_APPROVED, export, by=by)
    return export


@records(EXPORT_TAKEN)
def take_export(export: Export, *, by: Actor) -> bytes:
    """Return the list as CSV (UTF-8 with BOM), marked with who took it and when; only to who asked for it.

    Everybody in it finds it on her log of reads. Raises Forbidden, Refused.
    """
    person = require_coordinator(by)
    export = _current(export)
    if export.asked_by_id != person.pk:
        raise Forbidden(_("受け取れるのは、たのんだ人だけです。"))
    if export.approved_by is None:
        raise Refused(_("もうひとりの協働推進員が認めると、受け取れます。"))
    now = timezone.now()
    profiles = list(exportable())
    found = seen(profiles, DESK, now)
    text = StringIO()
    table = csv.writer(text)
    with in_japanese():
        purpose = _("書き出し：%(reason)s") % {"reason": export.reason}
        mark = _("取扱注意　書き出し番号%(number)s　%(name)s　%(at)s") % {
            "number": export.pk,
            "name": person.name,
            "at": timezone.localtime(now).strftime("%Y-%m-%d %H:%M"),
        }
        table.writerow([_("受付番号"), *(str(field.label) for field in LISTED), mark])
        for profile in profiles:
            told = dict(said({field: value for field, value in found[profile.pk].items() if field in LISTED}))
            if told:
                table.writerow([profile.number, *(_harmless(told.get(field, "")) for field in LISTED), mark])
    Access.objects.bulk_create(
        Access(
            profile=profile,
            person=person,
            fields=sorted(set(LISTED) & set(found[profile.pk])),
            purpose=purpose,
            at=now,
            until=now,
        )
        for profile in profiles
        if set(LISTED) & set(found[profile.pk])
    )
    export.taken += 1
    export.save(update_fields=["taken", "updated_at"])
    write(EXPORT_TAKEN, export, by=by, people=len(profiles))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value


def _current(export: Export) -> Export:
    found = (
        Export.objects.select_for_update(of=("self",))
        .select_related("approved_by")
        .filter(pk=export.pk, expires_at__gt=timezone.now())
        .first()
    )
    if found is None:
        raise Refused(_("この書き出しは、期限の24時間がすぎました。もう一度たのんでください。"))
    return found
