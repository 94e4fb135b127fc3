"""A department keeps itself informed of an activity, or stops. Nothing else comes of it."""

from django.db import IntegrityError
from django.utils.translation import gettext as _

from wanowa.activities.models import Activity, Watch
from wanowa.activities.queries import locked, require_possible
from wanowa.activities.rules import Move, Stand, roles_for, stand_of
from wanowa.activities.verbs import UNWATCHED, WATCHED
from wanowa.guideline.rules import Area, Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.parties.models import Party
from wanowa.parties.queries import require
from wanowa.record.services import records, write


@records(WATCHED)
def watch(activity: Activity, *, by: Actor) -> Watch:
    """Begin to watch, for a city department; everybody can see which. Raises Forbidden, Refused."""
    activity = locked(activity)
    _as_department(activity, Move.WATCH, by)
    told = write(WATCHED, activity, by=by)
    try:
        return Watch.objects.create(activity=activity, department_id=by.required_party, since=told.at)
    except IntegrityError:
        raise Refused(_("この部署は、もう見守っています。")) from None


@records(UNWATCHED)
def unwatch(activity: Activity, *, by: Actor) -> Watch:
    """Stop watching, at any time. Raises Forbidden, Refused."""
    activity = locked(activity)
    _as_department(activity, Move.UNWATCH, by)
    found = Watch.objects.filter(
        activity=activity, department_id=by.required_party, until__isnull=True
    ).first()
    if found is None:
        raise Refused(_("この部署は、いま見守っていません。"))
    found.until = write(UNWATCHED, activity, by=by).at
    found.save(update_fields=["until"])
    return found


def _as_department(activity: Activity, move: Move, by: Actor) -> None:
    require_possible(activity, move)
    kind = Kind(Party.objects.values_list("kind", flat=True).get(pk=by.required_party))
    stand = stand_of(by.required_party, kind, activity.party_id)
    if stand is not Stand.DEPARTMENT:
        raise Forbidden(_("見守るのは、市の部署です。あなたの主体は、活動のページからいつでも見られます。"))
    require(by, roles_for(Area(activity.area), stand, move))
