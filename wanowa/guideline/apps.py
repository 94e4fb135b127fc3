"""Registers guideline with Django, and reads the city's pack so that a wrong one is noticed at start."""

from django.apps import AppConfig


class GuidelineConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.guideline"

    def ready(self) -> None:
        """Read the municipality pack once, and tell the record which city signs it."""
        from wanowa.guideline.queries import pack  # noqa: PLC0415  # the settings are complete only now
        from wanowa.record.services import register_origin  # noqa: PLC0415

        code = pack().city.code
        register_origin(lambda: f"wanowa/{code}")
