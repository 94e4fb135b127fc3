"""Registers search with Django, and with the record: it is woken after every commit that adds entries."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.search"
    verbose_name = _("検索")

    def ready(self) -> None:
        """Follow the record."""
        from wanowa.record.services import register_follower  # noqa: PLC0415 - models are ready only now
        from wanowa.search.services import wake  # noqa: PLC0415

        register_follower(wake)
