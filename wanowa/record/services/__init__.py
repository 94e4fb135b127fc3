"""Writing and verifying the process log, and signing what it holds."""

from wanowa.record.rules import Problem
from wanowa.record.services.checkpoints import Halted, checkpoint
from wanowa.record.services.keys import KeyUnusable, introduce_key, register_origin
from wanowa.record.services.verifying import Report, register_evidence, verify
from wanowa.record.services.writing import records, write

__all__ = [
    "Halted",
    "KeyUnusable",
    "Problem",
    "Report",
    "checkpoint",
    "introduce_key",
    "records",
    "register_evidence",
    "register_origin",
    "verify",
    "write",
]
