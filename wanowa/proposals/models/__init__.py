"""The nouns of the scheme: a round with its rules, needs of departments, ideas, and proposals written together."""

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
    "Capacity",
    "Criterion",
    "Message",
    "Need",
    "Partner",
    "Proposal",
    "Reviewer",
    "Round",
    "RoundStage",
    "Seed",
    "SeedMessage",
    "Statement",
    "Wording",
]
