"""Registers guideline with Django, and reads the city's pack so that a wrong one is noticed at start."""

from django.apps import AppConfig


class GuidelineConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.guideline"

    def ready(self) -> None:
        """Read the municipality pack once."""
        from wanowa.guideline.queries import pack  # noqa: PLC0415  # the settings are complete only now

        pack()
