"""Registers papers with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.papers"
    verbose_name = _("書類")
