"""Tables for spreadsheets: CSV in which no cell can be taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

_FORMULA: Final = re.compile(r"[\s\"'　]*[=+\-@\t\r\n＝＋－＠]")


def written(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV with CR LF, every cell safe to open in a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: a quote stands before what could be one (T38)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what `guarded` was given. Only for files that we wrote: others mean their quotes."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
