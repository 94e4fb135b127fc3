"""What the others say to an entry: it is so, or it is not; and taking one's own entry back before it counts."""

from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import locked, require_own_seat
from wanowa.contributions.models import Answer, Contribution
from wanowa.contributions.queries import entry_locked, said_to
from wanowa.contributions.rules import LIFECYCLE, Move, Status, standing
from wanowa.contributions.verbs import CONFIRMED, DISPUTED, WITHDRAWN
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties.rules import WRITES
from wanowa.record.models import Entry
from wanowa.record.services import records, write

MOVES = {Status.CONFIRMED: Move.CONFIRM, Status.DISPUTED: Move.DISPUTE, Status.WAITING: Move.ANSWER}
"""The move that leads to where the answers put an entry."""


@records(CONFIRMED)
def confirm(entry: Contribution, *, by: Actor) -> Contribution:
    """Say for one party that it is so; with the last yes that is needed the entry counts. Raises Forbidden, Refused."""
    entry, collaboration = _to_answer(entry, by)
    answers = list(entry.answers.order_by("id"))
    said_no = {answer.party_id: not answer.yes for answer in answers}.get(by.required_party, False)
    if by.required_party not in entry.asked and not said_no:
        raise Forbidden(_("確かめるのは、この記録の相手です。ちがうと思うときは、そう書けます。"))
    if not said_no and any(answer.party_id == by.required_party for answer in answers):
        raise Refused(_("もう確かめています。ほかの主体の返事を待ってください。"))
    spoken = {answer.person_id for answer in answers if answer.yes and answer.party_id != by.required_party}
    if by.required_person in spoken | {entry.person_id}:
        raise Refused(_("ひとりで両方の側にはなれません。同じ主体の、ほかの人が確かめてください。"))
    return _answer(entry, write(CONFIRMED, collaboration, by=by, number=entry.number), by, yes=True)


@records(DISPUTED)
def dispute(entry: Contribution, *, word: str, by: Actor) -> Contribution:
    """Say for one party that it is not so, and in what. The entry is shown apart and counted nowhere.

    Raises Invalid, Forbidden, Refused.
    """
    entry, collaboration = _to_answer(entry, by)
    if not word.strip():
        raise Invalid(_("どこがちがうかを書いてください。書いた主体が読みます。"))
    told = write(DISPUTED, collaboration, by=by, personal={"word": word.strip()}, number=entry.number)
    return _answer(entry, told, by, yes=False)


@records(WITHDRAWN)
def withdraw(entry: Contribution, *, by: Actor) -> Contribution:
    """Take back what one's own party wrote, as long as it does not count; it stays listed. Forbidden, Refused."""
    collaboration = locked(entry.collaboration)
    require_own_seat(collaboration, by, WRITES)
    entry = entry_locked(entry)
    if entry.party_id != by.required_party:
        raise Forbidden(_("取り下げられるのは、書いた主体だけです。"))
    status = LIFECYCLE.after(Status(entry.status), Move.WITHDRAW)
    told = write(WITHDRAWN, collaboration, by=by, number=entry.number)
    return _stand(entry, status, told)


def _to_answer(entry: Contribution, by: Actor) -> tuple[Contribution, Collaboration]:
    """Return the entry and its collaboration, both locked; only for another party at the table while it is open."""
    collaboration = locked(entry.collaboration)
    require_own_seat(collaboration, by, WRITES)
    entry = entry_locked(entry)
    if not entry.is_open:
        raise Refused(
            _("この記録は、もう決まりました（%(status)s）。直すときは、取り消しを書いてください。")
            % {"status": entry.get_status_display()}
        )
    if entry.party_id == by.required_party:
        raise Forbidden(_("自分の主体が書いた記録です。相手の返事を待ってください。"))
    return entry, collaboration


def _answer(entry: Contribution, told: Entry, by: Actor, *, yes: bool) -> Contribution:
    Answer.objects.create(
        contribution=entry,
        party_id=by.required_party,
        person_id=by.required_person,
        yes=yes,
        told=told.number,
        at=told.at,
    )
    reached = standing(entry.asked, said_to(entry), everybody=entry.everybody)
    return _stand(entry, LIFECYCLE.after(Status(entry.status), MOVES[reached]), told)


def _stand(entry: Contribution, status: Status, told: Entry) -> Contribution:
    entry.status = status
    entry.settled_at = told.at if status in {Status.CONFIRMED, Status.WITHDRAWN} else None
    entry.save(update_fields=["status", "settled_at"])
    return entry
