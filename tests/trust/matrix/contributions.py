"""The ledger of the town: an entry of the first party that waits, with its receipt; one confirmed, one disputed."""

from tests.trust.matrix.places import Place, about
from wanowa.collaborations.tests.factories import Town, agreed
from wanowa.contributions import services
from wanowa.contributions.rules import Way
from wanowa.contributions.tests.factories import DAY, given, hours, yen
from wanowa.kernel.actors import Actor
from wanowa.kernel.files import Accepted


def ledgers(people, parties, pdf):
    """Return one collaboration with the entry of the address in each state."""
    three = Town(
        tuple(
            Actor(people[name].pk, parties[name].pk) for name in ("representative", "partner", "city_partner")
        )
    )
    us, partner, _city = three.actors
    found = {}
    for state in ("waiting", "confirmed", "disputed"):
        collaboration = agreed(three)
        passed = yen(500, Way.PASSED, giver=us.party, taker=partner.party)
        receipt = Accepted("領収書.pdf", "application/pdf", pdf)
        entry = services.give(collaboration, passed, receipt=receipt, by=us)
        if state == "confirmed":
            services.confirm(entry, by=partner)
        if state == "disputed":
            services.dispute(entry, word="ちがいます", by=partner)
        given(collaboration, hours(us.party), us, partner)
        kwargs = {"slug": collaboration.slug, "number": entry.number, "sort": "hours"}
        found[state] = Place(state, kwargs, about(collaboration=collaboration))
    return found


FORMS = {
    "contributions:new": {
        "give": lambda place, city, own: {
            "time": "2",
            "people": "1",
            "on": DAY.isoformat(),
            "whose": city.parties["home"].pk,
        }
    },
    "contributions:entry": {
        "confirm": lambda place, city, own: {"answer": "confirm"},
        "dispute": lambda place, city, own: {"answer": "dispute", "word": "2人でした"},
        "withdraw": lambda place, city, own: {"answer": "withdraw"},
        "undo": lambda place, city, own: {"answer": "undo", "reason": "まちがい"},
    },
}
"""Address → variant → the fields, as in `forms`."""
