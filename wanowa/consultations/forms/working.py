"""What those type who hold a case: answers, plans, hand-overs, the end, the rota, answers for everybody."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from wanowa.consultations.forms.asking import Files, asks, category_choices
from wanowa.consultations.rules import (
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    LONGEST_TEXT,
    Outcome,
    Reply,
)
from wanowa.parties.models import Party
from wanowa.people.models import User
from wanowa.talent.rules import warnings
from wanowa.web.fields import DayField, body, line


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

    body = asks(
        body(_("返事"), limit=LONGEST_TEXT, required=True, rows=5), _("文を書いてから、押してください。")
    )
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
