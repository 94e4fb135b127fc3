"""A person comes into the bank, changes what she told, hides, confirms, and leaves without a trace."""

import secrets
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel import keyrings
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.people.models import User
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import Ground
from wanowa.record.services import records, redact_person, write
from wanowa.record.services.unrecorded import unrecorded
from wanowa.talent.models import Listing, Profile
from wanowa.talent.queries import current, everything, place, taxonomy, tiers_of
from wanowa.talent.rules import FIXED, Channel, Field, Purpose, Tier, Told, next_confirmation
from wanowa.talent.services.authority import SELF, locked, require_coordinator, require_hand, writer
from wanowa.talent.services.consenting import refresh, settle_consents, withdraw_all
from wanowa.talent.verbs import CHANGED, CONFIRMED, HIDDEN, LEFT, REGISTERED, REVIEWED, SHOWN


@records(REGISTERED)
def register(
    told: Told, *, channel: Channel = Channel.WEB, demonstration: bool = False, by: Actor
) -> Profile:
    """Take a person into the bank: herself on the web, or a coordinator for somebody at the desk.

    Every field is sealed, every tier becomes consents with the channel they came by. Raises Invalid, Forbidden,
    Refused when she is in the bank already, Unopened when there can be no key.
    """
    person = by.required_person if channel in SELF else None
    if person is None:
        require_coordinator(by)
    told.check(taxonomy(), has_account=person is not None)
    profile = Profile(
        number=_number(),
        person_id=person,
        key=keyrings.make(),
        confirm_by=next_confirmation(timezone.localdate()),
        channel=channel,
        entered_by_id=writer(channel, by),
        is_minor=told.is_minor,
        demonstration=demonstration,
    )
    try:
        with transaction.atomic():
            profile.save()
    except IntegrityError:
        keyrings.destroy(profile.key)
        raise Refused(_("もう登録しています。自分の登録のページで、書きなおせます。")) from None
    _keep(profile, told)
    write(REGISTERED, profile, by=by, channel=channel)
    _agree(profile, told, channel, by)
    return profile


@records(CHANGED)
def change(profile: Profile, told: Told, *, channel: Channel = Channel.WEB, by: Actor) -> Profile:
    """Rewrite what was told and who may see it. A changed experience is reviewed anew. As `register`."""
    profile = locked(profile)
    require_hand(profile.person_id, channel, by)
    told.check(taxonomy(), has_account=profile.person_id is not None)
    if told.value(Field.EXPERIENCE) != everything(profile).get(Field.EXPERIENCE, ""):
        profile.reviewed_at = profile.returned_at = None
    profile.is_minor = told.is_minor
    _keep(profile, told)
    write(CHANGED, profile, by=by, channel=channel)
    _agree(profile, told, channel, by)
    return profile


@records(CHANGED)
def change_some(
    profile: Profile,
    values: Mapping[Field, str],
    tiers: Mapping[Field, Tier],
    *,
    may_call: bool = False,
    channel: Channel,
    by: Actor,
) -> Profile:
    """Write down what somebody without an account told the desk anew; what she did not speak of stays.

    Raises Invalid, Forbidden, Refused.
    """
    profile = locked(profile)
    require_hand(profile.person_id, channel, by)
    if profile.person_id is not None:
        raise Refused(_("この人は、自分のページで書きなおせます。そのページを伝えてください。"))
    if not values and not tiers:
        raise Invalid(_("変わったことを、書いてください。書いたところだけ、変わります。"))
    consents = current(profile)
    told = Told(
        {**everything(profile), **values},
        {**tiers_of(consents), **dict.fromkeys(FIXED, Tier.V1), **tiers},
        may_call=may_call or any(one.purpose == Purpose.CALL for one in consents),
        checked_first=profile.checked_first,
    )
    return change(profile, told, channel=channel, by=by)


def _keep(profile: Profile, told: Told) -> None:
    key = keyrings.fetch(profile.key)
    for field in Field:
        value = told.value(field).strip()
        sealed = key.seal(value, place=place(profile, field)) if value else b""
        setattr(profile, field.value, sealed)
    profile.checked_first = told.checked_first or told.is_minor
    profile.save()


def _agree(profile: Profile, told: Told, channel: Channel, by: Actor) -> None:
    tiers = {field: told.tier(field) for field in Field}
    settle_consents(profile, tiers, may_call=told.may_call, channel=channel, by=by)
    refresh(profile)


