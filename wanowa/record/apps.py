"""Registers record with Django."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.record"
    verbose_name = _("経過")

    append_only_tables: ClassVar[list[str]] = [
        "record_entry",
        "record_opening",
        "record_checkpoint",
        "record_checkpointhead",
        "record_logkey",
        "record_halt",
    ]
    """The application role may read and insert here, nothing else."""
    guarded_deletes: ClassVar[list[str]] = ["record_opening"]
    """It may also delete here: a trigger lets go exactly what an entry says was redacted."""
    column_updates: ClassVar[dict[str, list[str]]] = {"record_head": ["number", "digest", "last_id", "at"]}
    """The application role may also update these columns; a trigger lets a head only move forward."""
