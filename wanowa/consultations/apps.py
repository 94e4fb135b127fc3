"""Registers consultations with Django, with people (export, erasure), with parties (terms) and with the keys."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.consultations"
    verbose_name = _("相談")

    def ready(self) -> None:
        """Tell people what the desk holds about somebody, and hear whose term ends."""
        from wanowa.consultations import queries, services  # noqa: PLC0415 - models come later
        from wanowa.kernel.keyrings import register_holder  # noqa: PLC0415
        from wanowa.parties.services import register_term_hook  # noqa: PLC0415
        from wanowa.people.queries import register_erasure_obstacle  # noqa: PLC0415
        from wanowa.people.services import register_erasure, register_export  # noqa: PLC0415

        register_holder(queries.keys)
        register_term_hook(services.take_in_from)
        register_export("consultations", queries.export_of)
        register_erasure_obstacle(queries.erasure_obstacles)
        register_erasure(services.forget_person)
