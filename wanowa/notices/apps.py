"""Registers notices with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.notices"
