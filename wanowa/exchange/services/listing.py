"""Putting a listing before everybody, rewriting it, pausing, keeping, ending it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.exchange.models import Hand, Listing, Picture, Pledge
from wanowa.exchange.queries import hands_taken, locked, quarters, require_owner, tables_of, taxonomy
from wanowa.exchange.rules import (
    HIDDEN,
    LIFECYCLE,
    LONGEST_KEPT,
    HandStatus,
    Move,
    PledgeStatus,
    Status,
    Words,
    kept_until,
)
from wanowa.exchange.services.letters import tell
from wanowa.exchange.verbs import (
    DRAFTED,
    EDITED,
    FINISHED,
    KEPT,
    LOWERED,
    MET,
    OPENED,
    PAUSED,
    PICTURED,
    REDRAFTED,
    RESUMED,
    TAKEN_BACK,
    TIED,
    UNPICTURED,
    WITHDRAWN,
)
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Invalid, Refused
from wanowa.kernel.files import Accepted, drop_file
from wanowa.kernel.languages import in_japanese
from wanowa.kernel.text import search_key
from wanowa.parties.models import Party
from wanowa.parties.queries import require
from wanowa.parties.rules import WRITES
from wanowa.record.models import Entry
from wanowa.record.services import records, write

MOST_PICTURES = 3
SETTLED = frozenset({Status.DONE, Status.WITHDRAWN, Status.EXPIRED})


@records(OPENED, DRAFTED)
def put(
    words: Words,
    *,
    publish: bool = True,
    days: int = LONGEST_KEPT,
    collaboration: int | None = None,
    demonstration: bool = False,
    by: Actor,
) -> Listing:
    """Put what the actor's party offers or needs before everybody, or keep it as a draft of its own.

    `days` is how long it stays, a year at most; `collaboration` the one in whose ledger it will count, of those at
    whose table the party sits. Raises Invalid, Forbidden.
    """
    require(by, WRITES)
    words.check(quarters(), taxonomy().terms)
    words.check_when(timezone.localdate())
    listing = Listing(
        party=Party.objects.get(pk=by.required_party),
        person_id=by.required_person,
        kept_days=min(max(days, 1), LONGEST_KEPT),
        demonstration=demonstration,
    )
    _fill(listing, words)
    listing.save(force_insert=True)
    if publish:
        _publish(listing, by)
    else:
        write(DRAFTED, listing, by=by, **_told(words))
    _tie(listing, collaboration, by)
    return listing


def _tie(listing: Listing, collaboration: int | None, by: Actor) -> None:
    """Let a listing count in the ledger of a collaboration, or in none."""
    if collaboration == listing.collaboration_id:
        return
    if collaboration is not None and (
        listing.first_step or collaboration not in tables_of([listing.party_id])
    ):
        raise Invalid(_("その取組は選べません。主体が参加している取組から、選びなおしてください。"))
    write(TIED, listing, by=by, collaboration=collaboration)
    listing.collaboration_id = collaboration
    listing.save()


def _told(words: Words) -> dict[str, Any]:
    return {"side": words.side, "resource": words.resource, "text": words.digest()}


def _fill(listing: Listing, words: Words) -> None:
    for name, value in asdict(words).items():
        setattr(listing, name, list(value) if isinstance(value, tuple) else value)
    place = quarters().get(words.quarter, "")
    with in_japanese():
        names = " ".join(taxonomy().labels(words.keys))
    listing.search_key = search_key(f"{words.title} {words.text} {place} {words.place} {names}")


def _publish(listing: Listing, by: Actor) -> None:
    told = write(OPENED, listing, by=by, **_told(listing.words))
    listing.status = LIFECYCLE.after(Status(listing.status), Move.PUBLISH)
    listing.opened_at = told.at
    listing.expires_on = _last_day(listing)
    listing.save()


def _last_day(listing: Listing) -> date:
    """Return until when a listing stays: what takes place once ends with its day."""
    kept = kept_until(timezone.localdate(), listing.kept_days)
    once = listing.day if listing.day and not listing.rhythm else None
    return min(kept, once) if once else kept


def _owned(listing: Listing, move: Move, by: Actor) -> Listing:
    """Return the listing, locked, when the actor may make the move now. Raises Forbidden, Refused."""
    listing = locked(listing)
    require_owner(listing, by.required_party)
    require(by, WRITES)
    LIFECYCLE.after(Status(listing.status), move)
    return listing


@records(EDITED, REDRAFTED)
def edit(
    listing: Listing, words: Words, *, seen: str, collaboration: int | None = None, by: Actor
) -> Listing:
    """Replace the text; side and first step stay once it was open.

    `seen` is the digest of the words the writer started from; another one raises Conflict, so that no text is
    lost. Who holds a place keeps it: Refused when there would be fewer places. Raises Forbidden, Invalid.
    """
    listing = _owned(listing, Move.EDIT, by)
    if seen != listing.words.digest():
        raise Conflict(
            _("書いているあいだに、ほかの人が書きかえました。下の文を見て、もう一度送ってください。")
        )
    if listing.opened_at and (words.side, words.first_step) != (listing.side, listing.first_step):
        raise Invalid(_("のせたあとは、「どちらか」を変えられません。取り下げて、新しくのせてください。"))
    words.check(quarters(), taxonomy().terms)
    if words.day != listing.day:
        words.check_when(timezone.localdate())
    if listing.first_step and words.capacity is not None:
        _make_room(listing, words.capacity)
    _fill(listing, words)
    if listing.expires_on:
        listing.expires_on = _last_day(listing)
    listing.save()
    write(REDRAFTED if listing.status in HIDDEN else EDITED, listing, by=by, text=words.digest())
    _tie(listing, collaboration, by)
    return listing


def _make_room(listing: Listing, capacity: int) -> None:
    """Let those who come sit together in the lowest seats, when places become fewer."""
    taken = hands_taken(listing)
    if len(taken) > capacity:
        raise Refused(_("もう%(count)s人が参加します。それより少なくはできません。") % {"count": len(taken)})
    if max(taken, default=0) > capacity:
        held = Hand.objects.filter(listing=listing, status=HandStatus.HELD).order_by("seat")
        for seat, hand in enumerate(held, 1):
            hand.seat = seat
            hand.save(update_fields=["seat"])


@records(OPENED)
def publish(listing: Listing, *, by: Actor) -> Listing:
    """Put a draft before everybody. Raises Forbidden, Refused, Invalid for a day that has passed meanwhile."""
    listing = _owned(listing, Move.PUBLISH, by)
    listing.words.check_when(timezone.localdate())
    _publish(listing, by)
    return listing


@records(PAUSED)
def pause(listing: Listing, *, by: Actor) -> Listing:
    """Rest for a while: nobody finds it meanwhile. Raises Forbidden, Refused."""
    return _moved(listing, Move.PAUSE, lambda found: write(PAUSED, found, by=by), by)


@records(RESUMED)
def resume(listing: Listing, *, by: Actor) -> Listing:
    """Go on after a rest, or look again after all. Raises Forbidden, Refused."""
    return _moved(listing, Move.RESUME, lambda found: write(RESUMED, found, by=by), by)


@records(MET)
def meet(listing: Listing, *, by: Actor) -> Listing:
    """Say that somebody was found. Raises Forbidden, Refused."""
    return _moved(listing, Move.MEET, lambda found: write(MET, found, by=by), by)


@records(FINISHED)
def finish(listing: Listing, *, by: Actor) -> Listing:
    """Say that it is done; whoever still waits for an answer is told. Raises Forbidden, Refused."""
    listing = _moved(listing, Move.FINISH, lambda found: write(FINISHED, found, by=by), by)
    let_go(listing, by, PledgeStatus.RAISED)
    return listing


@records(WITHDRAWN)
def withdraw(listing: Listing, *, by: Actor) -> Listing:
    """Take it back; everybody who raised a hand is told. Raises Forbidden, Refused."""
    listing = _moved(listing, Move.WITHDRAW, lambda found: write(WITHDRAWN, found, by=by), by)
    let_go(listing, by, PledgeStatus.RAISED, PledgeStatus.AGREED)
    return listing


@records(KEPT)
def keep(listing: Listing, *, by: Actor) -> Listing:
    """Say that it still holds: it stays as long again from today. Raises Forbidden, Refused."""
    listing = _owned(listing, Move.KEEP, by)
    return _kept(listing, by)


@records(KEPT)
def keep_by_mail(listing: Listing, *, seen: str, by: Actor) -> Listing:
    """Keep a listing by the link of the mail to the person who put it, who need not sign in for that.

    `seen` is the last day that the mail spoke of: a link counts once. Who has left the party meanwhile cannot
    answer for it. Raises Conflict, Forbidden, Refused.
    """
    listing = locked(listing)
    require_owner(listing, by.required_party)
    require(by, WRITES)
    if str(listing.expires_on) != seen:
        raise Conflict(_("この返事は、もう受けとっています。ページで、期限を確かめられます。"))
    LIFECYCLE.after(Status(listing.status), Move.KEEP)
    return _kept(listing, by)


def _kept(listing: Listing, by: Actor) -> Listing:
    if listing.first_step:
        raise Refused(_("「はじめての一歩」は、その日で終わります。次の回を、新しくのせてください。"))
    listing.words.check_when(timezone.localdate())
    listing.status = LIFECYCLE.after(Status(listing.status), Move.KEEP)
    listing.expires_on = _last_day(listing)
    listing.reminded_on = listing.settled_at = None
    write(KEPT, listing, by=by, until=listing.expires_on)
    listing.save()
    return listing


def _moved(listing: Listing, move: Move, tell_it: Callable[[Listing], Entry], by: Actor) -> Listing:
    listing = _owned(listing, move, by)
    settle(listing, move, tell_it(listing))
    return listing


def settle(listing: Listing, move: Move, told: Entry) -> None:
    """Move a locked listing at the moment of the entry that tells it."""
    listing.status = LIFECYCLE.after(Status(listing.status), move)
    listing.settled_at = told.at if listing.status in SETTLED else None
    listing.save()


def let_go(listing: Listing, by: Actor, *statuses: PledgeStatus) -> None:
    """End the pledges of a listing that stand so, and tell those who wanted to come to its first step."""
    going = Pledge.objects.select_for_update().filter(listing=listing, status__in=statuses)
    for pledge in going.order_by("id"):
        told = write(TAKEN_BACK, pledge, by=by)
        pledge.status, pledge.settled_at = PledgeStatus.WITHDRAWN, told.at
        pledge.save()
    if listing.status != Status.WITHDRAWN:
        return
    hands = Hand.objects.filter(listing=listing, status__in=[HandStatus.HELD, HandStatus.QUEUED])
    for hand in hands.select_related("listing").order_by("id"):
        hand.status, hand.seat = HandStatus.LOWERED, None
        hand.lowered_at = write(LOWERED, listing, by=by).at
        hand.save()
        transaction.on_commit(lambda hand=hand: tell("cancelled", hand))  # type: ignore[misc]


@records(PICTURED)
def add_picture(listing: Listing, accepted: Accepted, *, alternative: str, by: Actor) -> Picture:
    """Add a picture with the words that stand for it, three at most. Raises Forbidden, Invalid, Refused.

    `accepted` has passed `kernel.files.accept`: it was encoded anew, without place and camera.
    """
    listing = _owned(listing, Move.EDIT, by)
    if not accepted.media_type.startswith("image/"):
        raise Invalid(_("のせられるのは、写真です。写真のファイルを選んでください。"))
    if not alternative.strip():
        raise Invalid(_("写真の説明を書いてください。見えない人にも伝わります。"))
    if listing.pictures.count() >= MOST_PICTURES:
        raise Refused(_("写真は3枚までです。先に、どれかを外してください。"))
    try:
        with transaction.atomic():
            picture = Picture.objects.create(
                listing=listing,
                person_id=by.required_person,
                alternative=alternative,
                media_type=accepted.media_type,
                digest=accepted.digest,
                file=ContentFile(accepted.content, accepted.name),
            )
    except IntegrityError:
        raise Refused(_("同じ写真が、もうのっています。")) from None
    write(PICTURED, listing, by=by, picture=accepted.digest)
    return picture


@records(UNPICTURED)
def remove_picture(picture: Picture, *, by: Actor) -> None:
    """Take a picture away, its file too. Raises Forbidden, Refused."""
    listing = _owned(picture.listing, Move.EDIT, by)
    write(UNPICTURED, listing, by=by, picture=picture.digest)
    discard(picture)


def discard(picture: Picture) -> None:
    """Delete a picture, and its file when that is committed."""
    drop_file(picture.file)
    picture.delete()


MOVES: Mapping[Move, Callable[..., Listing]] = {
    Move.PUBLISH: publish,
    Move.PAUSE: pause,
    Move.RESUME: resume,
    Move.MEET: meet,
    Move.KEEP: keep,
    Move.FINISH: finish,
    Move.WITHDRAW: withdraw,
}
"""The moves that a button makes."""
