"""The look is part of the platform."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.web"

    def ready(self) -> None:
        """Teach Django's forms our sentences."""
        from wanowa.web import sentences  # noqa: PLC0415  forms load after the apps

        sentences.teach()
