"""Mails about ideas: plain text, one purpose each, a link and never a word of the idea."""

from django.conf import settings

from wanowa.people.rules import MailUnavailable, Purpose
from wanowa.people.services import deliver, letter
from wanowa.proposals.models import Seed
from wanowa.proposals.queries.seeds import address_of


def tell(name: str, seed: Seed) -> bool:
    """Tell the author of an idea; True when the mail went out. A mail server that is down undoes nothing."""
    if not seed.email:
        return False
    page = f"{settings.PUBLIC_URL}{address_of(seed)}"
    message = letter(f"proposals/mail/{name}.txt", seed.email, {"seed": seed, "page": page})
    try:
        return deliver(message, purpose=Purpose.NOTICE)
    except MailUnavailable:
        return False
