"""What may be typed in by those who answer a listing: a raised hand, a code, a word, thanks; and a picture."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wanowa.exchange.forms.listing import number
from wanowa.exchange.rules import MOST_QUANTITY, AgeBand, Channel, Verdict
from wanowa.kernel.errors import Invalid
from wanowa.kernel.files import Accepted, accept
from wanowa.kernel.text import MaxGraphemes, validate_name
from wanowa.people.rules import NAME_LENGTH
from wanowa.web.fields import body, line


class HandForm(forms.Form):
    """A hand raised without an account: what to call somebody, and where the code goes."""

    name = forms.CharField(
        label=_("呼び名"),
        max_length=160,
        validators=[validate_name, MaxGraphemes(NAME_LENGTH)],
        help_text=_("あだ名で大丈夫です。のせた人に見えるのは、これだけです。"),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    email = forms.EmailField(
        label=_("メールアドレス"),
        max_length=254,
        help_text=_("確認のコードを送ります。だれにも見えません。終わって90日で消します。"),
    )

    def __init__(self, *args: object, known: bool = False, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if known:
            del self.fields["email"]


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=_("コード"),
        max_length=20,
        help_text=_("メールにある6けたの数字です。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class CounterForm(forms.Form):
    """A hand raised at the counter or by phone."""

    name = forms.CharField(
        label=_("呼び名"), max_length=160, validators=[validate_name, MaxGraphemes(NAME_LENGTH)]
    )
    channel = forms.ChoiceField(
        label=_("どこから"),
        choices=[(one.value, one.label) for one in (Channel.COUNTER, Channel.PHONE)],
        widget=forms.RadioSelect,
    )


class LookBackForm(forms.Form):
    """How the first time was."""

    verdict = forms.ChoiceField(label=_("どうでしたか"), choices=Verdict.choices, widget=forms.RadioSelect)
    comment = body(_("ひとこと"), limit=400, rows=2)
    age_band = forms.ChoiceField(
        label=_("年代"),
        choices=[("", _("こたえない")), *AgeBand.choices],
        required=False,
        help_text=_("5人より少ないときは、だれにも見せません。"),
    )


class PledgeForm(forms.Form):
    """The word with which a party raises a hand."""

    word = body(_("ひとこと"), limit=600, rows=3, help_text=_("例：土曜の朝なら行けます。脚立もあります。"))


class ReplyForm(forms.Form):
    """The answer of the side that has put the listing."""

    reply = body(_("返事"), limit=600, rows=3, help_text=_("例：土曜の9時に、公民館でお願いします。"))


class ThanksForm(forms.Form):
    """Done, with thanks."""

    thanks = body(_("お礼のことば"), limit=400, rows=2)
    minutes = number(_("かかった時間（分）"), most=MOST_QUANTITY)
    amount = number(_("渡した数"), most=MOST_QUANTITY)
    shows = forms.BooleanField(label=_("お礼を公開してよい（両方がよいと言ったときだけ）"), required=False)

    def __init__(self, *args: object, unit: str = "", **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if unit:
            self.fields["amount"].label = _("渡した数（%(unit)s）") % {"unit": unit}
        else:
            del self.fields["amount"]


class PictureForm(forms.Form):
    """A picture with the words that stand for it."""

    file = forms.FileField(
        label=_("写真"),
        help_text=_("撮った場所の記録は、消してからのせます。人の顔に気をつけてください。"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    alternative = line(
        _("写真の説明"),
        limit=120,
        required=True,
        help_text=_("見えない人に伝えるつもりで書きます。例：赤い花の花だん"),
    )

    def clean_file(self) -> Accepted:
        """Return the file as it may be stored, encoded anew."""
        try:
            return accept(self.cleaned_data["file"])
        except Invalid as refusal:
            raise ValidationError(str(refusal)) from None
