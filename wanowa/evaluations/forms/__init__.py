"""What may be typed in: how a round goes, and one answer."""

from wanowa.evaluations.forms.filling import AnswerForm, RoundForm, proposed_days

__all__ = ["AnswerForm", "RoundForm", "proposed_days"]
