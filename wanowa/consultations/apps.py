"""Registers consultations with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.consultations"
    verbose_name = _("相談")
