"""What may be typed in about activities: the text, a suggestion, an answer, and the filters of the list."""

from collections.abc import Iterable, Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.activities.rules import OWN_AREAS, Reply, Status, Words
from wanowa.guideline.rules import AREAS, Area, Field
from wanowa.web.fields import DayField, body, line


class FilterForm(forms.Form):
    """How the list is narrowed. Unknown values are refused, never ignored."""

    q = line(pgettext_lazy("search", "ことば"), limit=60)
    area = forms.ChoiceField(
        label=_("領域"),
        choices=[("", _("すべて")), *((area.value, AREAS[area].leads) for area in OWN_AREAS)],
        required=False,
    )
    field = forms.ChoiceField(
        label=_("活動の分野"), choices=[("", _("すべて")), *Field.choices], required=False
    )
    status = forms.ChoiceField(
        label=_("状態"),
        choices=[("", Status.GOING.label), (Status.ENDED.value, _("終わったもの"))],
        required=False,
    )


class ActivityForm(forms.Form):
    """The text of an activity."""

    title = line(_("題名"), limit=60, required=True, help_text=_("例：朝のラジオ体操"))
    what = body(
        _("していること"),
        limit=2000,
        required=True,
        help_text=_("だれと、いつ、何をしていますか。はじめて読む人にわかるように書きます。"),
    )
    for_whom = line(_("だれのために"), help_text=_("例：近所のお年より、小学生"))
    field = forms.ChoiceField(label=_("活動の分野"), choices=[("", _("選んでください")), *Field.choices])
    place = line(_("場所"), help_text=_("例：新倉の公園、市内全域"))
    since = DayField(label=_("始まりの日"), help_text=_("だいたいの日で大丈夫です。"))
    until = DayField(
        label=_("終わりの日"), required=False, help_text=_("決まっていなければ、空のままにします。")
    )
    how_to_join = body(
        _("加わるには"),
        limit=1000,
        rows=3,
        help_text=_("例：毎月第1土曜の朝、公園に来てください。だれでも読めます。"),
    )

    def __init__(
        self, *args: object, area: Area, mine: Mapping[int, str] | None = None, **options: object
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.area = area
        if area is Area.E:
            self.fields["until"].required = True
            self.fields["until"].help_text = _("終わる予定の日、または決める予定の日です。")
            self.fields["how_to_join"].label = _("意見を言うには")
            self.fields["how_to_join"].help_text = _("例：12月に意見を集めます。説明会は土曜に開きます。")
        if mine is not None:
            field = forms.TypedChoiceField(label=_("どの主体として"), coerce=int, choices=list(mine.items()))
            if len(mine) == 1:
                field.widget = forms.HiddenInput()
                field.initial = next(iter(mine))
            self.fields["party"] = field
            self.order_fields(["party"])

    def words(self) -> Words:
        """Return what was typed, for the service; call it when the form is valid."""
        typed = {name: self.cleaned_data[name] for name in Words.__slots__}
        until = date.fromisoformat(typed["until"]) if typed["until"] else None
        return Words(**typed | {"since": date.fromisoformat(typed["since"]), "until": until})


def written(words: Words) -> dict[str, str]:
    """Return the text of an activity as its form begins with it."""
    values = {name: getattr(words, name) for name in Words.__slots__}
    return {
        name: value.isoformat() if isinstance(value, date) else value or "" for name, value in values.items()
    }


class SuggestForm(forms.Form):
    """The suggestion to go on together."""

    stand = forms.TypedChoiceField(label=_("どの立場で"), coerce=int)
    department = forms.TypedChoiceField(
        label=_("市のどの部署と"),
        coerce=int,
        help_text=_("わからないときは、協働を受けもつ部署を選びます。"),
    )
    wish = body(
        _("手伝ってほしいこと、手伝えること"),
        limit=1000,
        required=True,
        help_text=_("例：道具を置く場所を貸してほしい。チラシを学校に配れます。"),
    )
    reason = body(_("ひとこと"), limit=400, rows=2, help_text=_("なぜ、いま、いっしょに動きたいのですか。"))

    def __init__(
        self,
        *args: object,
        stands: Mapping[int, str],
        departments: Iterable[tuple[int, str]],
        **options: object,
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["stand"].choices = list(stands.items())  # type: ignore[attr-defined]
        self.fields["department"].choices = [("", _("選んでください")), *departments]  # type: ignore[attr-defined]
        if len(stands) == 1:
            self.fields["stand"].widget = forms.HiddenInput()
            self.fields["stand"].initial = next(iter(stands))


class ReplyForm(forms.Form):
    """One answer to one question: yes with where and when, or no with why."""

    done = forms.TypedChoiceField(
        label=_("答え"),
        choices=[("yes", _("はい")), ("no", _("いいえ"))],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
        empty_value=None,
    )
    where = body(_("「はい」のとき：どこで、どのように"), limit=1000, rows=3)
    on = DayField(label=_("「はい」のとき：日づけ"), required=False)
    reason = body(_("「いいえ」のとき：そのわけ"), limit=1000, rows=3)

    def clean(self) -> dict[str, object]:
        """Refuse what belongs to the other answer: nothing that was typed may be dropped without a word."""
        typed: dict[str, object] = super().clean() or {}
        if typed.get("done") and typed.get("reason"):
            raise ValidationError(_("「はい」のときは、わけの欄を空にしてください。"))
        if typed.get("done") is False and (typed.get("where") or typed.get("on")):
            raise ValidationError(_("「いいえ」のときは、「はい」の欄を空にしてください。"))
        return typed

    def reply(self) -> Reply:
        """Return what was typed, for the service; call it when the form is valid."""
        typed = self.cleaned_data
        on = date.fromisoformat(typed["on"]) if typed["on"] else None
        return Reply(done=typed["done"], where=typed["where"], on=on, reason=typed["reason"])
