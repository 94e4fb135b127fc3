"""Everything that two to six parties can do, rightly and wrongly, in any order."""

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.trust.consent.model import TEXTS, Table, Who
from tests.trust.consent.stage import WAYS, WORDS, Stage
from wanowa.collaborations import services
from wanowa.collaborations.models import Draft, JoinRequest
from wanowa.collaborations.rules import FIELDS, Clause, mark
from wanowa.kernel.errors import Refused
from wanowa.parties import services as parties
from wanowa.parties.models import Membership, Party

place = st.integers(0, 6)
somebody = st.sampled_from(("speaker",) * 5 + ("writer", "writer", "viewer", "former", "double", "stranger"))
rightly = st.sampled_from((True, True, True, False))
clauses = st.sampled_from([str(clause) for clause in Clause])


class Consent2to6(Stage):
    """Two to six parties, one more outside, and everything they can do."""

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
            self.everybody_consents("speaker")
            assert self.table.status == "active"

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
            "edit words" if clause in WORDS else f"edit {clause}",
            lambda: self.table.edit(who, clause, way, stranger, fresh=fresh or not known),
            lambda: services.edit(
                self.collaboration,
                clause=Clause(clause),
                written=self.written(draft, who, clause, way, stranger),
                seen=mark(draft.terms, Clause(clause)) if known and fresh else "0" * 16,
                by=self.actor(who),
            ),
        )

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
        missing = sorted(TEXTS - text.there - {"form"})
        missing += ["form"] * (not ("form" in text.there and text.appointed()))
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
    @rule(part=st.sampled_from(("speaker", "double")))
    def everybody_consents(self, part: str) -> None:
        """Let all who are missing consent; with "double", one person tries it for the first two parties."""
        for at in range(self.count + 1):
            offer = self.table.offer
            if offer and self.cast.parties[at] in offer.concerned - set(offer.given):
                self.consent(at, part if at < 2 else "speaker", 0)

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
        """Let the clock jump, now and then a little back."""
        self.now.shift(timedelta(days=days, seconds=seconds))
        self.tally["clock", True] += 1

    @rule(at=place, part=somebody, sure=st.integers(0, 4))
    def close_party(self, at: int, part: str, sure: int) -> None:
        who = self.who(at, part if sure == 0 else "viewer")
        party = Party.objects.get(pk=who.party)
        self.step(
            "close party", lambda: self.table.close(who), lambda: parties.close(party, by=self.actor(who))
        )

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
        for clause in ("roles", "cost", "title", "aims", "form"):
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
