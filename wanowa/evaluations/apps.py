"""Registers evaluations with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.evaluations"
    verbose_name = _("ふりかえり")
