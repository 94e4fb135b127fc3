"""Tables as text: reading CSV strictly. Writing it is `kernel.spreadsheets`."""

import csv
import io
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from wanowa.kernel.errors import Invalid

LONGEST_FILE: Final = 64 * 1024 * 1024
"""Bytes. The national file of all NPO corporations is a little smaller."""
MOST_COLUMNS: Final = 300
MOST_ROWS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: the line on which it ends in the file, and its cells as read."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows; blank rows are left out, rows of another width are not."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


def table_of(text: str) -> Table:
    """Return the table written in `text`, with commas or tabs. Invalid, with the line, when it is none."""
    first = text.partition("\n")[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise Invalid(
                    _("%(line)s行目に、列が %(count)s あります。%(most)s 列までにしてください。")
                    % {"line": reader.line_num, "count": len(cells), "most": MOST_COLUMNS}
                )
            if any(cell.strip() for cell in cells):
                rows.append(Row(reader.line_num, tuple(cells)))
            if len(rows) > MOST_ROWS + 1:
                raise Invalid(
                    _("行が多すぎます。%(most)s 行までに分けて送ってください。") % {"most": f"{MOST_ROWS:,}"}
                )
    except csv.Error:
        raise Invalid(
            _(
                '%(line)s行目のあたりで、引用符（"）の形が合いません。表計算ソフトでひらき、書き出しなおしてください。'
            )
            % {"line": reader.line_num}
        ) from None
    if len(rows) < 2:
        raise Invalid(_("見出しの行と、その下に1行以上が要ります。ファイルを確かめてください。"))
    return Table(tuple(cell.strip() for cell in rows[0].cells), tuple(rows[1:]))
