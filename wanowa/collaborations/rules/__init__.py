"""What may happen to a collaboration, when a version binds, and what it says. No database, no clock."""

from wanowa.collaborations.rules.carrying import Gauge, Load, carrying, gauge, in_words, percents
from wanowa.collaborations.rules.clauses import FIELDS, mark, with_clause
from wanowa.collaborations.rules.consent import (
    CONSENT_RULES,
    awaiting,
    concerned,
    fingerprint,
    sealed_text,
    two_persons,
)
from wanowa.collaborations.rules.difference import ClauseDifference, clause_text, differences
from wanowa.collaborations.rules.lifecycle import (
    CHANGES_FROM,
    EFFECT,
    LIFECYCLE,
    Change,
    Move,
    Seat,
    Status,
    steps,
)
from wanowa.collaborations.rules.measures import GROUNDS, REMEDIES, Remedy, takes_effect
from wanowa.collaborations.rules.problems import Problem, problems
from wanowa.collaborations.rules.proposals import PROPOSALS, first_draft, settled_area, with_proposals
from wanowa.collaborations.rules.terms import (
    Bring,
    Clause,
    Goal,
    Outcome,
    Share,
    Task,
    Terms,
    for_joining,
    for_leaving,
)

__all__ = [
    "CHANGES_FROM",
    "CONSENT_RULES",
    "EFFECT",
    "FIELDS",
    "GROUNDS",
    "LIFECYCLE",
    "PROPOSALS",
    "REMEDIES",
    "Bring",
    "Change",
    "Clause",
    "ClauseDifference",
    "Gauge",
    "Goal",
    "Load",
    "Move",
    "Outcome",
    "Problem",
    "Remedy",
    "Seat",
    "Share",
    "Status",
    "Task",
    "Terms",
    "awaiting",
    "carrying",
    "clause_text",
    "concerned",
    "differences",
    "fingerprint",
    "first_draft",
    "for_joining",
    "for_leaving",
    "gauge",
    "in_words",
    "mark",
    "percents",
    "problems",
    "sealed_text",
    "settled_area",
    "steps",
    "takes_effect",
    "two_persons",
    "with_clause",
    "with_proposals",
]
