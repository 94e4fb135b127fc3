"""What may be typed in about a listing, and the terms that are put before its writer to choose from."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wanowa.exchange.queries import quarters, taxonomy
from wanowa.exchange.rules import (
    LONGEST_KEPT,
    LONGEST_STEP,
    MOST_PLACES,
    MOST_QUANTITY,
    OLDEST,
    Audience,
    Recurrence,
    Side,
    Slot,
    Words,
    slot_of,
)
from wanowa.exchange.rules.matching import Choice, meant, proposed
from wanowa.guideline.rules import RESOURCES, Resource
from wanowa.web.fields import DayField, body, line

_HOUR = re.compile(r"(\d{1,2})(?::(\d{2})(?::00)?|時(?:(\d{1,2})分|半)?)")


class HourField(forms.Field):
    """A time of day: 09:30 from the picker, ９：３０ or 9時半 when typed. Cleans to a time or None."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def to_python(self, value: object) -> time | None:
        """Return the time; ValidationError with a sentence when it is none."""
        if not value:
            return None
        if isinstance(value, time):
            return value
        typed = unicodedata.normalize("NFKC", str(value)).strip()
        found = _HOUR.fullmatch(typed)
        hour, minute = (found[1], found[2] or found[3] or "0") if found else ("99", "0")
        try:
            return time(int(hour), 30 if typed.endswith("半") else int(minute))
        except ValueError:
            raise ValidationError(_("時刻は、9:30 のように書いてください。")) from None


