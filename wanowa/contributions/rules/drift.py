"""The drift alarm: does what really happens still look like the form that was agreed? It tells, and decides nothing.

It knows posts and shares, never kinds of party (G-22f): the same figures give the same words whoever the parties are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules import Form, Post
from wanowa.kernel.errors import Sentence

MOST, FEW, HALF, ALL = 75, 25, 50, 100
"""Percent: nearly all, hardly anything, half."""
CHANGED = 25
"""Points by which a share differs from the one agreed when it counts as another one."""
ENTRIES, DAYS, DECISIONS = 5, 28, 3
"""How many confirmed entries, over how many days, and how many decisions it takes to say anything."""


class Look(TextChoices):
    """What it looks like. The first means: like what was agreed."""

    FITS = "fits", _("決めた形に合っています")
    CONTRACT = "contract", _("委託に近づいています")
    PARTNERSHIP_CONTRACT = "partnership_contract", _("協働型委託に近づいています")
    SUBSIDY = "subsidy", _("補助に近づいています")
    ENDORSEMENT = "endorsement", _("後援に近づいています")
    JOINT_OPERATION = "joint_operation", _("協働運営に近づいています")
    COMMITTEE = "committee", _("実行委員会・共催に近づいています")
    ALONE = "alone", _("1つの主体だけの活動に近づいています")


class Weighed(StrEnum):
    """What is weighed."""

    HOURS = "hours"
    MONEY = "money"
    DECISIONS = "decisions"


@dataclass(frozen=True, slots=True)
class Seen:
    """What really happened, and what had been agreed. Parties are ids; amounts are net and never below 0."""

    form: Form
    parties: tuple[int, ...]
    posts: Mapping[str, int]
    hours: Mapping[int, int]
    money: Mapping[int, int]
    decisions: Mapping[int, int]
    """How often each party put a text before everybody, began a change, or sent a text back to the talks."""
    others: Mapping[int, int] = field(default_factory=dict)
    """How many entries of goods, places and information each party has."""
    agreed_hours: Mapping[int, int] = field(default_factory=dict)
    agreed_money: Mapping[int, int] = field(default_factory=dict)
    entries: int = 0
    first: date | None = None
    last: date | None = None

    def of(self, what: Weighed) -> Mapping[int, int]:
        """Return the amounts of one thing."""
        return {Weighed.HOURS: self.hours, Weighed.MONEY: self.money}.get(what, self.decisions)

    def agreed(self, what: Weighed) -> Mapping[int, int]:
        """Return what had been agreed of one thing; nothing of decisions."""
        return {Weighed.HOURS: self.agreed_hours, Weighed.MONEY: self.agreed_money}.get(what, {})

    def holder(self, post: Post) -> int | None:
        """Return the party that holds a post."""
        return self.posts.get(post)


@dataclass(frozen=True, slots=True)
class Reason:
    """One figure behind a judgement: the share of one party, and what had been agreed (None: not stated)."""

    what: Weighed
    party: int
    percent: int
    agreed: int | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What it looks like, why, and where the guideline speaks of it."""

    look: Look
    sentence: Sentence = ""
    reasons: tuple[Reason, ...] = ()
    clauses: tuple[str, ...] = ("Ⅱ-5",)
    answers: tuple[tuple[str, str], ...] = ()
    """Answers for the navigator that fit what really happens."""


@dataclass(frozen=True, slots=True)
class TooEarly:
    """There is not enough to say anything: how much is still missing."""

    entries: int
    days: int


