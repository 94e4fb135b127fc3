"""Writing and verifying the process log."""

from wanowa.record.rules import Problem
from wanowa.record.services.verifying import Report, register_evidence, verify
from wanowa.record.services.writing import records, write

__all__ = ["Problem", "Report", "records", "register_evidence", "verify", "write"]
