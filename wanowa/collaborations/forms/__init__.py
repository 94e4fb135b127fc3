"""What may be typed in about collaborations."""

from wanowa.collaborations.forms.choosing import ChoiceForm
from wanowa.collaborations.forms.clauses import ClauseEditor, editor_for
from wanowa.collaborations.forms.measuring import MeasureForm
from wanowa.collaborations.forms.talks import (
    FilterForm,
    InviteForm,
    JoinForm,
    ReasonForm,
    SpeakForm,
    StartForm,
    TurnForm,
)

__all__ = [
    "ChoiceForm",
    "ClauseEditor",
    "FilterForm",
    "InviteForm",
    "JoinForm",
    "MeasureForm",
    "ReasonForm",
    "SpeakForm",
    "StartForm",
    "TurnForm",
    "editor_for",
]
