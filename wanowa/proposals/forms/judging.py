"""What may be typed in while a round is judged: the check, one's relations, scores, words, a decision."""

from collections.abc import Mapping, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.errors import Invalid
from wanowa.kernel.files import RECORDINGS, Accepted, accept_recording
from wanowa.kernel.money import parse_yen
from wanowa.parties.models import Party
from wanowa.proposals.forms.reasons import why
from wanowa.proposals.models import Criterion
from wanowa.proposals.queries.judging import Own
from wanowa.proposals.rules.judging import CheckItem, Finding, Mark, Outcome, Sheet, Verdict
from wanowa.proposals.rules.lifecycle import Onward
from wanowa.web.fields import body

_LARGEST = 2**31 - 1
_YES, _NO = "yes", "no"


class YenField(forms.CharField):
    """An amount as people type it: 120,000円, 12万円. Cleans to whole yen, or None when it may be left out."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def clean(self, value: object) -> object:
        """Return whole yen; ValidationError with a sentence when it is no amount."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_yen(text)
        except Invalid as refusal:
            raise ValidationError(str(refusal)) from None


class Seen(forms.Form):
    """A form that says which saving its writer has read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=_LARGEST, required=False)

    @property
    def revision(self) -> int:
        """The saving that was read; 0 for none."""
        return int(self.cleaned_data.get("seen") or 0)


class CheckForm(forms.Form):
    """Five items, each yes or not yet, with what should be added."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        for item in CheckItem:
            self.fields[f"met_{item.value}"] = forms.ChoiceField(
                label=item.label,
                widget=forms.RadioSelect,
                choices=[(_YES, _("はい")), (_NO, _("まだ"))],
            )
            self.fields[f"why_{item.value}"] = body(_("「まだ」のとき、足してほしいこと"), limit=400, rows=2)

    @property
    def findings(self) -> dict[str, Finding]:
        """What was found, by item."""
        return {
            item.value: Finding(
                self.cleaned_data[f"met_{item.value}"] == _YES, self.cleaned_data[f"why_{item.value}"]
            )
            for item in CheckItem
        }


class OnwardForm(forms.Form):
    """Where a proposal that has no partner goes on, and why; its proposer reads it."""

    onward = forms.ChoiceField(
        label=_("このあと、どうしますか"),
        choices=Onward.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("3つのうちの、どれかをえらんでください。")},
    )
    reason = why(
        _("わけ"),
        _("わけを書いてください。提案した人に伝わります。"),
        help_text=_("提案した人が読みます。"),
    )


class EndForm(forms.Form):
    """Why a round ends without a judging; everybody reads it."""

    reason = why(
        _("わけ（だれでも読めます）"), _("わけを書いてください。だれでも読めます。"), limit=600, rows=2
    )


