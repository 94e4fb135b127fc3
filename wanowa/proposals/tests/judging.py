"""A round that is being judged, to test with: its rows as `rounds` leaves them, everything after by the services."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from wanowa.guideline.rules import Kind as PartyKind
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_of
from wanowa.parties.models import Party
from wanowa.parties.tests.factories import party_with
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory
from wanowa.proposals.models import (
    Answer,
    Award,
    Criterion,
    Partner,
    Proposal,
    Round,
    RoundStage,
)
from wanowa.proposals.queries.judging import own_sheet
from wanowa.proposals.rules.judging import CheckItem, Finding, Mark, Outcome, Sheet, Verdict
from wanowa.proposals.rules.lifecycle import Kind, PartnerState
from wanowa.proposals.rules.questions import REQUIRED
from wanowa.proposals.rules.receipts import receipt
from wanowa.proposals.rules.stages import StageKey, Way
from wanowa.proposals.rules.vocabulary import Conflict, Shown
from wanowa.proposals.services import gate, rounds
from wanowa.proposals.services import judging as services

LENGTHS = {
    StageKey.APPLY: (-30, -10),
    StageKey.CHECK: (-9, 7),
    StageKey.QUESTIONS: (-9, 14),
    StageKey.SCORING: (-9, 21),
    StageKey.DELIBERATION: (22, 24),
    StageKey.DECISION: (25, 40),
    StageKey.BUDGET: (41, 100),
    StageKey.START: (101, 120),
}
"""First and last day of each stage, counted from today."""
FINE = {item.value: Finding(met=True) for item in CheckItem}
LEVELS = ["たりない", "少し", "ふつう", "よい", "とてもよい"]


@dataclass
class Bench:
    """A round, who judges in it, the desk, and what was proposed."""

    round: Round
    reviewers: list[Actor]
    desk: Actor
    department: Party
    official: Actor
    proposals: list[Proposal]
    proposers: list[Actor] = field(default_factory=list)

    def fresh(self, at: int = 0) -> Proposal:
        """Return a proposal as it stands now, with its round."""
        return Proposal.objects.select_related("round").get(pk=self.proposals[at].pk)

    def cancel(self, award: Award) -> None:
        """Let the desk give up something that was adopted."""
        gate.cancel(award, reason="予算が成立しませんでした。", by=self.desk)


def bench(
    proposals: int = 2,
    reviewers: int = 2,
    *,
    blind: bool = True,
    shown: tuple[str, ...] = tuple(Shown.values),
    text: str = "公園に花を植えます。",
    later: int = 0,
    judges: Sequence[User] = (),
    desk: User | None = None,
    office: Actor | None = None,
    authors: Sequence[Actor] = (),
) -> Bench:
    """Return a closed round with what was handed in; `later` moves its calendar by so many days.

    Who judges, decides, is the department and proposes can be named; otherwise they are new people.
    """
    today, year = timezone.localdate(), fiscal_year_of(timezone.localdate())
    number = Round.objects.filter(fiscal_year=year).count() + 1
    found = Round.objects.create(
        fiscal_year=year,
        number=number,
        title=f"第{number}回の募集",
        kinds=[Kind.CITIZEN],
        blind=blind,
        conflicts=list(Conflict.values),
        shown=list(shown),
    )
    for key, (first, last) in LENGTHS.items():
        ends = today + timedelta(days=last + later)
        RoundStage.objects.create(
            round=found,
            key=key,
            starts_on=today + timedelta(days=first + later),
            ends_on=ends,
            original_end=ends,
            way=Way.ANYTIME,
        )
    for place, (label, weight) in enumerate((("必要か", 2), ("効果があるか", 3)), 1):
        Criterion.objects.create(
            round=found, position=place, key=f"c{place}", label=label, weight=weight, levels=LEVELS
        )
    people = list(judges) or [PersonFactory() for _one in range(reviewers)]
    now = timezone.now()
    office = office or _somebody(PartyKind.CITY)
    coordinator = Actor((desk or PersonFactory(is_coordinator=True)).pk)
    rounds.appoint(found, [(person.pk, "学識経験者") for person in people], by=coordinator)
    _move(found, status="open", opened_at=now, fingerprint="0" * 64)
    made = Bench(
        found,
        [Actor(person.pk) for person in people],
        coordinator,
        Party.objects.get(pk=office.party),
        office,
        [],
    )
    received = now + timedelta(days=LENGTHS[StageKey.APPLY][1] + later)
    for place in range(proposals):
        author = authors[place] if authors else _somebody(PartyKind.CITIZEN)
        _propose(made, author, f"花の道{place + 1}", text, received)
    _move(found, status="judging", closed_at=now)
    return made


def _move(found: Round, **changed: object) -> None:
    for name, value in changed.items():
        setattr(found, name, value)
    found.save()


def _somebody(kind: PartyKind) -> Actor:
    party, (person,) = party_with(kind=kind)
    return Actor(person.pk, party.pk)


def _propose(made: Bench, author: Actor, title: str, text: str, at: datetime) -> None:
    proposal = Proposal.objects.create(
        round=made.round,
        kind=Kind.CITIZEN,
        party_id=author.required_party,
        person_id=author.required_person,
        department=made.department,
    )
    Answer.objects.bulk_create(
        Answer(proposal=proposal, key=key, text=title if key == "title" else text, revision=1)
        for key in REQUIRED
    )
    Partner.objects.create(
        proposal=proposal,
        party=made.department,
        person_id=author.required_person,
        state=PartnerState.JOINED,
        answered_by_id=made.official.required_person,
        answered_at=at,
    )
    proposal.title, proposal.amount, proposal.status = title, 100_000, "submitted"
    proposal.receipt, proposal.fingerprint = receipt(made.round.fiscal_year, proposal.pk), "0" * 64
    proposal.submitted_at, proposal.submitted_by_id = at, author.required_person
    proposal.save()
    made.proposals.append(proposal)
    made.proposers.append(author)


def checked(made: Bench) -> Bench:
    """Let the desk find everything in order, and begin the scoring."""
    for proposal in made.proposals:
        services.check(proposal, findings=FINE, by=made.desk)
    services.begin_scoring(made.round, by=made.desk)
    return made


def scoring(*args, **options) -> Bench:
    """Return a round in which every reviewer has declared and nobody has scored."""
    made = checked(bench(*args, **options))
    for reviewer in made.reviewers:
        services.declare(made.round, related=(), by=reviewer)
    return made


def sheet(score: int = 4, why: str = "よく考えられています。", words: str = "") -> Sheet:
    """Return a complete sheet with one score everywhere."""
    return Sheet({"c1": Mark(score, why), "c2": Mark(score, why)}, words)


def seal(made: Bench, reviewer: Actor, at: int = 0, *, score: int = 4, why: str = "よい案です。"):
    """Let a reviewer seal what she thinks of one proposal."""
    proposal = made.fresh(at)
    held = next(one for one in made.round.reviewers.all() if one.person_id == reviewer.person)
    seen = own_sheet(proposal, held).revision
    return services.seal_sheet(proposal, sheet=sheet(score, why), seen=seen, by=reviewer)


def opened(*args, **options) -> Bench:
    """Return a round whose sheets are all open; the first proposal has the highest scores."""
    made = scoring(*args, **options)
    for at in range(len(made.proposals)):
        for reviewer in made.reviewers:
            seal(made, reviewer, at, score=max(5 - at, 1))
    return made


def announced(*args, **options) -> Bench:
    """Return a round with results: the first proposal is adopted, the others are not."""
    made = opened(*args, **options)
    for at, proposal in enumerate(made.proposals):
        services.prepare(proposal, verdict=verdict(adopts=at == 0), seen=0, by=made.desk)
    services.announce(made.round, by=made.desk)
    return made


def verdict(*, adopts: bool = True, amount: int = 90_000, reasons: str = "効果が高いためです。") -> Verdict:
    """Return a decision."""
    return Verdict(Outcome.ADOPTED if adopts else Outcome.NOT_ADOPTED, reasons, amount if adopts else None)
