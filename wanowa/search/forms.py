"""What may be typed: what to look for, and which words mean the same."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.kernel.text import validate_body, validate_line
from wanowa.search.queries import FACETS, Wanted
from wanowa.search.rules import LONGEST

KEYS = frozenset({"q", "after", *FACETS})
"""What an address of the search may say. Anything else is refused, so that nothing can be asked by it (T14)."""


class SearchForm(forms.Form):
    """The words, and what the result is narrowed to."""

    q = forms.CharField(
        label=pgettext_lazy("search", "ことば"),
        required=False,
        max_length=LONGEST,
        validators=[validate_line],
    )
    kind = forms.RegexField(r"[a-z_]{1,40}", required=False)
    field = forms.RegexField(r"[a-z_]{1,40}", required=False)
    place = forms.CharField(required=False, max_length=60, validators=[validate_line])
    year = forms.RegexField(r"[0-9]{4}", required=False)
    audience = forms.RegexField(r"[a-z-]{1,40}", required=False)

    @property
    def wanted(self) -> Wanted:
        """What is asked, once the form is valid."""
        return Wanted(**{name: self.cleaned_data[name] for name in ("q", *FACETS)})


class SynonymForm(forms.Form):
    """Words that mean the same, a line each."""

    words = forms.CharField(
        label=_("おなじ意味のことば"),
        help_text=_("1行に1つずつ書きます。2つからです。空白は入れません。"),
        max_length=500,
        validators=[validate_body],
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_words(self) -> list[str]:
        """Return the words; refused with a sentence when one is too long or holds a space."""
        words = [line.strip() for line in str(self.cleaned_data["words"]).splitlines() if line.strip()]
        for word in words:
            if len(word) > 40 or len(word.split()) > 1:
                raise forms.ValidationError(
                    _("「%(word)s」は、空白のない40文字までのことばにしてください。"),
                    params={"word": word[:40]},
                )
        return words


def strange(given: Mapping[str, object]) -> list[str]:
    """Return the keys of an address that mean nothing here."""
    return sorted(given.keys() - KEYS)
