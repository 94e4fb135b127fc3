"""The pages of looking back: proposing a round, filling it in alone, sealing."""

from wanowa.evaluations.views.agreeing import round_page, rounds
from wanowa.evaluations.views.filling import answer, desk, draft, seal

__all__ = ["answer", "desk", "draft", "round_page", "rounds", "seal"]
