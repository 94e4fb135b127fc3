"""What may be typed in around an introduction: why one wants to meet, what one gives, what comes of it."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wanowa.introductions.rules import Afterwards, Given, Origin
from wanowa.people.models import User
from wanowa.talent.rules import warnings
from wanowa.web.fields import DayField, body, line

CHOOSE = ("", _("えらんでください"))
SHOWN_FOR = timedelta(days=30)
FROM_PAGES = (Origin.DESK, Origin.PARTY, Origin.SUGGESTION, Origin.PLAN)
"""Where an introduction that begins on a page can come from."""


class GivingForm(forms.Form):
    """What one side gives the other: nothing is given without its own mark."""

    def __init__(self, *args: object, known: User | None = None, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        proposed = {"name": known.name, "mail": known.email} if known else {}
        for name, label in Given.LABELS.items():
            self.fields[f"give_{name}"] = forms.BooleanField(
                label=gettext("「%(what)s」を渡します。") % {"what": label}, required=False
            )
            self.fields[name] = line(label, limit=120)
            self.fields[name].initial = proposed.get(name, "")
        self.fields["desk"] = forms.BooleanField(label=_("協働推進員にも見せます。"), required=False)
        self.fields["until"] = DayField(label=_("いつまで見せますか"), required=False)
        self.fields["until"].initial = (timezone.localdate() + SHOWN_FOR).isoformat()

    def clean(self) -> dict[str, object]:
        """Ask for what is marked and not written."""
        cleaned = super().clean() or {}
        for name in Given.LABELS:
            if cleaned.get(f"give_{name}") and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("渡すしるしがついています。中身を書くか、しるしを外してください。"))
        return cleaned

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The mark and the words of each thing that can be given."""
        return [(self[f"give_{name}"], self[name]) for name in Given.LABELS]

    def given(self) -> Given:
        """Return what was chosen; call it when the form is valid."""
        typed = self.cleaned_data
        chosen = {name: typed[name] for name in Given.LABELS if typed[f"give_{name}"]}
        return Given.of(chosen, desk=typed["desk"])

    def last_day(self) -> date | None:
        """Return the last day on which it is shown."""
        return date.fromisoformat(self.cleaned_data["until"]) if self.cleaned_data["until"] else None


class PairForm(forms.Form):
    """Two parties, and why they may want to meet."""

    purpose = body(
        _("会いたいわけ"),
        limit=400,
        required=True,
        rows=3,
        help_text=_("例：駅前の花だんを、いっしょに手入れできる人をさがしています。"),
    )
    hope = body(
        _("してみたいこと"), limit=400, rows=2, help_text=_("例：まず1回、土曜の水やりを見てもらう。")
    )
    dates = line(_("都合のよい日"), limit=200, help_text=_("例：12月の土曜の午前"))
    warned = forms.BooleanField(
        label=_("連絡先、番号、病気のことは書いていません。このまま出します。"), required=False
    )
    need = forms.IntegerField(required=False, widget=forms.HiddenInput)
    offer = forms.IntegerField(required=False, widget=forms.HiddenInput)
    origin = forms.ChoiceField(
        choices=[(one.value, one.label) for one in FROM_PAGES], required=False, widget=forms.HiddenInput
    )

    def __init__(
        self,
        *args: object,
        mine: Mapping[int, str] | None,
        others: Iterable[tuple[int, str]],
        **options: object,
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        others = list(others)
        first = forms.TypedChoiceField(label=_("ひとつ目の主体"), coerce=int, choices=[CHOOSE, *others])
        if mine is not None:
            first.label, first.choices = str(_("どの主体として")), list(mine.items())
            if len(mine) == 1:
                first.widget = forms.HiddenInput()
                first.initial = next(iter(mine))
        self.fields["first"] = first
        self.fields["second"] = forms.TypedChoiceField(
            label=_("会いたい主体") if mine is not None else _("ふたつ目の主体"),
            coerce=int,
            choices=[CHOOSE, *others],
        )
        self.order_fields(["first", "second"])

    def clean(self) -> dict[str, object]:
        """Ask again when a text seems to hold what it should not."""
        cleaned = super().clean() or {}
        for name in ("purpose", "hope", "dates"):
            for warned in warnings(str(cleaned.get(name) or "")):
                if not cleaned.get("warned"):
                    self.add_error(name, warned.label.replace(str(_("「連絡先」の欄")), str(_("渡すこと"))))
        return cleaned

    @property
    def is_warned(self) -> bool:
        """Whether the box with which one insists is shown."""
        return bool(self.data.get("warned")) or (
            self.is_bound and not {"purpose", "hope", "dates"}.isdisjoint(self.errors)
        )


class TrialForm(forms.Form):
    """Something small to try."""

    what = body(_("ためすこと"), limit=400, rows=2, required=True, help_text=_("例：1回だけ、水やりをする。"))
    day = DayField(label=_("ためす日"))


class JoinForm(forms.Form):
    """The first words of a collaboration."""

    title = line(_("題名"), limit=60, required=True, help_text=_("例：湧水のみちをつなぐ"))
    summary = body(
        _("あらまし"), limit=300, required=True, rows=3, help_text=_("何をしたいのかを、300字まで。")
    )


class WordsForm(forms.Form):
    """One text for the desk, or a reason of the desk."""

    body = body(_("書くこと"), limit=400, required=True, rows=3)

    def __init__(
        self, *args: object, label: str | Promise = "", hint: str | Promise = "", **more: object
    ) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["body"].label, self.fields["body"].help_text = str(label), str(hint)


class AfterwardsForm(forms.Form):
    """How it went on, four weeks later."""

    afterwards = forms.ChoiceField(
        label=_("そのあと、どうなりましたか"), choices=Afterwards.choices, widget=forms.RadioSelect
    )
    words = body(_("ひとこと"), limit=400, rows=2, help_text=_("協働推進員だけが読みます。"))


class NextForm(forms.Form):
    """What the desk does next."""

    action = line(_("次にすること"), limit=200, help_text=_("例：電話で、いつ会うかを聞く"))
    due = DayField(label=_("いつまでに"))


class OwnerForm(forms.Form):
    """Another coordinator."""

    owner = forms.TypedChoiceField(label=_("新しい担当"), coerce=int)

    def __init__(self, *args: object, others: Iterable[User], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["owner"].choices = [CHOOSE, *((one.pk, one.name) for one in others)]  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """A day for which the desk asks who could help whom."""

    day = DayField(label=_("どの日の組み合わせを見ますか"), required=False)
