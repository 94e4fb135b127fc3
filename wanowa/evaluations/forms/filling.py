"""What may be typed in before the reveal: how a round goes, and one answer."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration
from wanowa.evaluations.rules import BUSINESS_DAYS, LONGEST, OCCASIONS, UNKNOWN, Occasion, Question, Sketch
from wanowa.guideline.queries import pack
from wanowa.kernel.calendar import add_business_days
from wanowa.kernel.eras import fiscal_year_of
from wanowa.web.fields import DayField, body


class RoundForm(forms.Form):
    """How a round goes: on which occasion, about which time, until when."""

    occasion = forms.ChoiceField(
        label=_("いつのふりかえりですか"),
        widget=forms.RadioSelect,
        error_messages={"required": _("いつのふりかえりかを、えらんでください。")},
    )
    since = DayField(
        label=_("ふりかえる期間の始まり"),
        error_messages={"required": _("ふりかえる期間の始まりの日を入れてください。")},
    )
    until = DayField(
        label=_("ふりかえる期間の終わり"),
        error_messages={"required": _("ふりかえる期間の終わりの日を入れてください。")},
    )
    deadline = DayField(
        label=_("締め切り"),
        help_text=_("この日の終わりまでに、封をします。全員が早く封をすれば、早く開きます。"),
        error_messages={"required": _("締め切りの日を入れてください。")},
    )

    def __init__(self, *args: object, possible: tuple[Occasion, ...], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        choices = [
            (
                occasion.value,
                _("%(label)s　%(about)s") % {"label": occasion.label, "about": OCCASIONS[occasion]},
            )
            for occasion in possible
        ]
        self.fields["occasion"].choices = choices  # type: ignore[attr-defined]

    def day(self, name: str) -> date:
        """Return one of the days typed."""
        return date.fromisoformat(self.cleaned_data[name])


def proposed_days(collaboration: Collaboration) -> dict[str, date]:
    """Return the days that the platform proposes: this fiscal year until today, and time to write."""
    today = timezone.localdate()
    begins = date(fiscal_year_of(today), 4, 1)
    since = max(filter(None, (collaboration.starts, begins)))
    return {
        "since": min(since, today),
        "until": min(collaboration.ends or today, today) if (collaboration.ends or today) >= since else today,
        "deadline": add_business_days(today, BUSINESS_DAYS, closing=pack().closing_days),
    }


class AnswerForm(forms.Form):
    """One answer: a score with a word for every step, or 「わからない」; and a comment."""

    choice = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={
            "required": _("1から5か「わからない」の中から、1つえらんでください。"),
            "invalid_choice": _("1から5か「わからない」の中から、1つえらんでください。"),
        },
    )
    words = body(
        _("ひとこと"),
        limit=LONGEST,
        rows=4,
        help_text=_("なぜそう思うかを書きます。「わからない」ときは、わけを書いてください。"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, required=False)

    def __init__(self, *args: object, question: Question, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        scale = [(str(step), f"{step}　{word}") for step, word in enumerate(question.words, 1)]
        field = self.fields["choice"]
        field.label = question.question
        field.choices = [*reversed(scale), (UNKNOWN, _("わからない"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """Refuse 「わからない」 without a reason."""
        typed = super().clean() or {}
        if typed.get("choice") == UNKNOWN and not str(typed.get("words", "")).strip() and "words" in typed:
            self.add_error("words", _("「わからない」をえらんだときは、わけを書いてください。"))
        return typed

    @property
    def sketch(self) -> Sketch:
        """What was typed, as an answer in preparation."""
        return Sketch(self.cleaned_data["choice"], self.cleaned_data["words"])
