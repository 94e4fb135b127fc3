"""What changed between two versions, clause by clause, in words a reader can follow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wanowa.collaborations.rules.terms import Clause, Task, Terms
from wanowa.guideline.rules import Area, Form, Ownership, Resource
from wanowa.kernel import eras, money
from wanowa.kernel.text import Piece, pieces

type Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ClauseDifference:
    """One clause in its old and new wording."""

    clause: Clause
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether the wording differs at all."""
        return any(operation != "equal" for operation, _text in self.pieces)


def differences(old: Terms | None, new: Terms, names: Names) -> list[ClauseDifference]:
    """Compare all clauses; `old` is None for a first version, which is all new. `names` are party id → name."""
    return [
        ClauseDifference(
            clause,
            tuple(pieces(clause_text(old, clause, names) if old else "", clause_text(new, clause, names))),
        )
        for clause in Clause
    ]


def clause_text(terms: Terms, clause: Clause, names: Names) -> str:
    """Return one clause as lines of plain Japanese text; empty when nothing is written yet."""
    return "\n".join(line for line in _lines(terms, clause, names) if line)


def _lines(terms: Terms, clause: Clause, names: Names) -> Iterator[str]:  # noqa: C901 - one branch a clause
    match clause:
        case Clause.TITLE:
            yield from (terms.title, terms.summary)
        case Clause.PARTIES:
            yield from (names.get(party, "") for party in terms.parties)
        case Clause.GOALS:
            for goal in terms.goals:
                target = "" if goal.target is None else f"{goal.target:,}{goal.unit}"
                yield "　".join(part for part in (goal.what, target, _until(goal.due)) if part)
        case Clause.OUTCOMES:
            for outcome in terms.outcomes:
                yield _("%(who)sが、%(change)s（確かめ方：%(observed)s）") % {
                    "who": outcome.who,
                    "change": outcome.change,
                    "observed": outcome.observed,
                }
        case Clause.ROLES:
            for task in terms.roles:
                yield from _task(task, names)
        case Clause.AIMS:
            yield from (f"{names.get(party, '')}：{aim}" for party, aim in terms.aims.items() if aim)
        case Clause.FORM:
            yield str(Area(terms.area).label) if terms.area else ""
            yield _("形態：%(form)s") % {"form": Form(terms.form).label} if terms.form else ""
            yield from (
                f"{post.key.label}：{names.get(holder, '')}"
                for post, holder in terms.holders
                if holder is not None
            )
        case Clause.SCHEDULE:
            if terms.starts and terms.ends:
                yield _("%(starts)sから%(ends)sまで") % {
                    "starts": _day(terms.starts),
                    "ends": _day(terms.ends),
                }
            yield terms.schedule
        case Clause.COST:
            yield _("総額　%(yen)s") % {"yen": money.yen(terms.total)}
            for share in terms.shares:
                yield "　".join(
                    part for part in (names.get(share.party, ""), money.yen(share.yen), share.note) if part
                )
            yield terms.cost
        case Clause.OWNERSHIP:
            yield str(Ownership(terms.ownership).label) if terms.ownership else ""
        case _:
            yield getattr(terms, clause.value)


def _task(task: Task, names: Names) -> Iterator[str]:
    yield f"■ {task.what}"
    yield _("する主体：%(names)s") % {
        "names": _("、").join(names.get(doer, "") for doer in task.doers) or _("未定")
    }
    responsible = names.get(task.responsible, "") if task.responsible else _("未定")
    yield _("責任をもつ主体：%(name)s") % {"name": responsible}
    yield _("いつまで：%(due)s") % {"due": task.due} if task.due else ""
    for bring in task.brings:
        amounts = [
            _("%(hours)s時間") % {"hours": f"{bring.hours:,}"} if bring.hours is not None else "",
            money.yen(bring.yen) if bring.yen is not None else "",
        ]
        what = "　".join(part for part in (bring.what, *amounts) if part)
        yield f"・{names.get(bring.party, '')}（{Resource(bring.resource).label}）：{what}"


def _day(iso: str) -> str:
    return eras.era_date(eras.parse(iso))


def _until(iso: str) -> str:
    return _("%(day)sまで") % {"day": _day(iso)} if iso else ""
