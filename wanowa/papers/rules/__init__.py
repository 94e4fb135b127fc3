"""Which papers an agreement has, and what stands on each. Pure: text in, a sheet out."""

from wanowa.papers.rules.agreement import Agreement, Called, Standing
from wanowa.papers.rules.composing import file_name, sheet_of
from wanowa.papers.rules.figures import Figures
from wanowa.papers.rules.kinds import FACTS, PAPERS, WRITTEN, PaperFacts, papers_of

__all__ = [
    "FACTS",
    "PAPERS",
    "WRITTEN",
    "Agreement",
    "Called",
    "Figures",
    "PaperFacts",
    "Standing",
    "file_name",
    "papers_of",
    "sheet_of",
]
