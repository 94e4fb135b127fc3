"""Forms of ideas: the box of 200 characters, the code of a mail, the receipt, and messages."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.kernel.text import validate_line, validate_name
from wanowa.people.rules import NAME_LENGTH
from wanowa.proposals.rules.vocabulary import SEED_LENGTH, Channel
from wanowa.web.fields import body, line


class SeedForm(forms.Form):
    """An idea, and by what its author wants to hear of the answer."""

    text = body(
        _("ひとこと（200文字まで）"),
        limit=SEED_LENGTH,
        required=True,
        help_text=_("こまっていること、やってみたいことを、そのまま書いてください。"),
        rows=4,
    )
    name = forms.CharField(
        label=_("呼び名"), required=False, max_length=NAME_LENGTH, strip=True, validators=[validate_name]
    )
    email = forms.EmailField(
        label=_("メールアドレス"),
        required=False,
        help_text=_("返事があったと、お知らせします。なくても送れます。受付番号で読めます。"),
    )

    def __init__(self, *args: object, known: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if known:
            del self.fields["name"], self.fields["email"]


class CounterSeedForm(SeedForm):
    """An idea that a coordinator writes down for somebody at the counter or on the phone."""

    channel = forms.ChoiceField(
        label=_("どこから"),
        choices=[(one.value, one.label) for one in (Channel.COUNTER, Channel.PHONE)],
        widget=forms.RadioSelect,
    )


class CodeForm(forms.Form):
    """The six digits of the mail."""

    code = forms.CharField(
        label=_("6けたのコード"),
        max_length=20,
        validators=[validate_line],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ReceiptForm(forms.Form):
    """Number and words of a receipt."""

    number = line(_("受付番号"), limit=20, required=True)
    words = line(_("あいことば"), limit=60, required=True, help_text=_("ひらがなで5つのことばです。"))


class MessageForm(forms.Form):
    """Something said in a room."""

    body = body(pgettext_lazy("message", "ことば"), limit=2000, required=True, rows=3)
