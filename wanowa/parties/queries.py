"""Reading parties: who may act for whom, today."""

from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.errors import Forbidden
from wanowa.parties.models import Membership
from wanowa.parties.rules import Role
from wanowa.people.models import User


def current_memberships(on: date | None = None) -> QuerySet[Membership]:
    """Return the memberships in term on a day (default: today in Japan). Costs one query."""
    day = on or timezone.localdate()
    return Membership.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


def actor_of(user: User | AnonymousUser, *, party: int | None = None) -> Actor:
    """Return who acts: the person, for `party`, or for their only party when none is named. Costs ≤ 1 query.

    A named party is not checked here: every service checks authority at commit time with `require`.
    """
    if not isinstance(user, User):
        return PUBLIC
    if party is None:
        own = list(current_memberships().filter(person=user).values_list("party_id", flat=True)[:2])
        party = own[0] if len(own) == 1 else None
    return Actor(person=user.pk, party=party)


def parties_of(person: int | None, roles: Collection[Role] = frozenset(Role)) -> frozenset[int]:
    """Return the ids of the parties a person acts for today in one of `roles`. Costs one query."""
    if person is None:
        return frozenset()
    found = current_memberships().filter(person_id=person, role__in=roles)
    return frozenset(found.values_list("party_id", flat=True))


def require(by: Actor, roles: Collection[Role]) -> None:
    """Refuse unless `by` holds one of `roles` for its party now; locks the membership until commit.

    Raises Forbidden. Costs one query. Call it inside a transaction.
    """
    held = (
        current_memberships()
        .filter(person_id=by.required_person, party_id=by.required_party, role__in=roles)
        .select_for_update(no_key=True)
    )
    if not held.exists():
        raise Forbidden(
            _("この主体の代表または担当の任期中の人だけができます。主体のページで任期を確かめてください。")
        )
