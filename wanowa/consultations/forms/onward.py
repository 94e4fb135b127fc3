"""What may be typed in to lead a case on: two parties to bring together, or an idea to write down."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from wanowa.proposals.rules.vocabulary import SEED_LENGTH
from wanowa.talent.rules import warnings
from wanowa.web.fields import body, line


class AgreedForm(forms.Form):
    """What goes on to others with the person's word for it. Asks again when it seems to tell who she is."""

    agreed = forms.BooleanField(label=_("この文を出すことに、本人が同意しました。"), required=False)
    warned = forms.BooleanField(
        label=_("連絡先、番号、病気のことは書いていません。このまま出します。"), required=False
    )
    texts: tuple[str, ...] = ()

    def clean(self) -> dict[str, object]:
        """Ask again when a text seems to hold what it should not."""
        cleaned = super().clean() or {}
        for name in self.texts if not cleaned.get("warned") else ():
            for found in warnings(str(cleaned.get(name) or "")):
                self.add_error(name, found.label)
        return cleaned

    @property
    def is_warned(self) -> bool:
        """Whether the box with which one insists is shown."""
        return bool(self.data.get("warned")) or (
            self.is_bound and any(warnings(self.data.get(name, "")) for name in self.texts)
        )


class IdeaForm(AgreedForm):
    """An idea in 200 characters. Nothing of the case stands in it before somebody writes it."""

    text = body(
        _("ひとこと（200文字まで）"),
        limit=SEED_LENGTH,
        required=True,
        rows=3,
        help_text=_("本人と話して、本人のことばで書きます。相談の文は写りません。"),
    )
    give_name = forms.BooleanField(label=_("呼び名も伝えます。"), required=False)
    give_mail = forms.BooleanField(label=_("返事を知らせるメールアドレスも伝えます。"), required=False)
    texts = ("text",)

    def __init__(self, *args: object, name: str = "", mail: bool = False, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        if name:
            self.fields["give_name"].label = _("呼び名「%(name)s」も伝えます。") % {"name": name}
        else:
            del self.fields["give_name"]
        if not mail:
            del self.fields["give_mail"]


class PairForm(AgreedForm):
    """Two parties, and why they may want to meet."""

    first = forms.TypedChoiceField(label=_("ひとつ目の主体"), coerce=int)
    second = forms.TypedChoiceField(label=_("ふたつ目の主体"), coerce=int)
    purpose = body(
        _("会いたいわけ"),
        limit=400,
        required=True,
        rows=3,
        help_text=_("両方の主体が読みます。本人がだれか分かることは、書きません。"),
    )
    hope = body(_("してみたいこと"), limit=400, rows=2)
    dates = line(_("都合のよい日"), limit=200)
    texts = ("purpose", "hope", "dates")

    def __init__(self, *args: object, parties: Iterable[tuple[int, str]], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        choices: list[tuple[object, StrOrPromise]] = [("", _("えらんでください")), *parties]
        for name in ("first", "second"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
