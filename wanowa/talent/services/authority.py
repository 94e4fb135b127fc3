"""Who may act on a profile, and how the act came in."""

from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.people.models import User
from wanowa.talent.models import Profile
from wanowa.talent.rules import Channel

SELF = frozenset({Channel.WEB, Channel.MAIL})
"""Channels of the person herself; the others are a coordinator's, who writes down what she was told."""


def require_coordinator(by: Actor) -> User:
    """Return the coordinator who acts; Forbidden for everybody else. Costs one query."""
    found = User.objects.filter(pk=by.required_person, is_coordinator=True, is_active=True).first()
    if found is None:
        raise Forbidden(_("協働推進員だけができます。窓口に相談してください。"))
    return found


def require_hand(person: int | None, channel: Channel, by: Actor) -> None:
    """Refuse unless the person herself acts here, or a coordinator writes down what came in at the desk."""
    if channel not in SELF:
        require_coordinator(by)
    elif person is None or by.required_person != person:
        raise Forbidden(_("本人だけができます。自分の登録のページから行ってください。"))


def locked(profile: Profile) -> Profile:
    """Return the profile as it is now, locked until commit. Refused when it is gone. Costs one query."""
    found = Profile.objects.select_for_update().filter(pk=profile.pk).first()
    if found is None:
        raise Refused(_("この登録は、もうありません。人材バンクのページから、もう一度始めてください。"))
    return found


def writer(channel: Channel, by: Actor) -> int | None:
    """Return who entered it, when that was not the person herself."""
    return None if channel in SELF else by.person
