"""Registers introductions with Django, and with the apps below: keys, erasure, evidence, ways in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntroductionsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.introductions"
    verbose_name = _("引き合わせ")

    def ready(self) -> None:
        """Lend others what they ask for."""
        from wanowa.introductions import queries, services  # noqa: PLC0415 - models are ready only now
        from wanowa.kernel.keyrings import register_need  # noqa: PLC0415
        from wanowa.people.services import register_erasure, register_export  # noqa: PLC0415

        register_need(queries.keys_in_use)
        register_export("introductions", queries.export_of)
        register_erasure(services.forget_person)
