"""Registers consultations with the house: export, erasure, terms of office, keys, search and work."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.consultations"
    verbose_name = _("相談")

    def ready(self) -> None:
        """Tell people what the desk holds about somebody, hear whose term ends, lend answers to the search."""
        from wanowa.collaborations.queries import register_beginning  # noqa: PLC0415 - models come later
        from wanowa.consultations import queries, services  # noqa: PLC0415
        from wanowa.consultations.queries.searchable import source  # noqa: PLC0415
        from wanowa.kernel.keyrings import register_need  # noqa: PLC0415
        from wanowa.parties.services import register_term_hook  # noqa: PLC0415
        from wanowa.people.queries import register_erasure_obstacle, register_rota  # noqa: PLC0415
        from wanowa.people.services import register_erasure, register_export, register_leaving  # noqa: PLC0415
        from wanowa.search.queries import register_source  # noqa: PLC0415

        register_source(source())
        for key, work in queries.own_work().items():
            queries.register_work(key, work)
        register_beginning(queries.beginning_of)
        register_need(queries.keys_in_use)
        register_rota(queries.rota_on)
        register_leaving(services.take_over_from)
        register_term_hook(services.take_in_from)
        register_export("consultations", queries.export_of)
        register_erasure_obstacle(queries.erasure_obstacles)
        register_erasure(services.forget_person)
