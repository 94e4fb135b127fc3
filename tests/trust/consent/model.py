"""What the rules say in words, written once more as plain Python: no database, nothing borrowed from `rules`.

Each method plays one action. It returns whether the rules allow it, and does it only then. The sentences of
`CONSENT_RULES` and the pages are the source; the platform's code is what is tested against this.
"""

from copy import deepcopy
from dataclasses import dataclass, field

TURNS = {"suspend": {"active"}, "resume": {"suspended"}, "end": {"active", "suspended"}}
"""From where a turn may be proposed."""
TALKS = {"idea", "talking"}
OVER = {"ended", "withdrawn"}
TEXTS = {"title", "purpose", "goals", "outcomes", "form", "schedule", "safety", "personal_data"}
TEXTS |= {"publicity", "changes"}
"""Clauses that are simply there or missing."""


@dataclass(frozen=True)
class Who:
    """A person who claims to act for a party, and whether the person speaks or writes for it today."""

    person: int
    party: int
    speaks: bool
    writes: bool


@dataclass
class Text:
    """What of a text decides whether it can be offered, and to whom."""

    change: str
    parties: set[int]
    there: set[str]
    newcomer: int | None = None
    revision: int = 0
    aims: set[int] = field(default_factory=set)
    shares: set[int] = field(default_factory=set)
    posts: dict[str, int] = field(default_factory=dict)
    """The posts of an accord: two sides, and whom to call."""
    doers: set[int] = field(default_factory=set)
    bringers: set[int] = field(default_factory=set)
    responsible: int | None = None
    tasks: bool = False

    def complete(self) -> bool:
        """Whether nothing is missing (G-22b, G-22c)."""
        return (
            len(self.parties) >= 2
            and self.there >= TEXTS
            and self.parties <= self.aims
            and self.shares == self.parties
            and self.appointed()
            and self.tasks
            and self.responsible in self.parties
            and bool(self.doers)
            and self.doers <= self.parties
            and self.bringers <= self.parties
        )

    def appointed(self) -> bool:
        """Whether every post is held by a party of the text, and the two sides by two."""
        return (
            set(self.posts) == {"first", "second", "contact"}
            and set(self.posts.values()) <= self.parties
            and self.posts["first"] != self.posts["second"]
        )

    def add(self, party: int) -> None:
        """Let a party in: its aim is still to be written, its share is 0 yen."""
        self.parties.add(party)
        self.shares.add(party)

    def remove(self, party: int) -> None:
        """Let a party go, with everything it had taken on."""
        for names in (self.parties, self.aims, self.shares, self.doers, self.bringers):
            names.discard(party)
        self.posts = {post: holder for post, holder in self.posts.items() if holder != party}
        if self.responsible == party:
            self.responsible = None


@dataclass
class Offer:
    """A version put before everybody concerned."""

    number: int
    change: str
    text: Text
    concerned: set[int]
    by: int
    given: dict[int, int] = field(default_factory=dict)
    """Party → the person who consented for it."""


@dataclass
class Request:
    """A party that asks to join."""

    party: int
    state: str = "waiting"


