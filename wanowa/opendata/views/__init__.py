"""The pages of open data."""

from wanowa.opendata.views.bringing import groups, preview, report
from wanowa.opendata.views.taking_out import table

__all__ = ["groups", "preview", "report", "table"]
