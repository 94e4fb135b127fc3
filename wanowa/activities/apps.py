"""Registers activities with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.activities"
    verbose_name = _("活動")
