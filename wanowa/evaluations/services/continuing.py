"""Going on from a look back: the text of next time is laid on the table, begun from the largest difference."""

from datetime import date

from django.utils.translation import gettext as _

from wanowa.collaborations import services as table
from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import draft_locked, seated
from wanowa.collaborations.rules import Clause, Status, Terms, mark
from wanowa.evaluations.models import Round, Successor
from wanowa.evaluations.queries import revealed
from wanowa.evaluations.queries.reflecting import statement_in_force, told_locked
from wanowa.evaluations.queries.results import columns_of
from wanowa.evaluations.rules.continuing import continued_since, for_next_time, next_steps
from wanowa.evaluations.rules.sides import side_by_side, widest
from wanowa.evaluations.verbs import CONTINUED
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.kernel.languages import in_japanese
from wanowa.parties.rules import WRITES
from wanowa.record.services import records, write


@records(CONTINUED)
def prepare_next(found: Round, *, by: Actor) -> Collaboration:
    """Begin the text of next time and return the collaboration in which it lies.

    While the collaboration runs it is a change of its text; after the end it is a new collaboration with the same
    parties, which carries on the years (★継続). Everybody has to consent, as to every text.
    """
    found, collaboration = told_locked(found, by, WRITES)
    ahead = statement_in_force(found)
    with in_japanese():
        steps = next_steps(_widest(found), ahead.joint.ahead if ahead else "")
    terms = for_next_time(found.version.terms, steps)
    write(CONTINUED, collaboration, by=by, number=found.number)
    if collaboration.status == Status.ENDED:
        return _new_collaboration(found, collaboration, terms, by)
    if collaboration.status != Status.ACTIVE or collaboration.in_force is None:
        raise Refused(_("いまは休止中です。先に、取組のページで「再開」を提案してください。"))
    table.begin_amendment(collaboration, by=by)
    terms = for_next_time(collaboration.in_force.terms, steps)
    _lay_down(collaboration, terms, (Clause.SCHEDULE,), by)
    return collaboration


def _widest(found: Round) -> str:
    """Return the question that the sides saw most differently; '' where they agreed. Costs what `revealed` does."""
    result = revealed(found)
    row = widest(side_by_side(result.questions, columns_of(result))) if result else None
    return row.label if row else ""


def _new_collaboration(found: Round, ended: Collaboration, terms: Terms, by: Actor) -> Collaboration:
    if Successor.objects.filter(round=found).exists():
        raise Refused(_("つづきの取組は、もう呼びかけられています。ふりかえりのページから開けます。"))
    others = seated(ended) - {by.required_party}
    begun = table.start(
        title=terms.title,
        summary=terms.summary,
        purpose=terms.purpose,
        invited=others,
        area=terms.area,
        form=terms.form,
        continuing_since=continued_since(
            ended.continuing_since, date.fromisoformat(found.version.terms.starts)
        ),
        demonstration=ended.demonstration,
        by=by,
    )
    Successor.objects.create(round=found, collaboration=begun)
    _lay_down(begun, terms, (Clause.GOALS, Clause.OUTCOMES, Clause.SCHEDULE), by)
    return begun


def _lay_down(collaboration: Collaboration, terms: Terms, clauses: tuple[Clause, ...], by: Actor) -> None:
    for clause in clauses:
        seen = mark(draft_locked(collaboration).terms, clause)
        table.edit(collaboration, clause=clause, written=terms, seen=seen, by=by)
