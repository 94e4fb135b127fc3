"""From an agreement to a sheet: title and number as the city has them, the body of its kind, how to check it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Final

from django.utils.translation import gettext as _

from wanowa.guideline.rules import OfficialPaper, PaperKind
from wanowa.kernel import eras
from wanowa.papers.rules import accords, letters, pieces, specifications
from wanowa.papers.rules.agreement import Agreement
from wanowa.papers.rules.kinds import FACTS
from wanowa.press.sheets import Block, Check, Sheet

type Body = Callable[[Agreement, PaperKind], tuple[Block, ...]]

BODIES: Final[Mapping[PaperKind, Body]] = {
    PaperKind.COMMITTEE_RULES: accords.committee_rules,
    PaperKind.ACCORD: accords.accord,
    PaperKind.OPERATION_ACCORD: accords.accord,
    PaperKind.OPERATION_SHARES: accords.operation_shares,
    PaperKind.MEMORANDUM: accords.accord,
    PaperKind.SPECIFICATION: specifications.specification,
    PaperKind.CONTRACT_SPECIFICATION: specifications.specification,
    PaperKind.ROLE_SHEET: specifications.role_sheet,
    PaperKind.PROJECT_PLAN: letters.project_plan,
    PaperKind.BUDGET: letters.accounts,
    PaperKind.SETTLEMENT: letters.accounts,
    **dict.fromkeys(letters.FROM_TO, letters.body),
}
UNSIGNED: Final = {*letters.FROM_TO, PaperKind.PROJECT_PLAN, PaperKind.BUDGET, PaperKind.SETTLEMENT}
"""Papers of one party: they bear no table of everybody's consent."""


def sheet_of(agreement: Agreement, kind: PaperKind, official: OfficialPaper | None = None) -> Sheet:
    """Return one paper of an agreement. `official`: what the city calls this form, used when it goes to the city."""
    own = official if official and _goes_to_the_city(agreement, kind) else None
    title = own.title if own and own.title else str(kind.label)
    opening = letters.letter(agreement, kind, own.addressee if own else "") if kind in letters.FROM_TO else ()
    return Sheet(
        title=title,
        made=_made(agreement),
        number=own.number if own else "",
        opening=opening,
        blocks=BODIES[kind](agreement, kind),
        closing=() if kind in UNSIGNED else pieces.consents(agreement),
        notes=_notes(agreement, kind),
        footer=_footer(agreement),
        check=_check(agreement),
        preview="" if agreement.in_force else str(agreement.standing.label),
    )


def file_name(
    title: str, kind: PaperKind, number: int | None, *, in_force: bool, on: date | None = None
) -> str:
    """Return what the file is called when somebody keeps it, without its ending; no number means a draft.

    `on` is the day of the figures on it.
    """
    version = _("第%(number)s版") % {"number": number} if number else _("下書き")
    figures = _("_%(day)sの数字") % {"day": eras.era_date(on)} if on else ""
    return f"{title}_{kind.label}_{version}{figures}" + ("" if in_force else _("_案"))


def _made(agreement: Agreement) -> datetime:
    """Return what the file is dated by: with figures the beginning of their day, so that one day has one file."""
    if agreement.figures is None:
        return agreement.made
    return datetime.combine(agreement.figures.on, time.min, agreement.made.tzinfo)


def _goes_to_the_city(agreement: Agreement, kind: PaperKind) -> bool:
    """Whether the city sends or gets this paper. Papers without an address are everybody's, so the city's too."""
    if kind not in letters.FROM_TO:
        return any(agreement.is_of_the_city(party) for party in agreement.terms.parties)
    return any(agreement.is_of_the_city(agreement.holder(post)) for post in letters.FROM_TO[kind])


def _notes(agreement: Agreement, kind: PaperKind) -> tuple[str, ...]:
    by_hand = FACTS[kind].with_figures if agreement.figures else FACTS[kind].by_hand
    blanks = (
        _("空いているところ（%(what)s）は、手で書き入れてください。") % {"what": by_hand} if by_hand else ""
    )
    signing = _(
        "これは、法律の電子署名ではありません。紙の署名がいるときは、印刷してから、手で名前を書いてください。"
    )
    return tuple(filter(None, (blanks, signing)))


def _footer(agreement: Agreement) -> tuple[str, ...]:
    figures = agreement.figures
    day = _("%(day)sの数字") % {"day": eras.era_date(figures.on)} if figures else ""
    return tuple(filter(None, (" ".join((agreement.title, _version(agreement))), agreement.readable, day)))


def _version(agreement: Agreement) -> str:
    if agreement.number is None:
        return _("下書き")
    return _("第%(number)s版　指紋 %(fingerprint)s") % {
        "number": agreement.number,
        "fingerprint": agreement.fingerprint,
    }


def _check(agreement: Agreement) -> Check | None:
    """Return how to find the original; a text that nobody may see yet has no public address."""
    if not agreement.in_force:
        return None
    return Check(
        agreement.address,
        _("公開ページのQRコード。アドレスは %(address)s") % {"address": agreement.readable},
        (
            *_where(agreement),
            agreement.readable,
            _("第%(number)s版　%(day)sから効力をもちました。")
            % {"number": agreement.number, "day": eras.era_date(agreement.made.date())},
            _("指紋 %(fingerprint)s") % {"fingerprint": agreement.fingerprint},
        ),
    )


def _where(agreement: Agreement) -> tuple[str, ...]:
    """Return what can be checked where: figures move on, so the page of the version does not hold them."""
    if agreement.figures is None:
        return (_("この書類の内容は、公開ページで確かめられます。"),)
    return (
        _("いまの数字は、同じ取組の「出しあい」と「進みぐあい」で読めます。"),
        _("約束の内容は、公開ページで確かめられます。"),
    )
