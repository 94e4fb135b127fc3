"""Registers search with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.search"
    verbose_name = _("検索")
