"""The work of the desk: who looks after an introduction, and what she does next until when."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.introductions import queries
from wanowa.introductions.models import Introduction
from wanowa.introductions.rules import LONGEST_GIVING, OPEN
from wanowa.introductions.verbs import HANDED_OVER, PLANNED, TAKEN_IN
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.people.models import User
from wanowa.people.queries import coordinators
from wanowa.record.services import records, write
from wanowa.talent.services.authority import require_coordinator


@records(PLANNED)
def plan(introduction: Introduction, *, action: str, due: date, by: Actor) -> Introduction:
    """Write what the desk does next until a day; empty words: what usually comes next. Invalid, Forbidden, Refused."""
    introduction = _open(introduction, by)
    today = timezone.localdate()
    if not today <= due <= today + LONGEST_GIVING:
        raise Invalid(_("次にする日は、今日から1年のあいだでえらんでください。"))
    introduction.next_action, introduction.due = action.strip(), due
    introduction.save()
    write(PLANNED, introduction, by=by, due=due)
    return introduction


@records(HANDED_OVER)
def hand_over(introduction: Introduction, *, to: User, by: Actor) -> Introduction:
    """Let another coordinator look after an introduction; she is told. Invalid, Forbidden, Refused."""
    introduction = _open(introduction, by)
    if not coordinators().filter(pk=to.pk).exists():
        raise Invalid(_("協働推進員の中から、えらんでください。"))
    if introduction.owner_id == to.pk:
        raise Refused(_("もう、この人が担当です。"))
    introduction.owner = to
    introduction.save()
    write(HANDED_OVER, introduction, by=by)
    return introduction


@records(TAKEN_IN)
def take_in(introduction: Introduction, *, to: User, by: Actor) -> None:
    """Give an introduction whose coordinator left the desk to another, who is told; both sides too."""
    introduction.owner = to
    introduction.save(update_fields=["owner", "updated_at"])
    write(TAKEN_IN, introduction, by=by)


def _open(introduction: Introduction, by: Actor) -> Introduction:
    require_coordinator(by)
    introduction = queries.locked(introduction)
    if introduction.status not in OPEN:
        raise Refused(_("この引き合わせは、もう終わっています。"))
    return introduction
