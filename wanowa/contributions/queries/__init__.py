"""Reading ledgers. Sums count what is confirmed and nothing else."""

from wanowa.contributions.queries.around import RUNNING, links, receipts_of, tasks_of
from wanowa.contributions.queries.drifting import decisions_of, judgement_of, noticed_last, to_watch
from wanowa.contributions.queries.entries import (
    Row,
    Said,
    as_table,
    asked_now,
    awaiting,
    entries_of,
    entry_locked,
    entry_of,
    hours_written_last,
    names_around,
    next_number,
    rows,
    said_to,
    tables_awaiting,
)
from wanowa.contributions.queries.sums import Month, Sums, Total, Year, month_of, spent_by_task, sums_of

__all__ = [
    "RUNNING",
    "Month",
    "Row",
    "Said",
    "Sums",
    "Total",
    "Year",
    "as_table",
    "asked_now",
    "awaiting",
    "decisions_of",
    "entries_of",
    "entry_locked",
    "entry_of",
    "hours_written_last",
    "judgement_of",
    "links",
    "month_of",
    "names_around",
    "next_number",
    "noticed_last",
    "receipts_of",
    "rows",
    "said_to",
    "spent_by_task",
    "sums_of",
    "tables_awaiting",
    "tasks_of",
    "to_watch",
]
