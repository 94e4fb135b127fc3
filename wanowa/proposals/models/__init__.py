"""The nouns of the scheme: a round with its rules, needs of departments, ideas, and proposals written together."""

from wanowa.proposals.models.gate import Award, Budget, Continuation, Decision, Objection
from wanowa.proposals.models.judging import (
    Check,
    Declaration,
    Inquiry,
    Judging,
    Minutes,
    Pitch,
    Recording,
    Recusal,
    Sheet,
)
from wanowa.proposals.models.proposals import (
    Answer,
    Attachment,
    Message,
    Partner,
    Proposal,
    Statement,
    Wording,
)
from wanowa.proposals.models.rounds import Capacity, Criterion, Need, Reviewer, Round, RoundStage
from wanowa.proposals.models.seeds import Seed, SeedMessage

__all__ = [
    "Answer",
    "Attachment",
    "Award",
    "Budget",
    "Capacity",
    "Check",
    "Continuation",
    "Criterion",
    "Decision",
    "Declaration",
    "Inquiry",
    "Judging",
    "Message",
    "Minutes",
    "Need",
    "Objection",
    "Partner",
    "Pitch",
    "Proposal",
    "Recording",
    "Recusal",
    "Reviewer",
    "Round",
    "RoundStage",
    "Seed",
    "SeedMessage",
    "Sheet",
    "Statement",
    "Wording",
]
