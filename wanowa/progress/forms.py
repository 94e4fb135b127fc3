"""What may be typed in about progress: a number, a note with its evidence, where a task stands."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.rules import Outcome
from wanowa.progress.rules import Evidence, Reading, State
from wanowa.progress.rules.goals import MOST
from wanowa.progress.rules.notes import LARGEST_COUNT
from wanowa.web.fields import DayField, body, line

LARGEST_KEY = 2**63 - 1


class MeasureForm(forms.Form):
    """A number of a goal: the total up to a day."""

    value = forms.DecimalField(
        label=_("数（はじめからの合計）"),
        min_value=0,
        max_value=MOST,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    on = DayField(label=_("いつまでの数ですか"), help_text=_("今日までの日を書きます。"))
    word = body(_("ひとこと"), limit=400, rows=2, help_text=_("例：雨のため、1回は中止しました。"))
    instead = forms.IntegerField(
        widget=forms.HiddenInput(), required=False, min_value=1, max_value=LARGEST_KEY
    )

    def __init__(self, *args: object, unit: str = "", **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["value"].help_text = _("単位は「%(unit)s」です。数だけを書きます。") % {"unit": unit}

    def reading(self) -> Reading:
        """Return what was typed, for the service; call it when the form is valid."""
        value: Decimal = self.cleaned_data["value"]
        return Reading(value, date.fromisoformat(self.cleaned_data["on"]))


class NoteForm(forms.Form):
    """What was seen of an outcome, with what shows it."""

    outcome = forms.ChoiceField(label=_("どの成果目標についてですか"))
    on = DayField(label=_("いつのことですか"))
    text = body(
        _("見えたこと、聞いたこと"),
        limit=1000,
        required=True,
        help_text=_("だれの、何が、どう変わりましたか。人の名前は書きません。"),
    )
    quote = body(_("言った人のことば"), limit=400, rows=2, help_text=_("例：「毎月の観察が楽しみです」"))
    consented = forms.BooleanField(label=_("言った人は、ここにのせることに同意しています"), required=False)
    count = forms.IntegerField(
        label=_("数えた数"),
        required=False,
        min_value=0,
        max_value=LARGEST_COUNT,
        help_text=_("何を数えたかは、上の「見えたこと」に書きます。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    photo = forms.FileField(
        label=_("写真"),
        required=False,
        help_text=_("位置の記録は消します。写っている人に、のせてよいか聞いてください。"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    alt = line(
        _("写真に写っているもの"),
        limit=200,
        help_text=_("写真を見られない人が読みます。例：川で水の温度をはかる子ども3人"),
    )
    table_only = forms.BooleanField(label=_("この取組の主体だけが読めるようにする"), required=False)

    def __init__(self, *args: object, outcomes: Mapping[str, Outcome], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (key, _("%(who)sが、%(change)s") % {"who": outcome.who, "change": outcome.change})
            for key, outcome in outcomes.items()
        ]

    def evidence(self) -> Evidence:
        """Return what was typed, for the service; call it when the form is valid."""
        typed = self.cleaned_data
        return Evidence(**{name: typed[name] for name in ("text", "quote", "consented", "count", "alt")})


class MoveForm(forms.Form):
    """Where a task stands now."""

    task = forms.CharField(max_length=64)
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    state = forms.ChoiceField(
        choices=State, error_messages={"required": _("どうなったかを、ボタンでえらんでください。")}
    )
    word = body(_("ひとこと"), limit=400, rows=2)


class WithdrawForm(forms.Form):
    """Which note is taken back."""

    withdraw = forms.IntegerField(min_value=1, max_value=LARGEST_KEY)
