"""Looking for somebody and opening what may be read: each time with a purpose, and never without a trace."""

from collections.abc import Collection
from datetime import timedelta

from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.languages import in_japanese, speaking
from wanowa.parties.models import Party
from wanowa.parties.queries import require
from wanowa.parties.rules import WRITES
from wanowa.people.models import User
from wanowa.people.rules import MailUnavailable
from wanowa.people.rules import Purpose as MailPurpose
from wanowa.people.services import deliver
from wanowa.record.services import records, write
from wanowa.talent.models import Access, Look, Profile, Request
from wanowa.talent.queries import (
    CALLER,
    DESK,
    PARTY,
    fields_shown,
    fitting,
    handed_fields,
    may_look,
    profiles_today,
    taxonomy,
)
from wanowa.talent.rules import ALERT_AT, LOOK_MINUTES, PAGE, PROFILES_A_DAY, Field
from wanowa.talent.services.authority import locked, require_coordinator
from wanowa.talent.verbs import LOOKED, OPENED, READ


@records(LOOKED)
def look(
    *,
    purpose: str,
    skills: Collection[str],
    area: str = "",
    times: str = "",
    after: Look | None = None,
    by: Actor,
) -> Look:
    """Look for people who can do one of `skills`, at most 20 at a time; `after` goes on from an earlier look.

    For a department or a registered group by one of its members, or for the desk by a coordinator (`by.party` is
    None). Every card is on the log of the person it shows. Raises Invalid, Forbidden, and Refused when the party
    has opened 200 people today.
    """
    if not purpose.strip():
        raise Invalid(_("さがすわけを書いてください。登録した人が読みます。"))
    if not skills or not set(skills) <= set(taxonomy().by_key):
        raise Invalid(_("さがすことを、1つ以上えらんでください。"))
    viewer, left = PARTY, PAGE
    if by.party is None:
        require_coordinator(by)
        viewer = DESK
    else:
        left = _left_today(by)
    now = timezone.now()
    found = fitting(viewer, skills, area=area, times=times, now=now)
    if after is not None and after.last is not None:
        found = found.filter(pk__gt=after.last)
    listings = list(found.select_related("profile")[: left + 1])
    shown, more = listings[:left], len(listings) > left
    made = Look.objects.create(
        party_id=by.party,
        person_id=by.required_person,
        purpose=purpose.strip(),
        skills=sorted(skills),
        area=area,
        times=times,
        last=shown[-1].pk if more and shown else None,
        at=now,
        until=now + timedelta(minutes=LOOK_MINUTES),
    )
    fields = fields_shown([listing.profile for listing in shown], viewer, now)
    Access.objects.bulk_create(
        Access(
            profile_id=listing.profile_id,
            person_id=by.person,
            party_id=by.party,
            look=made,
            fields=sorted(fields[listing.profile_id]),
            purpose=made.purpose,
            at=now,
            until=made.until,
        )
        for listing in shown
    )
    write(LOOKED, made, by=by, profiles=len(shown))
    if by.party is not None:
        _alert(by.party, new=len(shown))
    return made


def _left_today(by: Actor) -> int:
    """Return how many people the party may still open now; holds the party, so two looks never share the rest."""
    party = Party.objects.select_for_update(no_key=True).get(pk=by.required_party)
    require(by, WRITES)
    if not may_look(party):
        raise Forbidden(
            _("さがせるのは、市の課と、今年度の登録団体です。団体登録をすると、さがせるようになります。")
        )
    left = min(PAGE, PROFILES_A_DAY - profiles_today(party.pk))
    if left <= 0:
        raise Refused(_("今日は、もう200人をひらきました。明日、もう一度さがしてください。"))
    return left


def _alert(party: int, *, new: int) -> None:
    """Mail the coordinators when this look took a party over its hundredth person of the day."""
    opened = profiles_today(party)
    if not opened - new < ALERT_AT <= opened:
        return
    name = Party.objects.values_list("name", flat=True).get(pk=party)
    for coordinator in User.objects.filter(is_coordinator=True, is_active=True).order_by("pk"):
        with speaking(coordinator.language):
            subject = _("わのわ：人材バンクで、たくさんの人がひらかれました")
            body = _(
                "「%(name)s」が、今日、人材バンクの%(count)s人をひらきました。協働推進員の窓口のページで確かめてください。"
            ) % {"name": name, "count": opened}
        message = EmailMessage(subject, body, to=[coordinator.email])
        try:
            deliver(message, purpose=MailPurpose.SECURITY)
        except MailUnavailable:
            return  # the board at the desk says it too


@records(OPENED)
def open_profile(profile: Profile, *, purpose: str, contact: bool = False, by: Actor) -> Access:
    """Open what the desk may see of a person for an hour, with a purpose that she can read.

    `contact` opens the contact too, when she lets the desk call. Raises Invalid, Forbidden, Refused.
    """
    person = require_coordinator(by)
    if not purpose.strip():
        raise Invalid(_("ひらくわけを書いてください。本人が読みます。"))
    profile = locked(profile)
    fields = fields_shown([profile], CALLER if contact else DESK)[profile.pk]
    if not fields:
        raise Refused(_("この人は、いま、すべてをかくしています。だれもひらけません。"))
    now = timezone.now()
    access = Access.objects.create(
        profile=profile,
        person=person,
        fields=sorted(fields),
        purpose=purpose.strip(),
        at=now,
        until=now + timedelta(minutes=LOOK_MINUTES),
    )
    write(OPENED, profile, by=by, fields=len(fields))
    return access


@records(READ)
def open_handed(request: Request, *, by: Actor) -> Access:
    """Open for an hour what a person handed over to a request of the actor's party. Raises Forbidden, Refused."""
    if by.required_party != request.party_id:
        raise Forbidden(_("お願いした主体の人だけが読めます。"))
    require(by, WRITES)
    fields: frozenset[Field] = handed_fields(request)
    if not fields:
        raise Refused(_("いま読めるものはありません。期限がすぎたか、本人が取り消しました。"))
    now = timezone.now()
    with in_japanese():
        purpose = request.purpose or _("お願いのため")
    access = Access.objects.create(
        profile_id=request.profile_id,
        person_id=by.required_person,
        party_id=by.party,
        request=request,
        fields=sorted(fields),
        purpose=purpose,
        at=now,
        until=now + timedelta(minutes=LOOK_MINUTES),
    )
    write(READ, request, by=by, fields=len(fields))
    return access
