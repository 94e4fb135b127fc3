"""Registers guideline with Django."""

from django.apps import AppConfig


class GuidelineConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.guideline"
