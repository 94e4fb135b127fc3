"""Writing, withdrawing and verifying: all that is ever done to the process log."""

from wanowa.record.rules import Problem
from wanowa.record.services.verifying import Report, register_evidence, verify
from wanowa.record.services.withdrawing import correct, hide, redact, redact_person, redact_value
from wanowa.record.services.writing import records, write

__all__ = [
    "Problem",
    "Report",
    "correct",
    "hide",
    "records",
    "redact",
    "redact_person",
    "redact_value",
    "register_evidence",
    "verify",
    "write",
]
