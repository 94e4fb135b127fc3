"""What may be typed in at the desk: a worry, a number, what is said, and the work of those who hold a case."""

from wanowa.consultations.forms.asking import (
    AddressForm,
    AfterForm,
    AskForm,
    CodeForm,
    ContactForm,
    LookForm,
    SpeakForm,
    WordsForm,
)
from wanowa.consultations.forms.working import (
    AbsenceForm,
    AnswerForm,
    CloseForm,
    DutyForm,
    GlassForm,
    LinkForm,
    NextForm,
    PassForm,
    ReplyForm,
    SortForm,
    SpanForm,
)

__all__ = [
    "AbsenceForm",
    "AddressForm",
    "AfterForm",
    "AnswerForm",
    "AskForm",
    "CloseForm",
    "CodeForm",
    "ContactForm",
    "DutyForm",
    "GlassForm",
    "LinkForm",
    "LookForm",
    "NextForm",
    "PassForm",
    "ReplyForm",
    "SortForm",
    "SpanForm",
    "SpeakForm",
    "WordsForm",
]
