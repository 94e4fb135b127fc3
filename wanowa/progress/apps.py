"""Registers progress with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgressConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.progress"
    verbose_name = _("進みぐあい")
