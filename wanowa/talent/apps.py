"""Registers talent with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalentConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.talent"
    verbose_name = _("人材")
