"""Renders the form widgets of Django: what Django's templates say, written in place.

Those include two templates for every input and every option; a page with a form of fifty fields, or with the words of
the taxonomy, has hundreds. Every other widget (and whatever a template of ours is made for) goes Django's way.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

type Widget = Mapping[str, Any]
"""What `Widget.get_context` says of a widget or an option: its name, value, type, attributes …"""


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped


def _attributes(widget: Widget) -> SafeString:
    """Write the attributes: true ones by their name alone, false ones not at all."""
    return _joined(
        f" {conditional_escape(name)}" + ("" if value is True else f'="{conditional_escape(str(value))}"')
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _input(widget: Widget) -> SafeString:
    value = widget["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        "" if value is None else format_html(' value="{}"', str(value)),
        _attributes(widget),
    )


def _textarea(widget: Widget) -> SafeString:
    value = widget["value"] or ""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], _attributes(widget), value)


def _select(widget: Widget) -> SafeString:
    groups = _joined(
        format_html('<optgroup label="{}">{}</optgroup>', name, _options(options))
        if name
        else _options(options)
        for name, options, _place in widget["optgroups"]
    )
    return format_html('<select name="{}"{}>{}</select>', widget["name"], _attributes(widget), groups)


def _options(options: Iterable[Widget]) -> SafeString:
    return _joined(
        format_html(
            '\n<option value="{}"{}>{}</option>', str(option["value"]), _attributes(option), option["label"]
        )
        for option in options
    )


def _choice(option: Widget) -> SafeString:
    """Write one of several boxes, inside its label if it has to be."""
    if not option.get("wrap_label"):
        return _input(option)
    belongs = option["attrs"].get("id")
    return format_html(
        "<label{}>{} {}</label>",
        format_html(' for="{}"', belongs) if belongs else "",
        _input(option),
        option["label"],
    )


def _choices(widget: Widget) -> SafeString:
    own = {name: widget["attrs"].get(name) or False for name in ("id", "class")}
    groups = _joined(
        format_html("\n<div><label>{}</label>{}</div>", name, _boxes(options)) if name else _boxes(options)
        for name, options, _place in widget["optgroups"]
    )
    return format_html("<div{}>{}</div>", _attributes({"attrs": own}), groups)


def _boxes(options: Iterable[Widget]) -> SafeString:
    return _joined(format_html("\n<div> {}</div>", _choice(option)) for option in options)


INPUTS: Final = (
    *("checkbox", "color", "date", "datetime", "email", "hidden", "input"),
    *("number", "password", "search", "tel", "text", "time", "url"),
)
OURS: Final[dict[str, Callable[[Widget], SafeString]]] = {
    **dict.fromkeys(INPUTS, _input),
    "textarea": _textarea,
    "select": _select,
    "radio": _choices,
    "checkbox_select": _choices,
    "radio_option": _choice,
    "checkbox_option": _choice,
}
"""What is written here, by the name of Django's template."""
NAMES: Final = {f"django/forms/widgets/{name}.html": write for name, write in OURS.items()}


class Renderer(DjangoTemplates):
    """The FORM_RENDERER of the house."""

    def render(
        self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Write the widget; with Django's template where there is no writer of ours."""
        if write := NAMES.get(template_name):
            return write(context["widget"])
        return super().render(template_name, dict(context), request)
