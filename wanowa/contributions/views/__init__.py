"""The pages of contributions. A view asks a query or a service and renders; it decides nothing."""

from wanowa.contributions.views.answering import entry
from wanowa.contributions.views.browsing import entries, overview, receipt, table
from wanowa.contributions.views.writing import new

__all__ = ["entries", "entry", "new", "overview", "receipt", "table"]
