"""What chance seldom leads to, done on purpose, so that every action happens whatever hypothesis draws."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.trust.consent.machine import Consent2to6, place


class Consent(Consent2to6):
    """The whole machine."""

    @precondition(lambda self: not self.table.binding and "invited" in self.table.seats.values())
    @rule()
    def somebody_stays_away(self) -> None:
        """Let a party that is invited decline."""
        invited = next(party for party, seat in self.table.seats.items() if seat == "invited")
        self.answer(self.cast.parties.index(invited), "speaker", "decline")

    @precondition(lambda self: self.table.status == "active" and not self.table.text and not self.table.offer)
    @rule(name=st.sampled_from(("withdraw", "decline")))
    def somebody_is_not_let_in(self, name: str) -> None:
        """Let the one outside ask, and take it back or be refused."""
        self.ask_to_join(self.count, "speaker", True)
        states = [request.state for request in self.table.requests]
        inside = self.cast.parties.index(min(self.table.binding.text.parties))
        if "waiting" in states:
            at = self.count if name == "withdraw" else inside
            self.answer_request(at, "speaker", states.index("waiting"), name)

    @precondition(lambda self: self.table.status == "suspended")
    @rule(at=place)
    def somebody_wants_to_go_on(self, at: int) -> None:
        """Propose to resume what rests."""
        self.propose_turn(at, "speaker", "resume", True)
