"""Registers guideline with Django, and reads the city's pack so that a wrong one is noticed at start."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidelineConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.guideline"
    verbose_name = _("指針")

    append_only_tables: ClassVar[list[str]] = ["guideline_edition", "guideline_section"]
    """The application role may load a new edition; it can change none."""

    def ready(self) -> None:
        """Read the municipality pack once; tell the record which city signs it; let verify look at the editions."""
        from wanowa.guideline.queries import pack, searchable  # noqa: PLC0415  # settings are complete only now
        from wanowa.guideline.queries.evidence import editions_match_the_record  # noqa: PLC0415
        from wanowa.guideline.rules import Field  # noqa: PLC0415
        from wanowa.record.services import register_evidence, register_origin  # noqa: PLC0415
        from wanowa.search.queries import register_lexicon, register_source  # noqa: PLC0415

        register_source(searchable.pages())
        register_source(searchable.policy())
        register_lexicon(searchable.lexicon, dict(Field.choices))
        code = pack().city.code
        register_origin(lambda: f"wanowa/{code}")
        register_evidence("guideline", editions_match_the_record)
