"""Numbers of the 実施目標 are entered, and corrected by another number; the old one stays readable."""

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Refused
from wanowa.progress.models import Measurement
from wanowa.progress.queries import TELLS, locked_for, measurement_in, reading_on
from wanowa.progress.rules import Reading, check_reading, goal_keys
from wanowa.progress.verbs import MEASURED, REMEASURED
from wanowa.record.services import records, write


@records(MEASURED)
def measure(
    collaboration: Collaboration, reading: Reading, *, goal: str, word: str = "", by: Actor
) -> Measurement:
    """Enter a number of a goal in force (`goal`: its identity). Everybody may read it, and the word beside it.

    Raises Forbidden, Invalid, Refused; Conflict when the day has a number already.
    """
    collaboration, version = locked_for(collaboration, by, TELLS)
    keys = goal_keys(version.terms.goals)
    if goal not in keys:
        raise Refused(_("この目標は、いまの合意にありません。進みぐあいのページを開きなおしてください。"))
    check_reading(reading, today=timezone.localdate())
    if reading_on(collaboration, goal, reading):
        raise _taken()
    told = write(
        MEASURED,
        collaboration,
        by=by,
        published={"word": word} if word.strip() else None,
        goal=goal,
        on=reading.on,
        hundredths=int(reading.value * 100),
    )
    return Measurement.objects.create(
        collaboration=collaboration,
        version=version,
        place=keys.index(goal),
        party_id=by.required_party,
        person_id=by.required_person,
        entry=told.number,
        at=told.at,
        goal=goal,
        value=reading.value,
        on=reading.on,
    )


@records(REMEASURED)
def remeasure(measurement: Measurement, reading: Reading, *, word: str = "", by: Actor) -> Measurement:
    """Put another number in the place of one; any party at the table may. Of former goals too.

    Raises Forbidden, Invalid, Refused; Conflict when it was corrected before, or the other day has a number.
    """
    collaboration, _version = locked_for(measurement.collaboration, by, TELLS)
    check_reading(reading, today=timezone.localdate())
    if measurement_in(collaboration, measurement.goal, measurement.pk) is None:
        raise Conflict(_("この数は、もう書きなおされています。いまの数を見て、もう一度えらんでください。"))
    there = reading_on(collaboration, measurement.goal, reading)
    if there and there.pk != measurement.pk:
        raise _taken()
    told = write(
        REMEASURED,
        collaboration,
        by=by,
        published={"word": word} if word.strip() else None,
        goal=measurement.goal,
        instead=measurement.entry,
        on=reading.on,
        hundredths=int(reading.value * 100),
    )
    return Measurement.objects.create(
        collaboration=collaboration,
        version_id=measurement.version_id,
        place=measurement.place,
        party_id=by.required_party,
        person_id=by.required_person,
        entry=told.number,
        at=told.at,
        goal=measurement.goal,
        value=reading.value,
        on=reading.on,
        instead=measurement,
    )


def _taken() -> Conflict:
    return Conflict(_("その日の数は、もう書いてあります。ちがうときは、表の「書きなおす」を押してください。"))
