"""A published evaluation as a paper: all sides in columns of the same width, then the joint text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from wanowa.evaluations.rules.joint import HEADINGS, SAYINGS, Joint
from wanowa.evaluations.rules.sides import Column, Row
from wanowa.kernel import eras
from wanowa.press.sheets import Block, Check, Facts, Grid, Section, Sheet, Text


@dataclass(frozen=True, slots=True)
class Remark:
    """What a body said about it, with its day and where it stands."""

    body: str
    text: str
    said_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a paper of a published evaluation tells."""

    title: str
    occasion: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    joint: Joint
    made: datetime
    fingerprint: str
    address: str
    readable: str
    remarks: Sequence[Remark] = ()


def sheet_of(report: Report) -> Sheet:
    """Return the paper: only what the public page shows too."""
    parts: list[tuple[str, tuple[Block, ...]]] = [
        (_("取組"), (Text(report.title), Text(report.occasion))),
        (_("点のくらべ（ちがいの大きい順）"), _scores(report)),
        (_("それぞれのことば"), _words(report)),
        *((str(label), (Text(getattr(report.joint, name)),)) for name, label in SAYINGS.items()),
        (_("事例カード"), _card(report.joint)),
        (_("会議の意見"), _remarks(report.remarks)),
    ]
    written = [part for part in parts if part[1]]
    return Sheet(
        title=_("ふりかえりの報告書"),
        made=report.made,
        blocks=tuple(
            Section(_wide(number), caption, blocks) for number, (caption, blocks) in enumerate(written, 1)
        ),
        notes=(_("5がいちばん高い点です。「－」は、点がないことを表します。"),),
        footer=(f"{report.title}　{report.occasion}", report.readable),
        check=Check(
            report.address,
            _("公開ページのQRコード。アドレスは %(address)s") % {"address": report.readable},
            (
                _("この報告書の内容は、公開ページで確かめられます。"),
                report.readable,
                _("%(day)sに、全員の同意で公開しました。") % {"day": eras.era_date(report.made.date())},
                _("指紋 %(fingerprint)s") % {"fingerprint": report.fingerprint},
            ),
        ),
    )


def _scores(report: Report) -> tuple[Block, ...]:
    head = (_("問い"), *(column.name for column in report.columns), _("ちがい"))
    rows = tuple(
        (
            row.label,
            *(cell.said for cell in row.cells),
            "－" if row.gap is None else str(row.gap),
        )
        for row in report.rows
    )
    widths = (5, *([3] * len(report.columns)), 2)
    return (Grid(head, rows, widths, numbers=tuple(range(1, len(head)))),)


def _words(report: Report) -> tuple[Block, ...]:
    """Return the comments, a column for each side; questions about which nobody wrote a word are left out."""
    head = (_("問い"), *(column.name for column in report.columns))
    rows = tuple(
        (row.label, *(cell.words for cell in row.cells))
        for row in report.rows
        if any(cell.words for cell in row.cells)
    )
    return (Grid(head, rows, (3, *([4] * len(report.columns)))),) if rows else ()


def _card(joint: Joint) -> tuple[Block, ...]:
    if not joint.lesson.usable:
        return ()
    rows = tuple((str(label), getattr(joint.lesson, name)) for name, label in HEADINGS.items())
    return (Facts(tuple(row for row in rows if row[1])),)


def _remarks(remarks: Sequence[Remark]) -> tuple[Block, ...]:
    return tuple(
        Text(
            _("%(body)s（%(day)s、%(source)s）\n%(text)s")
            % {
                "body": remark.body,
                "day": eras.era_date(remark.said_on),
                "source": remark.source,
                "text": remark.text,
            }
        )
        for remark in remarks
    )


def _wide(number: int) -> str:
    """Return a number in full-width digits, as headings of official papers have it."""
    return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
