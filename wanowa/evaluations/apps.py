"""Registers evaluations with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.evaluations"
    verbose_name = _("ふりかえり")
    append_only_tables = ["evaluations_yardstick", "evaluations_agreement", "evaluations_writer"]
    column_updates = {
        "evaluations_round": ["status", "opened_at", "revealed_at", "published_at", "closed_at"],
        "evaluations_evaluation": ["envelope", "salt", "content", "forgotten_at"],
    }
