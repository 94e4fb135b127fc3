"""Registers proposals with Django, and with the apps below: search, evidence, erasure, what keeps a party open."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.proposals"
    verbose_name = _("協働事業提案")

    def ready(self) -> None:
        """Lend others what they ask for."""
        from wanowa.parties.queries import register_closing_obstacle  # noqa: PLC0415 - models are ready only now
        from wanowa.people.services import register_erasure  # noqa: PLC0415
        from wanowa.proposals.queries.evidence import proposals_match_the_record  # noqa: PLC0415
        from wanowa.proposals.queries.searchable import source  # noqa: PLC0415
        from wanowa.proposals.queries.telling import closing_obstacle  # noqa: PLC0415
        from wanowa.proposals.services.forgetting import forget_person  # noqa: PLC0415
        from wanowa.record.services import register_evidence  # noqa: PLC0415
        from wanowa.search.queries import register_source  # noqa: PLC0415

        register_source(source())
        register_evidence("proposals", proposals_match_the_record)
        register_closing_obstacle(closing_obstacle)
        register_erasure(forget_person)