@dataclass
class Table:
    """One collaboration."""

    seats: dict[int, str]
    text: Text | None
    status: str = "idea"
    public: bool = False
    offer: Offer | None = None
    binding: Offer | None = None
    latest: int = 0
    entries: int = 0
    requests: list[Request] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)

    @classmethod
    def started(cls, own: int, invited: set[int]) -> "Table":
        """Return the idea that `own` put before others: they are invited, nothing is agreed."""
        there = {"title", "purpose", "safety", "personal_data", "publicity", "changes"}
        text = Text("start", {own}, there, shares={own})
        return cls({own: "seated"} | dict.fromkeys(invited, "invited"), text, entries=1 + len(invited))

    # Who

    def seated(self, party: int) -> bool:
        return self.seats.get(party) == "seated"

    def at_table(self, party: int) -> bool:
        """Whether a party works on the text: the seated, and a newcomer that it lets in."""
        return self.seated(party) or bool(self.text and self.text.newcomer == party)

    # Sitting down

    def invite(self, who: Who, party: int) -> bool:
        if not (self.seated(who.party) and who.writes and self.status in TALKS):
            return False
        if party in self.closed or self.seats.get(party) in {"invited", "seated"}:
            return False
        self.seats[party] = "invited"
        self.entries += 1
        return True

    def sit_down(self, who: Who) -> bool:
        if not self._is_asked(who):
            return False
        self.seats[who.party] = "seated"
        self.text.add(who.party)
        self.text.revision += 1
        self.entries += 1
        self._open_talks()
        return True

    def decline(self, who: Who) -> bool:
        if not self._is_asked(who):
            return False
        self.seats[who.party] = "declined"
        self.entries += 1
        self._open_talks()
        return True

    def _is_asked(self, who: Who) -> bool:
        return who.speaks and self.seats.get(who.party) == "invited" and self.status in TALKS

    def _open_talks(self) -> None:
        seats = list(self.seats.values())
        if self.status == "idea" and "invited" not in seats:
            self.status = "talking" if seats.count("seated") >= 2 else "withdrawn"
            self.public = self.status == "talking"
            self.entries += 1

    def stand_up(self, who: Who) -> bool:
        if not (self.seated(who.party) and who.speaks and self.status in TALKS):
            return False
        self.seats[who.party] = "left"
        self.text.remove(who.party)
        self.text.revision += 1
        self.entries += 1
        left = list(self.seats.values())
        if not (left.count("seated") >= 2 or (left.count("seated") == 1 and "invited" in left)):
            self.status = "withdrawn"
            self.entries += 1
        return True

    # Writing

    def edit(self, who: Who, clause: str, way: str, stranger: int, *, fresh: bool) -> bool:
        if not (self.text and self.at_table(who.party) and who.writes and fresh):
            return False
        if self.offer or self.status in OVER or clause in {"parties", "ownership"}:
            return False
        if clause == "aims" and who.party not in self.text.parties:
            return False
        self._write(who, clause, way, stranger)
        self.text.revision += 1
        self.entries += 1
        return True

    def _write(self, who: Who, clause: str, way: str, stranger: int) -> None:
        text = self.text
        if clause == "aims":
            (text.aims.discard if way == "blank" else text.aims.add)(who.party)
        elif clause == "cost":
            text.shares = {"blank": set(), "stranger": text.parties | {stranger}}.get(way, set(text.parties))
        elif clause == "roles":
            text.tasks = way != "blank"
            text.doers = {"blank": set(), "stranger": {stranger}, "solo": {who.party}}.get(
                way, set(text.parties)
            )
            one = {"solo": who.party, "stranger": stranger, "loose": None, "blank": None}
            text.responsible = one.get(way, min(text.parties, default=None))
            text.bringers = set() if text.responsible is None else {text.responsible}
        else:
            (text.there.discard if way == "blank" else text.there.add)(clause)
        if clause == "form":
            first, *others = sorted(text.parties) or [who.party]
            second = {"solo": first, "stranger": stranger}.get(way, others[0] if others else first)
            posts = {"first": first, "second": second, "contact": first}
            text.posts = {} if way == "blank" else posts

    def begin(self, who: Who, change: str) -> bool:
        """Begin to amend, or to leave."""
        able = who.speaks if change == "leave" else who.writes
        if not (self.seated(who.party) and able and self.status == "active") or self.text or self.offer:
            return False
        if change == "leave" and len(self.binding.text.parties) < 3:
            return False
        self._lay(change)
        if change == "leave":
            self.text.remove(who.party)
        return True

    def _lay(self, change: str, newcomer: int | None = None) -> None:
        self.entries += 1
        self.text = deepcopy(self.binding.text)
        self.text.change, self.text.newcomer, self.text.revision = change, newcomer, self.entries

    def drop_change(self, who: Who) -> bool:
        if not (self.text and self.at_table(who.party) and who.writes and self.binding) or self.offer:
            return False
        for request in self.requests:
            if request.state == "accepted":
                request.state = "waiting"
        self.text = None
        self.entries += 1
        return True

    # Agreeing

    def put(self, who: Who, *, fresh: bool) -> bool:
        """Offer the text in preparation."""
        if not (self.text and self.at_table(who.party) and who.speaks and fresh and self.text.complete()):
            return False
        if self.offer or self.status != ("talking" if self.text.change == "start" else "active"):
            return False
        if self.text.change == "start":
            self.status = "offered"
        self._put(who, self.text.change, self.text)
        return True

    def propose_turn(self, who: Who, change: str, *, reason: bool) -> bool:
        if not (self.seated(who.party) and who.speaks and reason) or self.offer or not self.binding:
            return False
        if self.status not in TURNS.get(change, set()):
            return False
        self._put(who, change, self.binding.text)
        return True

    def _put(self, who: Who, change: str, text: Text) -> None:
        self.latest += 1
        concerned = text.parties | (self.binding.text.parties if self.binding else set())
        self.offer = Offer(self.latest, change, deepcopy(text), set(concerned), who.party)
        self.entries += 1
        self._give(who)

    def consent(self, who: Who, *, fresh: bool) -> bool:
        if not self._may_answer(who) or not fresh:
            return False
        if who.party in self.offer.given or who.person in self.offer.given.values():
            return False
        self._give(who)
        return True

    def _may_answer(self, who: Who) -> bool:
        return bool(self.offer and who.party in self.offer.concerned and who.speaks)

    def _give(self, who: Who) -> None:
        self.offer.given[who.party] = who.person
        self.entries += 1
        if set(self.offer.given) == self.offer.concerned:
            self._take_effect()

    def _take_effect(self) -> None:
        self.binding, self.offer = self.offer, None
        change, parties = self.binding.change, self.binding.text.parties
        self.entries += (
            2 if change == "start" else 1
        )  # with the start, the criteria for looking back are kept
        self.status = {"suspend": "suspended", "end": "ended"}.get(change, "active")
        for party, seat in self.seats.items():
            self.seats[party] = {"seated": "left", "invited": "declined"}.get(seat, seat)
        self.seats |= dict.fromkeys(parties, "seated")
        for request in self.requests:
            if request.state == "accepted" and request.party in parties:
                request.state = "joined"
            elif change == "end" and request.state in {"waiting", "accepted"}:
                request.state = "declined"
        if change not in {"suspend", "resume"}:
            self.text = None

    def retract(self, who: Who) -> bool:
        if not self._may_answer(who) or who.party not in self.offer.given:
            return False
        del self.offer.given[who.party]
        self.entries += 1
        if self.offer.by == who.party:
            self._close()
        return True

    def send_back(self, who: Who, *, reason: bool) -> bool:
        if not self._may_answer(who) or not reason:
            return False
        self.entries += 1
        self._close()
        return True

    def _close(self) -> None:
        if self.offer.change == "start":
            self.status = "talking"
        self.offer = None

    # Joining

    def ask_to_join(self, who: Who, *, message: bool) -> bool:
        if not (who.speaks and message and self.status == "active") or self.seated(who.party):
            return False
        if any(one.party == who.party and one.state in {"waiting", "accepted"} for one in self.requests):
            return False
        self.requests.append(Request(who.party))
        self.entries += 1
        return True

    def accept_request(self, who: Who, place: int) -> bool:
        request = self.requests[place]
        if not (self.seated(who.party) and who.writes and request.state == "waiting"):
            return False
        if self.status != "active" or self.text or self.offer:
            return False
        request.state = "accepted"
        self._lay("join", request.party)
        self.text.add(request.party)
        self.text.aims.discard(request.party)
        self.entries += 1
        return True

    def decline_request(self, who: Who, place: int, *, answer: bool) -> bool:
        if not (self.seated(who.party) and who.speaks and answer):
            return False
        return self._settle(place, "declined")

    def withdraw_request(self, who: Who, place: int) -> bool:
        if not (who.speaks and self.requests[place].party == who.party):
            return False
        return self._settle(place, "withdrawn")

    def _settle(self, place: int, state: str) -> bool:
        request = self.requests[place]
        if request.state != "waiting":
            return False
        request.state = state
        self.entries += 1
        return True

    def close(self, who: Who) -> bool:
        """End a party's activity: not while the others need its consent."""
        if not who.speaks or (self.at_table(who.party) and self.status not in OVER):
            return False
        self.closed.add(who.party)
        return True
