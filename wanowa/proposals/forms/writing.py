"""Forms of a proposal: its questions on one page, partners, files, and what each side says."""

from collections.abc import Iterable, Mapping

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.errors import Invalid
from wanowa.kernel.files import Accepted, accept
from wanowa.kernel.text import as_typed, validate_body, validate_line
from wanowa.proposals.queries.proposals import Written
from wanowa.proposals.rules.questions import LONGEST_KEPT
from wanowa.web.fields import body


class AnswersForm(forms.Form):
    """All questions of a proposal. Too long an answer is kept: it is only told, until it is handed in."""

    def __init__(self, written: Iterable[Written], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.written = list(written)
        for one in self.written:
            rows = 1 if one.question.line else max(3, min(10, one.question.limit // 60))
            self.fields[one.question.key] = forms.CharField(
                label=one.question.key.label,
                required=False,
                strip=False,
                initial=one.text,
                help_text=str(one.question.help),
                validators=[
                    MaxLengthValidator(LONGEST_KEPT),
                    validate_line if one.question.line else validate_body,
                ],
                widget=forms.TextInput() if one.question.line else forms.Textarea(attrs={"rows": rows}),
            )

    def texts(self) -> dict[str, str]:
        """Return what was typed, by question."""
        return {str(key): as_typed(text) for key, text in self.cleaned_data.items()}


def seen_of(written: Iterable[Written]) -> str:
    """Return from which revisions a writer starts, as the page carries it: title.3-summary.0."""
    return "-".join(f"{one.question.key}.{one.revision}" for one in written)


def read_seen(typed: str) -> Mapping[str, int]:
    """Return the revisions that a page carried; what cannot be read counts as the beginning."""
    found = {}
    for part in typed[:1000].split("-"):
        key, _dot, revision = part.partition(".")
        if revision.isascii() and revision.isdigit() and len(revision) < 10:
            found[key] = int(revision)
    return found


class PartnerForm(forms.Form):
    """Whom to ask, and a word to them."""

    party = forms.TypedChoiceField(label=_("だれに声をかけますか"), coerce=int)
    word = body(_("ひとこと"), limit=400, rows=2)

    def __init__(self, parties: Iterable[tuple[int, str]], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["party"].choices = [("", _("えらんでください")), *parties]  # type: ignore[attr-defined]


class WordForm(forms.Form):
    """A word with a raised hand."""

    word = body(_("何をいっしょにできますか"), limit=400, required=True, rows=2)


class StatementForm(forms.Form):
    """What one side thinks before the judging."""

    text = body(_("審査する人に伝えたいこと"), limit=600, required=True, rows=3)


class FileForm(forms.Form):
    """A file to go with the proposal."""

    file = forms.FileField(label=_("ファイル"), help_text=_("PDF、写真、ワード、エクセル。20MBまでです。"))

    def clean_file(self) -> Accepted:
        """Return the inspected file."""
        try:
            return accept(self.cleaned_data["file"])
        except Invalid as refusal:
            raise forms.ValidationError(str(refusal)) from None
