"""Plays random actions against the real services and PostgreSQL, and compares every step with the model.

Each example lives in a savepoint that is rolled back. After every step: the tables say what the model says; what
is in force rests on a living consent of everybody concerned, to exactly its fingerprint, by different people; it
only changes when a consent completes; the log has no gap and `verify` finds nothing; a refused action has changed
no byte of any row and left no entry.
"""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.trust.consent.model import TEXTS, Table, Who
from wanowa.collaborations import services
from wanowa.collaborations.models import Collaboration, Consent, Draft, JoinRequest, Version
from wanowa.collaborations.rules import FIELDS, Clause, Share, Task, mark
from wanowa.collaborations.tests.factories import complete
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.parties import services as parties
from wanowa.parties.models import Membership, Party
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
WAYS = {"roles": ("good", "blank", "solo", "loose", "stranger"), "cost": ("good", "blank", "stranger")}
BLANK = {
    "title": {"title": "", "summary": ""},
    "goals": {"goals": ()},
    "outcomes": {"outcomes": ()},
    "aims": {"aims": {}},
    "form": {"area": "", "form": "", "ownership": ""},
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


place = st.integers(0, 6)
somebody = st.sampled_from(("speaker",) * 5 + ("writer", "writer", "viewer", "former", "double", "stranger"))
rightly = st.sampled_from((True, True, True, False))
clauses = st.sampled_from([str(clause) for clause in Clause])


class Consent2to6(RuleBasedStateMachine):
    """Two to six parties, one more outside, and everything they can do."""

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

    # The beginning

    @initialize(count=st.integers(2, 6), pace=st.sampled_from((0, 1, 3600)), agreed=st.booleans())
    def start(self, count: int, pace: int, agreed: bool) -> None:
        self.pace = timedelta(seconds=pace)
        self.count = count
        self.terms_changed()
        self.mentioned = [(0, "0" * 64)]  # the number and fingerprint of every version anybody can have read
        self.table = None
        self.force = []
        own, *others = self.cast.parties[:count]
        self.collaboration = services.start(
            title="湧水のみち",
            summary="湧き水を見回ります。",
            purpose="湧き水を残す。",
            invited=others,
            by=self.actor(self.who(0, "speaker")),
        )
        self.table = Table.started(own, set(others))
        self.rows = self.dump()
        self.check(changed=False)
        if agreed:
            self.everybody_sits_down()
            self.write_everything()
            self.put(0, "speaker", True)
            self.everybody_consents()
            assert self.table.status == "active"

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
            done = True
        except Refused as refusal:
            done = False
            assert not allowed, f"{name} was refused: {refusal.sentence}"
        assert done == allowed, f"{name} was {'done' if done else 'refused'} against the rules"
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

    # Sitting down

    @precondition(lambda self: not self.table.binding)
    @rule(at=place, part=somebody, other=place)
    def invite(self, at: int, part: str, other: int) -> None:
        who, party = self.who(at, part), self.cast.parties[other % (self.count + 1)]
        self.step(
            "invite",
            lambda: self.table.invite(who, party),
            lambda: services.invite(self.collaboration, party=party, by=self.actor(who)),
        )

    @precondition(lambda self: not self.table.binding)
    @rule(at=place, part=somebody, name=st.sampled_from(("sit_down", "sit_down", "decline", "stand_up")))
    def answer(self, at: int, part: str, name: str) -> None:
        who = self.who(at, part)
        act = getattr(services, name)
        self.step(
            name, lambda: getattr(self.table, name)(who), lambda: act(self.collaboration, by=self.actor(who))
        )

    @precondition(lambda self: self.table.status == "idea")
    @rule()
    def everybody_sits_down(self) -> None:
        for at in range(self.count + 1):
            if self.table.seats.get(self.cast.parties[at]) == "invited":
                self.answer(at, "speaker", "sit_down")

    # Writing

    @rule(at=place, part=somebody, clause=clauses, way=st.integers(0, 9), fresh=rightly)
    def edit(self, at: int, part: str, clause: str, way: int, fresh: bool) -> None:
        who = self.who(at, part)
        ways = WAYS.get(clause, ("good", "blank"))
        self.edit_as(who, clause, ways[max(0, way - 5) % len(ways)], fresh=fresh)

    def edit_as(self, who: Who, clause: str, way: str, *, fresh: bool) -> None:
        draft = Draft.objects.filter(collaboration=self.collaboration).first()
        known = draft is not None and clause in FIELDS
        stranger = self.cast.parties[-1] if self.count < 6 else 0
        self.step(
            f"edit {clause}",
            lambda: self.table.edit(who, clause, way, stranger, fresh=fresh or not known),
            lambda: services.edit(
                self.collaboration,
                clause=Clause(clause),
                written=self.written(draft, who, clause, way, stranger),
                seen=mark(draft.terms, Clause(clause)) if known and fresh else "0" * 16,
                by=self.actor(who),
            ),
        )

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
        if clause == "cost" and way == "stranger":
            return replace(good, shares=(*good.shares, Share(stranger)))
        return good

    def first_terms(self):
        from wanowa.collaborations.rules import first_draft  # noqa: PLC0415

        return first_draft("湧水のみち", "見回る", [self.cast.parties[0]], "残す")

    @precondition(
        lambda self: self.table.text and not self.table.offer and self.table.status in {"talking", "active"}
    )
    @rule()
    def write_everything(self) -> None:
        """Write what is still missing, each party its own aim."""
        text = self.table.text
        seated = [at for at in range(self.count + 1) if self.table.at_table(self.cast.parties[at])]
        able = [at for at in seated if self.who(at, "speaker").speaks]
        if not able or not text.parties:
            return
        missing = sorted(TEXTS - text.there)
        missing += ["cost"] * (text.shares != text.parties)
        sound = text.tasks and text.responsible in text.parties and text.doers <= text.parties
        missing += ["roles"] * (not (sound and text.bringers <= text.parties and text.doers))
        for clause in missing:
            self.edit_as(self.who(able[0], "speaker"), clause, "good", fresh=True)
        for at in able:
            if self.cast.parties[at] in text.parties - text.aims:
                self.edit_as(self.who(at, "speaker"), "aims", "good", fresh=True)

    @precondition(lambda self: self.table.binding)
    @rule(at=place, part=somebody, change=st.sampled_from(("amend", "leave")))
    def begin(self, at: int, part: str, change: str) -> None:
        who = self.who(at, part)
        act = services.begin_leaving if change == "leave" else services.begin_amendment
        self.step(
            f"begin {change}",
            lambda: self.table.begin(who, change),
            lambda: act(self.collaboration, by=self.actor(who)),
        )

    @precondition(lambda self: self.table.text)
    @rule(at=place, part=somebody, sure=st.integers(0, 3))
    def drop_change(self, at: int, part: str, sure: int) -> None:
        who = self.who(at, part if sure else "viewer")
        self.step(
            "drop change",
            lambda: self.table.drop_change(who),
            lambda: services.drop_change(self.collaboration, by=self.actor(who)),
        )

    # Agreeing

    @precondition(
        lambda self: self.table.text and not self.table.offer and self.table.status in {"talking", "active"}
    )
    @rule(at=place)
    def it_is_offered(self, at: int) -> None:
        """Write what is missing and offer it; what becomes of the offer is left open."""
        self.write_everything()
        self.put(at, "speaker", True)

    @precondition(lambda self: self.table.text)
    @rule(at=place, part=somebody, fresh=rightly)
    def put(self, at: int, part: str, fresh: bool) -> None:
        who = self.who(at, part)
        revision = self.table.text.revision if self.table.text else 0
        self.step(
            "offer",
            lambda: self.table.put(who, fresh=fresh),
            lambda: services.offer(
                self.collaboration, revision=revision if fresh else revision - 1, by=self.actor(who)
            ),
        )

    @precondition(lambda self: self.table.latest)
    @rule(at=place, part=somebody, which=st.integers(0, 9))
    def consent(self, at: int, part: str, which: int) -> None:
        who = self.who(at, part)
        number, seen = self.mentioned[-1 if which < 7 else which % len(self.mentioned)]
        offer = self.table.offer
        self.step(
            "consent",
            lambda: self.table.consent(who, fresh=bool(offer and offer.number == number)),
            lambda: services.consent(self.collaboration, seen=seen, by=self.actor(who)),
        )

    @precondition(lambda self: self.table.offer)
    @rule()
    def everybody_consents(self) -> None:
        for at in range(self.count + 1):
            offer = self.table.offer
            if offer and self.cast.parties[at] in offer.concerned - set(offer.given):
                self.consent(at, "speaker", 0)

    @precondition(lambda self: self.table.offer)
    @rule(at=place, part=somebody)
    def retract(self, at: int, part: str) -> None:
        who = self.who(at, part)
        self.step(
            "retract",
            lambda: self.table.retract(who),
            lambda: services.retract(self.collaboration, by=self.actor(who)),
        )

    @precondition(lambda self: self.table.latest)
    @rule(at=place, part=somebody, reason=rightly)
    def send_back(self, at: int, part: str, reason: bool) -> None:
        who = self.who(at, part)
        self.step(
            "send back",
            lambda: self.table.send_back(who, reason=reason),
            lambda: services.send_back(
                self.collaboration, reason="費用を見なおしたい" if reason else " ", by=self.actor(who)
            ),
        )

    @precondition(lambda self: self.table.binding)
    @rule(
        at=place, part=somebody, change=st.sampled_from(("suspend", "resume", "end", "amend")), reason=rightly
    )
    def propose_turn(self, at: int, part: str, change: str, reason: bool) -> None:
        who = self.who(at, part)
        self.step(
            f"propose {change}",
            lambda: self.table.propose_turn(who, change, reason=reason),
            lambda: services.propose_turn(
                self.collaboration,
                change=change,
                reason="人手が足りない" if reason else "",
                by=self.actor(who),
            ),
        )

    # Joining

    @precondition(lambda self: self.table.binding)
    @rule(at=place, part=somebody, message=rightly)
    def ask_to_join(self, at: int, part: str, message: bool) -> None:
        who = self.who(at, part)
        self.step(
            "ask to join",
            lambda: self.table.ask_to_join(who, message=message),
            lambda: services.ask_to_join(
                self.collaboration, message="手伝えます" if message else "", by=self.actor(who)
            ),
        )

    @precondition(lambda self: self.table.requests)
    @rule(
        at=place,
        part=somebody,
        which=place,
        name=st.sampled_from(("accept", "accept", "decline", "withdraw")),
    )
    def answer_request(self, at: int, part: str, which: int, name: str) -> None:
        who, which = self.who(at, part), which % len(self.table.requests)
        request = JoinRequest.objects.order_by("id")[which]
        by = self.actor(who)
        expected, act = {
            "accept": (
                lambda: self.table.accept_request(who, which),
                lambda: services.accept_request(request, by=by),
            ),
            "decline": (
                lambda: self.table.decline_request(who, which, answer=True),
                lambda: services.decline_request(request, answer="今年は難しいです", by=by),
            ),
            "withdraw": (
                lambda: self.table.withdraw_request(who, which),
                lambda: services.withdraw_request(request, by=by),
            ),
        }[name]
        self.step(f"{name} request", expected, act)

    @precondition(lambda self: self.table.status == "active" and not self.table.text and not self.table.offer)
    @rule(at=place)
    def somebody_is_let_in(self, at: int) -> None:
        """Ask, be accepted, write: what seldom happens by chance."""
        self.ask_to_join(at, "speaker", True)
        for which, request in enumerate(self.table.requests):
            if request.state == "waiting":
                self.answer_request(
                    self.cast.parties.index(min(self.table.binding.text.parties)), "speaker", which, "accept"
                )
                break
        if self.table.text:
            self.write_everything()

    # What leads somewhere

    @rule(pick=st.integers(0, 10**6))
    def something_allowed(self, pick: int) -> None:
        """Do one of the things that the rules allow now: chance alone is refused nearly always."""
        self.do_allowed(pick)

    @rule(pick=st.integers(0, 10**6))
    def something_else_allowed(self, pick: int) -> None:
        self.do_allowed(pick)

    def do_allowed(self, pick: int) -> None:
        found: dict[str, list[Callable[[], None]]] = {}
        for at in range(self.count + 1):
            who = self.who(at, "speaker")
            for name, would, act in self.possible(at, who):
                if would(deepcopy(self.table), who):
                    found.setdefault(name, []).append(act)
        if found:
            names = sorted(found)
            acts = found[names[pick % len(names)]]
            acts[pick // len(names) % len(acts)]()

    def possible(self, at: int, who: Who):
        """Yield what the speaker of a party may try: a name, the model's answer, the step."""
        for name in ("sit_down", "decline", "stand_up"):
            yield name, getattr(Table, name), partial(self.answer, at, "speaker", name)
        for change in ("amend", "leave"):
            yield change, partial(Table.begin, change=change), partial(self.begin, at, "speaker", change)
        for change in ("suspend", "resume", "end"):
            act = partial(self.propose_turn, at, "speaker", change, True)
            yield change, partial(Table.propose_turn, change=change, reason=True), act
        for clause in ("roles", "cost", "title", "aims"):
            act = partial(self.edit, at, "speaker", clause, 7, True)
            yield (
                f"edit {clause}",
                partial(Table.edit, clause=clause, way="good", stranger=0, fresh=True),
                act,
            )
        yield "offer", partial(Table.put, fresh=True), partial(self.put, at, "speaker", True)
        yield "consent", partial(Table.consent, fresh=True), partial(self.consent, at, "speaker", 0)
        yield "retract", Table.retract, partial(self.retract, at, "speaker")
        yield "back", partial(Table.send_back, reason=True), partial(self.send_back, at, "speaker", True)
        yield "drop", Table.drop_change, partial(self.drop_change, at, "speaker", 1)
        yield "ask", partial(Table.ask_to_join, message=True), partial(self.ask_to_join, at, "speaker", True)
        for other, party in enumerate(self.cast.parties[: self.count + 1]):
            yield "invite", partial(Table.invite, party=party), partial(self.invite, at, "speaker", other)
        for which in range(len(self.table.requests)):
            for name, would in (
                ("accept", partial(Table.accept_request, place=which)),
                ("decline", partial(Table.decline_request, place=which, answer=True)),
                ("withdraw", partial(Table.withdraw_request, place=which)),
            ):
                act = partial(self.answer_request, at, "speaker", which, name)
                yield f"{name} request", would, act

    # People and time

    @rule(at=place, ahead=st.integers(1, 20))
    def hand_over(self, at: int, ahead: int) -> None:
        """Somebody else represents the party from a day on; whether parties allow it is not ours."""
        at %= self.count + 1
        party = self.cast.parties[at]
        outgoing = self.who(at, "speaker")
        terms = Membership.objects.filter(party_id=party)
        term = terms.filter(person_id=outgoing.person, role="representative").order_by("-since").first()
        successor = terms.exclude(person_id=outgoing.person).order_by("-role", "id").first()
        if not (outgoing.speaks and term and successor):
            return
        try:
            with transaction.atomic():
                day = timezone.localdate() + timedelta(days=ahead)
                parties.hand_over(term, successor, on=day, by=self.actor(outgoing))
        except Refused:
            return
        self.tally["hand over", True] += 1
        self.terms_changed()
        self.rows = self.dump()

    @rule(days=st.integers(0, 40), seconds=st.integers(-7200, 86400))
    def jump(self, days: int, seconds: int) -> None:
        """The clock jumps, now and then a little back."""
        self.now.shift(timedelta(days=days, seconds=seconds))
        self.tally["clock", True] += 1

    @rule(at=place, part=somebody, sure=st.integers(0, 4))
    def close_party(self, at: int, part: str, sure: int) -> None:
        who = self.who(at, part if sure == 0 else "viewer")
        party = Party.objects.get(pk=who.party)
        self.step(
            "close party", lambda: self.table.close(who), lambda: parties.close(party, by=self.actor(who))
        )
