"""Renders the form widgets of Django; long lists with templates of ours, which write each option in place.

Django's own include two templates for every option of a list and four for every box; a page with the words of the
taxonomy has hundreds.
"""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.template import loader

OURS = {
    "django/forms/widgets/select.html": "web/widgets/select.html",
    "django/forms/widgets/radio.html": "web/widgets/multiple_input.html",
    "django/forms/widgets/checkbox_select.html": "web/widgets/multiple_input.html",
}
"""What is rendered instead of a template of Django's."""


class Renderer(DjangoTemplates):
    """The FORM_RENDERER of the house."""

    def get_template(self, template_name: str) -> Any:
        """Return our template of a widget where there is one, else Django's."""
        if ours := OURS.get(template_name):
            return loader.get_template(ours)
        return super().get_template(template_name)
