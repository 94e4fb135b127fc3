"""Registers web with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.web"
