"""Registers open data with Django, and its public facts with the page of a party."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpendataConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.opendata"
    verbose_name = _("公開データ")

    def ready(self) -> None:
        """Lend the page of a party what the portal says about it."""
        from wanowa.opendata.queries import facts_of  # noqa: PLC0415 - models are ready only now
        from wanowa.parties.queries import register_public_facts  # noqa: PLC0415

        register_public_facts(facts_of)
