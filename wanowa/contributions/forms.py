"""What may be typed in about the ledger: six short forms, one for each thing that happens, and words of an answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from wanowa.contributions.rules import AgeBand, Gift, Way, minutes_of
from wanowa.guideline.rules import Resource
from wanowa.kernel import money
from wanowa.kernel.errors import Invalid
from wanowa.web.fields import DayField, body, line

MOST_PEOPLE = 10_000


@dataclass(frozen=True, slots=True)
class Sort:
    """One thing that can be written: what its form is called, and where the amount comes from and goes to."""

    key: str
    label: StrOrPromise
    way: Way
    whose: StrOrPromise = ""
    """How the one party at its ends is asked for; empty when there is none, or when there are two."""


SORTS: Mapping[str, Sort] = {
    sort.key: sort
    for sort in (
        Sort("hours", _("時間"), Way.GAVE, _("だれの時間ですか")),
        Sort("gave", _("お金を出した"), Way.GAVE, _("だれが出しましたか")),
        Sort("spent", _("お金を使った"), Way.SPENT),
        Sort("passed", _("お金を渡した"), Way.PASSED),
        Sort("returned", _("お金を返した"), Way.RETURNED, _("だれに返しましたか")),
        Sort("things", _("もの・場所・情報"), Way.GAVE, _("だれが出しましたか")),
    )
}


class TimeField(forms.Field):
    """The time of one person: 2, 1.5, 2時間半, 1:30. Cleans to minutes."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def to_python(self, value: object) -> int | None:
        """Return whole minutes; ValidationError with a sentence when it is no time."""
        if value in {None, ""}:
            return None
        try:
            return minutes_of(str(value))
        except Invalid as refusal:
            raise ValidationError(str(refusal)) from None


