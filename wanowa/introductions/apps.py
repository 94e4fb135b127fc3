"""Registers introductions with Django, and with the apps below: keys, erasure, evidence, ways in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntroductionsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.introductions"
    verbose_name = _("引き合わせ")

    def ready(self) -> None:
        """Lend others what they ask for."""
        from wanowa.collaborations.queries import register_links  # noqa: PLC0415 - models are ready only now
        from wanowa.exchange.queries import register_way  # noqa: PLC0415
        from wanowa.introductions import queries, services  # noqa: PLC0415
        from wanowa.introductions.queries.evidence import introductions_match_the_record  # noqa: PLC0415
        from wanowa.kernel.keyrings import register_need  # noqa: PLC0415
        from wanowa.parties.queries.above import register_way as lead_on_from_parties  # noqa: PLC0415
        from wanowa.people.services import register_erasure, register_export  # noqa: PLC0415
        from wanowa.record.services import register_evidence  # noqa: PLC0415

        register_evidence("introductions", introductions_match_the_record)
        register_links(queries.links)
        lead_on_from_parties(queries.way_to)
        register_way(queries.way_from)
        register_need(queries.keys_in_use)
        register_export("introductions", queries.export_of)
        register_erasure(services.forget_person)
