"""The pages of evaluations."""

from wanowa.evaluations.views.comparing import compare, table
from wanowa.evaluations.views.reading_results import paper, results
from wanowa.evaluations.views.talking_over import ahead, approve, comment, why, write

__all__ = ["ahead", "approve", "comment", "compare", "paper", "results", "table", "why", "write"]
