"""Bringing files in and taking the groups out."""

from wanowa.opendata.services.exporting import export
from wanowa.opendata.services.importing import bring, confirm, drop, forget_files, remap, take_in

__all__ = ["bring", "confirm", "drop", "export", "forget_files", "remap", "take_in"]
