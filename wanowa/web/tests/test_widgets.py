"""Widgets are written by functions of ours; they must say what Django's templates say."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

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


INPUTS = [
    forms.TextInput,
    forms.Textarea,
    forms.EmailInput,
    forms.NumberInput,
    forms.URLInput,
    forms.TelInput,
    forms.SearchInput,
    forms.ColorInput,
    forms.PasswordInput,
    forms.HiddenInput,
    forms.DateInput,
    forms.DateTimeInput,
    forms.TimeInput,
    forms.CheckboxInput,
]


@pytest.mark.parametrize("widget", INPUTS)
@pytest.mark.parametrize("attrs", [{}, {"id": 'a"b', "data-<": 1234567, "required": True, "hidden": False}])
@pytest.mark.parametrize(
    "value", [None, "", 0, 1234.5, True, "a\"<b>&'", SafeString("<b>"), gettext_lazy("木<")]
)
def test_our_inputs_read_as_those_of_django(widget, attrs, value):
    shown = widget()
    theirs = shown.render("wo<rd", value, attrs, renderer=DjangoTemplates())
    assert shown.render("wo<rd", value, attrs, renderer=get_default_renderer()) == theirs


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_one_box_of_several_reads_as_that_of_django(widget):
    for field in BoundOptions(renderer=get_default_renderer())[widget.__name__]:
        other = next(
            one
            for one in BoundOptions(renderer=DjangoTemplates())[widget.__name__]
            if one.data["index"] == field.data["index"]
        )
        assert plain(field.tag()) == plain(other.tag())
        assert plain(field.tag(wrap_label=True)) == plain(other.tag(wrap_label=True))


class BoundOptions(forms.Form):
    RadioSelect = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    CheckboxSelectMultiple = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)


def test_what_is_not_ours_is_written_by_django():
    shown = forms.FileInput().render("file", None, renderer=get_default_renderer())
    assert shown == '<input type="file" name="file">'
