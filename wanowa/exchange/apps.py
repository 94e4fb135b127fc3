"""Registers exchange with Django, and with the apps below: cards, examples, obstacles, erasure, evidence."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.exchange"
    verbose_name = _("資源")

    def ready(self) -> None:
        """Lend others what they ask for."""
        from wanowa.contributions.queries import register_origin  # noqa: PLC0415
        from wanowa.exchange import queries, services  # noqa: PLC0415 - models are ready only now
        from wanowa.exchange.queries.evidence import exchange_matches_the_record  # noqa: PLC0415
        from wanowa.exchange.queries.searchable import source  # noqa: PLC0415
        from wanowa.guideline.queries import register_examples  # noqa: PLC0415
        from wanowa.parties.queries import register_closing_obstacle, register_showcase  # noqa: PLC0415
        from wanowa.people.services import register_erasure  # noqa: PLC0415
        from wanowa.record.services import register_evidence  # noqa: PLC0415
        from wanowa.search.queries import register_source  # noqa: PLC0415

        register_source(source())
        register_evidence("exchange", exchange_matches_the_record)
        register_origin(queries.origin_of)
        register_closing_obstacle(queries.keeps_from_closing)
        register_showcase(queries.cards_of)
        register_examples(queries.living_examples, cases=("exchange",))
        register_erasure(services.forget_person)
