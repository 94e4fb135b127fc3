"""A lifecycle is a table: in this status, this move leads there. Everything else is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.errors import Refused


@dataclass(frozen=True)
class Lifecycle[S: TextChoices, M: StrEnum]:
    """The allowed moves of one noun."""

    moves: Mapping[tuple[S, M], S]

    def after(self, status: S, move: M) -> S:
        """Return the status after `move`, or raise Refused."""
        try:
            return self.moves[status, move]
        except KeyError:
            raise Refused(
                _("いまの状態（%(status)s）では、その操作はできません。") % {"status": status.label}
            ) from None

    def allowed(self, status: S) -> tuple[M, ...]:
        """Return the moves possible from `status`, in table order."""
        return tuple(move for (start, move) in self.moves if start == status)

    def diagram(self) -> str:
        """Return a Mermaid state diagram of the table."""
        lines = [f"    {start} --> {end}: {move}" for (start, move), end in self.moves.items()]
        return "\n".join(["stateDiagram-v2", *lines])
