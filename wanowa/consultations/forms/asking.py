"""What somebody types who brings a worry, comes back to it, or says how it went."""

from django import forms
from django.utils.translation import get_language, to_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from wanowa.consultations.queries import categories
from wanowa.consultations.rules import (
    LONGEST_CONTACT,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_FILES,
    Channel,
    Help,
    Rating,
    Told,
)
from wanowa.kernel.errors import Refused
from wanowa.kernel.files import Accepted, accept
from wanowa.people.rules import Language
from wanowa.web.fields import body, line

MOST_DIGITS = 6


def category_choices() -> list[tuple[str, StrOrPromise]]:
    """Return the kinds of worries, the empty one first."""
    return [("", _("わからない・あとで決める")), *categories()]


def _spoken() -> str:
    """Return the language of the page: who reads it is answered in it, unless she chooses another."""
    return next((one.value for one in Language if to_language(one.value) == get_language()), Language.JA)


def asks[Field: forms.Field](field: Field, sentence: StrOrPromise) -> Field:
    """Return the field, with what it says when nothing was typed."""
    field.error_messages["required"] = sentence
    return field


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """A few files, each checked by kind, content and size."""

    widget = SeveralFiles

    def clean(self, data: object, initial: object = None) -> list[Accepted]:
        """Return the accepted files; ValidationError when one is not, or there are too many."""
        uploads = data if isinstance(data, list) else [data] if data else []
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(
                _("ファイルは%(most)sつまでです。減らして送ってください。") % {"most": MOST_FILES}
            )
        try:
            return [accept(super(Files, self).clean(upload, initial)) for upload in uploads]
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None


class AskForm(forms.Form):
    """A worry. Only the words must be there."""

    text = body(
        _("相談したいこと"),
        limit=LONGEST_TEXT,
        required=True,
        rows=5,
        help_text=_("ひとことで大丈夫です。病気のことや番号は、書かなくてよいです。"),
    )
    name = line(_("呼び名"), limit=LONGEST_NAME, help_text=_("あだ名で大丈夫です。"))
    email = forms.EmailField(
        label=_("メールアドレス"),
        required=False,
        help_text=_("返事が来たことを知らせます。なくても、番号で見られます。"),
    )
    contact = line(
        _("電話番号"), limit=LONGEST_CONTACT, help_text=_("電話で話したいときだけ、書いてください。")
    )
    category = forms.ChoiceField(label=_("どんなこと"), choices=category_choices, required=False)
    language = forms.ChoiceField(
        label=_("返事のことば"),
        choices=Language.choices,
        initial=_spoken,
        help_text=_("日本語のほかは、訳すので、時間がかかることがあります。"),
    )
    attachments = Files(
        label=_("写真やファイル"),
        required=False,
        help_text=_("3つまで。PDF、写真、Word、Excel。1つ20メガバイトまで。"),
    )

    def __init__(self, *args: object, known: bool = False, by_hand: bool = False, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["text"].error_messages["required"] = _(
            "困っていることか、聞きたいことを書いてください。ひとことで大丈夫です。"
        )
        if known:
            del self.fields["email"]
        if by_hand:
            channels = [(one.value, one.label) for one in (Channel.COUNTER, Channel.PHONE)]
            self.fields["channel"] = forms.ChoiceField(label=_("受付のしかた"), choices=channels)
            self.fields["consented"] = forms.BooleanField(
                label=_("書きとめることと、担当が読むことに、本人が同意しました。"), required=False
            )

    def told(self) -> Told:
        """Return what was told, for the service; call it when the form is valid."""
        typed = self.cleaned_data
        return Told(
            typed["text"],
            typed["name"],
            typed["contact"],
            typed["language"] or Language.JA,
            typed["category"],
        )


class LookForm(forms.Form):
    """A receipt: its number and the words that belong to it."""

    number = asks(
        line(_("受付番号"), limit=20, required=True, help_text=_("8けたの数字。例：1234-5678")),
        _("受付番号を書いてください。受付のときの、8けたの数字です。"),
    )
    words = asks(
        line(
            _("あいことば"),
            limit=60,
            required=True,
            help_text=_("4つのことば。ひらがな、カタカナ、ローマ字のどれでも。"),
        ),
        _("あいことばを書いてください。受付のときの、4つのことばです。"),
    )


class CodeForm(forms.Form):
    """The code out of the mail."""

    code = forms.CharField(
        label=_("メールの6けたの数字"),
        error_messages={"required": _("メールにある、6けたの数字を書いてください。")},
        max_length=MOST_DIGITS + 4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class WordsForm(forms.Form):
    """Words in the room, or a reason."""

    body = asks(
        body(_("文"), limit=LONGEST_TEXT, required=True, rows=3), _("文を書いてから、押してください。")
    )

    def __init__(self, *args: object, label: object = "", **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if label:
            self.fields["body"].label = label  # type: ignore[assignment]


class SpeakForm(WordsForm):
    """What the person adds, with files."""

    attachments = Files(
        label=_("写真やファイル"), required=False, help_text=_("3つまで。1つ20メガバイトまで。")
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **{"label": _("書きたすこと")} | options)


class ContactForm(forms.Form):
    """Another telephone number, or none."""

    contact = line(_("電話番号"), limit=LONGEST_CONTACT, help_text=_("空にすると、消えます。"))


class AddressForm(forms.Form):
    """An address, to which a code is mailed."""

    email = forms.EmailField(
        label=_("メールアドレス"), help_text=_("6けたの数字を送ります。入れると、返事を知らせます。")
    )


class AfterForm(forms.Form):
    """How it is four weeks later, and how it was to be helped."""

    helped = forms.ChoiceField(
        label=_("いまのようす"), choices=Help.choices, widget=forms.RadioSelect, required=True
    )
    words = body(_("ひとこと"), limit=400, rows=2)
    rating = forms.ChoiceField(
        label=_("窓口の感想"),
        choices=[("", _("答えない")), *Rating.choices],
        required=False,
        help_text=_("人数だけを数えます。だれの答えかは、残しません。"),
    )
