"""The person's own side: her case by account, by link or by number; who read it; her export."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from wanowa.consultations.models import Access, Case, Message
from wanowa.consultations.queries.practice import category_label
from wanowa.consultations.queries.vault import Opened
from wanowa.consultations.queries.ways import ways_of
from wanowa.consultations.rules import LINK_DAYS, Kind, Sight
from wanowa.kernel.actors import Actor
from wanowa.kernel.rows import only
from wanowa.people.models import User

_link = TimestampSigner(salt="consultations.case")
_BOUND = 32


def own_cases(person: int | None) -> QuerySet[Case]:
    """Return the cases of a person with an account, newest first. Costs one query."""
    return Case.objects.filter(person_id=person, person__isnull=False).order_by("-created_at", "-id")


def by_number(number: str) -> Case | None:
    """Return the case of a receipt; what it says is opened by `own`. Costs one query."""
    return only(Case.objects.filter(number=number).select_related("owner", "department", "collaboration"))


def link_of(case: Case) -> str:
    """Return the address that a mail carries: signed, so that it opens this case alone, for some weeks. No query."""
    return reverse("consultations:by_link", args=[_link.sign(f"{case.number}.{_bound(case)}")])


def _bound(case: Case) -> str:
    """Return what a link is bound to: a new passphrase or another address closes every link of before."""
    known = f"{case.passphrase}/{bytes(case.email).hex()}"
    return salted_hmac("consultations.link", known, algorithm="sha256").hexdigest()[:_BOUND]


class Link(Enum):
    """What the link of a mail still opens."""

    OPEN = auto()
    OVER = auto()
    """It is ours and true, but some weeks old."""
    CLOSED = auto()
    """Ours, but something was renewed since."""
    UNKNOWN = auto()
    """Not ours, or cut off on its way."""


def followed(token: str) -> tuple[Link, Case | None]:
    """Return what a link opens, with its case while it is ours and true. Costs at most one query."""
    state = Link.OPEN
    try:
        said = _link.unsign(token, max_age=timedelta(days=LINK_DAYS))
    except SignatureExpired:
        state, said = Link.OVER, _link.unsign(token)
    except BadSignature:
        return Link.UNKNOWN, None
    number, _dot, bound = said.partition(".")
    found = by_number(number)
    if found is None or not constant_time_compare(bound, _bound(found)):
        return Link.CLOSED, None
    return state, found


def own(case: Case) -> Opened:
    """Return the case for the person herself, who has shown account, link or passphrase. Costs a key file."""
    return Opened(case)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said in the room."""

    kind: Kind
    who: str
    body: str
    at: datetime
    files: tuple[tuple[str, int], ...] = ()
    """(name, id) of what came with it."""


def said(opened: Opened, *, inside: bool) -> list[Said]:
    """Return what was said, oldest first; notes only for those `inside`. Costs two queries."""
    found = Message.objects.filter(case=opened.case).select_related("author", "party")
    if not inside:
        found = found.exclude(kind=Kind.NOTE)
    return [
        Said(
            Kind(one.kind),
            _named(one.author, one.party),
            opened.read(one, "body"),
            one.said_at,
            tuple((opened.read(file, "name"), file.pk) for file in one.files.all()),
        )
        for one in found.prefetch_related("files")
    ]


def _named(author: User | None, party: object) -> str:
    """Return who writes for the city: the department and the name."""
    name = author.name if author else ""
    return f"{party}　{name}".strip() if party else name


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of the log of reads, as the person sees it."""

    at: datetime
    who: str
    why: str
    reason: str


def readings_of(opened: Opened) -> list[Reading]:
    """Return who read a case, newest first, with the department or the desk and the name. Costs one query."""
    found = Access.objects.filter(case=opened.case).select_related("person", "party")
    return [
        Reading(
            one.at,
            _named(one.person, one.party or _("協働推進員")),
            str(Sight(one.sight).label),
            opened.read(one, "purpose"),
        )
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class Passed:
    """One hand-over, as both sides see it."""

    to: str
    status: str
    label: str
    reason: str
    who: str
    answer: str
    at: datetime


def passed(opened: Opened) -> list[Passed]:
    """Return every hand-over of a case, oldest first: whom it went to, why, who answered what. Costs one query."""
    found = opened.case.handovers.select_related("to_party", "to_person", "answered_by")
    return [
        Passed(
            str(one.to_party or one.to_person or _("窓口")),
            one.status,
            one.get_status_display(),
            opened.read(one, "reason"),
            one.answered_by.name if one.answered_by else "",
            opened.read(one, "answer"),
            one.answered_at or one.created_at,
        )
        for one in found
    ]


def export_of(person: User) -> dict[str, object]:
    """Return a person's cases as JSON values: her words and what she was told, never a note. ≤ 13 queries a case."""
    return {"cases": [_exported(case) for case in own_cases(person.pk)]}


def _exported(case: Case) -> dict[str, object]:
    opened = own(case)
    return {
        "number": case.number,
        "text": opened.read(case, "text"),
        "name": opened.read(case, "name"),
        "contact": opened.read(case, "contact"),
        "email": opened.read(case, "email"),
        "category": category_label(case.category),
        "status": case.get_status_display(),
        "outcome": case.get_outcome_display(),
        "closing": opened.read(case, "closing"),
        "next_action": opened.read(case, "next_action"),
        "said": [
            {"from": str(one.kind.label), "body": one.body, "at": one.at}
            for one in said(opened, inside=False)
        ],
        "handovers": [
            {"to": one.to, "status": one.label, "reason": one.reason, "answer": one.answer, "at": one.at}
            for one in passed(opened)
        ],
        "ways": [
            [{"what": step.title, "status": step.status} for step in chain]
            for chain in ways_of(case, Actor(case.person_id), own=True)
        ],
        "files": list(_files(opened)),
        "readings": [
            {"at": one.at, "who": one.who, "why": one.why, "reason": one.reason}
            for one in readings_of(opened)
        ],
    }


def _files(opened: Opened) -> Iterator[str]:
    for attachment in opened.case.files.all():
        yield opened.read(attachment, "name")
