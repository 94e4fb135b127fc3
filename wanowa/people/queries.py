"""Reading people: who owes a second factor, what was drafted, what is personal, what hinders erasure."""

import json
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Case, Count, Model, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wanowa.people.models import Draft, User
from wanowa.people.rules import draft_address
from wanowa.people.rules.rota import Rota
from wanowa.record.models import Entry
from wanowa.record.queries import Moment, narrate, values_of
from wanowa.record.verbs import Whose, known

_DEMO = "people.demo"

type Check = Callable[[User], bool]
type Rotas = Callable[[date | None], Rota]
type Obstacle = Callable[[User], list[str]]

type Visitor = tuple[str, str, User]
"""A name, who she is and what waits for her, and the person."""
type Visitors = Callable[[], list[Visitor]]

_checks: list[Check] = []
_visitors: list[Visitors] = []
_obstacles: list[Obstacle] = []
_rotas: list[Rotas] = []


def is_of_the_desk(person: int | None) -> bool:
    """Tell whether a person is a coordinator or runs the platform. Costs one query, none for the public."""
    return person is not None and (
        User.objects.filter(pk=person, is_active=True)
        .filter(Q(is_coordinator=True) | Q(is_staff=True))
        .exists()
    )


def coordinators(*, without: int | None = None) -> QuerySet[User]:
    """Return everybody who can hold something for the desk, or everybody else. Costs one query."""
    found = User.objects.filter(is_coordinator=True, is_active=True)
    return found if without is None else found.exclude(pk=without)


def register_rota(rota: Rotas) -> None:
    """Ask `rota` who is on duty at the desk on a day (None: today), and who is away. Called once, from `ready()`."""
    _rotas.append(rota)


def rota_on(day: date | None = None) -> Rota:
    """Return who takes what is new on a day, and who stands for whom. Costs what the registered rota costs."""
    return next((rota(day) for rota in _rotas), Rota())


def stands_for(person: int) -> frozenset[int]:
    """Return who is away today while this person stands for her. Costs as `rota_on`."""
    return rota_on().stands_for(person)


def least_busy(held: QuerySet[Any], *, without: int | None = None, rota: Rota | None = None) -> User | None:
    """Return the coordinator who takes something new beside `held`; None when there is none. Two queries, and a rota.

    Whom the rota of today names, or who stands for her; else, of those who are there, the `owner` of the fewest rows.
    Only when all are away it is one who is.
    """
    rota = rota or rota_on()
    able = coordinators(without=without)
    on_duty = rota.present(rota.planned) if rota.planned else None
    if on_duty and (found := able.filter(pk=on_duty).first()):
        return found
    load = held.filter(owner=OuterRef("pk")).order_by().values("owner").annotate(load=Count("pk"))
    away = Case(When(pk__in=list(rota.deputies), then=Value(1)), default=Value(0))
    return (
        able.annotate(away=away, load=Coalesce(Subquery(load.values("load")), 0))
        .order_by("away", "load", "pk")
        .first()
    )


def register_needs_second_factor(check: Check) -> None:
    """Ask `check` too whether a person must show a second factor. Called once, from `ready()`."""
    _checks.append(check)


def register_erasure_obstacle(obstacle: Obstacle) -> None:
    """Ask `obstacle` for sentences that say what must happen before a person can be erased."""
    _obstacles.append(obstacle)


def language_at(address: str, *, reader: bool = False) -> str:
    """Return the language of the account with this mail address. Costs one query.

    Where nobody has one: the language spoken now if `reader`, who asks for the mail herself, else nothing.
    """
    found = User.objects.filter(email=address.lower()).values_list("language", flat=True).first()
    return found or (get_language() or "" if reader else "")


def needs_second_factor(person: User) -> bool:
    """Tell whether this person must show a second factor.

    Costs no query for coordinators and staff, else what the registered checks cost.
    """
    return person.is_coordinator or person.is_staff or any(check(person) for check in _checks)


def erasure_obstacles(person: User) -> list[str]:
    """Return what must happen before `person` can be erased, as sentences. Costs what the checks cost."""
    return [sentence for obstacle in _obstacles for sentence in obstacle(person)]


def addresses_of(person: User) -> set[str]:
    """Return every mail address of a person, as the record would keep it. Costs one query."""
    known = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return {address.strip().lower() for address in (*known, person.email)}


def kept_on_record(person: User) -> dict[str, object]:
    """Return what the process log keeps back about a person, for her export. Costs four queries."""
    kept = values_of(person.pk, addresses_of(person)).select_related("entry").order_by("id")
    return {
        "values": [
            {
                "case": opening.entry.case,
                "number": opening.entry.number,
                "at": opening.entry.at,
                "verb": opening.entry.verb,
                "field": opening.field,
                "value": json.loads(opening.value),
            }
            for opening in kept
        ]
    }


