"""What may happen to an activity, who may do it, and what the city owes in area E. No database, no clock."""

from wanowa.activities.rules.checklist import (
    QUESTIONS,
    Question,
    QuestionFacts,
    Reply,
    keeps_open,
    unanswered,
)
from wanowa.activities.rules.lifecycle import (
    LIFECYCLE,
    SUGGESTION,
    Move,
    Status,
    SuggestionMove,
    SuggestionStatus,
)
from wanowa.activities.rules.sides import (
    MOVES,
    OWN_AREAS,
    Stand,
    area_of,
    awaited,
    roles_for,
    stand_of,
    who_answers,
)
from wanowa.activities.rules.words import Words

__all__ = [
    "LIFECYCLE",
    "MOVES",
    "OWN_AREAS",
    "QUESTIONS",
    "SUGGESTION",
    "Move",
    "Question",
    "QuestionFacts",
    "Reply",
    "Stand",
    "Status",
    "SuggestionMove",
    "SuggestionStatus",
    "Words",
    "area_of",
    "awaited",
    "keeps_open",
    "roles_for",
    "stand_of",
    "unanswered",
    "who_answers",
]
