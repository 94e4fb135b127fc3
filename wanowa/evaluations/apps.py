"""Registers evaluations with Django, and with the apps below: links, obstacles, evidence, erasure."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.evaluations"
    verbose_name = _("ふりかえり")
    append_only_tables = [
        "evaluations_yardstick",
        "evaluations_agreement",
        "evaluations_writer",
        "evaluations_comment",
        "evaluations_successor",
    ]
    column_updates = {
        "evaluations_round": ["status", "opened_at", "revealed_at", "published_at", "closed_at"],
        "evaluations_evaluation": ["envelope", "salt", "content", "forgotten_at"],
        "evaluations_reason": ["text"],
        "evaluations_statement": ["in_force_at", "closed_at", "closed_by_id"],
        "evaluations_approval": ["withdrawn_at"],
    }

    def ready(self) -> None:
        """Keep the yardstick when a collaboration starts, and the goals while its parties look back."""
        from wanowa.collaborations.queries import (  # noqa: PLC0415 - models are ready only now
            Step,
            register_follow_up,
            register_links,
            register_obstacle,
        )
        from wanowa.collaborations.rules import Change  # noqa: PLC0415
        from wanowa.evaluations import queries, services  # noqa: PLC0415
        from wanowa.evaluations.queries.evidence import evaluations_match_the_record  # noqa: PLC0415
        from wanowa.people.services import register_erasure  # noqa: PLC0415
        from wanowa.record.services import register_evidence  # noqa: PLC0415

        register_evidence("evaluations", evaluations_match_the_record)
        register_obstacle(Step.NEW_GOALS, queries.keeps_goals)
        register_follow_up(Change.START, services.keep_yardstick)
        register_links(queries.links)
        register_erasure(services.forget_person)
        self.after_the_reveal()

    def after_the_reveal(self) -> None:
        """Lend what comes after the reveal: evidence, erasure, the way to it from a collaboration."""
        from wanowa.collaborations.queries import register_addition  # noqa: PLC0415 - as above
        from wanowa.evaluations.queries.beside import last_published  # noqa: PLC0415
        from wanowa.evaluations.queries.publications_on_record import (  # noqa: PLC0415
            publications_match_the_record,
        )
        from wanowa.evaluations.queries.reflecting import export_of  # noqa: PLC0415
        from wanowa.evaluations.queries.searchable import source  # noqa: PLC0415
        from wanowa.evaluations.services.reflecting import forget_person  # noqa: PLC0415
        from wanowa.people.services import register_erasure, register_export  # noqa: PLC0415
        from wanowa.record.services import register_evidence  # noqa: PLC0415
        from wanowa.search.queries import register_source  # noqa: PLC0415

        register_addition(last_published)
        register_evidence("evaluations.publications", publications_match_the_record)
        register_erasure(forget_person)
        register_export("evaluations", export_of)
        register_source(source())
