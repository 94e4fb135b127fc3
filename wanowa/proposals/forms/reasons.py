"""Reasons that somebody reads: a field that says, when it is left empty, who reads it and what to do."""

from django import forms
from django_stubs_ext import StrOrPromise

from wanowa.web.fields import body


def why(
    label: StrOrPromise,
    unsaid: StrOrPromise,
    *,
    limit: int = 1000,
    rows: int = 3,
    help_text: StrOrPromise = "",
) -> forms.CharField:
    """Return a required field; `unsaid` is the sentence for an empty one."""
    field = body(label, limit=limit, required=True, rows=rows, help_text=help_text)
    field.error_messages["required"] = unsaid
    return field
