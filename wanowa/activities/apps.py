"""Registers activities with Django, and with the apps below: cards, examples, additions, obstacles, evidence."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.activities"
    verbose_name = _("活動")
    append_only_tables = ["activities_answer"]
    column_updates = {"activities_watch": ["until"]}

    def ready(self) -> None:
        """Lend others what they ask for, and say what must come before an end."""
        from wanowa.activities import queries, services  # noqa: PLC0415 - models are ready only now
        from wanowa.activities.queries.evidence import activities_match_the_record  # noqa: PLC0415
        from wanowa.activities.queries.searchable import source  # noqa: PLC0415
        from wanowa.collaborations.queries import Step, register_addition, register_obstacle  # noqa: PLC0415
        from wanowa.guideline.queries import register_examples  # noqa: PLC0415
        from wanowa.parties.queries import register_closing_obstacle, register_showcase  # noqa: PLC0415
        from wanowa.people.services import register_erasure  # noqa: PLC0415
        from wanowa.record.services import register_evidence  # noqa: PLC0415
        from wanowa.search.queries import register_source  # noqa: PLC0415

        register_source(source())
        register_evidence("activities", activities_match_the_record)
        register_closing_obstacle(queries.keeps_from_closing)
        register_showcase(queries.cards_of)
        register_examples(queries.living_examples, cases=("activities",))
        register_addition(queries.origin_of)
        register_addition(queries.beside)
        register_obstacle(Step.END, queries.keeps_from_ending)
        register_erasure(services.forget_person)
