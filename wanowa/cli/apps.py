"""Registers the commands with Django."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.cli"
