"""Form fields that read what people in Japan really type, for the forms of every app."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django_stubs_ext import StrOrPromise

from wanowa.kernel import eras
from wanowa.kernel.errors import Invalid
from wanowa.kernel.text import MaxGraphemes, validate_body, validate_line


def line(
    label: StrOrPromise, *, limit: int = 120, required: bool = False, help_text: StrOrPromise = ""
) -> forms.CharField:
    """Return a field for one line of at most `limit` graphemes."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        strip=True,
        validators=[validate_line, MaxGraphemes(limit)],
    )


def body(
    label: StrOrPromise,
    *,
    limit: int = 4000,
    required: bool = False,
    help_text: StrOrPromise = "",
    rows: int = 4,
) -> forms.CharField:
    """Return a field for text of several lines, of at most `limit` graphemes."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        strip=True,
        validators=[validate_body, MaxGraphemes(limit)],
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class DayField(forms.Field):
    """A day: 2027-03-31 from the picker, 令和9年3月31日 or R9.3.31 when typed. Cleans to an ISO string or ''."""

    widget = forms.DateInput(attrs={"type": "date"})

    def to_python(self, value: object) -> str:
        """Return the ISO form; ValidationError with a sentence when it is no day."""
        if not value:
            return ""
        if isinstance(value, date):
            return value.isoformat()
        try:
            return eras.parse(str(value)).isoformat()
        except (Invalid, ValueError) as refusal:
            raise ValidationError(str(refusal)) from None