@dataclass(frozen=True, slots=True)
class Trace:
    """One entry of the process log that keeps something back about a person: how it reads, and what that is."""

    entry: int
    moment: Moment
    values: tuple[tuple[str, str], ...]
    """What each value is called, and what it says."""


def traces(person: User, entries: Sequence[Entry]) -> list[Trace]:
    """Return what `entries`, from `record.queries.entries_about`, keep back about `person`. Costs ≤ eight queries."""
    kept: dict[int, list[tuple[str, str]]] = {entry.pk: [] for entry in entries}
    verbs = {entry.pk: known().get(entry.verb) for entry in entries}
    values = values_of(person.pk, addresses_of(person)).filter(entry__in=list(kept)).order_by("id")
    for entry, name, value in values.values_list("entry_id", "field", "value"):
        verb = verbs[entry]
        described = verb.describes(name) if verb else None
        label = str(described.label) if described else _("ふせた値")
        named = described is not None and described.whose is Whose.PERSON
        kept[entry].append((label, _("あなた") if named else json.loads(value)))
    moments = narrate(entries)
    return [
        Trace(entry.pk, moment, tuple(kept[entry.pk])) for entry, moment in zip(entries, moments, strict=True)
    ]


def draft_of(person: User, address: str) -> dict[str, list[str]] | None:
    """Return what `person` was typing at `address`, each field with its values. Costs one query."""
    found = (
        Draft.objects.filter(person=person, address=draft_address(address))
        .values_list("fields", flat=True)
        .first()
    )
    return None if found is None else dict(found)


def register_demo_people(visitors: Visitors) -> None:
    """Let `visitors` name those whom a visitor of the demo can become. Called once, from `ready()`."""
    _visitors[:] = [visitors]


def demo_people() -> list[Visitor]:
    """Return who can be visited in the demo. Costs what the registered callable costs."""
    return [visitor for visitors in _visitors for visitor in visitors()]


@dataclass(frozen=True, slots=True)
class Field:
    """One personal column: why it is held, who may see it (V0 nobody else – V3 everybody), until when."""

    name: str
    purpose: str
    tier: str
    retention: str
    export: bool = True
    label: str = ""
    """How it is called where the table itself has no Japanese name for it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The personal columns of one table. `owner` leads from a row to its person."""

    label: str
    title: str
    owner: str
    fields: tuple[Field, ...]
    not_personal: tuple[str, ...] = field(default=())

    @property
    def installed(self) -> bool:
        """Tell whether the table exists in this installation."""
        return any(model._meta.label == self.label for model in apps.get_models(include_auto_created=True))

    def column(self, name: str) -> "models.Field[Any, Any]":
        """Return one of the table's columns. No query."""
        column = apps.get_model(self.label)._meta.get_field(name)
        if not isinstance(column, models.Field):
            raise TypeError(f"personal_fields.toml: {self.label}.{name} is no column")
        return column

    def label_of(self, field: Field) -> str:
        """Return how a column is called on pages. No query."""
        return field.label or str(self.column(field.name).verbose_name)

    def rows_of(self, person: User) -> QuerySet[Model]:
        """Return the rows that belong to `person`. Costs one query."""
        key = person.email if self.owner == "email" else person.pk
        rows: QuerySet[Model] = apps.get_model(self.label)._default_manager.filter(**{self.owner: key})
        return rows.order_by("pk")


@cache
def holdings() -> tuple[Holding, ...]:
    """Return every table that holds something personal, as classified in personal_fields.toml. No query."""
    table = tomllib.loads(files("wanowa.people").joinpath("personal_fields.toml").read_text(encoding="utf-8"))
    return tuple(_holdings(table))


def _holdings(table: dict[str, dict[str, dict[str, object]]]) -> Iterator[Holding]:
    for app, tables in table.items():
        for model, entry in tables.items():
            columns = entry.get("fields", {})
            other = entry.get("not_personal", [])
            if not isinstance(columns, dict) or not isinstance(other, list):
                raise TypeError(f"personal_fields.toml: {app}.{model}")
            yield Holding(
                label=f"{app}.{model}",
                title=str(entry.get("title", "")),
                owner=str(entry.get("owner", "")),
                fields=tuple(Field(name=name, **column) for name, column in columns.items()),
                not_personal=tuple(other),
            )


def demo_link(person: User) -> str:
    """Return the address under which a visitor on this computer becomes `person`; in the demo only."""
    return reverse("people:demo", kwargs={"token": signing.dumps(person.pk, salt=_DEMO)})


def demo_person(token: str) -> User | None:
    """Return the person a demo link leads to; nobody when the link is wrong or this is no demo. ≤ 1 query."""
    if not settings.DEMO:
        return None
    try:
        return User.objects.filter(pk=signing.loads(token, salt=_DEMO), is_active=True).first()
    except signing.BadSignature:
        return None


def recipient_digest(address: str) -> str:
    """Return the keyed digest (64 hexadecimal digits) under which mails to an address are counted."""
    return salted_hmac("people.allowance", address.strip().lower(), algorithm="sha256").hexdigest()
