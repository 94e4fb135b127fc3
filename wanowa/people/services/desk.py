"""Who becomes a coordinator, and who is one no longer: what she holds goes to another in the same moment."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.people.models import User
from wanowa.people.queries import coordinators
from wanowa.people.verbs import LEFT_THE_DESK, NAMED_COORDINATOR
from wanowa.record.services import records, write
from wanowa.record.verbs import Verb

type Leaving = Callable[[User], object]

_leavings: list[Leaving] = []


def register_leaving(leaving: Leaving) -> None:
    """Call `leaving(person)` in the transaction in which somebody stops being a coordinator. From `ready()`."""
    _leavings.append(leaving)


@records(NAMED_COORDINATOR)
def name_coordinator(person: User, *, by: Actor) -> User:
    """Let somebody hold things for the desk; said by who runs the platform. Raises Forbidden, Refused."""
    person = _asked(person, by)
    if person.is_coordinator or not person.is_active:
        raise Refused(_("もう協働推進員か、使われていない登録です。メールアドレスを確かめてください。"))
    person.is_coordinator = True
    return _said(person, NAMED_COORDINATOR, by)


@records(LEFT_THE_DESK)
def end_coordinator(person: User, *, by: Actor) -> User:
    """Let somebody leave the desk, once everything she holds there is in other hands. Raises Forbidden, Refused.

    All coordinators are locked: of the last two who leave at once, one stays.
    """
    there = [one.pk for one in coordinators().order_by("pk").select_for_update()]
    person = _asked(person, by)
    if not person.is_coordinator:
        raise Refused(_("この人は、協働推進員ではありません。メールアドレスを確かめてください。"))
    if not set(there) - {person.pk}:
        raise Refused(_("最後の協働推進員です。先に、ほかの協働推進員を決めてください。"))
    for leaving in _leavings:
        leaving(person)
    person.is_coordinator = False
    return _said(person, LEFT_THE_DESK, by)


def _asked(person: User, by: Actor) -> User:
    if (
        by.person is not None
        and not User.objects.filter(pk=by.person, is_staff=True, is_active=True).exists()
    ):
        raise Forbidden(_("協働推進員を決めるのは、サーバーを見る人です。その人に頼んでください。"))
    return User.objects.select_for_update().get(pk=person.pk)


def _said(person: User, verb: Verb, by: Actor) -> User:
    person.save(update_fields=["is_coordinator", "updated_at"])
    write(verb, person, by=by)
    return person