SENTENCES: Mapping[Look, Sentence] = {
    Look.FITS: _("時間、お金、決めごとは、決めた形に合っています。"),
    Look.CONTRACT: _(
        "お金のほとんどを1つの主体が出し、決めごとも同じ主体が出しています。委託に近づいています。"
    ),
    Look.PARTNERSHIP_CONTRACT: _(
        "お金のほとんどを1つの主体が出し、動くのはほかの主体です。協働型委託に近づいています。"
    ),
    Look.SUBSIDY: _("お金を出す主体と、決めて動く主体が分かれています。補助に近づいています。"),
    Look.ENDORSEMENT: _("1つの主体が、まだ何も出していません。後援に近づいています。"),
    Look.JOINT_OPERATION: _("時間もお金も決めごとも、分けあっています。協働運営に近づいています。"),
    Look.COMMITTEE: _("応援する主体も、いっしょに動いています。実行委員会・共催に近づいています。"),
    Look.ALONE: _("時間もお金も決めごとも、ほとんどが1つの主体です。1つの主体だけの活動に近づいています。"),
}
ANSWERS: Mapping[Look, tuple[tuple[str, str], ...]] = {
    Look.CONTRACT: (("bring", "money"), ("plan", "city")),
    Look.PARTNERSHIP_CONTRACT: (("bring", "money"), ("plan", "together")),
    Look.SUBSIDY: (("bring", "money"), ("plan", "ours")),
    Look.ENDORSEMENT: (("bring", "name"), ("plan", "ours")),
    Look.JOINT_OPERATION: (("bring", "share"), ("plan", "together")),
    Look.COMMITTEE: (("what", "event"), ("plan", "together")),
    Look.ALONE: (("bring", "nothing"), ("plan", "ours")),
}
"""The answers of the navigator that lead to what it looks like."""
CLAUSES: Mapping[Look, tuple[str, ...]] = {
    Look.FITS: ("Ⅱ-5",),
    Look.ENDORSEMENT: ("Ⅱ-5", "Ⅱ-2(3)"),
    Look.COMMITTEE: ("Ⅱ-5", "Ⅱ-2(3)"),
    Look.JOINT_OPERATION: ("Ⅱ-5", "Ⅱ-2(3)"),
    Look.ALONE: ("Ⅱ-4", "Ⅱ-2(6)"),
}
EQUALITY = ("Ⅱ-5", "Ⅱ-2(6)")
"""What the other looks are about: the form, and being equals."""

SHARED = (Form.COMMITTEE, Form.ACCORD, Form.JOINT_OPERATION)
"""Forms in which all give and all decide."""
PAYS: Mapping[Form, Post] = {
    Form.PARTNERSHIP_CONTRACT: Post.CLIENT,
    Form.CONTRACT: Post.CLIENT,
    Form.SUBSIDY: Post.GRANTOR,
    Form.COOPERATION: Post.SUPPORTER,
    Form.ENDORSEMENT: Post.ENDORSER,
}
"""The post that stands beside the one who works: it pays, supports, or lends its name."""


def judge(seen: Seen) -> Judgement | TooEarly:
    """Return what a collaboration looks like, with its figures; TooEarly while there is too little to look at."""
    days = (seen.last - seen.first).days if seen.first and seen.last else 0
    if seen.entries < ENTRIES or days < DAYS:
        return TooEarly(max(ENTRIES - seen.entries, 0), max(DAYS - days, 0))
    look, party = _drifted(seen)
    return Judgement(
        look=look,
        sentence=SENTENCES[look],
        reasons=_reasons(seen, party),
        clauses=CLAUSES.get(look, EQUALITY),
        answers=ANSWERS.get(look, ()),
    )


def _drifted(seen: Seen) -> tuple[Look, int | None]:
    """Return what it looks like, and the party that stands out (None: nobody does)."""
    aside = seen.holder(PAYS[seen.form]) if seen.form in PAYS else None
    if seen.form is Form.ENDORSEMENT:
        return _beside_the_host(seen, aside)
    look, party = _pattern(seen)
    if look is Look.ALONE and party != aside and _gave_nothing(seen, aside):
        return Look.ENDORSEMENT, party
    return (Look.FITS, party) if _fits(seen, look, party, aside) else (look, party)


def _pattern(seen: Seen) -> tuple[Look, int | None]:
    """Return which of the known patterns the figures show, whatever was agreed; FITS when they show none."""
    decider = _first(seen, Weighed.DECISIONS, MOST)
    payer, doer = _first(seen, Weighed.MONEY, MOST), _first(seen, Weighed.HOURS, MOST)
    if payer is not None and _at_most(seen.hours, payer, FEW):
        if decider == payer:
            return Look.CONTRACT, payer
        if decider is not None:
            return Look.SUBSIDY, payer
        if _known(seen):
            return Look.PARTNERSHIP_CONTRACT, payer
    alone = doer is not None and decider == doer and (payer == doer or not sum(seen.money.values()))
    if alone:
        return Look.ALONE, doer
    if _known(seen) and (decider, payer, doer) == (None,) * 3 and all(map(_total, (seen.hours, seen.money))):
        return Look.JOINT_OPERATION, None
    return Look.FITS, payer if payer is not None else doer


