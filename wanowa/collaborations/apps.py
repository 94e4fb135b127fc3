"""Registers collaborations with Django: what the application role may do, and what verify looks at."""

from django.apps import AppConfig


class CollaborationsConfig(AppConfig):
    """Agreements between parties."""

    name = "wanowa.collaborations"
    column_updates = {
        "collaborations_version": ["in_force_at", "closed_at", "closed_by_id"],
        "collaborations_consent": ["withdrawn_at"],
    }

    def ready(self) -> None:
        """Let verify compare every agreement with the record, and keep parties open while they are bound."""
        from wanowa.collaborations.queries import keeps_from_closing  # noqa: PLC0415
        from wanowa.collaborations.queries.evidence import agreements_match_the_record  # noqa: PLC0415
        from wanowa.parties.queries import register_closing_obstacle  # noqa: PLC0415
        from wanowa.record.services import register_evidence  # noqa: PLC0415

        register_evidence("collaborations", agreements_match_the_record)
        register_closing_obstacle(keeps_from_closing)
