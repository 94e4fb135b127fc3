"""What a person may type about themselves."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.languages import JAPANESE, known
from wanowa.kernel.text import MaxGraphemes, validate_name
from wanowa.people.models import User
from wanowa.people.rules import NAME_LENGTH, Language

ERASE_WORD = _("消します")
"""What a person types to confirm the erasure of their own data."""


class NameForm(forms.Form):
    """The one thing besides the address that a sign-up asks for. django-allauth adds the address."""

    name = forms.CharField(
        label=_("表示名"),
        help_text=_("ほかの人に見える名前です。あとで変えられます。"),
        validators=[validate_name, MaxGraphemes(NAME_LENGTH)],
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("表示名を入れてください。")},
    )
    field_order = ("name", "email")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep with the new person the name, and the language she reads here; called by django-allauth."""
        user.name = self.cleaned_data["name"]
        spoken = get_language() or JAPANESE
        user.language = next(choice for choice in Language if known(choice) == spoken)
        user.save(update_fields=["name", "language"])


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """How a person is called and how pages look for them."""

    class Meta:
        model = User
        fields = ("name", "reading", "language", "text_size", "theme", "reduced_motion")
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "text_size": forms.RadioSelect,
            "theme": forms.RadioSelect,
        }
        help_texts = {
            "name": _("ほかの人に見える名前です。"),
            "reading": _("ひらがなかカタカナで書いてください。"),
            "language": _("ページとメールが、このことばになります。人が書いた文は、そのままです。"),
        }
        error_messages = {"name": {"required": _("表示名を入れてください。")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = [choice for choice in Language.choices if known(choice[0])]
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label, help_text=self.fields["language"].help_text, choices=spoken
        )


class CodeForm(forms.Form):
    """The code from a mail."""

    code = forms.CharField(
        label=_("コード"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("コードを入れてください。")},
    )


class EraseForm(forms.Form):
    """The typed confirmation of an erasure."""

    word = forms.CharField(
        label=_("確かめのことば"),
        help_text=_("「消します」と入れてください。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("「消します」と入れてください。")},
    )

    def clean_word(self) -> Any:
        """Refuse every other word."""
        word = self.cleaned_data["word"]
        if word.strip('「」“”" 　').lower() != str(ERASE_WORD):
            raise forms.ValidationError(_("「消します」と入れてください。まだ何も消していません。"))
        return word