def _fits(seen: Seen, look: Look, party: int | None, aside: int | None) -> bool:
    """Tell whether a pattern is what the form means, or what the parties had agreed on."""
    match look:
        case Look.FITS:
            return True
        case Look.CONTRACT:
            return seen.form is Form.CONTRACT and party == aside
        case Look.SUBSIDY:
            return seen.form is Form.SUBSIDY and party == aside
        case Look.PARTNERSHIP_CONTRACT:
            own = seen.form in {Form.PARTNERSHIP_CONTRACT, Form.CONTRACT, Form.SUBSIDY} and party == aside
            return own or _as_agreed(seen, Weighed.MONEY, party)
        case Look.JOINT_OPERATION:
            return seen.form in SHARED or not _one_sided(seen)
        case _:
            # Whoever is supported acts by itself: as long as the supporter gives something, that is the form.
            supported = seen.form in {Form.COOPERATION, Form.SUBSIDY}
            return supported and party != aside


def _beside_the_host(seen: Seen, endorser: int | None) -> tuple[Look, int | None]:
    """Return the look where one party lends its name: whatever else it gives in earnest makes it another form."""
    look, party = _pattern(seen)
    if party == endorser and look in {Look.CONTRACT, Look.SUBSIDY, Look.PARTNERSHIP_CONTRACT}:
        return look, party
    if endorser is not None and _at_least(seen.hours, endorser, FEW):
        return Look.COMMITTEE, endorser
    return Look.FITS, party


def _known(seen: Seen) -> bool:
    return _total(seen.decisions) >= DECISIONS


def _first(seen: Seen, what: Weighed, percent: int) -> int | None:
    """Return the party with at least so much of something, above half; of decisions only when there are enough."""
    amounts = seen.of(what)
    if what is Weighed.DECISIONS and not _known(seen):
        return None
    return next((party for party in seen.parties if _at_least(amounts, party, percent)), None)


def _total(amounts: Mapping[int, int]) -> int:
    return sum(amounts.values())


def _at_least(amounts: Mapping[int, int], party: int, percent: int) -> bool:
    total = _total(amounts)
    return total > 0 and amounts.get(party, 0) * ALL >= total * percent


def _at_most(amounts: Mapping[int, int], party: int, percent: int) -> bool:
    total = _total(amounts)
    return total > 0 and amounts.get(party, 0) * ALL <= total * percent


def _gave_nothing(seen: Seen, party: int | None) -> bool:
    given = (seen.hours, seen.money, seen.others)
    return party is not None and not any(amounts.get(party, 0) for amounts in given)


def _as_agreed(seen: Seen, what: Weighed, party: int | None) -> bool:
    """Whether one party's share is, within CHANGED points, the one that was agreed; not when none was."""
    agreed, real = seen.agreed(what), seen.of(what)
    if party is None or not _total(agreed):
        return False
    planned = agreed.get(party, 0) * ALL // _total(agreed)
    return real.get(party, 0) * ALL // _total(real) - planned < CHANGED


def _one_sided(seen: Seen) -> bool:
    """Whether the agreement gives nearly all the work or all the money to one party."""
    return any(
        _at_least(agreed, party, MOST)
        for agreed in (seen.agreed_hours, seen.agreed_money)
        for party in seen.parties
    )


def _reasons(seen: Seen, party: int | None) -> tuple[Reason, ...]:
    """Return the figures: of the party that stands out, or of whoever has most of each thing."""
    found = []
    for what in Weighed:
        amounts, agreed = seen.of(what), seen.agreed(what)
        total = _total(amounts)
        if not total:
            continue
        who = party if party is not None else max(seen.parties, key=lambda one: amounts.get(one, 0))
        planned = agreed.get(who, 0) * ALL // _total(agreed) if _total(agreed) else None
        found.append(Reason(what, who, amounts.get(who, 0) * ALL // total, planned))
    return tuple(found)
