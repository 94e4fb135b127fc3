"""What every answer owes, whoever gets it: the security headers, and nobody else's mail address."""

import re
from pathlib import Path

import wanowa.web.tests

GOLDEN = Path(wanowa.web.tests.__file__).parent / "golden" / "headers.txt"
TLS = "Strict-Transport-Security"
"""Sent over TLS only; its own test in web asks over TLS."""
FILES = {"Content-Security-Policy": "sandbox; default-src 'none'"}
"""A file of somebody's is shut in more tightly than a page."""
ADDRESS = re.compile(rb"person\d+@example\.jp")
OWN = {
    "account_email",
    "introductions:introduction",
    "introductions:new",
    "people:settings",
    "people:record",
    "people:confirm",
    "people:export",
    "mfa_add_webauthn",
}
"""Pages on which a person may read her own address; a passkey is kept under it."""
TYPED = {"account_login", "account_request_login_code", "account_email", "parties:members"}
TYPED |= {"proposals:edit_round"}
"""Pages that give back an address to who typed it herself: in a form, the invitation she has sent, who is to judge."""


def headers():
    """Return the security headers that every answer carries."""
    lines = (line.partition(": ") for line in GOLDEN.read_text(encoding="utf-8").splitlines())
    return {name: value for name, _colon, value in lines if name != TLS}


def weak_headers(response):
    """Return the names of the security headers that an answer lacks or has otherwise."""
    owed = headers() | (FILES if "Content-Disposition" in response and response.streaming else {})
    return [name for name, value in owed.items() if response.get(name) != value]


def addresses_shown(cell, body, person):
    """Return the mail addresses in an answer that its reader may not see there."""
    allowed = set()
    if person and cell.address.name in OWN:
        allowed.add(person.email.encode())
    if cell.address.name in TYPED:
        return []
    return sorted({found.decode() for found in ADDRESS.findall(body) if found not in allowed})
