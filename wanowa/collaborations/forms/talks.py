"""What may be typed in around the text: starting, inviting, asking to join, reasons, the room."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.collaborations.forms.choosing import ChoiceForm
from wanowa.collaborations.forms.fields import body, line
from wanowa.collaborations.rules import Change, Status
from wanowa.guideline.rules import Area, Form


class FilterForm(forms.Form):
    """How the list is narrowed. Unknown values are refused, never ignored."""

    q = line(pgettext_lazy("search", "ことば"), limit=60)
    status = forms.ChoiceField(label=_("状態"), choices=[("", _("すべて")), *Status.choices], required=False)
    form = forms.ChoiceField(label=_("形態"), choices=[("", _("すべて")), *Form.choices], required=False)
    area = forms.ChoiceField(label=_("領域"), choices=[("", _("すべて")), *Area.choices], required=False)


class _AsParty(forms.Form):
    """A form in which somebody with several parties says for which one she acts."""

    def __init__(self, *args: object, mine: Mapping[int, str], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        field = forms.TypedChoiceField(label=_("どの主体として"), coerce=int, choices=list(mine.items()))
        if len(mine) == 1:
            field.widget = forms.HiddenInput()
            field.initial = next(iter(mine))
        self.fields["party"] = field
        self.order_fields(["party"])


class StartForm(_AsParty, ChoiceForm):
    """An idea to put before others."""

    title = line(_("題名"), limit=60, required=True, help_text=_("例：湧水のみちをつなぐ"))
    summary = body(
        _("あらまし"), limit=300, required=True, rows=3, help_text=_("何をしたいのかを、300字まで。")
    )
    purpose = body(
        _("いっしょにめざすこと"),
        required=True,
        rows=3,
        help_text=_("下書きのはじめのことばになります。あとで直せます。"),
    )
    invited = forms.TypedMultipleChoiceField(
        label=_("いっしょに取り組みたい相手"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("1つ以上。全員が加わると、話し合いが始まり、ページが公開されます。"),
        error_messages={"required": _("相手を1つ以上選んでください。")},
    )

    def __init__(
        self, *args: object, mine: Mapping[int, str], others: Iterable[tuple[int, str]], **options: object
    ) -> None:
        super().__init__(*args, mine=mine, **options)
        self.fields["invited"].choices = list(others)  # type: ignore[attr-defined]
        self.order_fields(["party", "title", "summary", "purpose", "invited"])

    @property
    def choosing(self) -> bool:
        """Whether an area or a form is already chosen, or something is wrong with the choice."""
        chosen = any(self[name].value() for name in ("area", "form"))
        return chosen or not {"area", "form"}.isdisjoint(self.errors)


class InviteForm(forms.Form):
    """One more party for the table."""

    party = forms.TypedChoiceField(label=_("招く相手"), coerce=int)

    def __init__(self, *args: object, others: Iterable[tuple[int, str]], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["party"].choices = [("", _("選んでください")), *others]  # type: ignore[attr-defined]


class JoinForm(_AsParty):
    """A request to be let in."""

    message = body(
        _("申し出のことば"),
        limit=400,
        required=True,
        help_text=_("どんなことで力になれるか。この取組の主体だけが読みます。"),
    )


class ReasonForm(forms.Form):
    """Why: what the others will read."""

    reason = body(_("理由"), limit=600, required=True, rows=3, help_text=_("ほかの主体が読みます。"))


class TurnForm(ReasonForm):
    """A turn (suspend, resume, end) and why."""

    change = forms.ChoiceField(
        label=_("提案すること"),
        choices=[(change, change.label) for change in (Change.SUSPEND, Change.RESUME, Change.END)],
        widget=forms.HiddenInput(),
    )


class SpeakForm(forms.Form):
    """Something to say in the room, perhaps a question to somebody, perhaps with a file.

    `others` are the parties that can be asked: id → name.
    """

    ALL = "all"

    body = body(pgettext_lazy("message", "ことば"), limit=2000, required=True, rows=3)
    to = forms.ChoiceField(
        label=_("質問ですか"),
        required=False,
        help_text=_("聞かれた主体は、答えるか、答えないわけを伝えます。"),
    )
    answers = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    file = forms.FileField(
        label=_("ファイル"),
        required=False,
        help_text=_("PDF・画像・Word・Excel。写真の位置の記録は消します。"),
    )

    def __init__(self, *args: object, others: Mapping[int, str], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        everybody = [(self.ALL, _("みんなに質問する"))] if len(others) != 1 else []
        one = [(str(party), _("%(name)sに質問する") % {"name": name}) for party, name in others.items()]
        choices = [("", _("いいえ（話として書く）")), *everybody, *one]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    @property
    def asks(self) -> bool:
        """Whether a question is asked."""
        return bool(self.cleaned_data["to"])

    @property
    def asked(self) -> int | None:
        """The party that is asked; None for everybody."""
        to = self.cleaned_data["to"]
        return int(to) if to and to != self.ALL else None


class RestateForm(forms.Form):
    """How the own party understood something."""

    body = body(
        _("わたしたちは、こう受けとりました"),
        limit=1000,
        required=True,
        rows=4,
        help_text=_("相手のことばを、自分のことばで言いかえます。"),
    )


class DifferForm(forms.Form):
    """What is different from how it was understood."""

    body = body(_("どこがちがいますか"), limit=1000, required=True, rows=3)
