"""What is still missing before terms can be offered for consent (G-22b, G-22c, G-22e, G-24 to G-26)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from wanowa.collaborations.rules.demands import demands
from wanowa.collaborations.rules.proposals import BLANK, TEXTS
from wanowa.collaborations.rules.terms import Clause, Terms
from wanowa.guideline.rules import AREAS, Area, Form


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, in one clause."""

    clause: Clause
    sentence: str


def problems(terms: Terms) -> list[Problem]:
    """Return everything that keeps `terms` from being offered, in the order of the clauses."""
    found = [
        *_texts(terms),
        *_goals(terms),
        *_roles(terms),
        *_aims(terms),
        *_form(terms),
        *(Problem(clause, sentence) for clause, sentence in demands(terms)),
        *_schedule(terms),
        *_shares(terms),
        *_blanks(terms),
    ]
    order = list(Clause)
    return sorted(found, key=lambda problem: order.index(problem.clause))


def _texts(terms: Terms) -> Iterator[Problem]:
    if not terms.title:
        yield Problem(Clause.TITLE, _("題名を書いてください。"))
    if not terms.summary:
        yield Problem(Clause.TITLE, _("あらましを、はじめて読む人にわかるように書いてください。"))
    if len(terms.parties) < 2:
        yield Problem(Clause.PARTIES, _("協働には、2つ以上の主体がいります。相手を招いてください。"))
    if not terms.purpose:
        yield Problem(Clause.PURPOSE, _("共通の目的を書いてください。"))
    for clause, text in (
        (Clause.SAFETY, terms.safety),
        (Clause.PERSONAL_DATA, terms.personal_data),
        (Clause.PUBLICITY, terms.publicity),
        (Clause.CHANGES, terms.changes),
    ):
        if not text:
            yield Problem(clause, _("「%(clause)s」を書いてください。") % {"clause": clause.label})


def _goals(terms: Terms) -> Iterator[Problem]:
    if not terms.goals:
        yield Problem(Clause.GOALS, _("数ではかる目標を、1つ以上書いてください。例：観察会を6回ひらく。"))
    for goal in terms.goals:
        if goal.target is None or not goal.unit or not goal.due:
            yield Problem(
                Clause.GOALS,
                _("「%(what)s」に、めざす数・単位・期日を書いてください。") % {"what": goal.what},
            )
    if not terms.outcomes:
        yield Problem(Clause.OUTCOMES, _("だれがどう変わるかの目標を、1つ以上書いてください。"))
    for outcome in terms.outcomes:
        if not (outcome.who and outcome.change and outcome.observed):
            yield Problem(
                Clause.OUTCOMES,
                _("成果目標には、だれが・どう変わるか・どう確かめるかの3つを書いてください。"),
            )


def _roles(terms: Terms) -> Iterator[Problem]:
    if not terms.roles:
        yield Problem(Clause.ROLES, _("することを、1つ以上書いてください。"))
    members = set(terms.parties)
    for task in terms.roles:
        if task.responsible not in members:
            yield Problem(
                Clause.ROLES, _("「%(task)s」の責任をもつ主体を選んでください。") % {"task": task.what}
            )
        if not task.doers or not set(task.doers) <= members:
            yield Problem(Clause.ROLES, _("「%(task)s」をする主体を選んでください。") % {"task": task.what})
        if not {bring.party for bring in task.brings} <= members:
            yield Problem(
                Clause.ROLES,
                _("「%(task)s」に出しあうものの主体を選びなおしてください。") % {"task": task.what},
            )


def _aims(terms: Terms) -> Iterator[Problem]:
    if any(not terms.aims.get(party) for party in terms.parties):
        yield Problem(
            Clause.AIMS, _("すべての主体の「ねらい」がいります。それぞれが、自分のことばで書いてください。")
        )


def _form(terms: Terms) -> Iterator[Problem]:
    if terms.area not in Area.values:
        yield Problem(Clause.FORM, _("活動領域（AからE）を選んでください。"))
        return
    area = AREAS[Area(terms.area)]
    if terms.form:
        if terms.form not in Form.values or Form(terms.form) not in area.forms:
            yield Problem(Clause.FORM, _("領域%(area)sに合う形態を選んでください。") % {"area": terms.area})
    elif area.forms:
        yield Problem(Clause.FORM, _("協働の形態を選んでください。"))
    if terms.ownership != area.ownership:
        yield Problem(
            Clause.OWNERSHIP,
            _("領域%(area)sの成果は「%(ownership)s」です。帰属を選びなおしてください。")
            % {"area": terms.area, "ownership": area.ownership.label},
        )


def _schedule(terms: Terms) -> Iterator[Problem]:
    if not (_is_day(terms.starts) and _is_day(terms.ends)):
        yield Problem(Clause.SCHEDULE, _("始まる日と終わる日を書いてください。"))
    elif terms.ends < terms.starts:
        yield Problem(Clause.SCHEDULE, _("終わる日は、始まる日よりあとにしてください。"))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _shares(terms: Terms) -> Iterator[Problem]:
    if sorted(share.party for share in terms.shares) != sorted(terms.parties):
        yield Problem(
            Clause.COST, _("費用の分担を、すべての主体について書いてください。出さないときは0円です。")
        )


def _blanks(terms: Terms) -> Iterator[Problem]:
    """Whatever a proposed text left open is filled in."""
    for clause in TEXTS:
        if BLANK in getattr(terms, clause):
            yield Problem(
                clause,
                _("「%(clause)s」の「%(blank)s」を、書きかえるか消してください。")
                % {"clause": clause.label, "blank": BLANK},
            )
