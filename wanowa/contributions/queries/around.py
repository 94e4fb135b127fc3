"""What a ledger lends to the page of its collaboration, and to people's own pages."""

from collections.abc import Callable, Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.queries import Link
from wanowa.collaborations.rules import Status
from wanowa.contributions.models import Contribution, Receipt
from wanowa.parties.rules import ALONE
from wanowa.people.models import User

type Origin = Callable[[Contribution], tuple[str, str] | None]
"""An entry → title and address of what it came from."""
_origins: list[Origin] = []

RUNNING = (Status.ACTIVE, Status.SUSPENDED, Status.ENDED)
"""A ledger begins with the agreement, and can be completed after the end."""


def links(collaboration: Collaboration, version: Version | None, *, inside: bool) -> Iterator[Link]:
    """Yield the way from a collaboration to its ledger. Costs no query."""
    if version is None and collaboration.status in RUNNING:
        yield Link(
            _("出しあい（時間・お金・もの）"), reverse("contributions:overview", args=[collaboration.slug])
        )


def tasks_of(collaboration: Collaboration) -> list[str]:
    """Return the tasks of the role sheet in force, each once. Costs no query beside `in_force`."""
    version = collaboration.in_force
    return list(dict.fromkeys(task.what for task in version.terms.roles if task.what)) if version else []


def receipts_of(person: User) -> QuerySet[Receipt]:
    """Return the receipts whose files somebody laid down for nobody but herself. Costs one query."""
    return Receipt.objects.filter(
        contribution__person=person, contribution__party__kind__in=ALONE, forgotten_at__isnull=True
    ).order_by("pk")


def register_origin(origin: Origin) -> None:
    """Let an upper app say where an entry came from; call it in `ready()`."""
    _origins.append(origin)


def origin_of(entry: Contribution) -> tuple[str, str] | None:
    """Return title and address of what an entry came from. Costs one query for each app that lends them."""
    return next(filter(None, (origin(entry) for origin in _origins)), None)
