"""Every page looked at once by those who see it differently, and the forms that it shows them.

Several proofs ask for the forms of the same pages. The town does not change (each trial is undone), so one walk
serves them all; it is kept with the town.
"""

from django.urls import reverse

from tests.trust.matrix.html import forms_in
from tests.trust.matrix.policy import rows
from tests.trust.matrix.town import arguments
from tests.trust.matrix.trial import Cell, send

LOOKERS = ("anonymous", "representative", "partner", "invited", "newcomer", "coordinator", "staff")


def places(address, city):
    """Return every state in which an address can be looked at."""
    return city.places[rows()[address.name].get("object", "site")].values()


def forms_of(address, city):
    """Return each form that a page shows to somebody, with the cell that showed it."""
    if address.name not in city.sights:
        city.sights[address.name] = list(_look(address, city))
    return city.sights[address.name]


def _look(address, city):
    for place in places(address, city):
        url = reverse(address.name, kwargs=arguments(address, place, city))
        for principal in LOOKERS:
            cell = Cell(address, place, principal, "GET")
            for form in forms_in(send(cell, city), url):
                if form.method == "post":
                    yield cell, form
