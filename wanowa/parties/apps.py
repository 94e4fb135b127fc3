"""Registers parties with Django, and with the apps below: names, second factor, export, erasure."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartiesConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.parties"
    verbose_name = _("主体")

    def ready(self) -> None:
        """Tell the record what parties are called, and people what parties hold about them."""
        from wanowa.parties import queries, services  # noqa: PLC0415 - models are ready only now
        from wanowa.parties.queries.searchable import source  # noqa: PLC0415
        from wanowa.people.queries import (  # noqa: PLC0415
            register_erasure_obstacle,
            register_needs_second_factor,
        )
        from wanowa.people.services import register_erasure, register_export  # noqa: PLC0415
        from wanowa.record.queries import register_names  # noqa: PLC0415
        from wanowa.search.queries import register_readers, register_source  # noqa: PLC0415

        register_source(source())
        register_readers(parties=queries.parties_of)
        register_names(queries.plain_names)
        register_needs_second_factor(queries.needs_second_factor)
        register_export("parties", queries.export_of)
        register_erasure_obstacle(queries.erasure_obstacles)
        register_erasure(services.forget_person)
