"""Registers talent with Django, and with people: export and erasure of a person."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalentConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.talent"
    verbose_name = _("人材")
    column_updates = {"talent_consent": ["withdrawn_at"]}
    guarded_deletes = ["talent_consent"]

    def ready(self) -> None:
        """Tell people what the bank holds about somebody, and how it forgets her."""
        from wanowa.kernel.keyrings import register_need  # noqa: PLC0415 - models come later
        from wanowa.people.services import register_erasure, register_export  # noqa: PLC0415 - as above
        from wanowa.talent import queries, services  # noqa: PLC0415

        register_export("talent", queries.export_of)
        register_erasure(services.forget_person)
        register_need(queries.keys_in_use)
