"""What may be typed to compare a receipt: the whole text, or its case, number and words."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.record.rules import Fault
from wanowa.record.rules.receipts import LONGEST, Receipt
from wanowa.record.rules.words import read_words

LARGEST = 2**31 - 1


class CompareForm(forms.Form):
    """A receipt, pasted whole; or three lines of it, typed from paper."""

    receipt = forms.CharField(
        label=gettext_lazy("控えの文"),
        help_text=gettext_lazy("メールについていた控えをひらき、全部をはりつけます。"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={
            "max_length": gettext_lazy("控えにしては長すぎます。控えの文だけをはりつけてください。")
        },
    )
    case = forms.CharField(
        label=gettext_lazy("案件"),
        help_text=gettext_lazy("控えに書いてあるとおりに書きます。"),
        required=False,
        max_length=120,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    number = forms.IntegerField(
        label=gettext_lazy("記録の番号"),
        required=False,
        min_value=1,
        max_value=LARGEST,
        error_messages={
            "invalid": gettext_lazy("番号を、数字で書いてください。"),
            "min_value": gettext_lazy("番号は、1から始まります。"),
            "max_value": gettext_lazy("番号が大きすぎます。控えを見なおしてください。"),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("確かめの言葉"),
        help_text=gettext_lazy("2文字ずつ、8つの言葉です。間はあけても、つめてもかまいません。"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_receipt(self) -> Receipt | None:
        """Return the receipt, read."""
        typed: str = self.cleaned_data["receipt"]
        if not typed.strip():
            return None
        try:
            return Receipt.read(typed)
        except Fault as fault:
            raise forms.ValidationError(
                _("控えとして読めません。控えの文を、はじめからおわりまで、そのままはりつけてください。")
            ) from fault

    def clean_words(self) -> str:
        """Return the words as we write them."""
        typed: str = self.cleaned_data["words"]
        try:
            return read_words(typed) if typed.strip() else ""
        except Fault as fault:
            raise forms.ValidationError(
                _("2文字の言葉を、8つ書いてください。控えにない文字が入っています。")
            ) from fault

    def clean(self) -> dict[str, Any]:
        """Ask for the receipt, or for all three others."""
        data = super().clean() or {}
        if not self.errors and not data["receipt"]:
            given = [name for name in ("case", "number", "words") if data[name]]
            if not given:
                self.add_error("receipt", _("控えの文をはりつけるか、下の3つを書いてください。"))
            for name in {"case", "number", "words"} - set(given) if given else ():
                self.add_error(name, _("3つそろうと、くらべられます。控えから写してください。"))
        return data
