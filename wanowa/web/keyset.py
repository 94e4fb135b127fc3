"""Lists in pieces: each starts after the last row seen, so a long list costs what a short one costs."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.errors import Invalid

PARAMETER = "after"
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
"""What JSON can write and PostgreSQL cannot hold: NUL and halves of characters."""
LONGEST = 500
"""Characters of a cursor that are looked at; longer ones are not ours."""


@dataclass(frozen=True, slots=True)
class Page[M: Model]:
    """One piece of a list; iterate it. `next` and `previous` are addresses, or empty."""

    rows: tuple[M, ...]
    next: str
    previous: str

    def __iter__(self) -> Iterator[M]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of[M: Model](queryset: QuerySet[M], request: HttpRequest, size: int = 20) -> Page[M]:
    """Return the piece the address asks for, in the queryset's order with the key as tie-breaker.

    Order by fields that are never null and belong to the rows. Costs one query. Invalid for a strange cursor.
    """
    order = _order(queryset)
    cursor = request.GET.get(PARAMETER, "")
    wanted = queryset.order_by(*(f"-{name}" if falling else name for name, falling in order))
    if cursor:
        wanted = wanted.filter(_beyond(queryset, order, _open(cursor, len(order))))
    rows = tuple(wanted[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Page(
        rows=rows,
        next=_address(request, _seal(rows[-1], order)) if more else "",
        previous=_address(request, "") if cursor else "",
    )


def _order[M: Model](queryset: QuerySet[M]) -> list[tuple[str, bool]]:
    names = [str(name) for name in queryset.query.order_by or queryset.model._meta.ordering or ()]
    order = [(name.removeprefix("-"), name.startswith("-")) for name in names]
    if not any(name in {"pk", queryset.model._meta.pk.name} for name, _falling in order):
        order.append(("pk", order[-1][1] if order else False))
    return order


def _beyond[M: Model](queryset: QuerySet[M], order: list[tuple[str, bool]], values: list[object]) -> Q:
    """Rows after `values`: (a > x) or (a = x and b > y) …, each direction by itself."""
    beyond, equal = Q(), Q()
    for (name, falling), value in zip(order, values, strict=True):
        try:
            limit = _field(queryset.model, name).to_python(value)
        except (ValidationError, ValueError, TypeError, OverflowError):
            raise _stale() from None
        beyond |= equal & Q((f"{name}__{'lt' if falling else 'gt'}", limit))
        equal &= Q((name, limit))
    return beyond


def _field(model: type[Model], name: str) -> Field[object, object]:
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    if not isinstance(field, Field):
        raise TypeError(f"cannot page by {name}")
    return field


def _seal(row: Model, order: list[tuple[str, bool]]) -> str:
    values = [getattr(row, name) for name, _falling in order]
    plain = json.dumps(values, default=_plain, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"cannot page by {type(value).__name__}")


def _open(cursor: str, count: int) -> list[object]:
    try:
        if len(cursor) > LONGEST:
            raise _stale()
        values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, UnicodeDecodeError):
        raise _stale() from None
    if not isinstance(values, list) or len(values) != count or not all(map(_plausible, values)):
        raise _stale()
    return values


def _plausible(value: object) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and not UNSTORABLE.search(value))


def _stale() -> Invalid:
    return Invalid(_("このページの続きが見つかりません。一覧のはじめから見てください。"))


def _address(request: HttpRequest, cursor: str) -> str:
    query = request.GET.copy()
    query.pop(PARAMETER, None)
    if cursor:
        query[PARAMETER] = cursor
    return f"{request.path}?{query.urlencode()}" if query else request.path
