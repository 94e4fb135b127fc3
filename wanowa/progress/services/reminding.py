"""What is due, unmeasured or silent is put on record once; notices tell whom it concerns."""

from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import locked
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.progress.queries import Reminder, to_remind
from wanowa.progress.verbs import DUE_SOON, OVERDUE, QUIET, UNMEASURED
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.services import records
from wanowa.record.services.writing import write_in


@records(DUE_SOON, OVERDUE, UNMEASURED, QUIET)
def remind(collaboration: Collaboration, reminder: Reminder, *, by: Actor) -> Entry:
    """Call one thing to mind, once. Raises Refused when it was done before, or is not to be done any more."""
    collaboration = locked(collaboration)
    if reminder not in [due for _where, due in to_remind(collaboration)]:
        raise Refused(_("もう知らせたか、知らせることがなくなりました。"))
    return write_in(case_of(collaboration), reminder.verb, by=by, facts=reminder.facts)
