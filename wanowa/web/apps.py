"""The look is part of the platform."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.web"

    def ready(self) -> None:
        """Teach Django's forms our sentences; have the words of other languages ready before the first page."""
        from wanowa.kernel.languages import compile_catalogues  # noqa: PLC0415  settings are read by now
        from wanowa.web import sentences  # noqa: PLC0415  forms load after the apps

        compile_catalogues()
        sentences.teach()
