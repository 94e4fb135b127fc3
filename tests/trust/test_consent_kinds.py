"""G-22f: no kind of party weighs more. The same actions by parties of other kinds end in exactly the same way."""

import pytest
from django.db import transaction

from wanowa.collaborations import services
from wanowa.collaborations.models import Collaboration, Draft, Version
from wanowa.collaborations.rules import Change, Clause, first_draft, mark
from wanowa.collaborations.tests import factories as make
from wanowa.guideline.rules import Kind
from wanowa.kernel.errors import Refused
from wanowa.record.queries import history

KINDS = tuple(Kind)


def _turned(step, count):
    """Yield crowds of `count` kinds, `step` apart in the list, beginning with every kind."""
    for start in range(len(KINDS)):
        yield tuple(KINDS[(start + step * place) % len(KINDS)] for place in range(count))


CROWDS = (*_turned(0, 2), *_turned(1, 2), *_turned(2, 2), *_turned(3, 2), *_turned(1, 3), *_turned(2, 4))
"""Two of a kind, every pair of kinds, every kind in every place of three and of four."""


def _write(collaboration, who, clause):
    draft = Draft.objects.filter(collaboration=collaboration).first()
    terms = draft.terms if draft else first_draft("湧水のみち", "見回る", [who.party], "残す")
    seen = mark(terms, clause)
    services.edit(collaboration, clause=clause, written=make.complete(terms), seen=seen, by=who)


def _offer(collaboration, who):
    draft = Draft.objects.filter(collaboration=collaboration).first()
    services.offer(collaboration, revision=draft.revision if draft else 0, by=who)


def _consent(collaboration, who):
    version = Version.objects.order_by("number").last()
    services.consent(collaboration, seen=version.fingerprint if version else "0" * 64, by=who)


COMMANDS = {
    "sit": lambda c, who: services.sit_down(c, by=who),
    "form": lambda c, who: _write(c, who, Clause.FORM),
    "rest": lambda c, who: [
        _write(c, who, clause) for clause in (Clause.GOALS, Clause.OUTCOMES, Clause.ROLES, Clause.SCHEDULE)
    ],
    "aim": lambda c, who: _write(c, who, Clause.AIMS),
    "offer": _offer,
    "consent": _consent,
    "retract": lambda c, who: services.retract(c, by=who),
    "back": lambda c, who: services.send_back(c, reason="直したい", by=who),
    "amend": lambda c, who: services.begin_amendment(c, by=who),
    "leave": lambda c, who: services.begin_leaving(c, by=who),
    "drop": lambda c, who: services.drop_change(c, by=who),
    "end": lambda c, who: services.propose_turn(c, change=Change.END, reason="終える", by=who),
}
SCRIPT = (
    *[
        ("consent", 1),
        ("offer", 0),
        ("sit", 1),
        ("sit", 2),
        ("sit", 3),
        ("offer", 1),
        ("form", 1),
        ("rest", 0),
    ],
    *[
        ("aim", 0),
        ("aim", 1),
        ("aim", 2),
        ("aim", 3),
        ("offer", 1),
        ("offer", 0),
        ("consent", 1),
        ("retract", 0),
    ],
    *[
        ("consent", 0),
        ("back", 0),
        ("offer", 0),
        ("consent", 2),
        ("consent", 1),
        ("consent", 3),
        ("amend", 1),
    ],
    *[
        ("leave", 0),
        ("drop", 0),
        ("leave", 1),
        ("aim", 1),
        ("drop", 0),
        ("end", 0),
        ("end", 1),
        ("consent", 0),
    ],
    *[("consent", 1), ("consent", 2), ("consent", 3), ("amend", 0)],
)
"""Who (by place) tries what; much of it is refused, and must be refused to every kind alike."""


def _play(kinds):
    """Return what became of every command, and of the collaboration."""
    people = make.town(len(kinds), kinds)
    places = {party: place for place, party in enumerate(people.parties)}
    collaboration = make.started(people)
    outcome = []
    for name, place in SCRIPT:
        if place >= len(kinds):
            continue
        try:
            COMMANDS[name](collaboration, people.actors[place])
            outcome.append((name, place, "done"))
        except Refused as refusal:
            outcome.append((name, place, type(refusal).__name__, str(refusal)))
    found = Collaboration.objects.get(pk=collaboration.pk)
    told = [(entry.number, entry.verb, places.get(entry.party)) for entry in history(found)]
    seats = sorted(
        (places[party], seat) for party, seat in found.participations.values_list("party_id", "seat")
    )
    return outcome, found.status, found.latest_number, found.in_force.number, seats, told


@pytest.mark.django_db
def test_the_same_actions_end_alike_whatever_kinds_the_parties_are():
    first: dict[int, object] = {}
    for kinds in CROWDS:
        undo = transaction.atomic()
        undo.__enter__()
        outcome = _play(kinds)
        transaction.set_rollback(True)
        undo.__exit__(None, None, None)
        assert outcome == first.setdefault(len(kinds), outcome), kinds
    assert set(first) == {2, 3, 4}
    for outcome, status, *_rest in first.values():
        assert status == "ended"
        assert {result[2] for result in outcome} >= {"done", "Invalid", "Refused"}
    print(f"{len(CROWDS)} crowds of kinds, {len(SCRIPT)} commands each, one outcome")  # noqa: T201 - the proof's numbers
