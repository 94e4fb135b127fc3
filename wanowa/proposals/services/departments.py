"""What departments say: how many proposals they can carry, and for which tasks they look for a partner."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.text import search_key
from wanowa.proposals.models import Capacity, Need, Proposal, Round
from wanowa.proposals.queries.rounds import locked_round, require_department
from wanowa.proposals.rules.lifecycle import ALIVE, Kind, NeedStatus, RoundStatus
from wanowa.proposals.rules.told import digest_of_text
from wanowa.proposals.verbs import CAPACITY_DECLARED, NEED_PUBLISHED, NEED_WITHDRAWN
from wanowa.record.services import records, write

PREPARING = frozenset({RoundStatus.DRAFT, RoundStatus.OPEN})


@records(CAPACITY_DECLARED)
def declare(found: Round, *, places: int, forms: Collection[str] = (), note: str = "", by: Actor) -> Capacity:
    """Say how many proposals of citizens the department can carry. While the round is open, only more than before.

    Raises Forbidden, Invalid, Refused.
    """
    department = require_department(by)
    found = _preparing(found)
    if not 0 <= places <= 99:
        raise Invalid(_("0から99までの数で書いてください。"))
    row = Capacity.objects.select_for_update().filter(round=found, department=department).first()
    if row is not None and found.status == RoundStatus.OPEN and places < row.places:
        raise Refused(_("募集が始まってからは、数をへらせません。ふやすことはできます。"))
    row = row or Capacity(round=found, department_id=department)
    row.person_id, row.places, row.forms, row.note = by.required_person, places, sorted(forms), note.strip()
    row.save()
    write(CAPACITY_DECLARED, found, by=by, places=places)
    return row


@records(NEED_PUBLISHED)
def publish_need(
    found: Round, *, title: str, text: str, places: int = 1, budget: int | None = None, by: Actor
) -> Need:
    """Put a task before everybody for which the department looks for a partner. Raises Forbidden, Invalid, Refused."""
    department = require_department(by)
    found = _preparing(found)
    if Kind.CITY not in found.kinds:
        raise Refused(_("この募集は、市民提案だけです。行政提案のある募集をえらんでください。"))
    if not title.strip() or not text.strip():
        raise Invalid(_("題名と、どんなことかを書いてください。"))
    if not 1 <= places <= 99:
        raise Invalid(_("いっしょにできる数は、1から99までで書いてください。"))
    told = write(
        NEED_PUBLISHED, found, by=by, text=digest_of_text(f"{title}\n{text}"), places=places, budget=budget
    )
    return Need.objects.create(
        round=found,
        department_id=department,
        person_id=by.required_person,
        status=NeedStatus.PUBLISHED,
        title=title.strip(),
        text=text.strip(),
        places=places,
        budget=budget,
        published_at=told.at,
        search_key=search_key(f"{title} {text}"),
    )


@records(NEED_WITHDRAWN)
def withdraw_need(need: Need, *, reason: str, by: Actor) -> Need:
    """Take a task back, with a reason; not while somebody already writes an answer. Raises Forbidden, Refused."""
    department = require_department(by)
    need = Need.objects.select_for_update().get(pk=need.pk)
    if need.department_id != department:
        raise Forbidden(_("取り下げられるのは、のせた部署だけです。"))
    if need.status != NeedStatus.PUBLISHED:
        raise Refused(_("この行政提案は、いま公開されていません。"))
    if not reason.strip():
        raise Invalid(_("取り下げるわけを書いてください。だれでも読めます。"))
    if Proposal.objects.filter(need=need, status__in=ALIVE).exists():
        raise Refused(_("もう、提案を書いている主体があります。先に、その主体と話してください。"))
    write(NEED_WITHDRAWN, need.round, by=by)
    need.status, need.reason = NeedStatus.WITHDRAWN, reason.strip()
    need.save()
    return need


def _preparing(found: Round) -> Round:
    found = locked_round(found)
    if found.status not in PREPARING:
        raise Refused(_("この募集は、もう終わりました。次の募集で知らせてください。"))
    return found
