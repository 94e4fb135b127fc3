"""The nouns of looking back: rounds and what is sealed in them, and what the parties say about it afterwards."""

from wanowa.evaluations.models.reflection import (
    Approval,
    Comment,
    Reason,
    Reflection,
    Statement,
    Successor,
)
from wanowa.evaluations.models.rounds import Agreement, Draft, Evaluation, Round, Writer, Yardstick

__all__ = [
    "Agreement",
    "Approval",
    "Comment",
    "Draft",
    "Evaluation",
    "Reason",
    "Reflection",
    "Round",
    "Statement",
    "Successor",
    "Writer",
    "Yardstick",
]
