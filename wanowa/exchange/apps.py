"""Registers exchange with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.exchange"
    verbose_name = _("資源")
