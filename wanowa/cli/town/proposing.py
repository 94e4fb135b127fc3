"""The scheme in the town: a round that is open now, ideas and proposals in every state, through the services."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from wanowa.cli.town.content import Person, Table, table
from wanowa.cli.town.settling import DESK
from wanowa.kernel.actors import Actor
from wanowa.people.models import User
from wanowa.proposals.models import Proposal, Round, Seed
from wanowa.proposals.queries.history import years_to_take_over
from wanowa.proposals.queries.proposals import answers_of, texts_of
from wanowa.proposals.queries.rounds import next_number
from wanowa.proposals.rules.stages import proposed, season
from wanowa.proposals.rules.told import CriterionRule, RoundRules, digest_of_answers
from wanowa.proposals.rules.vocabulary import Channel
from wanowa.proposals.services import (
    departments,
    partnering,
    past,
    rounds,
    seeds,
    submitting,
    talking,
    writing,
)


def pieces(people: Mapping[str, Person], actors: Mapping[str, Actor]) -> list[Callable[[], None]]:
    """Return what takes over the rounds of the past, and what opens one and fills it, unless they are there."""
    return [lambda: _take_over(people), lambda: _fill(people, actors)]


def _take_over(people: Mapping[str, Person]) -> None:
    if years_to_take_over():
        past.take_over(by=_desk(people))


def reviewers(people: Mapping[str, Person]) -> list[tuple[int, str]]:
    """Return who judges in the rounds of the town, and in what capacity."""
    return [
        (User.objects.get(email=people[one["person"]].email).pk, one["capacity"])
        for one in table("judging.toml")["reviewer"]
    ]


def _desk(people: Mapping[str, Person]) -> Actor:
    return Actor(User.objects.get(email=people[DESK].email).pk)


def _fill(people: Mapping[str, Person], actors: Mapping[str, Actor]) -> None:
    if Seed.objects.filter(demonstration=True).exists():
        return
    written = table("proposals.toml")
    desk = _desk(people)
    found = _opened(written, desk, people)
    for row in written["capacity"]:
        departments.declare(
            found,
            places=row["places"],
            forms=row.get("forms", ()),
            note=row["note"],
            by=actors[row["department"]],
        )
    for row in written["need"]:
        departments.publish_need(
            found,
            title=row["title"],
            text=row["text"],
            places=row["places"],
            budget=row.get("budget"),
            by=actors[row["department"]],
        )
    for row in written["seed"]:
        _planted(row, desk)
    for row in written["proposal"]:
        Scene(found, row, actors, desk).play()


def _opened(written: Table, desk: Actor, people: Mapping[str, Person]) -> Round:
    """Open a round that takes proposals from today on, for the first year whose budget its result comes in time for."""
    today = timezone.localdate()
    year, _first_day = season(today)
    told = written["round"]
    rules = RoundRules(
        fiscal_year=year,
        number=next_number(year),
        title=told["title"],
        intro=told["intro"].strip(),
        questions=tuple(told["questions"]),
        cap=told["cap"],
        frame=told["frame"],
        places=told["places"],
        criteria=tuple(
            CriterionRule(row["label"], row["weight"], tuple(row["levels"])) for row in written["criterion"]
        ),
    )
    made = rounds.prepare(rules, proposed(today, year), demonstration=True, by=desk)
    rounds.appoint(made, reviewers(people), by=desk)
    return rounds.open_round(made, by=desk)


def _planted(row: Table, desk: Actor) -> Seed:
    channel = Channel(row["channel"])
    seed = seeds.plant(
        row["text"],
        name=row["name"],
        channel=channel,
        demonstration=True,
        by=Actor() if channel is Channel.WEB else desk,
    )
    if "answer" in row:
        seeds.answer(seed, body=row["answer"], by=desk)
    if "more" in row:
        seeds.ask(seed, body=row["more"], by=Actor())
    if row.get("settled"):
        seeds.settle(seed, by=desk)
    return seed


@dataclass
class Scene:
    """One proposal while it is brought to its state."""

    round: Round
    row: Table
    actors: Mapping[str, Actor]
    desk: Actor

    def play(self) -> None:
        """Begin it, write it, find its partner, hand it in: as far as is written."""
        by, row = self.actors[self.row["party"]], self.row
        seed = None
        if "seed" in row:
            seed = seeds.plant(row["seed"], demonstration=True, by=Actor(by.person))
        proposal = writing.begin(self.round, seed=seed, demonstration=True, by=by)
        revisions = {key: answer.revision for key, answer in answers_of(proposal).items()}
        writing.save_answers(proposal, row["answers"], seen=revisions, by=by)
        if row["state"] == "calling":
            partnering.call(proposal, by=by)
        if "partner" in row:
            self._accompanied(proposal, by)
        if row["state"] in {"matching", "sent"}:
            read = digest_of_answers(texts_of(proposal, answers_of(proposal)))
            submitting.submit(proposal, seen=read, by=by)

    def _accompanied(self, proposal: Proposal, by: Actor) -> None:
        other, row = self.actors[self.row["partner"]], self.row
        partner = partnering.ask_partner(proposal, party=other.required_party, by=by)
        talking.speak(proposal, body=row["talk"], by=other)
        partnering.answer_partner(partner, joins=True, by=other)
        talking.state(proposal, text=row["says"], by=by)
        talking.state(proposal, text=row["partner_says"], by=other)
