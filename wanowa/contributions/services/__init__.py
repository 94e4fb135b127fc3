"""The verbs of the ledger. Only these functions change it; each leaves a record."""

from wanowa.contributions.services.answering import confirm, dispute, withdraw
from wanowa.contributions.services.watching import forget_person, notice_drift, watch
from wanowa.contributions.services.writing import give, undo

__all__ = ["confirm", "dispute", "forget_person", "give", "notice_drift", "undo", "watch", "withdraw"]