class DeclareForm(forms.Form):
    """With which of the parties in the round the reviewer has to do."""

    related = forms.TypedMultipleChoiceField(
        label=_("かかわりのある主体"),
        help_text=_("家族やお金のつながりなど、公平に見えないかもしれない主体です。なければ、えらびません。"),
        widget=forms.CheckboxSelectMultiple,
        coerce=int,
        required=False,
    )
    sure = forms.BooleanField(label=_("正直に申し出ます"))

    def __init__(self, *args: object, parties: Sequence[Party], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["related"].choices = [(party.pk, party.name) for party in parties]  # type: ignore[attr-defined]


class SheetForm(Seen):
    """One score for each criterion, chosen by what its levels say, and why."""

    words = body(
        _("提案した人へのことば"),
        limit=1000,
        rows=3,
        help_text=_("よいところと、こうするともっとよいところ。名前は出ません。"),
    )

    def __init__(self, *args: object, criteria: Sequence[Criterion], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.criteria = criteria
        own: dict[str, forms.Field] = {}
        for one in criteria:
            levels = [(str(step), f"{step}　{text}") for step, text in enumerate(one.levels, 1)]
            own[f"score_{one.key}"] = forms.ChoiceField(
                label=_("%(label)s（重み %(weight)s）") % {"label": one.label, "weight": one.weight},
                widget=forms.RadioSelect,
                choices=levels[::-1],
                required=False,
            )
            own[f"why_{one.key}"] = body(_("わけ"), limit=1000, rows=2)
        self.fields = {**own, **self.fields}

    @property
    def sheet(self) -> Sheet:
        """What was typed, complete or not."""
        marks = {
            one.key: Mark(
                int(self.cleaned_data[f"score_{one.key}"] or 0), self.cleaned_data[f"why_{one.key}"]
            )
            for one in self.criteria
        }
        return Sheet(marks, self.cleaned_data["words"])


def typed_before(own: Own) -> Mapping[str, object]:
    """Return a kept sheet as the form shows it."""
    kept: dict[str, object] = {"words": own.sheet.words, "seen": own.revision}
    for key, mark in own.sheet.marks.items():
        kept |= {f"score_{key}": str(mark.score or ""), f"why_{key}": mark.why}
    return kept


class WordsForm(forms.Form):
    """One text."""

    def __init__(
        self, *args: object, label: object, limit: int, hint: object = "", **options: object
    ) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["text"] = body(label, limit=limit, required=True, rows=4, help_text=hint)  # type: ignore[arg-type]

    @property
    def text(self) -> str:
        """What was typed."""
        return str(self.cleaned_data["text"])


class PitchForm(WordsForm):
    """What a proposer says to the reviewers, and a recording beside it where the round shows files."""

    def __init__(self, *args: object, records: bool, **options: object) -> None:
        super().__init__(
            *args,
            label=_("審査する人に伝えたいこと"),
            limit=1200,
            hint=_("書かなくても、不利になりません。"),
            **options,
        )
        if records:
            self.fields["recording"] = forms.FileField(
                label=_("音声・動画・スライド"),
                help_text=_("20MBまで。音声なら3分、動画なら短いものが入ります。スライドはPDFです。"),
                widget=forms.ClearableFileInput(attrs={"accept": ",".join(RECORDINGS)}),
                required=False,
            )

    def clean_recording(self) -> Accepted | None:
        """Return the inspected recording; None when there is none."""
        upload = self.cleaned_data["recording"]
        try:
            return accept_recording(upload) if upload else None
        except Invalid as refusal:
            raise ValidationError(str(refusal)) from None

    @property
    def recording(self) -> Accepted | None:
        """The inspected recording, if one was chosen and the round takes it."""
        found: Accepted | None = self.cleaned_data.get("recording")
        return found


class DecisionForm(Seen):
    """What shall be decided about one proposal."""

    outcome = forms.ChoiceField(label=_("結果"), widget=forms.RadioSelect, choices=Outcome.choices)
    amount = YenField(
        label=_("採択する金額"), required=False, help_text=_("採択しないときは、空のままにします。")
    )
    reasons = body(
        _("わけ"),
        required=True,
        rows=5,
        help_text=_("提案した人が読みます。どうすればよかったかも書きます。"),
    )

    @property
    def verdict(self) -> Verdict:
        """What was typed, as one value."""
        typed = self.cleaned_data
        return Verdict(Outcome(typed["outcome"]), typed["reasons"], typed["amount"])


class ObjectionAnswerForm(forms.Form):
    """The answer to an objection, and whether it changes the result."""

    changed = forms.ChoiceField(
        label=_("結果は変わりますか"),
        widget=forms.RadioSelect,
        choices=[(_NO, _("変わりません")), (_YES, _("採択に変わります"))],
    )
    amount = YenField(
        label=_("採択する金額"), required=False, help_text=_("採択に変わるときだけ、入れます。")
    )
    reply = body(_("答えと、そのわけ"), required=True, rows=5)

    @property
    def is_changed(self) -> bool:
        """Whether the proposal is adopted now."""
        return bool(self.cleaned_data["changed"] == _YES)
