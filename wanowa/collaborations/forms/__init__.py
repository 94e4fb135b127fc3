"""What may be typed in about collaborations."""

from wanowa.collaborations.forms.choosing import ChoiceForm
from wanowa.collaborations.forms.clauses import ClauseEditor, editor_for
from wanowa.collaborations.forms.measuring import MeasureForm
from wanowa.collaborations.forms.talks import (
    DifferForm,
    FilterForm,
    InviteForm,
    JoinForm,
    ReasonForm,
    RestateForm,
    SpeakForm,
    StartForm,
    TurnForm,
)

__all__ = [
    "ChoiceForm",
    "ClauseEditor",
    "DifferForm",
    "FilterForm",
    "InviteForm",
    "JoinForm",
    "MeasureForm",
    "ReasonForm",
    "RestateForm",
    "SpeakForm",
    "StartForm",
    "TurnForm",
    "editor_for",
]
