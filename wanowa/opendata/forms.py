"""What may be typed in: a file and how it is written, which column fills what, the last confirmation."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wanowa.opendata.rules import LONGEST_FILE, NEEDED, Encoding, Target


class BringForm(forms.Form):
    """A file of the portal."""

    file = forms.FileField(
        label=_("ファイル"),
        help_text=_("CSV。NPO法人ポータルの形のままで大丈夫です。64MBまで。"),
        error_messages={"required": _("CSVのファイルを選んでください。"), "empty": _("ファイルが空です。")},
    )
    encoding = forms.ChoiceField(
        label=_("文字コード"),
        choices=[("", _("ファイルから見分ける")), *Encoding.choices],
        required=False,
        help_text=_("見分けられないときだけ、選んでください。"),
    )
    everywhere = forms.BooleanField(label=_("ほかのまちの団体も取りこむ"), required=False)

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LONGEST_FILE:
            raise forms.ValidationError(_("ファイルが大きすぎます。64MBまでのファイルにしてください。"))
        return file


class MappingForm(forms.Form):
    """Which column fills what."""

    everywhere = forms.BooleanField(label=_("ほかのまちの団体も取りこむ"), required=False)

    def __init__(self, *args: Any, header: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        columns = [(str(place), name or str(place + 1)) for place, name in enumerate(header)]
        for target in Target:
            self.fields[f"column_{target}"] = forms.TypedChoiceField(
                label=target.label,
                choices=[("", _("この列はない")), *columns],
                coerce=int,
                empty_value=None,
                required=target in NEEDED,
                error_messages={"required": _("列を選んでください。")},
            )
        self.order_fields([*(f"column_{target}" for target in Target), "everywhere"])

    @property
    def mapping(self) -> dict[Target, int]:
        """The checked mapping."""
        chosen = {target: self.cleaned_data[f"column_{target}"] for target in Target}
        return {target: column for target, column in chosen.items() if column is not None}


class ConfirmForm(forms.Form):
    """The last look."""

    seen = forms.CharField(widget=forms.HiddenInput(), max_length=16)
    even_if_shrunk = forms.BooleanField(label=_("団体がへっていても、これで正しい"), required=False)


class TakeOutForm(forms.Form):
    """How the groups are to be written."""

    encoding = forms.ChoiceField(
        choices=[(one.value, one.label) for one in (Encoding.UTF8, Encoding.CP932)],
        error_messages={
            "required": _("文字コードを選んでください。"),
            "invalid_choice": _("文字コードを選びなおしてください。"),
        },
    )
