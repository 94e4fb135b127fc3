"""Registers proposals with Django, and with the apps below: search, evidence, erasure, what keeps a party open."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.proposals"
    verbose_name = _("協働事業提案")
    append_only_tables = [
        "proposals_declaration",
        "proposals_recusal",
        "proposals_budget",
    ]
    column_updates = {
        "proposals_judging": ["phase", "begun_at", "opened_at", "announced_at", "updated_at"],
        "proposals_sheet": [
            *("envelope", "revision", "sealed_at", "commitment", "salt", "content", "updated_at"),
        ],
        "proposals_check": ["content"],
        "proposals_minutes": ["text"],
        "proposals_continuation": ["note"],
        "proposals_inquiry": ["text", "answer", "answered_by_id", "answered_at"],
        "proposals_objection": ["text", "answer", "changed", "answered_by_id", "answered_at"],
    }
    guarded_deletes = ["proposals_sheet"]

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
        self.judging()

    def judging(self) -> None:
        """Lend what judging adds: the history to the search, evidence, recordings for exports, a way to the result."""
        from wanowa.collaborations.queries import register_addition  # noqa: PLC0415 - as above
        from wanowa.people.services import register_enclosure  # noqa: PLC0415
        from wanowa.proposals.queries.gate import origin_of  # noqa: PLC0415
        from wanowa.proposals.queries.history import source  # noqa: PLC0415
        from wanowa.proposals.queries.judging import recordings_of  # noqa: PLC0415
        from wanowa.proposals.queries.judging.evidence import judging_matches_the_record  # noqa: PLC0415
        from wanowa.record.services import register_evidence  # noqa: PLC0415
        from wanowa.search.queries import register_source  # noqa: PLC0415

        register_enclosure("proposals", recordings_of)
        register_source(source())
        register_evidence("proposals.judging", judging_matches_the_record)
        register_addition(origin_of)
