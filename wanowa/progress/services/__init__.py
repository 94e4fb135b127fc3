"""The verbs of progress. Only these functions change it; each leaves a record in the case of the collaboration."""

from wanowa.progress.services.measuring import measure, remeasure
from wanowa.progress.services.moving import move
from wanowa.progress.services.noting import forget_person, note, withdraw
from wanowa.progress.services.reminding import remind

__all__ = ["forget_person", "measure", "move", "note", "remeasure", "remind", "withdraw"]
