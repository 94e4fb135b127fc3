"""Registers introductions with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntroductionsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.introductions"
    verbose_name = _("引き合わせ")