def _number() -> str:
    """Return eight random digits that say nothing about when or who: 1234-5678."""
    digits = f"{secrets.randbelow(10**8):08d}"
    return f"{digits[:4]}-{digits[4:]}"


@records(HIDDEN)
def hide(profile: Profile, *, channel: Channel = Channel.WEB, by: Actor) -> Profile:
    """Hide everything at once from everybody, what was handed over too (秘匿). Raises Forbidden, Refused."""
    profile = locked(profile)
    require_hand(profile.person_id, channel, by)
    if profile.hidden_at is not None:
        raise Refused(_("もう、すべてかくしています。"))
    profile.hidden_at = timezone.now()
    profile.save(update_fields=["hidden_at", "updated_at"])
    write(HIDDEN, profile, by=by, channel=channel)
    refresh(profile)
    return profile


@records(SHOWN)
def show_again(profile: Profile, *, channel: Channel = Channel.WEB, by: Actor) -> Profile:
    """Stop hiding: what still has a consent is seen again. Raises Forbidden, Refused."""
    profile = locked(profile)
    require_hand(profile.person_id, channel, by)
    if profile.hidden_at is None:
        raise Refused(_("いまは、かくしていません。"))
    profile.hidden_at = None
    profile.save(update_fields=["hidden_at", "updated_at"])
    write(SHOWN, profile, by=by, channel=channel)
    refresh(profile)
    return profile


@records(CONFIRMED)
def confirm(profile: Profile, *, channel: Channel = Channel.WEB, by: Actor) -> Profile:
    """Stay for another year. Raises Forbidden, Refused."""
    profile = locked(profile)
    require_hand(profile.person_id, channel, by)
    profile.confirm_by = next_confirmation(timezone.localdate())
    profile.reminded = profile.overdue_at = None
    profile.save(update_fields=["confirm_by", "reminded", "overdue_at", "updated_at"])
    write(CONFIRMED, profile, by=by, channel=channel, until=profile.confirm_by)
    refresh(profile)
    return profile


@records(REVIEWED)
def review(profile: Profile, *, accept: bool, by: Actor) -> Profile:
    """Let others read the experience, or give it back to be rewritten; by a coordinator. Forbidden, Refused."""
    require_coordinator(by)
    profile = locked(profile)
    if not profile.experience:
        raise Refused(_("確かめる文がありません。"))
    now = timezone.now()
    profile.reviewed_at, profile.returned_at = (now, None) if accept else (None, now)
    profile.save(update_fields=["reviewed_at", "returned_at", "updated_at"])
    write(REVIEWED, profile, by=by, accepted=accept)
    return profile


@records(LEFT)
def leave(profile: Profile, *, channel: Channel = Channel.WEB, by: Actor) -> None:
    """Delete everything the bank holds about a person, destroy her key, and redact her from the record.

    Raises Forbidden, Refused.
    """
    profile = locked(profile)
    require_hand(profile.person_id, channel, by)
    write(LEFT, profile, by=SYSTEM, channel=channel)  # by herself, it would keep her number
    _remove(profile)


@records(LEFT)
def forget_overdue(profile: Profile, *, by: Actor) -> None:
    """Delete a profile that was hidden for want of a confirmation for 90 days."""
    write(LEFT, profile, by=by, channel=Channel(profile.channel))
    _remove(locked(profile))


@unrecorded("runs inside the erasure, which is recorded and redacts what the record keeps of her")
def forget_person(person: User, *, by: Actor) -> None:
    """Delete the profile of a person whose account goes."""
    profile = Profile.objects.select_for_update().filter(person=person).first()
    if profile is not None:
        _remove(profile)


def _remove(profile: Profile) -> None:
    cases = [case_of(profile), *(case_of(request) for request in profile.requests.all())]
    withdraw_all(
        profile.consents.filter(withdrawn_at__isnull=True), channel=Channel(profile.channel), by=SYSTEM
    )
    if profile.person_id is not None:
        entries = Entry.objects.filter(case__in=cases).values_list("pk", flat=True)
        redact_person(profile.person_id, set(), entries=list(entries), ground=Ground.REQUEST)
    Listing.objects.filter(profile=profile).delete()
    profile.consents.all().delete()
    key = profile.key
    profile.delete()
    transaction.on_commit(lambda: keyrings.destroy(key))
