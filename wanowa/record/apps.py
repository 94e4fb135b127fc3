"""Registers record with Django."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.record"
