"""What other pages show of introductions: ways in, and for its own table where a collaboration came from."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.queries import Link
from wanowa.exchange.models import Listing
from wanowa.exchange.rules import Side
from wanowa.introductions.models import Introduction
from wanowa.parties.models import Party


def links(collaboration: Collaboration, version: Version | None, *, inside: bool) -> Iterator[Link]:
    """Yield the way back to the introduction by which a collaboration began, for its table. Costs one query inside."""
    if version is None and inside:
        found = Introduction.objects.filter(collaboration=collaboration).first()
        if found is not None:
            yield Link(_("はじまりの引き合わせ"), found.get_absolute_url())


def way_to(party: Party) -> tuple[str, str]:
    """Return the way to be introduced to a party. No query."""
    return str(_("この主体に会いたいとき")), f"{reverse('introductions:new')}?to={party.pk}"


def way_from(listing: Listing, partner: Listing | None) -> Link:
    """Return the way from a listing to a meeting with its party, or of it with a partner. No query."""
    rows = [listing] if partner is None else [listing, partner]
    asked = "&".join(f"{'need' if one.side == Side.NEED else 'offer'}={one.pk}" for one in rows)
    return Link(_("引き合わせをたのむ"), f"{reverse('introductions:new')}?{asked}")
