"""Pages of the scheme: the overview with the box of 200 characters, a round, an idea, a proposal, the desk."""

from wanowa.proposals.views.desk import desk
from wanowa.proposals.views.editing import edit_round, new_round
from wanowa.proposals.views.ideas import code, overview, seed
from wanowa.proposals.views.reading import paper, proposal
from wanowa.proposals.views.rounds import round_page
from wanowa.proposals.views.writing import draft, submit, write

__all__ = [
    "code",
    "desk",
    "draft",
    "edit_round",
    "new_round",
    "overview",
    "paper",
    "proposal",
    "round_page",
    "seed",
    "submit",
    "write",
]
