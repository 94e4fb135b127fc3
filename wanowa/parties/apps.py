"""Registers parties with Django."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.parties"
