"""Where the machine plays: the cast, one step against services and PostgreSQL, and the comparison with the model.

Each example lives in a savepoint that is rolled back. After every step: the tables say what the model says; what
is in force rests on a living consent of everybody concerned, to exactly its fingerprint, by different people; it
only changes when a consent completes; the log has no gap and `verify` finds nothing; a refused action has changed
no byte of any row and left no entry.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

import time_machine
from django.db import connection, transaction
from hypothesis.stateful import RuleBasedStateMachine

from tests.evidence import asked
from tests.trust.consent.model import Who
from wanowa.collaborations.models import Collaboration, Consent, Draft, JoinRequest, Version
from wanowa.collaborations.rules import Share, Task, first_draft
from wanowa.collaborations.tests.factories import complete
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.parties.models import Membership
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory, PartyFactory
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.queries import history
from wanowa.record.services import verify

BEGIN = datetime(2026, 3, 30, 12, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
KINDS = (Kind.CITIZEN, Kind.CITY, Kind.COMPANY, Kind.LOCAL, Kind.PUBLIC, Kind.NATION, Kind.RESIDENT)
TABLES = ("collaboration", "participation", "draft", "version", "consent", "joinrequest")
ROWS = ", ".join(f"(SELECT string_agg(t::text, '|' ORDER BY id) FROM collaborations_{t} t)" for t in TABLES)
EVERYTHING = f"SELECT md5(concat_ws('#', {ROWS}, (SELECT count(*) FROM record_entry)))"
FORCE = (
    "SELECT id, number, in_force_at, fingerprint, md5(content::text), concerned FROM collaborations_version "
    "WHERE in_force_at IS NOT NULL ORDER BY number"
)
WAYS = {
    "roles": ("good", "blank", "solo", "loose", "stranger"),
    "cost": ("good", "blank", "stranger"),
    "form": ("good", "blank", "solo", "stranger"),
}
WORDS = {"purpose", "safety", "personal_data", "publicity", "changes"}
BLANK = {
    "title": {"title": "", "summary": ""},
    "goals": {"goals": ()},
    "outcomes": {"outcomes": ()},
    "aims": {"aims": {}},
    "form": {"area": "", "form": "", "ownership": "", "posts": {}},
    "schedule": {"starts": "", "ends": "未定"},
    "roles": {"roles": ()},
    "cost": {"shares": ()},
}


@dataclass(frozen=True)
class Cast:
    """The parties of all examples; the last sits nowhere. `double` represents the first two at once."""

    parties: tuple[int, ...]
    people: tuple[tuple[int, ...], ...]
    double: int
    stranger: int


def cast(count: int = 7) -> Cast:
    """Make the parties: each with a representative, a member and a viewer; a resident is alone."""
    made, people = [], []
    for kind in KINDS[:count]:
        party = PartyFactory(kind=kind)
        roles = [Role.REPRESENTATIVE] if kind == Kind.RESIDENT else list(Role)
        people.append(tuple(MembershipFactory(party=party, role=role).person_id for role in roles))
        made.append(party.pk)
    double = MembershipFactory(party_id=made[0]).person_id
    MembershipFactory(party_id=made[1], person_id=double)
    return Cast(tuple(made), tuple(people), double, PersonFactory().pk)


class Stage(RuleBasedStateMachine):
    """The parties, the collaboration, the clock, and what is checked after every step."""

    cast: ClassVar[Cast]
    tally: ClassVar[Counter[tuple[str, bool]]]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.now = self.clock.start()

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    # Who acts

    def terms_changed(self) -> None:
        """Read the terms of office again: who holds them is decided in parties, and proven there."""
        columns = ("party_id", "person_id", "role", "since", "until")
        self.offices = list(Membership.objects.order_by("id").values_list(*columns))

    def holds(self, person: int, party: int, roles: set[str]) -> bool:
        today = (self.today(),)
        if self.table and party in self.table.closed:
            return False
        return any(
            (one, who) == (party, person) and role in roles and since <= today[0] <= (until or today[0])
            for one, who, role, since, until in self.offices
        )

    def today(self):
        return datetime.now(ZoneInfo("Asia/Tokyo")).date()

    def who(self, at: int, part: str) -> Who:
        """Return somebody who plays a part for the party at a place; another member when nobody does."""
        at %= self.count + 1
        party = self.cast.parties[at]
        people = [*self.cast.people[at], *([self.cast.double] if at < 2 else [])]
        speaking = [one for one in people if self.holds(one, party, {"representative"})]
        writing = [one for one in people if self.holds(one, party, {"representative", "member"})]
        chosen = {
            "speaker": speaking,
            "writer": [one for one in writing if one not in speaking],
            "viewer": [one for one in people if one not in writing],
            "former": [one for one in people if one not in speaking],
            "double": [self.cast.double],
            "stranger": [self.cast.stranger],
        }[part]
        person = (chosen or people)[0]
        return Who(person, party, person in speaking, person in writing)

    def actor(self, who: Who) -> Actor:
        return Actor(who.person, who.party)

    # One step

    def step(self, name: str, expected: Callable[[], bool], action: Callable[[], object]) -> bool:
        """Let the platform act, then the model; both must agree on whether, and on everything that follows."""
        force = self.table.binding
        allowed = expected()
        try:
            action()
            done, answer = True, "done"
        except Refused as refusal:
            done, answer = False, refusal.sentence
        assert done == allowed, f"{name}: against the rules, the answer was: {answer}"
        self.tally[name, done] += 1
        before, self.rows = self.rows, self.dump()
        if done:
            self.check(changed=self.table.binding is not force)
        else:
            assert self.rows == before, f"{name} was refused and left something behind"
        self.now.shift(self.pace)
        return done

    def dump(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute(EVERYTHING)
            return cursor.fetchone()[0]

    def check(self, *, changed: bool) -> None:
        """Compare the tables with the model, and with what must hold whatever the model says."""
        found = Collaboration.objects.get(pk=self.collaboration.pk)
        self.check_model(found)
        self.check_force(found, changed=changed)
        numbers = list(history(found).values_list("number", flat=True))
        assert numbers == list(range(1, self.table.entries + 1)), "the log has a gap, or a step too many"
        with nullcontext() if changed else asked("collaborations"):
            problems = verify().problems
        assert not problems, problems

    def check_model(self, found: Collaboration) -> None:
        table = self.table
        seats = dict(found.participations.values_list("party_id", "seat"))
        assert (found.status, bool(found.public_since), seats) == (table.status, table.public, table.seats)
        assert found.latest_number == table.latest
        draft = Draft.objects.filter(collaboration=found).first()
        told = draft and (draft.change, set(draft.terms.parties), draft.newcomer_id, draft.revision)
        text = table.text
        assert told == (text and (text.change, text.parties, text.newcomer, text.revision))
        version = Version.objects.filter(in_force_at=None, closed_at=None).first()
        offer = table.offer
        told = version and (version.number, version.change, set(version.concerned), version.offered_by_id)
        assert told == (offer and (offer.number, offer.change, offer.concerned, offer.by))
        if version:
            if self.mentioned[-1][0] < version.number:
                self.mentioned.append((version.number, version.fingerprint))
            living = version.consents.filter(withdrawn_at=None).values_list("party_id", "person_id")
            assert dict(living) == offer.given
        requests = JoinRequest.objects.order_by("id").values_list("party_id", "state")
        assert list(requests) == [(one.party, one.state) for one in table.requests]

    def check_force(self, found: Collaboration, *, changed: bool) -> None:
        with connection.cursor() as cursor:
            cursor.execute(FORCE)
            force = cursor.fetchall()
        kept = force[: len(self.force)]
        assert kept == self.force, "what was in force has changed"
        assert len(force) - len(kept) == changed, "something took effect without the last consent"
        self.force = force
        for pk, _number, _at, fingerprint, _content, concerned in force[-1:]:
            consents = Consent.objects.filter(version=pk, withdrawn_at=None).values_list(
                "party_id", "person_id", "fingerprint"
            )
            assert {(party, seen) for party, _person, seen in consents} == {
                (p, fingerprint) for p in concerned
            }
            assert len({person for _party, person, _seen in consents}) == len(concerned) >= 2
        assert (found.in_force_id is None) == (not force)
        assert (found.status in {"active", "suspended", "ended"}) == bool(force)
        if force:
            assert found.in_force_id == force[-1][0]
            seats = set(found.participations.filter(seat="seated").values_list("party_id", flat=True))
            assert seats == set(found.in_force.content["parties"]), "the seats are not those of the agreement"

    # What is written

    def written(self, draft: Draft | None, who: Who, clause: str, way: str, stranger: int):
        """Return terms in which one clause is filled in one way."""
        old = draft.terms if draft else replace(self.first_terms(), parties=(who.party,))
        self.words = getattr(self, "words", 0) + 1
        words = {name: f"{name} {self.words}" for name in ("title", "purpose", "safety", "personal_data")}
        good = complete(
            replace(old, parties=old.parties or (who.party,)), **words, publicity="公開", changes="全員で"
        )
        if way == "blank":
            return replace(good, **BLANK.get(clause, {clause: ""}))
        if clause == "roles" and way != "good":
            lead = {"solo": who.party, "loose": None, "stranger": stranger}[way]
            doers = old.parties if way == "loose" else (lead,)
            brings = (
                tuple(replace(bring, party=lead) for bring in good.roles[0].brings)
                if lead is not None
                else ()
            )
            return replace(good, roles=(Task("見回り", doers, lead, "毎月末", brings),))
        if clause == "form" and way != "good":
            second = stranger if way == "stranger" else good.posts["first"]
            return replace(good, posts={**good.posts, "second": second})
        if clause == "cost" and way == "stranger":
            return replace(good, shares=(*good.shares, Share(stranger)))
        return good

    def first_terms(self):
        return first_draft("湧水のみち", "見回る", [self.cast.parties[0]], "残す")
