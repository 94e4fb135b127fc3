"""What may be typed in about exchange: a listing, a raised hand, a code, thanks, and the filters of the list."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wanowa.exchange.queries import quarters
from wanowa.exchange.rules import (
    LONGEST_KEPT,
    LONGEST_STEP,
    MOST_PLACES,
    MOST_QUANTITY,
    OLDEST,
    AgeBand,
    Audience,
    Channel,
    Recurrence,
    Side,
    Slot,
    Verdict,
    Words,
    slot_of,
)
from wanowa.guideline.rules import RESOURCES, Resource
from wanowa.kernel.errors import Invalid
from wanowa.kernel.files import Accepted, accept
from wanowa.kernel.text import MaxGraphemes, validate_name
from wanowa.people.rules import NAME_LENGTH
from wanowa.web.fields import DayField, body, line

_HOUR = re.compile(r"(\d{1,2})(?::(\d{2})(?::00)?|時(?:(\d{1,2})分|半)?)")
_ANY = [("", _("すべて"))]


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


def _quarter_field(label: object = _("地区")) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,  # type: ignore[arg-type]
        choices=lambda: [("", _("市内のどこでも")), *quarters().items()],
        required=False,
    )


class FilterForm(forms.Form):
    """How the list is narrowed. Unknown values are refused, never ignored."""

    q = line(_("ことば"), limit=60)
    side = forms.ChoiceField(label=_("どちらを"), choices=[*_ANY, *Side.choices], required=False)
    resource = forms.ChoiceField(label=_("何を"), choices=[*_ANY, *Resource.choices], required=False)
    quarter = _quarter_field(_("どこで"))
    when = forms.ChoiceField(label=_("いつ"), choices=[*_ANY, *Slot.choices], required=False)
    audience = forms.ChoiceField(label=_("だれと"), choices=[*_ANY, *Audience.choices], required=False)


class QuarterForm(forms.Form):
    """Near which quarter somebody looks."""

    quarter = _quarter_field(_("どの地区の近く"))


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
    quarter = _quarter_field()
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
        if mine is not None:
            field = forms.TypedChoiceField(label=_("どの主体として"), coerce=int, choices=list(mine.items()))
            if len(mine) == 1:
                field.widget = forms.HiddenInput()
                field.initial = next(iter(mine))
            self.fields["party"] = field
            self.order_fields(["party"])

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
        typed |= {"day": day, "slots": tuple(slots), "audience": tuple(typed["audience"])}
        return Words(**{"side": side or Side.NEED} | typed | {"first_step": self.step})

    def clean(self) -> dict[str, object]:
        """Refuse days outside of the years that calendars know, before anything is reckoned with them."""
        typed: dict[str, object] = super().clean() or {}
        day = str(typed.get("day") or "")
        if day and not "2000" <= day[:4] <= "2099":
            self.add_error("day", _("日づけの年を確かめてください。"))
        return typed


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


class HandForm(forms.Form):
    """A hand raised without an account: what to call somebody, and where the code goes."""

    name = forms.CharField(
        label=_("呼び名"),
        max_length=160,
        validators=[validate_name, MaxGraphemes(NAME_LENGTH)],
        help_text=_("あだ名で大丈夫です。のせた人に見えるのは、これだけです。"),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    email = forms.EmailField(
        label=_("メールアドレス"),
        max_length=254,
        help_text=_("確認のコードを送ります。だれにも見えません。終わって90日で消します。"),
    )

    def __init__(self, *args: object, known: bool = False, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if known:
            del self.fields["email"]


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=_("コード"),
        max_length=20,
        help_text=_("メールにある6けたの数字です。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class CounterForm(forms.Form):
    """A hand raised at the counter or by phone."""

    name = forms.CharField(
        label=_("呼び名"), max_length=160, validators=[validate_name, MaxGraphemes(NAME_LENGTH)]
    )
    channel = forms.ChoiceField(
        label=_("どこから"),
        choices=[(one.value, one.label) for one in (Channel.COUNTER, Channel.PHONE)],
        widget=forms.RadioSelect,
    )


class LookBackForm(forms.Form):
    """How the first time was."""

    verdict = forms.ChoiceField(label=_("どうでしたか"), choices=Verdict.choices, widget=forms.RadioSelect)
    comment = body(_("ひとこと"), limit=400, rows=2)
    age_band = forms.ChoiceField(
        label=_("年代"),
        choices=[("", _("こたえない")), *AgeBand.choices],
        required=False,
        help_text=_("5人より少ないときは、だれにも見せません。"),
    )


class PledgeForm(forms.Form):
    """The word with which a party raises a hand."""

    word = body(_("ひとこと"), limit=600, rows=3, help_text=_("例：土曜の朝なら行けます。脚立もあります。"))


class ReplyForm(forms.Form):
    """The answer of the side that has put the listing."""

    reply = body(_("返事"), limit=600, rows=3, help_text=_("例：土曜の9時に、公民館でお願いします。"))


class ThanksForm(forms.Form):
    """Done, with thanks."""

    thanks = body(_("お礼のことば"), limit=400, rows=2)
    minutes = number(_("かかった時間（分）"), most=MOST_QUANTITY)
    shows = forms.BooleanField(label=_("お礼を公開してよい（両方がよいと言ったときだけ）"), required=False)


class PictureForm(forms.Form):
    """A picture with the words that stand for it."""

    file = forms.FileField(
        label=_("写真"),
        help_text=_("撮った場所の記録は、消してからのせます。人の顔に気をつけてください。"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    alternative = line(
        _("写真の説明"),
        limit=120,
        required=True,
        help_text=_("見えない人に伝えるつもりで書きます。例：赤い花の花だん"),
    )

    def clean_file(self) -> Accepted:
        """Return the file as it may be stored, encoded anew."""
        try:
            return accept(self.cleaned_data["file"])
        except Invalid as refusal:
            raise ValidationError(str(refusal)) from None
