"""Rounds, ideas and proposals to test with, made through the services, as people would."""

from dataclasses import replace
from datetime import timedelta

import time_machine
from django.db.models import Model
from django.utils import timezone

from wanowa.guideline.rules import Kind as PartyKind
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_of
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import party_with
from wanowa.people.tests.factories import PersonFactory
from wanowa.proposals.models import Proposal, Round, Seed
from wanowa.proposals.queries.proposals import answers_of, texts_of
from wanowa.proposals.queries.rounds import apply_end
from wanowa.proposals.rules.deadlines import GRACE, deadline
from wanowa.proposals.rules.questions import QuestionKey
from wanowa.proposals.rules.stages import Stage, proposed
from wanowa.proposals.rules.told import CriterionRule, RoundRules, digest_of_answers
from wanowa.proposals.services import partnering, rounds, seeds, submitting, writing

LEVELS = ("書いてありません", "少し書いてあります", "よくわかります")
WORDS = {
    QuestionKey.TITLE: "通学路に花と見守りを",
    QuestionKey.SUMMARY: "通学路に花を植えながら、朝の見守りをします。",
    QuestionKey.ISSUE: "朝、人の目がない道があります。",
    QuestionKey.AIM: "子どもと近所の人が、あいさつをする道になります。",
    QuestionKey.DOING: "月に2回、花の世話をしながら立ちます。",
    QuestionKey.ROLES: "会は花と人、市は道の許可をします。",
    QuestionKey.AMOUNT: "120,000円",
    QuestionKey.MEASURE: "立った日の数と、あいさつをした子の数です。",
}


def actor(kind: PartyKind = PartyKind.CITIZEN, role: Role = Role.REPRESENTATIVE, **fields: object) -> Actor:
    """Return somebody who acts for a new party."""
    party, (person,) = party_with(kind=kind, role=role, **fields)
    return Actor(person.pk, party.pk)


def office(**fields: object) -> Actor:
    """Return somebody who acts for a department of the city."""
    return actor(PartyKind.CITY, **fields)


def coordinator() -> Actor:
    """Return a coordinator at the desk."""
    return Actor(PersonFactory(is_coordinator=True).pk)


def rules(**changed: object) -> RoundRules:
    """Return the rules of a round of this fiscal year."""
    plain = RoundRules(
        fiscal_year=fiscal_year_of(timezone.localdate()),
        number=1,
        title="協働事業提案の募集",
        intro="まちのこまりごとを、いっしょに事業にします。",
        criteria=(CriterionRule("必要とされているか", 2, LEVELS), CriterionRule("できそうか", 1, LEVELS)),
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def calendar() -> tuple[Stage, ...]:
    """Return a calendar that begins today."""
    today = timezone.localdate()
    return proposed(today, fiscal_year_of(today))


def prepared(desk: Actor | None = None, **changed: object) -> Round:
    """Return a round in preparation, with two who will judge."""
    desk = desk or coordinator()
    found = rounds.prepare(rules(**changed), calendar(), by=desk)
    rounds.appoint(found, [(PersonFactory().pk, "学識経験者") for _one in range(2)], by=desk)
    return found


def opened(desk: Actor | None = None, **changed: object) -> Round:
    """Return an open round."""
    desk = desk or coordinator()
    return rounds.open_round(prepared(desk, **changed), by=desk)


def closed(found: Round) -> Round:
    """Return the round after its last day; the clock of the test goes on."""
    with time_machine.travel(deadline(apply_end(found)) + GRACE + timedelta(seconds=1), tick=False):
        return rounds.close(found)


def idea(text: str = "公園に、夜も明るい花だんがほしい。", by: Actor | None = None, **more: object) -> Seed:
    """Return an idea; there must be a coordinator."""
    return seeds.plant(text, by=by or Actor(), **more)  # type: ignore[arg-type]


def begun(found: Round, by: Actor, **more: object) -> Proposal:
    """Return a proposal just begun."""
    return writing.begin(found, by=by, **more)  # type: ignore[arg-type]


def written(proposal: Proposal, by: Actor, **changed: str) -> Proposal:
    """Write every question that is needed."""
    answers = answers_of(proposal)
    texts = {str(key): text for key, text in (WORDS | changed).items()}
    writing.save_answers(proposal, texts, seen={key: answers[key].revision for key in texts}, by=by)
    return fresh(proposal)


def accompanied(proposal: Proposal, by: Actor, other: Actor | None = None) -> Proposal:
    """Let another party say yes."""
    other = other or office()
    partner = partnering.ask_partner(proposal, party=other.required_party, by=by)
    partnering.answer_partner(partner, joins=True, by=other)
    return fresh(proposal)


def seen(proposal: Proposal) -> str:
    """Return the fingerprint of the answers as they stand."""
    return digest_of_answers(texts_of(proposal, answers_of(proposal)))


def handed_in(found: Round, by: Actor, other: Actor | None = None, **changed: str) -> Proposal:
    """Return a proposal handed in, with a partner."""
    proposal = accompanied(written(begun(found, by), by, **changed), by, other)
    return submitting.submit(proposal, seen=seen(proposal), by=by)


def fresh[M: Model](row: M) -> M:
    """Return a row as it stands in its table now."""
    return type(row)._default_manager.get(pk=row.pk)


def days(number: int) -> timedelta:
    """Return so many days."""
    return timedelta(days=number)
