"""Under which lock, and for whom, progress is written."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.queries import require_own_seat
from wanowa.collaborations.rules import Status
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.parties.rules import WRITES

TELLS = (Status.ACTIVE, Status.SUSPENDED, Status.ENDED)
"""States in which numbers and notes are taken: the last ones often come after the end."""
MOVES = (Status.ACTIVE, Status.SUSPENDED)
"""States in which tasks move."""


def locked_for(
    collaboration: Collaboration, by: Actor, states: Collection[Status]
) -> tuple[Collaboration, Version]:
    """Return the row, fresh and locked until commit, and its version; refuse who is not of the table.

    Raises Forbidden, Refused when the state is none of `states`. Costs four queries.
    """
    found = Collaboration.objects.select_for_update(of=("self",)).select_related("in_force")
    collaboration = found.get(pk=collaboration.pk)
    require_own_seat(collaboration, by, WRITES)
    if collaboration.in_force is None or collaboration.status not in states:
        raise Refused(
            _("いまの状態（%(status)s）では、書けません。取組のページで、いまの状態を確かめてください。")
            % {"status": collaboration.get_status_display()}
        )
    return collaboration, collaboration.in_force
