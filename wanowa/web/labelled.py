"""A field of a form as pages show it: label, hint, what is wrong with it, the input.

Written in Python because forms of fifty fields are common here: a template spends most of its time on questions that
have one answer for each field.
"""

from typing import Final

from django.forms import BoundField, CheckboxInput, Textarea
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

DEFAULTS: Final = {
    "email": {"autocomplete": "email"},
    "number": {"inputmode": "numeric"},
    "tel": {"autocomplete": "tel"},
}
"""What a browser should know about an input unless its form says otherwise."""
NOTHING: Final = SafeString("")


def labelled(field: BoundField, hint: str = "", optional: str = "", slot: str = "") -> SafeString:
    """Return a whole field; `slot` follows its input. `optional` "no" leaves the mark of optional fields out.

    A group of choices is a fieldset; one box to tick stands before its words; a hidden field is its input alone.
    """
    if field.is_hidden:
        return field.as_widget()
    hint = hint or str(field.help_text)
    shown = _grouped if field.field.widget.use_fieldset else _ticked if _is_box(field) else _written
    return shown(field, hint, _optional(field, optional), slot)


def _written(field: BoundField, hint: str, optional: SafeString, slot: str) -> SafeString:
    return format_html(
        '<div class="field{}">\n<label for="{}">{}{}</label>{}{}{}\n{}\n</div>',
        " wrong" if field.errors else "",
        field.id_for_label,
        field.label,
        optional,
        _hint(field, hint),
        _errors(field),
        widget(field, hint),
        slot,
    )


def _ticked(field: BoundField, hint: str, _optional: SafeString, slot: str) -> SafeString:
    return format_html(
        '<div class="field single{}">{}{}<label class="option" for="{}">{}<span>{}</span></label>\n{}\n</div>',
        " wrong" if field.errors else "",
        _hint(field, hint),
        _errors(field),
        field.id_for_label,
        widget(field, hint),
        field.label,
        slot,
    )


def _grouped(field: BoundField, hint: str, optional: SafeString, slot: str) -> SafeString:
    options = format_html_join(
        "",
        '<label class="option" for="{}">{}<span>{}</span></label>',
        ((option.id_for_label, option.tag(), option.choice_label) for option in field),
    )
    return format_html(
        '<fieldset class="field choices{}" id="{}"{}>\n<legend>{}{}</legend>{}{}'
        '<div class="options">{}</div>\n{}\n</fieldset>',
        " wrong" if field.errors else "",
        field.auto_id,
        _described(field, hint),
        field.label,
        optional,
        _hint(field, hint),
        _errors(field),
        options,
        slot,
    )


def _is_box(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


def _optional(field: BoundField, optional: str) -> SafeString:
    if optional == "no" or (field.field.required and not optional):
        return NOTHING
    return format_html('<span class="optional">{}</span>', _("任意"))


def _hint(field: BoundField, hint: str) -> SafeString:
    return format_html('\n<p class="hint" id="{}_hint">{}</p>', field.auto_id, hint) if hint else NOTHING


def _errors(field: BoundField) -> SafeString:
    if not field.errors:
        return NOTHING
    said = format_html_join(
        "", '<p><span class="hidden">{}</span>{}</p>', ((_("エラー："), error) for error in field.errors)
    )
    return format_html('\n<div class="error" id="{}_error">{}</div>', field.auto_id, said)


def _description(field: BoundField, hint: str) -> str:
    parts = [f"{field.auto_id}_hint" if hint else "", f"{field.auto_id}_error" if field.errors else ""]
    return " ".join(part for part in parts if part)


def _described(field: BoundField, hint: str) -> SafeString:
    description = _description(field, hint)
    return format_html(' aria-describedby="{}"', description) if description else NOTHING


def widget(field: BoundField, hint: str = "") -> SafeString:
    """Return the input of a field, described by its hint and its errors.

    A browser's `maxlength` cuts pasted text without a word, so it is left out; long text is refused with a
    sentence, and a textarea counts down in graphemes.
    """
    given = field.field.widget.attrs
    kind = getattr(field.field.widget, "input_type", "textarea")
    attributes: dict[str, str | bool] = {**DEFAULTS.get(kind, {}), **given}
    if description := _description(field, hint):
        attributes["aria-describedby"] = description
    if kind != "checkbox":
        attributes["class"] = f"input {given.get('class', '')}".strip()
    if longest := getattr(field.field, "max_length", None):
        attributes["maxlength"] = False
        if isinstance(field.field.widget, Textarea):
            attributes["data-limit"] = str(longest)
    return field.as_widget(attrs=attributes)
