"""What may be typed in about the bank: registering, looking, asking, answering, and the work of the desk."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.kernel.errors import Invalid
from wanowa.talent.queries import Seen, taxonomy
from wanowa.talent.rules import (
    FIXED,
    HANDED_OVER,
    HIGHEST,
    AgeBand,
    Channel,
    Field,
    Method,
    Reward,
    Tier,
    Times,
    Told,
    warnings,
)
from wanowa.talent.services import Words
from wanowa.web.fields import DayField, body, line

type Choices = list[tuple[str | Promise, str | Promise | list[tuple[str, str]]]]

CHOOSE = ("", _("えらんでください"))
MOST_SKILLS = 5
CHOSEN = (Field.SKILLS, Field.EXPERIENCE, Field.AREA, Field.TIMES, Field.REWARD, Field.AGE_BAND)
"""Fields whose tier a person chooses; the others are seen by the desk, or by nobody."""
BEGINS = {Field.SKILLS: Tier.V1, Field.TIMES: Tier.V1}
"""Where a tier begins; all others begin with nobody."""


def skill_choices(*, whole_kinds: bool = False) -> Choices:
    """Return the skills by kind, for a select with groups; `whole_kinds` adds each kind as a whole."""
    known = taxonomy()
    found: Choices = [CHOOSE]
    for kind in known.kinds:
        rows = [(skill.key, skill.told) for skill in known.skills if skill.kind == kind.key]
        if whole_kinds:
            rows.insert(0, (f"kind:{kind.key}", _now("「%(kind)s」ぜんぶ") % {"kind": kind.told}))
        found.append((kind.told, rows))
    return found


def block_choices(empty: str | Promise = CHOOSE[1]) -> Choices:
    """Return the blocks of the city."""
    return [("", empty), *((block.key, block.told) for block in taxonomy().blocks)]


def known_only(data: Mapping[str, object], names: Iterable[str]) -> None:
    """Raise Invalid when a form or an address brings something it does not have: nothing is filtered by that."""
    if set(data) - set(names) - {"csrfmiddlewaretoken", "idempotency_key"}:
        raise Invalid(_("このページにない条件です。ページをひらき直して、えらび直してください。"))


class ProfileForm(forms.Form):
    """Everything a person tells, and who may see it."""

    experience = body(
        _("経験"),
        limit=600,
        rows=4,
        help_text=_("例：公園の木を10年切ってきました。協働推進員が読んでから、ほかの人に見えます。"),
    )
    warned = forms.BooleanField(
        label=_("連絡先、番号、病気のことは書いていません。このまま出します。"), required=False
    )
    times = forms.MultipleChoiceField(
        label=_("動ける日と時間"), choices=Times.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    area = forms.ChoiceField(label=_("動ける地区"), choices=block_choices, required=False)
    reward = forms.ChoiceField(label=_("お礼"), choices=[CHOOSE, *Reward.choices], required=False)
    age_band = forms.ChoiceField(label=_("年代"), choices=[CHOOSE, *AgeBand.choices], required=False)
    name = line(_("名前"), limit=60, required=True)
    reading = line(_("ふりがな"), limit=80)
    method = forms.ChoiceField(label=_("お願いを知らせる方法"), choices=[CHOOSE, *Method.choices])
    contact = line(
        _("連絡先"),
        limit=200,
        help_text=_("電話番号、メールアドレスか住所。ほかの人には見えません。"),
    )
    may_call = forms.BooleanField(
        label=_("お願いを知らせるために、この連絡先を使ってよいです。"), required=False
    )
    guardian = line(
        _("保護者の名前と、同意のしかた"),
        limit=120,
        help_text=_("18さいより下の人だけ。例：和光 花子（母）、紙で同意"),
    )
    checked_first = forms.BooleanField(
        label=_("お願いは、先に協働推進員に確かめてもらいます。"), required=False
    )

    def __init__(self, *args: object, at_desk: bool = False, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        for number in range(1, MOST_SKILLS + 1):
            self.fields[f"skill_{number}"] = forms.ChoiceField(
                label=_("できること（%(number)sつめ）") % {"number": number},
                choices=skill_choices,
                required=number == 1,
            )
        for field in CHOSEN:
            steps = [tier for tier in Tier if tier <= HIGHEST[field]]
            if field is Field.SKILLS:
                steps = steps[1:]
            self.fields[f"tier_{field}"] = forms.TypedChoiceField(
                label=_("「%(field)s」をだれに見せますか") % {"field": field.label},
                choices=[(int(tier), tier.label) for tier in steps],
                coerce=int,
                initial=int(BEGINS.get(field, Tier.V0)),
            )
        if at_desk:
            channels = [(one.value, one.label) for one in (Channel.PAPER, Channel.DESK, Channel.PHONE)]
            self.fields["channel"] = forms.ChoiceField(label=_("受付のしかた"), choices=channels)
            self.fields["contact"].required = True

    def clean(self) -> dict[str, object]:
        """Ask again when the experience seems to hold what others should not read."""
        cleaned = super().clean() or {}
        found = warnings(str(cleaned.get("experience", "")))
        if found and not cleaned.get("warned"):
            for warned in found:
                self.add_error("experience", warned.label)
        return cleaned

    @property
    def is_warned(self) -> bool:
        """Whether the box with which one insists is shown."""
        return bool(self.data.get("warned")) or ("experience" in self.errors if self.is_bound else False)

    @property
    def skill_fields(self) -> list[forms.BoundField]:
        """The selects for what somebody can do."""
        return [self[f"skill_{number}"] for number in range(1, MOST_SKILLS + 1)]

    def told(self) -> Told:
        """Return what was typed, for the service; call it when the form is valid."""
        typed = self.cleaned_data
        skills = [typed[f"skill_{number}"] for number in range(1, MOST_SKILLS + 1)]
        values: dict[Field, str] = {
            field: typed[field.value] for field in Field if field not in {Field.SKILLS, Field.TIMES}
        }
        values[Field.SKILLS] = ",".join(dict.fromkeys(filter(None, skills)))
        values[Field.TIMES] = ",".join(typed["times"])
        tiers = {field: Tier(typed[f"tier_{field}"]) for field in CHOSEN} | dict.fromkeys(FIXED, Tier.V1)
        return Told(values, tiers, may_call=typed["may_call"], checked_first=typed["checked_first"])


class RewriteForm(ProfileForm):
    """What somebody in the bank without an account told the desk anew. What stays empty stays as it is.

    Nothing that was told before is shown: whoever writes down a new telephone number need not read the old one.
    """

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, at_desk=True, **{"auto_id": "anew_%s"} | options)
        del self.fields["checked_first"]
        for name, field in self.fields.items():
            field.required = name == "channel"
        for chosen in CHOSEN:
            field = self.fields[f"tier_{chosen}"]
            field.choices = [("", _("変えない")), *field.choices]  # type: ignore[attr-defined]
            field.initial, field.empty_value = "", None  # type: ignore[attr-defined]

    def changes(self) -> tuple[dict[Field, str], dict[Field, Tier]]:
        """Return the values and the tiers that were told anew; call it when the form is valid."""
        typed = self.cleaned_data
        skills = [typed[f"skill_{number}"] for number in range(1, MOST_SKILLS + 1)]
        lists = {Field.SKILLS: filter(None, skills), Field.TIMES: typed["times"]}
        values = {field: typed[field.value] for field in Field if field not in lists}
        values |= {field: ",".join(dict.fromkeys(keys)) for field, keys in lists.items()}
        tiers = {
            field: Tier(typed[f"tier_{field}"]) for field in CHOSEN if typed[f"tier_{field}"] is not None
        }
        return {field: value for field, value in values.items() if value}, tiers


def written(
    values: Seen, tiers: Mapping[Field, Tier], *, may_call: bool, checked_first: bool
) -> Mapping[str, object]:
    """Return what a person told as her form begins with it."""
    skills = values.get(Field.SKILLS, "").split(",")
    return (
        {field.value: values.get(field, "") for field in Field}
        | {"times": values.get(Field.TIMES, "").split(",")}
        | {f"skill_{number}": key for number, key in enumerate(skills, start=1)}
        | {f"tier_{field}": int(tiers[field]) for field in CHOSEN}
        | {"may_call": may_call, "checked_first": checked_first}
    )


class PublicForm(forms.Form):
    """How everybody narrows the counts."""

    kind = forms.ChoiceField(label=pgettext_lazy("skill", "できること"), required=False)
    block = forms.ChoiceField(label=_("地区"), choices=lambda: block_choices(_("すべて")), required=False)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        kinds = [(kind.key, kind.told) for kind in taxonomy().kinds]
        self.fields["kind"].choices = [("", _("すべて")), *kinds]  # type: ignore[attr-defined]


class LookForm(forms.Form):
    """Whom one looks for, and why."""

    wanted = forms.ChoiceField(
        label=_("さがすこと"), choices=lambda: skill_choices(whole_kinds=True), required=False
    )
    words = line(_("ことばでさがす"), limit=40, help_text=_("例：草刈り、通訳。一覧にないときに使います。"))
    area = forms.ChoiceField(label=_("地区"), choices=lambda: block_choices(_("どこでも")), required=False)
    times = forms.ChoiceField(
        label=_("日と時間"), choices=[("", _("いつでも")), *Times.choices], required=False
    )
    purpose = body(
        _("さがすわけ"),
        limit=200,
        rows=2,
        required=True,
        help_text=_("例：3月の花植えを手伝ってほしい。登録した人が、あとで読みます。"),
    )

    def __init__(self, *args: object, mine: Mapping[int, str], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        party = forms.TypedChoiceField(label=_("どの主体として"), coerce=int, choices=list(mine.items()))
        if len(mine) == 1:
            party.widget = forms.HiddenInput()
            party.initial = next(iter(mine))
        self.fields["party"] = party
        self.order_fields(["party"])

    def clean(self) -> dict[str, object]:
        """Find which skills are meant."""
        cleaned = super().clean() or {}
        if not self.skills():
            self.add_error(
                "words" if cleaned.get("words") else "wanted",
                _("あてはまる「できること」がありません。一覧からえらんでください。"),
            )
        return cleaned

    def skills(self) -> frozenset[str]:
        """Return the keys of everything that is meant."""
        typed = self.cleaned_data
        wanted, words = str(typed.get("wanted", "")), str(typed.get("words", ""))
        known = taxonomy()
        if kind := wanted.partition("kind:")[2]:
            chosen = {skill.key for skill in known.skills if skill.kind == kind}
        else:
            chosen = {wanted} - {""}
            chosen |= {skill.key for skill in known.skills if chosen and skill.parent in chosen}
        return frozenset(chosen | (known.matching(words) if words.strip() else set()))


class AskForm(forms.Form):
    """What one asks somebody for."""

    purpose = body(
        pgettext_lazy("request", "してほしいこと"),
        limit=600,
        required=True,
        help_text=_("例：駅前の花植えを、いっしょにしてください。"),
    )
    dates = line(_("日と時間"), limit=200, help_text=_("例：3月7日（土）の午前10時から2時間"))
    place = line(_("場所"), limit=200, help_text=_("例：和光市駅の南口"))
    reward = line(_("お礼"), limit=200, help_text=_("例：ありません。交通費だけ出します。"))
    collaboration = forms.TypedChoiceField(
        label=_("どの協働の取組のため"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: object, tables: Mapping[int, str], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["collaboration"].choices = [("", _("なし")), *tables.items()]  # type: ignore[attr-defined]

    def asked(self) -> Words:
        """Return what was typed, for the service."""
        typed = self.cleaned_data
        return Words(typed["purpose"], typed["dates"], typed["place"], typed["reward"])


class AnswerForm(forms.Form):
    """What one hands over when one says yes."""

    fields_to_hand = forms.MultipleChoiceField(
        label=_("渡すこと"),
        choices=[(field.value, field.label) for field in HANDED_OVER],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("しるしをつけたことだけを、この相手だけに見せます。なにも渡さなくてもよいです。"),
    )
    until = DayField(label=_("いつまで見せますか"))

    def __init__(self, *args: object, at_desk: bool = False, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["until"].initial = (timezone.localdate() + timedelta(days=30)).isoformat()
        if at_desk:
            channels = [(one.value, one.label) for one in (Channel.DESK, Channel.PHONE, Channel.PAPER)]
            self.fields["channel"] = forms.ChoiceField(label=_("受付のしかた"), choices=channels)

    def handed(self) -> frozenset[Field]:
        """Return what is handed over."""
        return frozenset(Field(value) for value in self.cleaned_data["fields_to_hand"])

    def last_day(self) -> date:
        """Return the last day on which it is shown."""
        return date.fromisoformat(self.cleaned_data["until"])


class WordsForm(forms.Form):
    """One text: a message, a report, a reason."""

    body = body(_("書くこと"), limit=1000, required=True)

    def __init__(self, *args: object, label: str | Promise = "", **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if label:
            self.fields["body"].label = str(label)


class OpenForm(forms.Form):
    """Why a coordinator opens a profile."""

    purpose = line(
        _("ひらくわけ"),
        limit=200,
        required=True,
        help_text=_("例：花植えのお願いを、電話で伝えるため。本人が読みます。"),
    )
    contact = forms.BooleanField(label=_("連絡先もひらきます（お願いを伝えるときだけ）"), required=False)


class NumberForm(forms.Form):
    """The number of a receipt."""

    number = line(_("受付番号"), limit=12, required=True, help_text=_("例：1234-5678"))
