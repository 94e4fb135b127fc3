"""Taking over the rounds that were held before Wanowa, on paper: what the source tells of them, and nothing else."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wanowa.guideline.queries import pack
from wanowa.guideline.rules import Scheme, SchemeYear
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_label
from wanowa.kernel.errors import Conflict, Refused
from wanowa.kernel.languages import in_japanese
from wanowa.kernel.text import search_key
from wanowa.proposals.models import Round
from wanowa.proposals.queries.history import years_to_take_over
from wanowa.proposals.queries.rounds import require_desk
from wanowa.proposals.rules.lifecycle import Kind, RoundStatus
from wanowa.proposals.verbs import TAKEN_OVER
from wanowa.record.services import records, write


@records(TAKEN_OVER)
def take_over(*, by: Actor) -> Sequence[Round]:
    """Make a round of each year that the pack tells of and that has none yet. Returns them, oldest first.

    Raises Forbidden, Refused when there is none, Conflict when somebody else does the same in this moment.
    """
    require_desk(by)
    years = years_to_take_over()
    if not years:
        raise Refused(_("のせる募集は、もうありません。"))
    try:
        with transaction.atomic():
            return [_taken_over(pack().scheme, year, by) for year in years]
    except IntegrityError as taken:
        raise Conflict(_("いま、ほかの人が同じことをしました。ページをひらき直してください。")) from taken


def _taken_over(scheme: Scheme, year: SchemeYear, by: Actor) -> Round:
    with in_japanese():
        title = f"{scheme.name}　{fiscal_year_label(year.year)}"
    found = Round.objects.create(
        fiscal_year=year.year,
        status=RoundStatus.PAST,
        title=title,
        kinds=[str(kind) for kind in Kind],
        search_key=search_key(title),
    )
    write(
        TAKEN_OVER,
        found,
        by=by,
        citizen=year.citizen or 0,
        city=year.city or 0,
        adopted=len(scheme.projects_of(year.year)),
    )
    return found
