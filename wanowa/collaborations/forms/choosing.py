"""Choosing the area, the form and who holds its posts; the same words when an idea begins and in the clause."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from wanowa.collaborations.rules import Terms, settled_area
from wanowa.guideline.rules import AREAS, FORMS, POSTS, Area, Form, PostFacts
from wanowa.kernel.errors import Invalid

type Choices = list[tuple[str, StrOrPromise]]


def _areas_of(form: Form) -> str:
    return "・".join(FORMS[form].areas)


AREA_CHOICES: Choices = [
    (
        area,
        format_lazy(
            _("{area}：{leads}（成果は{ownership}）"),
            area=area.label,
            leads=AREAS[area].leads,
            ownership=AREAS[area].ownership.label,
        ),
    )
    for area in Area
]
FORM_CHOICES: Choices = [
    (form, format_lazy(_("{}（領域{}）　{}"), form.label, _areas_of(form), FORMS[form].method))
    for form in Form
]


class ChoiceForm(forms.Form):
    """An area and a form, both of which may be left open: what an address can bring along."""

    area = forms.ChoiceField(
        label=_("活動領域"),
        choices=[("", _("まだ決めません")), *AREA_CHOICES],
        widget=forms.RadioSelect,
        required=False,
        help_text=_("だれが中心になるかで選びます。"),
    )
    form = forms.ChoiceField(
        label=_("形態"),
        choices=[("", _("まだ決めません")), *FORM_CHOICES],
        widget=forms.RadioSelect,
        required=False,
        help_text=_("力の合わせ方です。選ぶと、その形態に合う下書きから始まります。"),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a form that the area does not know."""
        typed: dict[str, Any] = super().clean() or {}
        try:
            settled_area(typed.get("area", ""), typed.get("form", ""))
        except Invalid as refusal:
            self.add_error("form", str(refusal))
        return typed


@dataclass(frozen=True, slots=True)
class PostSet:
    """The posts of one form as fields."""

    form: Form
    fields: tuple[forms.BoundField, ...]


class FormForm(forms.Form):
    """活動領域と形態, and who holds the posts. The posts of all forms are there; those of the chosen one are read."""

    area = forms.ChoiceField(
        label=_("活動領域"),
        choices=AREA_CHOICES,
        widget=forms.RadioSelect,
        help_text=_("だれが中心になるかで選びます。成果がだれのものかも、これで決まります。"),
    )
    form = forms.ChoiceField(
        label=_("形態"),
        choices=[("", _("形態なし（領域AとE）")), *FORM_CHOICES],
        widget=forms.RadioSelect,
        required=False,
    )
    proposals = forms.BooleanField(
        label=_("この形態のひな形の文を入れる"),
        required=False,
        help_text=_("まだだれも書いていない条だけに入ります。あとで直せます。"),
    )

    def __init__(self, *args: Any, terms: Terms, parties: Mapping[int, str], **options: Any) -> None:
        options["initial"] = {"area": terms.area, "form": terms.form, "proposals": not terms.form}
        super().__init__(*args, **options)
        for form, posts in POSTS.items():
            for post in posts:
                self.fields[_name(form, post)] = forms.TypedChoiceField(
                    label=post.key.label,
                    coerce=int,
                    empty_value=None,
                    required=False,
                    choices=[("", _("未定")), *parties.items()],
                    help_text=post.meaning,  # type: ignore[arg-type]  # a lazy sentence
                    initial=terms.posts.get(post.key),
                )

    @property
    def post_sets(self) -> list[PostSet]:
        """Return the posts form by form."""
        return [
            PostSet(form, tuple(self[_name(form, post)] for post in posts)) for form, posts in POSTS.items()
        ]

    @property
    def typed(self) -> dict[str, Any]:
        """Return the clause as typed, with the ownership that follows from the area. Only after `is_valid`."""
        area, form = self.cleaned_data["area"], self.cleaned_data["form"]
        posts = POSTS[Form(form)] if form else ()
        holders = {str(post.key): self.cleaned_data[_name(form, post)] for post in posts}
        return {
            "area": area,
            "form": form,
            "ownership": str(AREAS[Area(area)].ownership),
            "posts": {post: holder for post, holder in holders.items() if holder is not None},
        }


def _name(form: str, post: PostFacts) -> str:
    return f"{form}-{post.key}"
