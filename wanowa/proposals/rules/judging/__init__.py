"""Fair judging (G-3C): sealed scores, names covered, an order with every tie explained, nothing before the budget."""

from wanowa.proposals.rules.judging.beginning import first_text
from wanowa.proposals.rules.judging.blinding import (
    COVER,
    covered,
    names_to_cover,
    replaced,
    shows_files,
)
from wanowa.proposals.rules.judging.checking import CheckItem, Finding, check_findings, content_of
from wanowa.proposals.rules.judging.lifecycle import (
    AWARD,
    JUDGING,
    TOLD,
    AwardMove,
    AwardStatus,
    Outcome,
    Phase,
    Turn,
    require_budget,
)
from wanowa.proposals.rules.judging.ranking import Place, Weighed, ranking, shown
from wanowa.proposals.rules.judging.scoring import (
    SALT_BYTES,
    Mark,
    Pair,
    Sheet,
    awaited,
    check,
    commitment,
    may_open,
    sealed_text,
    sheet_in,
)
from wanowa.proposals.rules.judging.verdicts import Verdict

__all__ = [
    "AWARD",
    "COVER",
    "JUDGING",
    "SALT_BYTES",
    "TOLD",
    "AwardMove",
    "AwardStatus",
    "CheckItem",
    "Finding",
    "Mark",
    "Outcome",
    "Pair",
    "Phase",
    "Place",
    "Sheet",
    "Turn",
    "Verdict",
    "Weighed",
    "awaited",
    "check",
    "check_findings",
    "commitment",
    "content_of",
    "covered",
    "first_text",
    "may_open",
    "names_to_cover",
    "ranking",
    "replaced",
    "require_budget",
    "sealed_text",
    "sheet_in",
    "shown",
    "shows_files",
]
