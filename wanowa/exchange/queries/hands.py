"""Reading hands: who comes, by which link somebody without an account finds her own, and the ages in bands."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from wanowa.exchange.models import Hand, Listing
from wanowa.exchange.rules import AgeBand, HandStatus, Status, spread
from wanowa.people.models import User

_hand = Signer(salt="exchange.hand")
_keep = Signer(salt="exchange.keep")


@dataclass(frozen=True, slots=True)
class Guests:
    """Who comes to a first step, as its host sees it: how many, and the names to call. Never an address."""

    names: tuple[str, ...]
    waiting: tuple[str, ...]
    lowered: int


def guests_of(listing: Listing) -> Guests:
    """Return who comes and who waits, in the order in which they raised their hands. Costs one query."""
    rows = list(
        Hand.objects.filter(listing=listing).order_by("raised_at", "id").values_list("status", "name")
    )
    return Guests(
        tuple(name for status, name in rows if status == HandStatus.HELD),
        tuple(name for status, name in rows if status == HandStatus.QUEUED),
        sum(status == HandStatus.LOWERED for status, _name in rows),
    )


def token_of(hand: Hand) -> str:
    """Return the secret by which the person herself finds her hand again. No query."""
    return _hand.sign(str(hand.pk))


def address_of(hand: Hand) -> str:
    """Return the path of the person's own page. No query."""
    return reverse("exchange:hand", args=[token_of(hand)])


def hand_at(token: str) -> Hand | None:
    """Return the hand that a link leads to; nobody's when it is wrong or erased. Costs one query at most."""
    pk = _unsigned(_hand, token)
    return Hand.objects.filter(pk=pk).select_related("listing__party").first() if pk else None


def keep_token(listing: Listing) -> str:
    """Return the secret of the mail that asks whether a listing still holds; good for this term only. No query."""
    return _keep.sign(f"{listing.pk}.{listing.expires_on}")


def listing_to_keep(token: str) -> Listing | None:
    """Return the listing that such a mail asks about, until somebody has answered. Costs one query at most."""
    try:
        pk, _dot, day = _keep.unsign(token).partition(".")
    except BadSignature:
        return None
    found = Listing.objects.filter(pk=pk, status__in=[Status.OPEN, Status.EXPIRED])
    return next((one for one in found.select_related("party", "person") if str(one.expires_on) == day), None)


def _unsigned(signer: Signer, token: str) -> int:
    try:
        return int(signer.unsign(token))
    except (BadSignature, ValueError):
        return 0


def own_hands(person: User) -> list[Hand]:
    """Return the coming steps for which a hand was raised with the person's address. Costs one query."""
    found = Hand.objects.filter(
        email=person.email,
        status__in=[HandStatus.HELD, HandStatus.QUEUED],
        listing__day__gte=timezone.localdate(),
    )
    return list(found.select_related("listing").order_by("listing__day", "id"))


def ages_at(listing: Listing) -> list[tuple[str, int]]:
    """Return how many of each band of ages came to one first step, as far as it may be told. Costs one query."""
    told = Hand.objects.filter(listing=listing, status=HandStatus.HELD).exclude(age_band="")
    counts = dict(told.values_list("age_band").annotate(number=Count("pk")))
    shown = spread(counts)
    return [(str(band.label), shown[band]) for band in AgeBand if band in shown]
