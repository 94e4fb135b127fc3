"""Two rounds of the scheme that are over: one is being judged, one waits for its budget. Through the services.

The time of handing in is over by an act of the demonstration, never by another clock: the record says when it was done.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone

from wanowa.cli.town.content import Person, Table, table
from wanowa.cli.town.proposing import Scene, reviewers
from wanowa.cli.town.settling import DESK
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_of
from wanowa.people.models import User
from wanowa.proposals.models import Proposal, Round
from wanowa.proposals.queries.judging import criteria_of
from wanowa.proposals.rules.judging import CheckItem, Finding, Mark, Outcome, Sheet, Verdict
from wanowa.proposals.rules.stages import Stage, StageKey, proposed
from wanowa.proposals.rules.told import CriterionRule, RoundRules
from wanowa.proposals.rules.vocabulary import Shown
from wanowa.proposals.services import judging as services
from wanowa.proposals.services import rounds

FINE = {item.value: Finding(met=True) for item in CheckItem}
WRITING = timedelta(days=14)
"""How long one could hand in; it ended on the day of the building."""


def pieces(people: Mapping[str, Person], actors: Mapping[str, Actor]) -> list[Callable[[], None]]:
    """Return what plays each round up to where it stands, unless it is there."""
    written = table("judging.toml")
    return [lambda row=row: _play(row, written, people, actors) for row in written["round"]]  # type: ignore[misc]


def _play(row: Table, written: Table, people: Mapping[str, Person], actors: Mapping[str, Actor]) -> None:
    if Round.objects.filter(title=row["title"], demonstration=True).exists():
        return

    def person(key: str) -> int:
        return User.objects.get(email=people[key].email).pk

    play = Play(written, row, actors, Actor(person(DESK)))
    play.until_handed_in(reviewers(people))
    play.judged([Actor(person(one["person"])) for one in written["reviewer"]])
    if "decision" in row:
        play.decided()


@dataclass
class Play:
    """One round while it is played."""

    written: Table
    row: Table
    actors: Mapping[str, Actor]
    desk: Actor
    round: Round = None  # type: ignore[assignment]  # until it is prepared

    def until_handed_in(self, reviewers: Sequence[tuple[int, str]]) -> None:
        """Prepare and open the round, let everybody write and hand in, and close it."""
        made = rounds.prepare(self._rules(), _calendar(), demonstration=True, by=self.desk)
        rounds.appoint(made, reviewers, by=self.desk)
        self.round = rounds.open_round(made, by=self.desk)
        for proposal in self.row["proposal"]:
            Scene(self.round, proposal | {"state": "sent"}, self.actors, self.desk).play()
        with _the_day_is_over():
            self.round = rounds.close(self.round)

    def _rules(self) -> RoundRules:
        year = fiscal_year_of(timezone.localdate())
        return RoundRules(
            fiscal_year=year,
            number=Round.objects.filter(fiscal_year=year).count() + 1,
            title=self.row["title"],
            intro=self.row["intro"].strip(),
            shown=tuple(Shown),
            criteria=tuple(
                CriterionRule(one["label"], one["weight"], tuple(one["levels"]))
                for one in self.written["criterion"]
            ),
        )

    def proposals(self) -> list[Proposal]:
        """Return what was handed in, in the order of the numbers."""
        return list(self.round.proposals.select_related("round").order_by("pk"))

    def judged(self, reviewers: Sequence[Actor]) -> None:
        """Check everything, ask a question, and seal the sheets that are written."""
        for proposal in self.proposals():
            services.check(proposal, findings=FINE, by=self.desk)
        services.begin_scoring(self.round, by=self.desk)
        for reviewer in reviewers:
            services.declare(self.round, related=(), by=reviewer)
        keys = [one.key for one in criteria_of(self.round)]
        for proposal, told in zip(self.proposals(), self.row["proposal"], strict=True):
            if "question" in told:
                inquiry = services.inquire(proposal, text=told["question"], by=reviewers[0])
                services.answer_inquiry(inquiry, text=told["reply"], by=self.actors[told["party"]])
            for reviewer, scores in zip(reviewers, told["scores"], strict=False):
                marks = {key: Mark(score) for key, score in zip(keys, scores, strict=True)}
                sheet = Sheet(marks, self.written["words"])
                services.seal_sheet(proposal, sheet=sheet, seen=0, by=reviewer)

    def decided(self) -> None:
        """Keep the minutes, decide about each with reasons, and tell everybody at once."""
        services.keep_minutes(self.round, text=self.row["minutes"].strip(), by=self.desk)
        for proposal, told in zip(self.proposals(), self.row["decision"], strict=True):
            amount = told.get("amount")
            outcome = Outcome.NOT_ADOPTED if amount is None else Outcome.ADOPTED
            verdict = Verdict(outcome, told["reasons"], amount)
            services.prepare(proposal, verdict=verdict, seen=0, by=self.desk)
        services.announce(self.round, by=self.desk)


def _calendar() -> tuple[Stage, ...]:
    """Return a calendar whose time of handing in ends today; what follows keeps its distance."""
    today = timezone.localdate()
    planned = proposed(today, fiscal_year_of(today))
    apply = next(stage for stage in planned if stage.key is StageKey.APPLY)
    earlier = apply.ends_on - today
    kept = {StageKey.BUDGET, StageKey.START}
    return tuple(
        replace(apply, starts_on=today - WRITING, ends_on=today)
        if stage is apply
        else stage
        if stage.key in kept
        else replace(stage, starts_on=stage.starts_on - earlier, ends_on=stage.ends_on - earlier)
        for stage in planned
    )


@contextmanager
def _the_day_is_over() -> Iterator[None]:
    """Let a round of the demonstration close on its last day, so that its judging can be seen."""
    names = vars(rounds)
    kept = names["may_close"]
    names["may_close"] = lambda *_: True
    try:
        yield
    finally:
        names["may_close"] = kept
