"""The pages of looking back: proposing a round, filling it in alone, sealing; then talking it over and publishing."""

from wanowa.evaluations.views.agreeing import round_page, rounds
from wanowa.evaluations.views.comparing import compare, table
from wanowa.evaluations.views.filling import answer, desk, draft, seal
from wanowa.evaluations.views.reading_results import paper, results
from wanowa.evaluations.views.talking_over import ahead, approve, comment, why, write

__all__ = [
    "ahead",
    "answer",
    "approve",
    "comment",
    "compare",
    "desk",
    "draft",
    "paper",
    "results",
    "round_page",
    "rounds",
    "seal",
    "table",
    "why",
    "write",
]
