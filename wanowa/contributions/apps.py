"""Registers contributions with Django, and with the apps below: the way to the ledger, evidence, erasure, the role."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContributionsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.contributions"
    verbose_name = _("出しあい")
    append_only_tables = ("contributions_line", "contributions_answer")
    column_updates = {
        "contributions_contribution": ["status", "settled_at"],
        "contributions_receipt": ["name", "file", "forgotten_at"],
    }

    def ready(self) -> None:
        """Lead from a collaboration to its ledger, let verify compare it, forget who is erased."""
        from wanowa.collaborations.queries import register_links  # noqa: PLC0415 - models are ready only now
        from wanowa.contributions import queries, services  # noqa: PLC0415
        from wanowa.contributions.queries.evidence import ledgers_match_the_record  # noqa: PLC0415
        from wanowa.people.services import register_erasure  # noqa: PLC0415
        from wanowa.record.services import register_evidence  # noqa: PLC0415

        register_links(queries.links)
        register_evidence("contributions", ledgers_match_the_record)
        register_erasure(services.forget_person)
