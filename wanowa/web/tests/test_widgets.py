"""Long lists are written by templates of ours; they must say what Django's say."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer

CHOICES = [
    ("", "えらんでください"),
    ("a<b", "庭の手入れ & 木"),
    (3, "3"),
    ("ことば", [("x", "ひとつ"), ("y", "ふたつ")]),
]


class Locked(forms.Select):
    """A list with an option that cannot be chosen."""

    def create_option(self, name, value, *arguments, **more):
        """Lock one option."""
        option = super().create_option(name, value, *arguments, **more)
        option["attrs"] |= {"disabled": value == "x", "data-place": 7}
        return option


def plain(html):
    """Return it without the white space before tags that stand in lines of their own anyway."""
    return re.sub(r"\s+", " ", re.sub(r"\s*(</?(?:div|option|optgroup|select)\b)", r"\1", html)).strip()


@pytest.mark.parametrize(
    "widget",
    [forms.Select, forms.SelectMultiple, Locked, forms.RadioSelect, forms.CheckboxSelectMultiple],
)
@pytest.mark.parametrize("attrs", [{}, {"id": "id_a", "class": "wide", "required": True, "hidden": False}])
@pytest.mark.parametrize("value", [None, "a<b", ["x", "3"]])
def test_our_lists_read_as_those_of_django(widget, attrs, value):
    shown = widget(choices=CHOICES)
    if value and isinstance(value, list) and not widget.allow_multiple_selected:
        value = value[0]
    theirs = shown.render("word", value, attrs, renderer=DjangoTemplates())
    ours = shown.render("word", value, attrs, renderer=get_default_renderer())
    assert plain(ours) == plain(theirs)


def test_a_long_list_is_one_template():
    from django.test.signals import template_rendered  # noqa: PLC0415 - beside its use

    seen = []
    template_rendered.connect(lambda **told: seen.append(told["template"].name), weak=False, dispatch_uid="t")
    try:
        forms.Select(choices=[(n, n) for n in range(300)]).render("n", 1, renderer=get_default_renderer())
    finally:
        template_rendered.disconnect(dispatch_uid="t")
    assert seen == ["web/widgets/select.html"]
