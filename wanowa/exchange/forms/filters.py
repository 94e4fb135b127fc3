"""How the lists are narrowed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.exchange.forms.listing import quarter_field
from wanowa.exchange.queries import taxonomy
from wanowa.exchange.rules import Audience, Side, Slot
from wanowa.exchange.rules.matching import Term, meant
from wanowa.guideline.rules import Resource
from wanowa.web.fields import line

_ANY = [("", _("すべて"))]


class FilterForm(forms.Form):
    """How the list is narrowed. Unknown values are refused, never ignored."""

    q = line(pgettext_lazy("search", "ことば"), limit=60)
    side = forms.ChoiceField(label=_("どちらを"), choices=[*_ANY, *Side.choices], required=False)
    resource = forms.ChoiceField(label=_("何を"), choices=[*_ANY, *Resource.choices], required=False)
    quarter = quarter_field(_("どこで"))
    when = forms.ChoiceField(label=_("いつ"), choices=[*_ANY, *Slot.choices], required=False)
    audience = forms.ChoiceField(label=_("だれと"), choices=[*_ANY, *Audience.choices], required=False)
    key = forms.ChoiceField(
        label=_("見つけてもらうことば"),
        choices=lambda: [*_ANY, *((term.key, term.name) for term in taxonomy().terms.values())],
        required=False,
        widget=forms.HiddenInput,
    )

    def wanted(self) -> dict[str, Any]:
        """Return how to narrow the list; a term also stands for the narrower ones. Call it when the form is valid."""
        typed = dict(self.cleaned_data)
        key = typed.pop("key")
        return typed | {"keys": taxonomy().below(key) if key else ()}

    def term(self) -> Term | None:
        """Return the term by which the list is narrowed, if by any."""
        return taxonomy().terms.get(self.cleaned_data["key"])

    def named(self) -> list[Term]:
        """Return the terms that the typed words are names of: another way to look for the same."""
        known = taxonomy()
        return [known.terms[key] for key in meant(known, self.cleaned_data["q"])[0]]


class QuarterForm(forms.Form):
    """Near which quarter somebody looks."""

    quarter = quarter_field(_("どの地区の近く"))
