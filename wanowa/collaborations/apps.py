"""Registers collaborations with Django: what the application role may do, and what verify looks at."""

from django.apps import AppConfig


class CollaborationsConfig(AppConfig):
    """Agreements between parties."""

    name = "wanowa.collaborations"
    append_only_tables = ("collaborations_assent",)
    column_updates = {
        "collaborations_version": ["in_force_at", "closed_at", "closed_by_id"],
        "collaborations_consent": ["withdrawn_at"],
        "collaborations_measure": ["settled", "closed_at", "closed_by_id"],
        "collaborations_question": ["status", "settled_at", "settled_by_id", "reminded"],
        "collaborations_restatement": ["status", "settled_at", "settled_by_id"],
    }

    def ready(self) -> None:
        """Lend others what they ask for: evidence, readers, obstacles, living examples, cards, documents."""
        from wanowa.collaborations.queries import keeps_from_closing, may_be_seen  # noqa: PLC0415
        from wanowa.collaborations.queries.evidence import agreements_match_the_record  # noqa: PLC0415
        from wanowa.collaborations.queries.examples import cards_of, living_examples  # noqa: PLC0415
        from wanowa.collaborations.queries.exhibits import agreed_texts, reading  # noqa: PLC0415
        from wanowa.collaborations.queries.measures_on_record import measures_match_the_record  # noqa: PLC0415
        from wanowa.collaborations.queries.searchable import source  # noqa: PLC0415
        from wanowa.collaborations.queries.understood_on_record import (  # noqa: PLC0415
            understanding_matches_the_record,
        )
        from wanowa.guideline.queries import register_examples  # noqa: PLC0415
        from wanowa.parties.queries import register_closing_obstacle, register_showcase  # noqa: PLC0415
        from wanowa.record.queries import register_reader  # noqa: PLC0415
        from wanowa.record.services import register_evidence, register_exhibits  # noqa: PLC0415
        from wanowa.search.queries import register_source  # noqa: PLC0415

        register_source(source())
        register_evidence("collaborations", agreements_match_the_record)
        register_evidence("collaborations.measures", measures_match_the_record)
        register_evidence("collaborations.understanding", understanding_matches_the_record)
        register_exhibits("collaborations", agreed_texts, reading)
        register_reader("collaborations.collaboration", may_be_seen)
        register_closing_obstacle(keeps_from_closing)
        register_examples(living_examples, cases=("collaborations",))
        register_showcase(cards_of)
