"""Reading files that came in, what they would do, and what goes out."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from wanowa.guideline.queries import pack
from wanowa.guideline.rules import FIELDS, Field, Kind
from wanowa.kernel.errors import Invalid
from wanowa.kernel.spreadsheets import written
from wanowa.opendata.models import Import, PortalRecord
from wanowa.opendata.rules import (
    COLUMNS,
    FIELD_COLUMNS,
    LONGEST_FILE,
    OWN_COLUMN,
    SOURCES,
    Decoded,
    Encoding,
    Known,
    Mapped,
    Plan,
    Status,
    Table,
    Target,
    decoded,
    plan_of,
    proposal,
    read,
    substitutions,
    table_of,
    understands,
)
from wanowa.parties.models import Party
from wanowa.parties.queries import current_memberships


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was understood."""

    text: Decoded
    table: Table
    proposed: Mapped


def reading_of(raw: bytes, encoding: str = "") -> Reading:
    """Return a file as text and table with a proposed mapping; Invalid with what to do. No query."""
    if len(raw) > LONGEST_FILE:
        raise Invalid(_("ファイルが大きすぎます。64MBまでのファイルにしてください。"))
    text = decoded(raw, understands=understands, encoding=encoding)
    table = table_of(text.text)
    return Reading(text, table, proposal(table.header))


class Preview:
    """What taking one file in would do, computed anew from its bytes and from today's groups."""

    def __init__(self, one: Import) -> None:
        self.one = one

    @cached_property
    def reading(self) -> Reading:
        """The file as understood. Reads it from the disk once."""
        with self.one.file.open("rb") as kept:
            return reading_of(kept.read(), self.one.encoding)

    @property
    def mapped(self) -> dict[Target, int]:
        """Which column fills what."""
        return {Target(name): column for name, column in self.one.mapping.items()}

    @cached_property
    def plan(self) -> Plan:
        """What would happen. Costs two queries however many groups there are."""
        listed, faults = read(self.reading.table, self.mapped)
        town = pack().city.name if self.one.only_here else ""
        return plan_of(listed, known_groups(), faults, town=town)

    @property
    def seen(self) -> str:
        """A mark of everything the plan depends on: whoever confirms brings it back."""
        latest = (
            Import.objects.filter(status=Status.DONE)
            .order_by("-done_at")
            .values_list("pk", flat=True)
            .first()
        )
        known = (self.one.digest, sorted(self.one.mapping.items()), self.one.only_here, latest)
        return hashlib.sha256(repr(known).encode()).hexdigest()[:16]


def known_groups() -> Iterator[Known]:
    """Yield every open group of citizens as far as files are compared with it. Costs two queries."""
    records = dict(PortalRecord.objects.values_list("party_id", "columns"))
    for party in _groups():
        yield Known(
            party=party.pk,
            slug=party.slug,
            name=party.name,
            number=party.corporate_number,
            joined=party.joined,  # type: ignore[attr-defined]  # annotated in _groups
            columns=records.get(party.pk),
            own_columns=_own(party),
        )


def _groups() -> QuerySet[Party]:
    joined = Exists(current_memberships().filter(party=OuterRef("pk")))
    return (
        Party.objects.filter(kind=Kind.CITIZEN, closed_at__isnull=True).annotate(joined=joined).order_by("pk")
    )


def _own(party: Party) -> dict[str, str]:
    """Return the columns that a group fills which no file has spoken about."""
    numbers = {FIELDS[Field(key)].number for key in party.fields}
    filled = {
        SOURCES[Target.NAME]: party.name,
        SOURCES[Target.READING]: party.reading,
        SOURCES[Target.NUMBER]: party.corporate_number,
        **{column: "○" for place, column in enumerate(FIELD_COLUMNS, 1) if place in numbers},
    }
    return {name: cell for name, cell in filled.items() if cell}


def record_of(party: Party) -> PortalRecord | None:
    """Return what the portal says about a party. Costs one query."""
    return PortalRecord.objects.filter(party=party).first()


SHOWN = (
    "主たる事務所の所在地",
    "設立年月日",
    "定款に記載された目的",
    "所轄庁",
    "法人情報URL",
)
"""The columns that a party's page shows. Names of persons are not among them."""


def facts_of(party: Party) -> list[tuple[str, str]]:
    """Return what the portal says about a party, as its page shows it. Costs one query."""
    found = record_of(party)
    if found is None:
        return []
    columns: Mapping[str, str] = found.columns
    return [(name, columns[name]) for name in SHOWN if columns.get(name)]


def recent() -> QuerySet[Import]:
    """Return the newest files that came in. Costs one query."""
    return Import.objects.order_by("-id")[:20]


def exported() -> tuple[tuple[str, ...], list[list[str]]]:
    """Return header and rows of all groups of citizens, in the portal's columns. Costs two queries."""
    groups = list(known_groups())
    extra = sorted({name for one in groups for name in one.columns or {}} - {*COLUMNS})
    header = (*COLUMNS, *extra, OWN_COLUMN)
    rows = []
    for one in groups:
        columns = {**(one.columns if one.columns is not None else one.own_columns), OWN_COLUMN: one.slug}
        rows.append([columns.get(name, "") for name in header])
    return header, rows


def file_of(
    header: Iterable[str], rows: Iterable[Iterable[str]], encoding: Encoding
) -> tuple[bytes, dict[str, str]]:
    """Return a table as a file, and the characters it could not hold with what stands instead. No query."""
    text = written(tuple(header), [list(row) for row in rows])
    if encoding is Encoding.UTF8:
        return text.encode("utf-8-sig"), {}
    instead = substitutions(text, encoding)
    return text.translate({ord(one): other for one, other in instead.items()}).encode(encoding), instead
