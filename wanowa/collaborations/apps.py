"""Registers collaborations with Django."""

from django.apps import AppConfig


class CollaborationsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.collaborations"
