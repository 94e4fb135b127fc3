"""What can be decided about a proposal: to adopt it with an amount, or not; always with reasons."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from wanowa.kernel.errors import Invalid
from wanowa.kernel.money import yen
from wanowa.proposals.rules.judging.lifecycle import Outcome

LONGEST_REASONS: Final = 4000
"""Characters."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome with its reasons; an amount in yen where it adopts."""

    outcome: Outcome
    reasons: str
    amount: int | None = None

    def check(self, asked: int | None) -> None:
        """Raise Invalid without reasons, or where the amount does not fit: none to adopt, more than was asked for."""
        if not self.reasons.strip():
            raise Invalid(_("提案した人に伝えるわけを書いてください。"))
        if len(self.reasons) > LONGEST_REASONS:
            raise Invalid(_("わけは、4000文字までで書いてください。"))
        adopts = self.outcome is Outcome.ADOPTED
        if adopts and self.amount is None:
            raise Invalid(_("採択するときは、金額を入れてください。お金がいらないときは0円です。"))
        if not adopts and self.amount is not None:
            raise Invalid(_("採択しないときは、金額を消してください。"))
        if self.amount is not None and asked is not None and self.amount > asked:
            raise Invalid(
                _("提案の金額（%(asked)s）をこえています。同じか、小さい金額にしてください。")
                % {"asked": yen(asked)}
            )
