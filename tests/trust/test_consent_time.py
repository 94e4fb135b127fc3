"""Authority counts when the act is done, by the day in Japan: a hand-over on 1 April, seen from both sides of midnight.

Every case is written down: two moments × who acts × what they try. The page was opened in March in every case.
"""

from datetime import date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction

from wanowa.collaborations import services
from wanowa.collaborations.models import Consent, Draft, Version
from wanowa.collaborations.rules import Clause, mark
from wanowa.collaborations.tests import factories as make
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden
from wanowa.parties import services as parties
from wanowa.parties.models import Membership
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory

JAPAN = ZoneInfo("Asia/Tokyo")
APRIL = date(2027, 4, 1)
BEFORE = datetime(2027, 3, 31, 23, 59, 59, tzinfo=JAPAN)
AFTER = datetime(2027, 4, 1, 0, 0, 0, tzinfo=JAPAN)
ACTS = ("offer", "consent", "edit", "send_back")
WHO = ("outgoing", "incoming", "member", "viewer", "ending_member", "stranger")
SPEAKING = {BEFORE: {"outgoing"}, AFTER: {"incoming"}}
WRITING = {
    BEFORE: {"outgoing", "incoming", "member", "ending_member"},
    AFTER: {"incoming", "member"},
}
"""The incoming representative was a member until the last of March; the other member's term ends that day."""


def _stage(act):
    """Return a collaboration in which `act` is what comes next, its people, and the reader's mark of it."""
    people = make.town(2)
    collaboration = make.talking(people)
    draft = make.written(collaboration, people)
    if act in {"consent", "send_back"}:
        version = services.offer(collaboration, revision=draft.revision, by=people.actors[0])
        return collaboration, people, version.fingerprint
    return collaboration, people, draft.revision


def _cast(people):
    party = people.parties[1]
    persons = {
        "outgoing": people.actors[1].person,
        "incoming": MembershipFactory(party_id=party, role=Role.MEMBER).person_id,
        "member": MembershipFactory(party_id=party, role=Role.MEMBER).person_id,
        "viewer": MembershipFactory(party_id=party, role=Role.VIEWER).person_id,
        "ending_member": MembershipFactory(
            party_id=party, role=Role.MEMBER, until=date(2027, 3, 31)
        ).person_id,
        "stranger": people.actors[0].person,
    }
    terms = {
        name: Membership.objects.filter(party_id=party, person_id=who).first()
        for name, who in persons.items()
    }
    parties.hand_over(terms["outgoing"], terms["incoming"], on=APRIL, by=people.actors[1])
    return {name: Actor(person, party) for name, person in persons.items()}


def _try(act, collaboration, seen, by):
    if act == "offer":
        services.offer(collaboration, revision=seen, by=by)
    elif act == "consent":
        services.consent(collaboration, seen=seen, by=by)
    elif act == "send_back":
        services.send_back(collaboration, reason="直したい", by=by)
    else:
        terms = Draft.objects.get(collaboration=collaboration).terms
        written = make.complete(terms, purpose="四月から")
        services.edit(
            collaboration, clause=Clause.PURPOSE, written=written, seen=mark(terms, Clause.PURPOSE), by=by
        )


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS)
def test_authority_changes_hands_at_midnight_in_japan(act):
    with time_machine.travel(datetime(2027, 3, 1, 9, 0, tzinfo=JAPAN), tick=False) as clock:
        collaboration, people, seen = _stage(act)
        actors = _cast(people)
        for moment, who in product((BEFORE, AFTER), WHO):
            clock.move_to(moment)
            undo = transaction.atomic()
            undo.__enter__()
            try:
                _try(act, collaboration, seen, actors[who])
                done = True
            except Forbidden:
                done = False
            transaction.set_rollback(True)
            undo.__exit__(None, None, None)
            assert done == (who in (WRITING if act == "edit" else SPEAKING)[moment]), (moment, who)


@pytest.mark.django_db
def test_what_a_representative_consented_to_in_office_stays_consented():
    with time_machine.travel(BEFORE, tick=False) as clock:
        collaboration, people, _revision = _stage("offer")
        third = make.town(1).actors[0]
        services.invite(collaboration, party=third.party, by=people.actors[0])
        services.sit_down(collaboration, by=third)
        all_three = make.Town((*people.actors, third))
        draft = make.written(collaboration, all_three)
        version = services.offer(collaboration, revision=draft.revision, by=people.actors[0])
        actors = _cast(people)
        services.consent(collaboration, seen=version.fingerprint, by=actors["outgoing"])
        clock.move_to(AFTER)
        services.consent(collaboration, seen=version.fingerprint, by=third)
        version = Version.objects.get(pk=version.pk)
        assert version.in_force_at is not None
        assert Consent.objects.filter(version=version, person_id=actors["outgoing"].person).exists()
