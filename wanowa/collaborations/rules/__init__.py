"""What may happen to a collaboration, when a version binds, and what it says. No database, no clock."""

from wanowa.collaborations.rules.clauses import FIELDS, mark, with_clause
from wanowa.collaborations.rules.consent import (
    CONSENT_RULES,
    awaiting,
    concerned,
    fingerprint,
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
from wanowa.collaborations.rules.terms import (
    Bring,
    Clause,
    Goal,
    Outcome,
    Share,
    Task,
    Terms,
    first_draft,
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
    "REMEDIES",
    "Bring",
    "Change",
    "Clause",
    "ClauseDifference",
    "Goal",
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
    "clause_text",
    "concerned",
    "differences",
    "fingerprint",
    "first_draft",
    "for_joining",
    "for_leaving",
    "mark",
    "problems",
    "steps",
    "takes_effect",
    "two_persons",
    "with_clause",
]
