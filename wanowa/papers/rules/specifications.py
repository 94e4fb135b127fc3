"""Papers in numbered sections: the specification of work (仕様書), and the role sheet beside it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from wanowa.guideline.rules import PaperKind
from wanowa.kernel import money
from wanowa.papers.rules import pieces
from wanowa.papers.rules.agreement import Agreement
from wanowa.press.sheets import Block, Facts, Section, Text

type Part = tuple[str, tuple[Block, ...]]


def specification(agreement: Agreement, kind: PaperKind) -> tuple[Block, ...]:
    """Return the work in sections. Beside a role sheet the tasks stand without what each side brings."""
    terms = agreement.terms
    parts: list[Part] = [
        (_("件名"), _text(agreement.title)),
        (_("立場"), _facts(pieces.posts(agreement))),
        (_("目的"), _text(terms.purpose)),
        (_("仕事のあらまし"), _text(terms.summary, pieces.way(terms))),
        (_("期間と進め方"), _text(pieces.span(terms), terms.schedule)),
        (_("仕事の内容"), pieces.roles(agreement, brings=kind is PaperKind.CONTRACT_SPECIFICATION)),
        (_("実施目標"), pieces.goals(terms)),
        (_("成果目標"), pieces.outcomes(terms)),
        (_("費用"), (*_text(_total(agreement), terms.cost), *pieces.shares(agreement))),
        (_("成果の帰属"), _text(pieces.ownership(terms))),
        (_("保険と安全"), _text(terms.safety)),
        (_("個人情報の扱い"), _text(terms.personal_data)),
        (_("広報と公開"), _text(terms.publicity)),
        (_("変更・終了・意見がちがうとき"), _text(terms.changes)),
    ]
    if kind is PaperKind.CONTRACT_SPECIFICATION:
        parts.insert(8, (_("それぞれのねらい"), pieces.aims(agreement)))
    return tuple(sections(parts))


def role_sheet(agreement: Agreement, kind: PaperKind) -> tuple[Block, ...]:
    """Return who does what, who answers for it, and what each brings and wants."""
    parts: list[Part] = [
        (_("件名"), _text(agreement.title)),
        (_("立場"), _facts(pieces.posts(agreement))),
        (_("期間"), _text(pieces.span(agreement.terms))),
        (_("役割の分担"), pieces.roles(agreement)),
        (_("それぞれのねらい"), pieces.aims(agreement)),
        (_("費用の分担"), pieces.shares(agreement)),
    ]
    return tuple(sections(parts))


def sections(parts: Iterable[Part]) -> list[Section]:
    """Return what is written as numbered sections; what nobody wrote has none."""
    written = [part for part in parts if part[1]]
    return [
        Section(pieces.wide(number), caption, blocks) for number, (caption, blocks) in enumerate(written, 1)
    ]


def _text(*written: str) -> tuple[Block, ...]:
    said = pieces.lines(*written)
    return (Text(said),) if said else ()


def _facts(rows: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    return (Facts(rows),) if rows else ()


def _total(agreement: Agreement) -> str:
    if not agreement.terms.shares:
        return ""
    return _("総額　%(yen)s") % {"yen": money.yen(agreement.terms.total)}
