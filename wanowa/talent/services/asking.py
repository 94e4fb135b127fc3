"""The relay: a party asks, the person answers by one click or not at all, and hands over what she chooses."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties.models import Party
from wanowa.parties.queries import require
from wanowa.parties.rules import WRITES
from wanowa.record.services import records, write
from wanowa.talent.models import Freeze, Look, Message, Profile, Request
from wanowa.talent.queries import (
    by_token,
    is_blocked,
    is_frozen,
    may_look,
    open_between,
    opened,
    pseudonym,
)
from wanowa.talent.rules import (
    ANSWER_DAYS,
    HANDED_OVER,
    LIFECYCLE,
    Channel,
    Field,
    Move,
    Purpose,
    Status,
)
from wanowa.talent.services.authority import SELF, locked, require_coordinator, require_hand
from wanowa.talent.services.consenting import give_one, withdraw_all
from wanowa.talent.services.mailing import mail_request
from wanowa.talent.verbs import (
    ACCEPTED,
    ASKED,
    DECLINED,
    FROZEN,
    LAPSED,
    LATER,
    PASSED,
    REPORTED,
    SPOKE,
    STOPPED,
    THAWED,
    WITHDRAWN,
)

LONGEST_HANDOVER = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Words:
    """What a request says."""

    purpose: str
    dates: str = ""
    place: str = ""
    reward: str = ""


@records(ASKED)
def ask(
    look: Look, profile: Profile, words: Words, *, collaboration: Collaboration | None = None, by: Actor
) -> Request:
    """Ask somebody who was found by a look of the actor's party. She is told; nobody learns who she is.

    Raises Invalid, Forbidden, and Refused while a request is open, when the party was stopped, or when three
    came to nothing.
    """
    if by.required_party != look.party_id:
        raise Forbidden(_("さがした主体の人だけが、お願いできます。"))
    if not look.accesses.filter(profile=profile).exists():
        raise Forbidden(_("さがして見つかった人にだけ、お願いできます。もう一度さがしてください。"))
    if not words.purpose.strip():
        raise Invalid(_("してほしいことを書いてください。"))
    party = Party.objects.select_for_update(no_key=True).get(pk=by.required_party)
    require(by, WRITES)
    if not may_look(party):
        raise Forbidden(_("お願いできるのは、市の課と、今年度の登録団体です。"))
    profile = locked(profile)
    _refuse(profile, party)
    now = timezone.now()
    checked = profile.checked_first
    for old in Request.objects.filter(profile=profile, party=party, settled=False, expires_at__lte=now):
        lapse(old, by=SYSTEM)
    try:
        with transaction.atomic():
            request = Request.objects.create(
                profile=profile,
                party=party,
                person_id=by.required_person,
                collaboration=collaboration,
                handle=pseudonym(profile.pk, party.pk),
                purpose=words.purpose,
                dates=words.dates,
                place=words.place,
                reward=words.reward,
                status=Status.CHECKING if checked else Status.SENT,
                sent_at=now,
                expires_at=now + timedelta(days=ANSWER_DAYS),
            )
    except IntegrityError:
        raise Refused(_("この人には、いま、お願いの返事を待っています。")) from None
    write(ASKED, request, by=by)
    if not checked:
        mail_request(request)
    return request


def _refuse(profile: Profile, party: Party) -> None:
    if is_frozen(party.pk):
        raise Refused(_("いま、この主体からはお願いを送れません。協働推進員に相談してください。"))
    if open_between(profile, party.pk):
        raise Refused(_("この人には、いま、お願いの返事を待っています。"))
    if is_blocked(profile, party.pk):
        raise Refused(_("この人へのお願いは、3回とも見送りでした。ほかの人をさがしてください。"))


@records(PASSED)
def pass_on(request: Request, *, by: Actor) -> Request:
    """Let a request that was checked go to the person; by a coordinator. Raises Forbidden, Refused."""
    require_coordinator(by)
    request = _held(request)
    request.status = LIFECYCLE.after(Status(request.status), Move.PASS)
    request.save(update_fields=["status", "updated_at"])
    write(PASSED, request, by=by)
    mail_request(request)
    return request


@records(ACCEPTED)
def accept(
    request: Request,
    *,
    hand_over: Collection[Field],
    until: date,
    channel: Channel,
    token: str = "",
    by: Actor,
) -> Request:
    """Say yes and hand over exactly the chosen fields, to this request only, until the end of a day.

    By the token of the mail (once), by the person signed in, or by a coordinator who was told. Raises Invalid,
    Forbidden, Refused.
    """
    request = _answerable(request, channel, token, by)
    if not set(hand_over) <= set(HANDED_OVER):
        raise Invalid(_("渡すことを、一覧からえらんでください。"))
    if not timezone.localdate() <= until <= timezone.localdate() + LONGEST_HANDOVER:
        raise Invalid(_("いつまで見せるかは、今日から1年のあいだでえらんでください。"))
    _settle(request, Move.ACCEPT, channel)
    request.settled = True
    request.save()
    told = by if channel == Channel.WEB else Actor(by.person) if channel not in SELF else SYSTEM
    write(ACCEPTED, request, by=told, asker=request.party_id, channel=channel)
    ends = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
    holds = opened(request.profile, hand_over)
    for field in sorted(holds):
        give_one(
            request.profile, Purpose.HANDOVER, field, until=ends, channel=channel, request=request, by=told
        )
    return request


@records(DECLINED)
def decline(request: Request, *, channel: Channel, token: str = "", by: Actor) -> Request:
    """Say no; no reason is asked for, and for the party nothing changes until the days are over."""
    request = _answerable(request, channel, token, by)
    _settle(request, Move.DECLINE, channel)
    request.save()
    write(DECLINED, request, by=SYSTEM if channel == Channel.MAIL else Actor(by.person), channel=channel)
    return request


@records(LATER)
def postpone(request: Request, *, channel: Channel, token: str = "", by: Actor) -> Request:
    """Leave the answer for later: the link of the mail stays good until the days are over."""
    request = _answerable(request, channel, token, by)
    request.postponed_at = timezone.now()
    request.save(update_fields=["postponed_at", "updated_at"])
    write(LATER, request, by=SYSTEM if channel == Channel.MAIL else Actor(by.person), channel=channel)
    return request


def _answerable(request: Request, channel: Channel, token: str, by: Actor) -> Request:
    """Return the request, locked, if it can still be answered by who tries."""
    request = _held(request)
    if channel == Channel.MAIL:
        named = by_token(token)
        if named is None or named.pk != request.pk:
            raise Refused(_("このリンクは、もう使えません。返事がすんだか、14日がすぎています。"))
    else:
        require_hand(request.profile.person_id, channel, by)
    if request.status == Status.SENT and timezone.now() >= request.expires_at:
        raise Refused(_("返事の期限がすぎました。何もしなくてだいじょうぶです。"))
    return request


def _settle(request: Request, move: Move, channel: Channel) -> None:
    request.status = LIFECYCLE.after(Status(request.status), move)
    request.answered_at, request.answered_by = timezone.now(), channel
    request.token_digest = ""


def _held(request: Request) -> Request:
    """Return the request as it is now, locked until commit, its person before it."""
    locked(request.profile)
    return (
        Request.objects.select_for_update(of=("self",)).select_related("profile", "party").get(pk=request.pk)
    )


@records(STOPPED)
def stop(request: Request, *, by: Actor) -> Request:
    """Take a request back; it keeps its place until its days are over. By the party. Forbidden, Refused."""
    if by.required_party != request.party_id:
        raise Forbidden(_("お願いした主体の人だけが、取り下げられます。"))
    request = _held(request)
    require(by, WRITES)
    request.status = LIFECYCLE.after(
        Status.SENT if request.status == Status.DECLINED else Status(request.status), Move.STOP
    )
    request.answered_at, request.answered_by = None, ""
    request.token_digest = ""
    request.save()
    write(STOPPED, request, by=by)
    return request


@records(SPOKE)
def speak(request: Request, *, body: str, by: Actor) -> Message:
    """Say something about an accepted request: the party, or the person signed in. Invalid, Forbidden, Refused."""
    request = _held(request)
    if request.status != Status.ACCEPTED or request.forgotten_at:
        raise Refused(_("受けてもらえたお願いにだけ、書けます。"))
    if not body.strip():
        raise Invalid(_("文を書いてください。"))
    is_person = request.profile.person_id == by.required_person
    if not is_person:
        if by.required_party != request.party_id:
            raise Forbidden(_("このお願いの、どちらかの人だけが書けます。"))
        require(by, WRITES)
    message = Message.objects.create(
        request=request,
        from_person=is_person,
        author_id=by.required_person,
        body=body,
        said_at=timezone.now(),
    )
    write(SPOKE, request, by=Actor(by.person) if is_person else by, asker=request.party_id)
    return message


@records(REPORTED)
def report(request: Request, *, words: str, by: Actor) -> Request:
    """Tell the desk of a request that is not as it should be; the party does not learn of it."""
    request = _held(request)
    if request.profile.person_id != by.required_person:
        raise Forbidden(_("お願いされた本人だけができます。"))
    if not words.strip():
        raise Invalid(_("何に困っているかを書いてください。協働推進員だけが読みます。"))
    request.reported_at, request.report = timezone.now(), words
    request.save(update_fields=["reported_at", "report", "updated_at"])
    write(REPORTED, request, by=Actor(by.person))
    return request


@records(FROZEN)
def freeze(party: Party, *, reason: str, by: Actor) -> Freeze:
    """Let a party send no more requests, until it is lifted; by a coordinator. Invalid, Forbidden, Refused."""
    person = require_coordinator(by)
    if not reason.strip():
        raise Invalid(_("止めるわけを書いてください。"))
    frozen, made = Freeze.objects.get_or_create(party=party, defaults={"reason": reason, "person": person})
    if not made:
        raise Refused(_("この主体は、もう止まっています。"))
    write(FROZEN, frozen, by=by, sender=party.pk)
    return frozen


@records(THAWED)
def thaw(frozen: Freeze, *, by: Actor) -> None:
    """Let a party send requests again; by a coordinator. Raises Forbidden, Refused."""
    require_coordinator(by)
    found = Freeze.objects.select_for_update().filter(pk=frozen.pk).first()
    if found is None:
        raise Refused(_("この主体は、止まっていません。"))
    write(THAWED, found, by=by, sender=found.party_id)
    found.delete()


@records(LAPSED)
def lapse(request: Request, *, by: Actor) -> Request:
    """Free the place of a request whose days are over. A no stays a no inside, and looks like silence outside."""
    request = _held(request)
    if request.status not in {Status.DECLINED, Status.STOPPED}:
        request.status = LIFECYCLE.after(Status(request.status), Move.LAPSE)
    request.settled, request.token_digest = True, ""
    request.save()
    write(LAPSED, request, by=by)
    return request


@records(WITHDRAWN)
def take_back(request: Request, field: Field, *, channel: Channel = Channel.WEB, by: Actor) -> None:
    """Take back one thing that was handed over: from now on the party does not see it. Forbidden, Refused."""
    profile = locked(request.profile)
    require_hand(profile.person_id, channel, by)
    standing = list(request.consents.filter(field=field, withdrawn_at__isnull=True))
    if not standing:
        raise Refused(_("これは、もう見えていません。"))
    withdraw_all(standing, channel=channel, by=by)
