"""What parties do when they look back: agree on a round, write alone, seal, and open all at once."""

from wanowa.evaluations.services.rounds import agree, close, keep_yardstick, propose
from wanowa.evaluations.services.sealing import forget_person, remind, reveal, save_draft, seal, take_side

__all__ = [
    "agree",
    "close",
    "forget_person",
    "keep_yardstick",
    "propose",
    "remind",
    "reveal",
    "save_draft",
    "seal",
    "take_side",
]
