"""Registers proposals with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.proposals"
    verbose_name = _("協働事業提案")
