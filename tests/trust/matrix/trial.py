"""One cell of the matrix: a principal knocks at an address in a state, in one way."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from django.urls import reverse

from tests.trust.matrix.addresses import Address
from tests.trust.matrix.answers import addresses_shown, weak_headers
from tests.trust.matrix.forms import FORMS
from tests.trust.matrix.people import PRINCIPALS
from tests.trust.matrix.policy import REST, expected, rows, variants
from tests.trust.matrix.town import Place, arguments

HTMX = {"HX-Request": "true"}
NOISE = "?format=json&_=1"


@dataclass(frozen=True)
class Cell:
    """Who, where, how; and what is promised."""

    address: Address
    place: Place
    principal: str
    method: str
    variant: str = ""
    noise: str = ""
    htmx: bool = False
    expected: int | str = 0

    def __str__(self):
        how = " ".join(filter(None, (self.method, self.variant, self.noise, "hx" if self.htmx else "")))
        return f"{self.address.name} [{self.place.state}] {self.principal} {how} → {self.expected}"

    def may_not_change(self, got):
        """Whether the answer says that nothing was done: every way of reading, and every refusal."""
        return self.method != "POST" or got in {"sign-in", "gate"} or got >= 400


def cells(address, city) -> Iterator[Cell]:
    """Return every cell of an address. What does not depend on the state is tried in the first.

    A strange key in the address, and a request by htmx, must not open what is shut: tried wherever it is shut. That
    an open page stays as it is does not depend on the state.
    """
    name = address.name
    ways = [("GET", "", "", False), ("GET", "", NOISE, True)]
    ways += [("POST", variant, "", False) for variant in variants(name) or [""]]
    once = [("POST", variant, "", True) for variant in variants(name) or [""]]
    once += [(method, "", "", False) for method in ("HEAD", *REST)]
    first = True
    for place in city.places[rows()[name].get("object", "site")].values():
        for principal in PRINCIPALS:
            for method, variant, noise, htmx in ways + once * first:
                promised = expected(name, principal, place.state, method, variant)
                if noise and promised == 200:
                    if not first:
                        continue
                    promised = rows()[name].get("strange_keys", promised)
                yield Cell(address, place, principal, method, variant, noise, htmx, promised)
        first = False


def knock(cell, city):
    """Send the request of a cell; return the outcome, and what the answer owes nevertheless."""
    response = send(cell, city)
    owed = [f"without {name}" for name in weak_headers(response)]
    person = city.person(cell.principal, cell.place)
    owed += [f"shows {address}" for address in addresses_shown(cell, response.body, person)]
    return outcome(response), owed


def send(cell, city):
    """Send the request of a cell and return the answer."""
    url = reverse(cell.address.name, kwargs=arguments(cell.address, cell.place, city)) + cell.noise
    data = None
    if cell.method == "POST" and cell.variant:
        data = FORMS[cell.address.name][cell.variant](cell.place, city, own_party(cell, city))
    cache.clear()
    with around(cell):
        headers = HTMX if cell.htmx else {}
        return city.visitor(cell.principal, cell.place).send(cell.method, url, data, **headers)


def own_party(cell, city):
    """Return the party a principal would name in a form; nobody's number for those without one."""
    party = city.parties.get("home" if cell.principal in {"viewer", "member"} else cell.principal)
    return party.pk if party else 0


@contextmanager
def around(cell):
    """Switch the demonstration on or off, as the state says."""
    wanted = cell.place.state == "on"
    with override_settings(DEMO=wanted) if wanted != settings.DEMO else nullcontext():
        yield


def outcome(response):
    """Return the status; "sign-in" and "gate" for being led there."""
    if response.status_code != 302:
        return response.status_code
    where = response["Location"]
    if where.startswith(reverse(settings.LOGIN_URL) + "?next="):
        return "sign-in"
    return "gate" if where == reverse("mfa_index") else 302
