"""How a view does what a form asks: once it is valid, and with the sentence in the form when it is refused."""

from collections.abc import Callable, Mapping
from typing import Final

from django.forms import BaseForm

from wanowa.kernel.errors import Refused

MOST_DIGITS: Final = 18
"""Digits of an id; a longer number is none, and PostgreSQL would not take it."""


def attempted(form: BaseForm | None, act: Callable[[], object]) -> int:
    """Do what a form asks: 302 when done; else the status, with the sentence in the form."""
    if form is not None and not form.is_valid():
        return 400
    try:
        act()
    except Refused as refusal:
        if form is None:
            raise
        form.add_error(None, str(refusal))
        return refusal.status
    return 302


def number_in(typed: Mapping[str, object], name: str) -> int:
    """Return the id that a form or an address brings under a name; 0 for anything that is none."""
    text = str(typed.get(name, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0
