"""A file comes in: read, mapped, confirmed, taken in as a whole or not at all."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.kernel.files import clean_name, drop_file
from wanowa.kernel.languages import in_japanese
from wanowa.opendata import verbs
from wanowa.opendata.models import Import, PortalRecord
from wanowa.opendata.queries import Preview, reading_of
from wanowa.opendata.rules import LIFECYCLE, Listed, Move, Status, Target, has_shrunk
from wanowa.parties import services as parties
from wanowa.parties.models import Party
from wanowa.parties.services import Naming, Profile
from wanowa.people.models import User
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded

FILE_HOURS = 24
"""How long the bytes of a file that was not taken in are kept."""


def _require_desk(by: Actor) -> None:
    person = User.objects.get(pk=by.required_person)
    if not (person.is_coordinator or person.is_staff):
        raise Forbidden(_("取りこみは、協働の窓口の人だけができます。窓口にご連絡ください。"))


def _locked(one: Import) -> Import:
    return Import.objects.select_for_update().get(pk=one.pk)


@records(verbs.BROUGHT)
def bring(name: str, raw: bytes, *, encoding: str = "", only_here: bool = True, by: Actor) -> Import:
    """Keep a file that can be read, with the mapping that its header suggests. Invalid, Forbidden."""
    _require_desk(by)
    reading = reading_of(raw, encoding)
    one = Import(
        name=clean_name(name, extension=".csv"),
        digest=hashlib.sha256(raw).hexdigest(),
        encoding=reading.text.encoding,
        mapping={str(target): column for target, column in reading.proposed.items()},
        only_here=only_here,
        brought_by_id=by.required_person,
    )
    one.file.save("import.csv", ContentFile(raw), save=False)
    one.save()
    write(verbs.BROUGHT, one, by=by, digest=one.digest)
    return one


@records(verbs.MAPPED)
def remap(one: Import, mapping: Mapping[Target, int], *, only_here: bool, by: Actor) -> Import:
    """Say which column fills what. Refused once the file is being taken in."""
    _require_desk(by)
    one = _locked(one)
    if one.status != Status.READ:
        raise Refused(_("この取りこみは、もう始まったか、終わっています。新しくファイルを送ってください。"))
    one.mapping = {str(target): column for target, column in mapping.items()}
    one.only_here = only_here
    one.trouble = ""
    one.save()
    write(verbs.MAPPED, one, by=by)
    return one


@records(verbs.BEGUN)
def confirm(one: Import, *, seen: str, even_if_shrunk: bool = False, by: Actor) -> Import:
    """Let a file be taken in as its preview showed it. Conflict when another file came first; Invalid for faults."""
    _require_desk(by)
    one = _locked(one)
    status = LIFECYCLE.after(Status(one.status), Move.BEGIN)
    preview = Preview(one)
    if preview.seen != seen:
        raise Conflict(
            _("見ているあいだに、内容が変わりました。下の新しい見通しを確かめて、もう一度押してください。")
        )
    plan = preview.plan
    if plan.faults:
        raise Invalid(
            _("直すところが %(count)s か所あります。直したファイルを送ってください。")
            % {"count": len(plan.faults)}
        )
    if has_shrunk(plan) and not even_if_shrunk:
        raise Refused(
            _(
                "前にあった団体のうち %(count)s が、ファイルにありません。これでよければ、確かめの印をつけてください。"
            )
            % {"count": len(plan.gone)}
        )
    one.status, one.trouble = status, ""
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError:
        raise Conflict(
            _("いま、別のファイルを取りこんでいます。終わってから、もう一度押してください。")
        ) from None
    write(verbs.BEGUN, one, by=by, digest=one.digest)
    return one


@unrecorded("a file that failed is recorded by `_fail`, one that succeeded by `_take_in`")
def take_in(one: Import, *, by: Actor) -> Import:
    """Take a confirmed file in, whole; when it cannot be, say so on its page and change nothing else."""
    try:
        with in_japanese():  # what it says stays on the page of the import
            return _take_in(one, by=by)
    except Refused as refusal:
        return _fail(one, str(refusal), by=by)


@records(verbs.IMPORTED)
def _take_in(one: Import, *, by: Actor) -> Import:
    one = _locked(one)
    one.status = LIFECYCLE.after(Status(one.status), Move.FINISH)
    plan = Preview(one).plan
    if plan.faults:
        raise Invalid(plan.faults[0].sentence)
    for row in plan.new:
        _put(parties.list_group(Kind.CITIZEN, _naming(row), _profile(row), by=by), row, one)
    found = Party.objects.in_bulk([change.known.party for change in plan.changed])
    for change in plan.changed:
        party = found[change.known.party]
        if not change.known.joined:
            parties.relist(party, _naming(change.listed), _profile(change.listed), by=by)
        _put(party, change.listed, one)
    one.new, one.changed, one.same = len(plan.new), len(plan.changed), plan.same
    one.done_at = timezone.now()
    _forget_bytes(one)
    one.save()
    write(verbs.IMPORTED, one, by=by, digest=one.digest, new=one.new, changed=one.changed, same=one.same)
    return one


@records(verbs.FAILED)
def _fail(one: Import, trouble: str, *, by: Actor) -> Import:
    one = _locked(one)
    one.status = LIFECYCLE.after(Status(one.status), Move.FAIL)
    one.trouble = trouble
    one.save()
    write(verbs.FAILED, one, by=by, digest=one.digest)
    return one


@records(verbs.DROPPED)
def drop(one: Import, *, by: Actor) -> Import:
    """Throw a file away that was not taken in."""
    _require_desk(by)
    one = _locked(one)
    one.status = LIFECYCLE.after(Status(one.status), Move.DROP)
    _forget_bytes(one)
    one.save()
    write(verbs.DROPPED, one, by=by)
    return one


@unrecorded("housekeeping: bytes that nobody waits for any more")
def forget_files() -> int:
    """Delete the bytes of files that nobody took in within a day. Returns how many."""
    oldest = timezone.now() - timedelta(hours=FILE_HOURS)
    old = list(Import.objects.filter(created_at__lt=oldest).exclude(file="").exclude(status=Status.UNDER_WAY))
    for one in old:
        with transaction.atomic():
            one = _locked(one)  # noqa: PLW2901 - the same row, as it is now
            if one.status == Status.READ:
                one.status = Status.DROPPED
            _forget_bytes(one)
            one.save()
    return len(old)


def _forget_bytes(one: Import) -> None:
    """Let go of the bytes; they leave the disk when the row that forgets them has committed."""
    drop_file(one.file)
    one.file = ""


def _naming(row: Listed) -> Naming:
    return Naming(row.name, row.reading)


def _profile(row: Listed) -> Profile:
    return Profile(
        fields=tuple(str(key) for key in row.fields),
        corporate_number=row.number,
        founded_year=row.founded_year,
    )


def _put(party: Party, row: Listed, one: Import) -> None:
    PortalRecord.objects.update_or_create(party=party, defaults={"columns": dict(row.columns), "source": one})
