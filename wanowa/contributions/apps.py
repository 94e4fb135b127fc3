"""Registers contributions with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContributionsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.contributions"
    verbose_name = _("出しあい")
