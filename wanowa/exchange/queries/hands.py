"""Reading hands: who comes, by which link somebody without an account finds her own, and the ages in bands."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from wanowa.exchange.models import Hand, Listing
from wanowa.exchange.rules import AgeBand, Channel, HandStatus, Status, Verdict, spread
from wanowa.kernel.rows import only
from wanowa.people.models import User

_hand = Signer(salt="exchange.hand")
_keep = Signer(salt="exchange.keep")


@dataclass(frozen=True, slots=True)
class Guests:
    """Who comes to a first step, as its host sees it: how many, and the names to call. Never an address."""

    coming: tuple["Guest", ...]
    waiting: tuple["Guest", ...]
    lowered: int


@dataclass(frozen=True, slots=True)
class Guest:
    """One who comes: the name to call; and where her page is, when the host or the desk entered her."""

    name: str
    href: str = ""


def guests_of(listing: Listing) -> Guests:
    """Return who comes and who waits, in the order in which they raised their hands. Costs one query."""
    hands = list(Hand.objects.filter(listing=listing).order_by("raised_at", "id"))
    return Guests(
        tuple(_guest(hand) for hand in hands if hand.status == HandStatus.HELD),
        tuple(_guest(hand) for hand in hands if hand.status == HandStatus.QUEUED),
        sum(hand.status == HandStatus.LOWERED for hand in hands),
    )


def _guest(hand: Hand) -> Guest:
    return Guest(hand.name, "" if hand.channel == Channel.WEB else address_of(hand))


def verdicts_at(listing: Listing) -> list[tuple[str, int]]:
    """Return how it was for those who came and said so, without their names. Costs one query."""
    told = Hand.objects.filter(listing=listing, status=HandStatus.HELD).exclude(verdict="")
    counts = dict(told.values_list("verdict").annotate(number=Count("pk")))
    return [(str(verdict.label), counts[verdict]) for verdict in Verdict if verdict in counts]


def comments_at(listing: Listing) -> list[str]:
    """Return what those who came wrote to the host, without their names. Costs one query."""
    told = Hand.objects.filter(listing=listing).exclude(comment="").order_by("id")
    return list(told.values_list("comment", flat=True))


def token_of(hand: Hand) -> str:
    """Return the secret by which the person herself finds her hand again. No query."""
    return _hand.sign(str(hand.pk))


def address_of(hand: Hand) -> str:
    """Return the path of the person's own page. No query."""
    return reverse("exchange:hand", args=[token_of(hand)])


def hand_at(token: str) -> Hand | None:
    """Return the hand that a link leads to; nobody's when it is wrong or erased. Costs one query at most."""
    pk = _unsigned(_hand, token)
    return only(Hand.objects.filter(pk=pk).select_related("listing__party")) if pk else None


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
