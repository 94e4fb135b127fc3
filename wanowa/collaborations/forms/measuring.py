"""What may be typed in about an entry of the record: a correction, what to redact, why to hide."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.forms.fields import body
from wanowa.collaborations.rules import GROUNDS, Remedy


class MeasureForm(forms.Form):
    """A proposal about one entry; which fields it has depends on the remedy.

    `values` are the words that can be redacted: field → how the choice reads.
    """

    def __init__(self, *args: object, remedy: Remedy, values: Mapping[str, str], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if remedy is Remedy.CORRECT:
            self.fields["note"] = body(
                _("正しくはどうだったか"),
                limit=600,
                required=True,
                help_text=_("決まると、だれでも読めます。人の名前や連絡先は書かないでください。"),
            )
        if remedy is Remedy.REDACT:
            self.fields["field"] = forms.ChoiceField(
                label=_("消すことば"),
                choices=list(values.items()),
                widget=forms.RadioSelect,
                initial=next(iter(values), None),
                error_messages={"required": _("消すことばをえらんでください。")},
            )
        if remedy is not Remedy.CORRECT:
            self.fields["ground"] = forms.ChoiceField(
                label=_("理由"),
                choices=[(ground.value, ground.label) for ground in GROUNDS],
                widget=forms.RadioSelect,
                help_text=_("記録に残り、だれでも読めます。"),
                error_messages={"required": _("理由をえらんでください。")},
            )
        self.fields["reason"] = body(
            _("わけ"),
            limit=600,
            required=True,
            rows=3,
            help_text=_("ほかの主体が読みます。公開はされません。"),
        )