def number(label: object, *, most: int, help_text: object = "") -> forms.IntegerField:
    """Return a field for a whole number from 1 to `most`, which may stay empty."""
    return forms.IntegerField(
        label=label,  # type: ignore[arg-type]
        required=False,
        min_value=1,
        max_value=most,
        help_text=help_text,  # type: ignore[arg-type]
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def quarter_field(label: object = _("地区")) -> forms.ChoiceField:
    """Return a field for a quarter of the city, or all of it."""
    return forms.ChoiceField(
        label=label,  # type: ignore[arg-type]
        choices=lambda: [("", _("市内のどこでも")), *quarters().items()],
        required=False,
    )


class ListingForm(forms.Form):
    """The text of a listing. Four fields are enough; the others lie folded up."""

    side = forms.ChoiceField(label=_("どちらですか"), choices=Side.choices, widget=forms.RadioSelect)
    resource = forms.ChoiceField(
        label=_("何のことですか"),
        choices=[(one.value, f"{one.label}：{RESOURCES[one].meaning}") for one in Resource],
        widget=forms.RadioSelect,
    )
    title = line(_("題名"), limit=60, required=True, help_text=_("例：庭木のせんていを手伝えます"))
    text = body(
        _("どんなことですか"),
        limit=1000,
        required=True,
        rows=3,
        help_text=_("1文で大丈夫です。電話番号や住所は書かないでください。"),
    )
    keys = forms.MultipleChoiceField(
        label=_("見つけてもらうことば"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("ちがうものは、はずしてください。相手が、見つけやすくなります。"),
    )
    word = line(_("ほかのことば"), limit=60, help_text=_("例：せんてい、雪かき"))
    day = DayField(label=_("日"), required=False)
    starts = HourField(label=_("始まり"), required=False)
    minutes = number(_("時間（分）"), most=24 * 60)
    rhythm = forms.ChoiceField(label=_("くりかえし"), choices=Recurrence.choices, required=False)
    slots = forms.MultipleChoiceField(
        label=_("都合のよいとき"),
        choices=Slot.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quarter = quarter_field()
    place = line(_("場所"), help_text=_("例：公民館。自分の家の住所は書かないでください。"))
    quantity = number(_("数"), most=MOST_QUANTITY)
    unit = line(_("単位"), limit=10, help_text=_("例：脚、台、円、人"))
    audience = forms.MultipleChoiceField(
        label=_("どんな人も"),
        choices=Audience.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    age_from = number(_("何歳から"), most=OLDEST)
    age_to = number(_("何歳まで"), most=OLDEST)
    capacity = number(_("何人まで"), most=MOST_PLACES)
    bring = line(_("持ちもの"), help_text=_("例：ぼうし、飲みもの。なければ空のまま。"))
    people = line(_("当日いる人"), help_text=_("例：会の2人が、青いぼうしで待っています。"))
    pay = line(_("お礼"), help_text=_("例：お茶と、とれた野菜"))
    cost = line(_("かかるお金"), help_text=_("例：材料代300円"))
    safety = body(_("安全のために"), limit=400, rows=2, help_text=_("例：保険に入っています。"))
    collaboration = forms.TypedChoiceField(
        label=_("どの取組のため"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("終わると、かかった時間や渡した数が、その取組の出しあいにのります。"),
    )
    days = forms.TypedChoiceField(
        label=_("いつまで、のせますか"),
        coerce=int,
        choices=[(90, _("3か月")), (180, _("半年")), (LONGEST_KEPT, _("1年"))],
        initial=180,
        help_text=_("終わる前に、続けるかどうかメールでたずねます。"),
    )

    def __init__(
        self,
        *args: object,
        step: bool = False,
        opened: bool = False,
        mine: Mapping[int, str] | None = None,
        tables: Mapping[int, str] | None = None,
        drafted: Mapping[str, list[str]] | None = None,
        **options: object,
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.step = step
        for name in _NOT_IN_A_STEP if step else _ONLY_IN_A_STEP:
            del self.fields[name]
        if step:
            self._as_step()
        if opened:
            for name in {"side", "days"} & self.fields.keys():
                del self.fields[name]
        self.opened = opened
        if step or not tables:
            del self.fields["collaboration"]
        else:
            self.fields["collaboration"].choices = [  # type: ignore[attr-defined]
                ("", _("取組のためではない")),
                *tables.items(),
            ]
        if mine is not None:
            field = forms.TypedChoiceField(label=_("どの主体として"), coerce=int, choices=list(mine.items()))
            if len(mine) == 1:
                field.widget = forms.HiddenInput()
                field.initial = next(iter(mine))
            self.fields["party"] = field
            self.order_fields(["party"])
        self.choice = self._offered(drafted or {})
        self.fields["keys"].choices = [  # type: ignore[attr-defined]
            (term.key, term.told) for term in self.choice.offered
        ]
        if not self.is_bound:
            self.initial.update(keys=list(self.choice.chosen), word="、".join(self.choice.unknown))

    @property
    def shown(self) -> str:
        """The keys of the terms that are offered, as the page sends them back."""
        return ",".join(term.key for term in self.choice.offered)

    def _offered(self, drafted: Mapping[str, list[str]]) -> Choice:
        """Return the terms to choose from: of what was typed, or of what the form begins with and its draft."""
        if self.is_bound:
            told = {name: self[name].data or "" for name in ("title", "text", "word")}
            kept, shown = self["keys"].data or [], None
        else:
            told = {name: str(self.initial.get(name) or "") for name in ("title", "text", "word")}
            kept, shown = self.initial.get("keys") or [], self.initial.get("shown")
        older = {name: " ".join(drafted.get(name, [])) for name in ("title", "text")}
        return proposed(
            taxonomy(),
            title=f"{told['title']} {older['title']}",
            text=f"{told['text']} {older['text']}",
            typed=told["word"],
            kept=kept,
            shown=shown,
            also=drafted.get("keys", []),
        )

    def _as_step(self) -> None:
        for name in ("day", "starts", "minutes", "capacity", "place"):
            self.fields[name].required = True
        self.fields["title"].help_text = _("例：花だんの水やり、30分だけ")
        self.fields["minutes"].help_text = _("2時間（120分）までです。")
        self.fields["minutes"].max_value = LONGEST_STEP  # type: ignore[attr-defined]
        self.fields["place"].label = _("集まる場所")
        self.fields["place"].help_text = _("だれでも入れる場所にします。例：公園の入口")
        self.fields["resource"].initial = Resource.PEOPLE
        self.fields["resource"].widget = forms.HiddenInput()

    def words(self, *, side: str = "") -> Words:
        """Return what was typed, for the service; call it when the form is valid."""
        typed = {name: self.cleaned_data[name] for name in Words.__slots__ if name in self.cleaned_data}
        day = date.fromisoformat(typed["day"]) if typed["day"] else None
        slots = typed.pop("slots", []) or ([slot_of(day, typed["starts"])] if day else [])
        typed |= {"day": day, "slots": tuple(slots)}
        typed |= {name: tuple(typed[name]) for name in ("audience", "keys")}
        return Words(**{"side": side or Side.NEED} | typed | {"first_step": self.step})

    def clean(self) -> dict[str, object]:
        """Refuse days outside of the years that calendars know, before anything is reckoned with them."""
        typed: dict[str, object] = super().clean() or {}
        day = str(typed.get("day") or "")
        if day and not "2000" <= day[:4] <= "2099":
            self.add_error("day", _("日づけの年を確かめてください。"))
        if "keys" in typed and "word" in typed:
            typed["keys"] = self._keys(list(typed["keys"]), str(typed["word"]))  # type: ignore[call-overload]
        return typed

    def _keys(self, chosen: list[str], word: str) -> list[str]:
        """Return what was ticked and what was typed, each once; a word that means nothing is an error of its own."""
        named, others = meant(taxonomy(), word)
        for one, near in others:
            if not near:
                self.add_error("word", _unknown(one))
            elif not set(near) & set(chosen):
                self.add_error(
                    "word", _now("「%(word)s」に近いことばを、上から選んでください。") % {"word": one}
                )
        return list(dict.fromkeys([*chosen, *named]))


def _unknown(word: str) -> str:
    return _now("「%(word)s」は、見つかりませんでした。ほかの言い方にするか、空にしてください。") % {
        "word": word
    }


def as_typed(data: QueryDict) -> dict[str, object]:
    """Return what was typed, as a form begins with it that is shown once more before it is sent."""
    lists = ("slots", "audience", "keys")
    told: dict[str, object] = {name: data.getlist(name) if name in lists else data.get(name) for name in data}
    return told | {"shown": data.get("shown", "").split(",")}


_ONLY_IN_A_STEP = ("capacity", "bring", "people")
_NOT_IN_A_STEP = ("side", "rhythm", "slots", "quantity", "unit", "pay", "days")
PROPOSED = ("quarter", "place", "audience", "slots", "pay", "safety", "people", "bring")
"""What is mostly the same again when a party puts its next listing."""


def written(words: Words) -> dict[str, object]:
    """Return the text of a listing as its form begins with it."""
    values = {name: getattr(words, name) for name in Words.__slots__}
    return {
        name: value.isoformat()
        if isinstance(value, date)
        else list(value)
        if isinstance(value, tuple)
        else value
        for name, value in values.items()
    }
