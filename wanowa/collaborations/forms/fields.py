"""Form fields for amounts and numbers of the terms, and those of every app that the terms use."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wanowa.kernel import money
from wanowa.kernel.errors import Invalid
from wanowa.web.fields import DayField, body, line

__all__ = ["CountField", "DayField", "YenField", "body", "line"]


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
