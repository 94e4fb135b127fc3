"""Files and rows belong together: what lies on the disk without a row goes, a row without its file is told.

A file is written before its row commits and deleted after the row is gone; between the two somebody may pull the plug.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField
from django.utils import timezone

SPARED: Final = timedelta(days=1)
"""So long a file may lie without a row: its form may still be on its way."""
MOST: Final = 100
"""More strays than this, when they are more than what has a row, are no strays: this is another database's folder."""
_OURS: Final = re.compile(r"[0-9a-f]{32}(\.[^./]+)?|\.[0-9a-f]{32}(\.[^./]+)?\.part", re.ASCII)
"""Names that `DurableStorage` draws, and of what it was writing; nothing else is ever deleted."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A row whose file is gone: its table, its key and the name of the file in our store."""

    table: str
    key: int
    name: str


class TooMany(Exception):
    """There are so many files without a row that the database cannot be the one of this folder; nothing was deleted."""


def strays() -> list[Path]:
    """Return the files older than a day that no row names; TooMany when nobody should believe that.

    The files are listed before the rows are read: whatever gets its row meanwhile has it. Costs one query a column.
    """
    lying = list(_lying())
    known = {name for _table, _key, name in _named()}
    place = Path(default_storage.path(""))
    found = [path for path in lying if str(path.relative_to(place)) not in known]
    if len(found) > max(MOST, len(known)):
        raise TooMany(f"{len(found)} of {len(lying)} files under {place} have no row")
    return found


def missing() -> list[Missing]:
    """Return the rows whose file is gone. Costs one query a column, and one more for each that seems to be."""
    gone = [Missing(*one) for one in _named() if not default_storage.exists(one[2])]
    return [one for one in gone if one in {Missing(*again) for again in _named(one.table, one.key)}]


def _lying() -> Iterator[Path]:
    place, before = Path(default_storage.path("")), (timezone.now() - SPARED).timestamp()
    for path in place.rglob("*"):
        if _OURS.fullmatch(path.name) and path.is_file() and path.stat().st_mtime < before:
            yield path


def _named(table: str = "", key: int | None = None) -> Iterator[tuple[str, int, str]]:
    """Yield table, key and file of every row that has one, or of one row."""
    for model in apps.get_models():
        label = model._meta.label
        if table not in {"", label}:
            continue
        rows = model._default_manager.all() if key is None else model._default_manager.filter(pk=key)
        for column in model._meta.concrete_fields:
            if isinstance(column, FileField):
                kept = rows.exclude(**{column.name: ""}).order_by("pk").values_list("pk", column.name)
                yield from ((label, pk, name) for pk, name in kept)
