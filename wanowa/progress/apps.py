"""Registers progress with Django, and with the apps below: what stands beside a collaboration, evidence, erasure."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgressConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.progress"
    verbose_name = _("進みぐあい")
    append_only_tables = ("progress_measurement", "progress_move")
    column_updates = {"progress_note": ["photo", "withdrawn_at"]}

    def ready(self) -> None:
        """Lend others what they ask for."""
        from wanowa.collaborations.queries import register_addition  # noqa: PLC0415 - models are ready only now
        from wanowa.people.services import register_erasure  # noqa: PLC0415
        from wanowa.progress.queries import beside  # noqa: PLC0415
        from wanowa.progress.queries.evidence import progress_matches_the_record  # noqa: PLC0415
        from wanowa.progress.services import forget_person  # noqa: PLC0415
        from wanowa.record.services import register_evidence  # noqa: PLC0415

        register_addition(beside)
        register_evidence("progress", progress_matches_the_record)
        register_erasure(forget_person)
