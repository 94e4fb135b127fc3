"""Registers home with Django."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.home"
