"""The word between two parties: one raises a hand, the other agrees, both say that it is done, and thank."""

from contextlib import suppress

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.contributions.services import give
from wanowa.exchange.models import Listing, Pledge
from wanowa.exchange.queries import gift_in, locked, pledge_locked
from wanowa.exchange.rules import MOST_QUANTITY, PLEDGE, PledgeMove, PledgeStatus, Status
from wanowa.exchange.verbs import ACCEPTED, BOOKED, CONFIRMED, DECLINED, FULFILLED, PLEDGED, TAKEN_BACK
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties.queries import require
from wanowa.parties.rules import WRITES
from wanowa.record.models import Entry
from wanowa.record.services import records, write


@records(PLEDGED)
def pledge(listing: Listing, *, word: str = "", by: Actor) -> Pledge:
    """Raise a hand for a party at what another one has put. Only the two sides learn of it.

    Raises Forbidden, Refused.
    """
    listing = locked(listing)
    require(by, WRITES)
    if (
        listing.status != Status.OPEN
        or listing.expires_on is None
        or listing.expires_on < timezone.localdate()
    ):
        raise Refused(_("受けつけは、いましていません。ほかのものをさがしてください。"))
    if listing.first_step:
        raise Refused(_("「はじめての一歩」には、ひとりずつ手をあげます。ページから進んでください。"))
    if listing.party_id == by.party:
        raise Forbidden(_("自分の主体がのせたものには、手をあげられません。"))
    try:
        with transaction.atomic():
            made = Pledge.objects.create(
                listing=listing, party_id=by.required_party, person_id=by.required_person, word=word
            )
    except IntegrityError:
        raise Refused(_("あなたの主体は、もう手をあげています。返事を待ってください。")) from None
    made.created_at = write(PLEDGED, made, by=by).at
    made.save()
    return made


def _for(pledge: Pledge, by: Actor, move: PledgeMove) -> tuple[Pledge, bool]:
    """Return the pledge, locked, and whether the actor stands on the listing's side. Raises Forbidden, Refused."""
    locked(pledge.listing)
    pledge = pledge_locked(pledge)
    owner = by.required_party == pledge.listing.party_id
    if not owner and by.party != pledge.party_id:
        raise Forbidden(_("この約束の、ふたつの主体だけができます。"))
    require(by, WRITES)
    PLEDGE.after(PledgeStatus(pledge.status), move)
    return pledge, owner


def _as_owner(pledge: Pledge, by: Actor, move: PledgeMove) -> Pledge:
    pledge, owner = _for(pledge, by, move)
    if not owner:
        raise Forbidden(_("返事をするのは、のせた側です。返事を待ってください。"))
    if pledge.person_id == by.person:
        raise Refused(_("ひとりで両方の側にはなれません。ほかの人が返事をしてください。"))
    return pledge


@records(ACCEPTED)
def accept(pledge: Pledge, *, reply: str = "", by: Actor) -> Pledge:
    """Say "please" for the side that has put the listing: now it is a promise. Raises Forbidden, Refused."""
    pledge = _as_owner(pledge, by, PledgeMove.ACCEPT)
    told = write(ACCEPTED, pledge, by=by)
    pledge.status = PLEDGE.after(PledgeStatus(pledge.status), PledgeMove.ACCEPT)
    pledge.reply, pledge.answered_by_id, pledge.answered_at = reply, by.required_person, told.at
    pledge.save()
    return pledge


@records(DECLINED)
def decline(pledge: Pledge, *, by: Actor) -> Pledge:
    """Say no this time; no reason is asked for, and nobody else learns of it. Raises Forbidden, Refused."""
    pledge = _as_owner(pledge, by, PledgeMove.DECLINE)
    return _settled(pledge, PledgeMove.DECLINE, write(DECLINED, pledge, by=by))


@records(TAKEN_BACK)
def take_back(pledge: Pledge, *, by: Actor) -> Pledge:
    """Take back one's own hand, or, when it was agreed, the promise: either side may. Raises Forbidden, Refused."""
    pledge, owner = _for(pledge, by, PledgeMove.WITHDRAW)
    if owner and pledge.status == PledgeStatus.RAISED:
        raise Forbidden(_("まだ返事をしていません。「今回は見送る」を選んでください。"))
    return _settled(pledge, PledgeMove.WITHDRAW, write(TAKEN_BACK, pledge, by=by))


@records(CONFIRMED, FULFILLED)
def confirm(
    pledge: Pledge,
    *,
    thanks: str = "",
    shows: bool = False,
    minutes: int | None = None,
    amount: int | None = None,
    by: Actor,
) -> Pledge:
    """Say for one side that it is done, with thanks; when the other has said so too, it is done.

    The thanks are public only when both sides say so. `minutes` is the time that it took, `amount` how many things
    changed hands; the word of the side that has put the listing counts. What was given is written into the ledger
    of the listing's collaboration at once where that can be. Raises Forbidden, Refused, Invalid.
    """
    if minutes is not None and not 0 <= minutes <= MOST_QUANTITY:
        raise Invalid(_("かかった時間を、分で書いてください。"))
    if amount is not None and not 0 <= amount <= MOST_QUANTITY:
        raise Invalid(_("渡した数を、書いてください。"))
    pledge, owner = _for(pledge, by, PledgeMove.CONFIRM)
    side, other = ("owner", "other") if owner else ("other", "owner")
    if getattr(pledge, f"{side}_done_at") is not None:
        raise Refused(_("あなたの側は、もう確かめています。相手を待ってください。"))
    told = write(CONFIRMED, pledge, by=by)
    for name, value in {"done_at": told.at, "thanks": thanks, "shows": shows}.items():
        setattr(pledge, f"{side}_{name}", value)
    for name, value in {"minutes": minutes, "amount": amount}.items():
        if value is not None and (owner or getattr(pledge, name) is None):
            setattr(pledge, name, value)
    if getattr(pledge, f"{other}_done_at") is None:
        pledge.save()
        return pledge
    told = write(FULFILLED, pledge, by=by, minutes=pledge.minutes or 0)
    done = _settled(pledge, PledgeMove.FINISH, told)
    with suppress(Refused):  # where this side may not write there, the other finds a button
        return book(done, by=by)
    return done


@records(BOOKED)
def book(pledge: Pledge, *, by: Actor) -> Pledge:
    """Write what a fulfilled promise gave into the ledger of the listing's collaboration, once.

    It counts there when the other side of the ledger confirms it. Raises Forbidden, Refused.
    """
    locked(pledge.listing)
    pledge = pledge_locked(pledge)
    if by.required_party not in {pledge.listing.party_id, pledge.party_id}:
        raise Forbidden(_("この約束の、ふたつの主体だけができます。"))
    if pledge.entry_id is not None:
        raise Refused(_("もう、出しあいに書いてあります。"))
    collaboration, gift = pledge.listing.collaboration, gift_in(pledge)
    if collaboration is None or gift is None:
        raise Refused(_("出しあいに書けるのは、取組のためにして、時間や数がわかるときです。"))
    pledge.entry = give(collaboration, gift, note=pledge.listing.title, by=by)
    write(BOOKED, pledge, by=by, number=pledge.entry.number)
    pledge.save()
    return pledge


def _settled(pledge: Pledge, move: PledgeMove, told: Entry) -> Pledge:
    pledge.status = PLEDGE.after(PledgeStatus(pledge.status), move)
    pledge.settled_at = told.at
    pledge.save()
    return pledge
