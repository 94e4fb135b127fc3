"""Writing, withdrawing and verifying the process log, signing what it holds, and giving it away in bundles."""

from wanowa.record.rules import Problem
from wanowa.record.services.bundling import Exhibit, Reading, bundle, register_exhibits
from wanowa.record.services.checkpoints import Halted, checkpoint
from wanowa.record.services.keys import KeyUnusable, introduce_key, register_origin
from wanowa.record.services.verifying import Report, register_evidence, verify
from wanowa.record.services.withdrawing import correct, hide, redact, redact_person, redact_value
from wanowa.record.services.writing import records, register_follower, write

__all__ = [
    "Exhibit",
    "Halted",
    "KeyUnusable",
    "Problem",
    "Reading",
    "Report",
    "bundle",
    "checkpoint",
    "correct",
    "hide",
    "introduce_key",
    "records",
    "redact",
    "redact_person",
    "redact_value",
    "register_evidence",
    "register_exhibits",
    "register_follower",
    "register_origin",
    "verify",
    "write",
]
