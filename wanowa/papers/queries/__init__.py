"""Reading papers: what stands on the shelf, one paper as PDF, what verify and a bundle ask for."""

from wanowa.papers.queries.agreements import agreement_of, drafted, paper
from wanowa.papers.queries.evidence import exhibits, papers_match_the_record
from wanowa.papers.queries.figures import figures_of, takes_figures
from wanowa.papers.queries.shelf import (
    Row,
    Shelf,
    draft_with_papers,
    forgotten,
    issue_of,
    kinds_of,
    links,
    shelf_of,
    unissued,
    written,
)

__all__ = [
    "Row",
    "Shelf",
    "agreement_of",
    "draft_with_papers",
    "drafted",
    "exhibits",
    "figures_of",
    "forgotten",
    "issue_of",
    "kinds_of",
    "links",
    "paper",
    "papers_match_the_record",
    "shelf_of",
    "takes_figures",
    "unissued",
    "written",
]
