"""Form fields that read what people in Japan really type."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from wanowa.kernel import eras, money
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


class YenField(forms.Field):
    """Whole yen: 120000, 120,000円, 12万円, １２万. Cleans to an int, or None when empty."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: object) -> int | None:
        """Return whole yen; ValidationError with a sentence when it is no amount."""
        if value in {None, ""}:
            return None
        if isinstance(value, int):
            return value
        try:
            amount = money.parse_yen(str(value))
        except (Invalid, ValueError) as refusal:
            raise ValidationError(str(refusal)) from None
        if not 0 <= amount <= 10**12:
            raise ValidationError(_("金額は、0円から1兆円までで書いてください。"))
        return amount


class CountField(forms.IntegerField):
    """A number of something, from 0 up to a million."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, **options: object) -> None:
        super().__init__(min_value=0, max_value=1_000_000, required=False, **options)  # type: ignore[arg-type]
