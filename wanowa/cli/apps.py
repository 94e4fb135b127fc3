"""Registers the commands with Django."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.cli"

    def ready(self) -> None:
        """Tell people whom a visitor of the demo can become."""
        from wanowa.cli.town import demo_people
        from wanowa.people.queries import register_demo_people

        register_demo_people(demo_people)
