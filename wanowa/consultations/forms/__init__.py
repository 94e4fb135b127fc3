"""What may be typed in at the desk: a worry, a number, what is said, and the work of those who hold a case."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import get_language, to_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from wanowa.consultations.queries import categories
from wanowa.consultations.rules import (
    LONGEST_ANSWER,
    LONGEST_CONTACT,
    LONGEST_NAME,
    LONGEST_QUESTION,
    LONGEST_TEXT,
    MOST_FILES,
    Channel,
    Help,
    Outcome,
    Rating,
    Reply,
    Told,
)
from wanowa.kernel.errors import Refused
from wanowa.kernel.files import Accepted, accept
from wanowa.parties.models import Party
from wanowa.people.models import User
from wanowa.people.rules import Language
from wanowa.talent.rules import warnings
from wanowa.web.fields import DayField, body, line

MOST_DIGITS = 6


def category_choices() -> list[tuple[str, StrOrPromise]]:
    """Return the kinds of worries, the empty one first."""
    return [("", _("わからない・あとで決める")), *categories()]


def _spoken() -> str:
    """Return the language of the page: who reads it is answered in it, unless she chooses another."""
    return next((one.value for one in Language if to_language(one.value) == get_language()), Language.JA)


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
    language = forms.ChoiceField(label=_("返事のことば"), choices=Language.choices, initial=_spoken)
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

    number = line(_("受付番号"), limit=20, required=True, help_text=_("8けたの数字。例：1234-5678"))
    words = line(
        _("あいことば"),
        limit=60,
        required=True,
        help_text=_("4つのことば。ひらがな、カタカナ、ローマ字のどれでも。"),
    )


class CodeForm(forms.Form):
    """The code out of the mail."""

    code = forms.CharField(
        label=_("メールの6けたの数字"),
        max_length=MOST_DIGITS + 4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class WordsForm(forms.Form):
    """Words in the room, or a reason."""

    body = body(_("文"), limit=LONGEST_TEXT, required=True, rows=3)

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


class NextForm(forms.Form):
    """What comes next, until when."""

    next_action = line(
        _("次にすること"), limit=200, help_text=_("相談した人も読みます。例：公園の係に聞きます。")
    )
    due_on = DayField(label=_("いつまでに"), required=False, help_text=_("空なら、窓口の決まりの日です。"))

    @property
    def day(self) -> date | None:
        """The day that was typed; call it when the form is valid."""
        typed = self.cleaned_data["due_on"]
        return date.fromisoformat(typed) if typed else None


class AnswerForm(NextForm):
    """An answer to the person, and what comes next."""

    body = body(_("返事"), limit=LONGEST_TEXT, required=True, rows=5)
    attachments = Files(
        label=_("写真やファイル"), required=False, help_text=_("3つまで。1つ20メガバイトまで。")
    )
    field_order = ("body", "attachments", "next_action", "due_on")


class SortForm(forms.Form):
    """What kind of worry it is."""

    category = forms.ChoiceField(label=_("相談の種類"), choices=category_choices)


class PassForm(forms.Form):
    """Who is asked to take the case, and why."""

    to = forms.MultipleChoiceField(
        label=_("受けてほしい課"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("いくつかにたのむと、先に引き受けた課が担当になります。"),
    )
    person = forms.ChoiceField(label=_("または、協働推進員"), required=False)
    reason = body(
        _("渡すわけ"), limit=600, required=True, rows=3, help_text=_("相談した人と、受ける人が読みます。")
    )

    def __init__(
        self, *args: object, departments: Iterable[Party], people: Iterable[User], **options: object
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.departments = {str(one.pk): one for one in departments}
        self.people = {str(one.pk): one for one in people}
        self.fields["to"].choices = [(key, one.name) for key, one in self.departments.items()]  # type: ignore[attr-defined]
        chosen = [("", _("えらばない")), *((key, one.name) for key, one in self.people.items())]
        self.fields["person"].choices = chosen  # type: ignore[attr-defined]

    @property
    def parties(self) -> list[Party]:
        """The departments that were chosen; call it when the form is valid."""
        return [self.departments[key] for key in self.cleaned_data["to"]]

    @property
    def chosen(self) -> User | None:
        """The coordinator who was chosen, if any."""
        return self.people.get(self.cleaned_data["person"])


class CloseForm(forms.Form):
    """What came of it, with the last words."""

    outcome = forms.ChoiceField(
        label=_("どうなりましたか"), choices=Outcome.choices, widget=forms.RadioSelect, required=True
    )
    words = body(
        _("まとめのことば"),
        limit=LONGEST_TEXT,
        required=True,
        rows=4,
        help_text=_("相談した人が読みます。できなかったときは、わけを書きます。"),
    )
    address = line(
        _("ほかのページにつながったとき、そのアドレス"),
        limit=300,
        help_text=_("ここから始めた引き合わせとひとこと提案は、書かなくても残ります。"),
    )


class LinkForm(forms.Form):
    """The number of a case that belongs with this one."""

    number = line(_("つなぐ相談の受付番号"), limit=20, required=True)


class GlassForm(forms.Form):
    """The number of a case that one does not hold, and why it must be read in haste."""

    number = line(_("受付番号"), limit=20, required=True)
    purpose = body(
        _("ひらくわけ"),
        limit=400,
        required=True,
        rows=2,
        help_text=_("相談した人が読みます。ほかの協働推進員にも知らせます。"),
    )


class SpanForm(forms.Form):
    """From a day until another."""

    since = DayField(label=_("始まり"))
    until = DayField(label=_("終わり"))

    @property
    def span(self) -> dict[str, date]:
        """The days that were typed; call it when the form is valid."""
        return {name: date.fromisoformat(self.cleaned_data[name]) for name in ("since", "until")}


def _people(people: Iterable[User]) -> list[tuple[str, StrOrPromise]]:
    return [("", _("えらんでください")), *((str(one.pk), one.name) for one in people)]


class DutyForm(SpanForm):
    """Who is on duty from when until when."""

    person = forms.ChoiceField(label=_("当番の人"))
    field_order = ("person", "since", "until")

    def __init__(self, *args: object, people: Iterable[User], **options: object) -> None:
        super().__init__(*args, **{"prefix": "duty"} | options)  # type: ignore[arg-type]
        self.fields["person"].choices = _people(people)  # type: ignore[attr-defined]


class AbsenceForm(SpanForm):
    """Who is away, and who stands in."""

    person = forms.ChoiceField(label=_("休む人"))
    deputy = forms.ChoiceField(label=_("代わりの人"))
    field_order = ("person", "deputy", "since", "until")

    def __init__(self, *args: object, people: Iterable[User], **options: object) -> None:
        super().__init__(*args, **{"prefix": "away"} | options)  # type: ignore[arg-type]
        for name in ("person", "deputy"):
            self.fields[name].choices = _people(people)  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """An answer for everybody: it asks again when somebody could be reached by it."""

    question = line(
        _("質問"), limit=LONGEST_QUESTION, required=True, help_text=_("だれにでもある形で、短く書きます。")
    )
    answer = body(
        _("答え"),
        limit=LONGEST_ANSWER,
        required=True,
        rows=6,
        help_text=_("だれのことか分かることは、書きません。やさしいことばで書きます。"),
    )
    category = forms.ChoiceField(label=_("相談の種類"), choices=lambda: category_choices()[1:])
    warned = forms.BooleanField(label=_("人の連絡先や番号ではありません。このまま出します。"), required=False)

    def __init__(self, *args: object, with_case: bool = False, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if with_case:
            self.fields["number"] = line(
                _("もとの相談の受付番号"),
                limit=20,
                required=True,
                help_text=_("公開されません。残しません。"),
            )
            self.order_fields(["number"])

    def clean(self) -> dict[str, object]:
        """Ask again when the text seems to hold a way to reach somebody, a number of the State, or illness."""
        cleaned = super().clean() or {}
        if not cleaned.get("warned"):
            for name in ("question", "answer"):
                for found in warnings(str(cleaned.get(name, ""))):
                    self.add_error(name, found.label)
        return cleaned

    @property
    def is_warned(self) -> bool:
        """Whether the box with which one insists is shown."""
        if not self.is_bound:
            return False
        return bool(self.data.get("warned")) or any(
            warnings(self.data.get(n, "")) for n in ("question", "answer")
        )

    def reply(self) -> Reply:
        """Return what was written; call it when the form is valid."""
        typed = self.cleaned_data
        return Reply(typed["question"], typed["answer"], typed["category"])