class YenField(forms.Field):
    """Whole yen: 1200, 1,200円, 3千円. Cleans to an int, or None when empty."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: object) -> int | None:
        """Return whole yen; ValidationError with a sentence when it is no amount."""
        if value in {None, ""}:
            return None
        try:
            return money.parse_yen(str(value))
        except Invalid as refusal:
            raise ValidationError(str(refusal)) from None


def _count(label: StrOrPromise, *, required: bool = False, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=least,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class GiftForm(forms.Form):
    """One entry. Which fields there are depends on what happened; nothing is asked that does not matter to it."""

    def __init__(
        self,
        *args: object,
        sort: Sort,
        mine: Mapping[int, str],
        parties: Mapping[int, str],
        tasks: Sequence[str],
        **options: object,
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.sort = sort
        self.fields["as_party"] = _party(_("どの主体として書きますか"), mine)
        if len(mine) == 1:
            self.fields["as_party"].required = False
            self.fields["as_party"].widget = forms.HiddenInput()
            self.fields["as_party"].initial = next(iter(mine))
        self._ends(parties)
        self._amount()
        self.fields["on"] = DayField(label=_("いつ"), help_text=_("はじめは、今日の日づけです。"))
        self.fields["note"] = line(_("したこと"), help_text=_("例：川ぞいの草取り。人の名前は書きません。"))
        if sort.way is not Way.GAVE or sort.key == "gave":
            self.fields["note"].label = _("何のため")
            self.fields["note"].help_text = _("例：花の苗。人の名前は書きません。")
        self._task(tasks)
        if sort.key in {"spent", "passed", "returned"}:
            self.fields["receipt"] = forms.FileField(
                label=_("領収書"),
                required=False,
                help_text=_("写真かPDF。この取組の主体だけが見ます。直しのときは、えらびなおしてください。"),
            )

    def _ends(self, parties: Mapping[int, str]) -> None:
        if self.sort.way is Way.PASSED:
            self.fields["giver"] = _party(_("だれが渡しましたか"), parties)
            self.fields["taker"] = _party(_("だれが受けとりましたか"), parties)
        elif self.sort.whose:
            self.fields["whose"] = _party(self.sort.whose, parties)

    def _amount(self) -> None:
        match self.sort.key:
            case "hours":
                self.fields["time"] = TimeField(label=_("1人の時間"), help_text=_("例：2、1.5、1時間30分"))
                self.fields["people"] = _count(_("何人で"), required=True, least=1)
                for band in AgeBand:
                    self.fields[band.value] = _count(band.label)
            case "things":
                kinds = [
                    (one.value, one.label) for one in (Resource.GOODS, Resource.PLACE, Resource.INFORMATION)
                ]
                self.fields["resource"] = forms.ChoiceField(
                    label=_("何を出しましたか"), choices=kinds, widget=forms.RadioSelect
                )
                self.fields["count"] = forms.IntegerField(
                    label=_("いくつ"),
                    min_value=1,
                    max_value=1_000_000,
                    widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                )
                self.fields["unit"] = line(
                    _("数え方"), limit=10, required=True, help_text=_("例：台、枚、回")
                )
                self.fields["worth"] = YenField(
                    label=_("お金にすると、おおよそ"),
                    required=False,
                    help_text=_("参考にだけ書きます。お金の合計には入りません。"),
                )
            case _:
                self.fields["yen"] = YenField(label=_("いくら"), help_text=_("例：1200、3千円"))

    def _task(self, tasks: Sequence[str]) -> None:
        choices = [("", _("とくにえらばない")), *((task, task) for task in tasks)]
        self.fields["task"] = forms.ChoiceField(
            label=_("役割の分担の、どの仕事ですか"), choices=choices, required=False
        )

    @property
    def bands(self) -> list[forms.BoundField]:
        """The fields of the age bands, which few people need."""
        return [self[band.value] for band in AgeBand if band.value in self.fields]

    @property
    def telling_ages(self) -> bool:
        """Whether something was typed about ages, so that it must be seen."""
        return any(field.value() not in {None, ""} for field in self.bands)

    def gift(self) -> Gift:
        """Return what was typed, for the service; call it when the form is valid."""
        typed = self.cleaned_data
        whose = typed.get("whose")
        taker = whose if self.sort.way is Way.RETURNED else typed.get("taker")
        return Gift(
            way=self.sort.way,
            on=date.fromisoformat(typed["on"]),
            giver=whose if self.sort.way is Way.GAVE else typed.get("giver"),
            taker=taker,
            task=typed["task"],
            **self._given(typed),  # type: ignore[arg-type]
        )

    def _given(self, typed: Mapping[str, object]) -> dict[str, object]:
        match self.sort.key:
            case "hours":
                told = [typed[band.value] for band in AgeBand]
                ages = (
                    tuple(int(str(one or 0)) for one in told) if any(one is not None for one in told) else ()
                )
                people = int(str(typed["people"]))
                minutes = int(str(typed["time"])) * people
                return {"resource": Resource.PEOPLE, "amount": minutes, "people": people, "ages": ages}
            case "things":
                return {
                    "resource": Resource(str(typed["resource"])),
                    "amount": typed["count"],
                    "unit": typed["unit"],
                    "worth": typed["worth"],
                }
            case _:
                return {"resource": Resource.MONEY, "amount": typed["yen"]}


def _party(label: StrOrPromise, parties: Mapping[int, str]) -> forms.TypedChoiceField:
    choices: Iterable[tuple[object, object]] = parties.items()
    return forms.TypedChoiceField(label=label, coerce=int, choices=list(choices))


class WordForm(forms.Form):
    """What is not so."""

    word = body(
        _("どこがちがいますか"),
        limit=400,
        required=True,
        rows=3,
        help_text=_("例：3人ではなく、2人でした。この取組の主体だけが読みます。"),
    )


class UndoForm(forms.Form):
    """Why a confirmed entry is undone."""

    reason = body(
        _("取り消すわけ"),
        limit=400,
        required=True,
        rows=3,
        help_text=_("例：同じものを2回書いていました。この取組の主体だけが読みます。"),
    )
