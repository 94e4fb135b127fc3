"""Keeping the yardstick, and agreeing on a round: why, about which time, until when, by which questions."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import locked, require_own_seat, seated
from wanowa.collaborations.rules import Status as CollaborationStatus
from wanowa.evaluations.models import Agreement, Round, Writer, Yardstick
from wanowa.evaluations.queries import agreed_in, locked_round, running_round, yardstick_of
from wanowa.evaluations.rules import (
    LIFECYCLE,
    Move,
    Occasion,
    Status,
    all_agree,
    check_dates,
    occasions,
    questions,
    round_fingerprint,
)
from wanowa.evaluations.verbs import (
    ROUND_AGREED,
    ROUND_CLOSED,
    ROUND_OPENED,
    ROUND_PROPOSED,
    YARDSTICK_KEPT,
)
from wanowa.guideline.queries import pack
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Conflict, Forbidden, Refused
from wanowa.parties.rules import SPEAKS
from wanowa.record.models import Entry
from wanowa.record.services import records, write


@records(YARDSTICK_KEPT)
def keep_yardstick(collaboration: Collaboration, *, by: Actor = SYSTEM) -> Yardstick:
    """Keep the criteria of the pack as they stand now, for this collaboration and for ever."""
    criteria = pack().yardstick
    told = write(YARDSTICK_KEPT, collaboration, by=by, fingerprint=criteria.fingerprint)
    return Yardstick.objects.create(
        collaboration=collaboration,
        content=criteria.content(),
        fingerprint=criteria.fingerprint,
        kept_at=told.at,
    )


@records(ROUND_PROPOSED)
def propose(
    collaboration: Collaboration,
    *,
    occasion: Occasion,
    since: date,
    until: date,
    deadline: date,
    by: Actor,
) -> Round:
    """Propose a round; proposing is the proposing party's own yes.

    `since` and `until` are the time looked back upon, `deadline` the last day for sealing. Raises Invalid,
    Forbidden, Refused.
    """
    collaboration = locked(collaboration)
    require_own_seat(collaboration, by, SPEAKS)
    _refuse_occasion(collaboration, occasion)
    check_dates(since, until, deadline, timezone.localdate())
    if running_round(collaboration) is not None:
        raise Refused(_("いま、別のふりかえりが進んでいます。それが終わってから、提案してください。"))
    kept = yardstick_of(collaboration) or keep_yardstick(collaboration)
    concerned = sorted(seated(collaboration))
    version = collaboration.in_force
    if version is None or len(concerned) < 2:
        raise Refused(_("いま席についている主体は1つです。ふりかえりは、2つ以上の主体でします。"))
    asked = questions(kept.criteria, version.terms, concerned)
    if not asked:
        raise Refused(_("ふりかえりの項目がありません。市の窓口に知らせてください。"))
    number = Round.objects.filter(collaboration=collaboration).count() + 1
    digest = round_fingerprint(
        collaboration=collaboration.pk,
        number=number,
        occasion=occasion,
        since=since,
        until=until,
        deadline=deadline,
        version=version.number,
        concerned=concerned,
        asked=asked,
    )
    told = write(
        ROUND_PROPOSED,
        collaboration,
        by=by,
        number=number,
        occasion=occasion,
        deadline=deadline,
        fingerprint=digest,
    )
    found = Round.objects.create(
        collaboration=collaboration,
        number=number,
        occasion=occasion,
        since=since,
        until=until,
        deadline=deadline,
        version=version,
        concerned=concerned,
        questions=[question.content() for question in asked],
        fingerprint=digest,
        proposed_by_id=by.required_party,
        proposed_at=told.at,
    )
    _give(found, told, by)
    return found


def _refuse_occasion(collaboration: Collaboration, occasion: Occasion) -> None:
    status = CollaborationStatus(collaboration.status)
    possible = occasions(status, continued=collaboration.continuing_since is not None)
    if not possible:
        raise Refused(_("ふりかえりは、取組が始まってからできます。"))
    if occasion not in possible:
        raise Refused(_("いまは、そのふりかえりはできません。えらびなおしてください。"))


@records(ROUND_AGREED)
def agree(found: Round, *, seen: str, by: Actor) -> Round:
    """Give one party's yes to how the round goes; with the last one it opens.

    `seen` is the fingerprint on the reader's page. Raises Conflict for another one, or when table or goals moved.
    """
    found, collaboration = _to_answer(found, by)
    if found.fingerprint != seen:
        raise Conflict(_("あなたが読んだものと、内容がちがいます。新しい内容を確かめてください。"))
    _refuse_what_moved(found, collaboration)
    if by.required_party in agreed_in(found):
        raise Refused(_("もう同意しています。ほかの主体の返事を待ってください。"))
    told = write(ROUND_AGREED, collaboration, by=by, number=found.number, fingerprint=found.fingerprint)
    _give(found, told, by)
    given = Agreement.objects.filter(round=found).values_list("party_id", "person_id")
    if all_agree(found.concerned, given):
        opened = write(ROUND_OPENED, collaboration, by=SYSTEM, number=found.number, deadline=found.deadline)
        found.status, found.opened_at = LIFECYCLE.after(Status.PROPOSED, Move.AGREE), opened.at
        found.save(update_fields=["status", "opened_at"])
    return found


def _refuse_what_moved(found: Round, collaboration: Collaboration) -> None:
    """Raise Conflict when what was proposed does not fit the table, the goals or the calendar of today."""
    again = _("この提案をとりやめて、もう一度提案してください。")
    if set(found.concerned) != seated(collaboration):
        raise Conflict(_("提案のあとで、主体の顔ぶれが変わりました。") + again)
    asked, now = found.version.terms, collaboration.in_force.terms if collaboration.in_force else None
    if now is None or (asked.goals, asked.outcomes) != (now.goals, now.outcomes):
        raise Conflict(_("提案のあとで、目標が変わりました。") + again)
    if timezone.localdate() > found.deadline:
        raise Conflict(_("提案された締め切りを、すぎました。") + again)


@records(ROUND_CLOSED)
def close(found: Round, *, by: Actor) -> Round:
    """Take a proposal off the table: whoever proposed it, or a party that does not want it like this."""
    found, collaboration = _to_answer(found, by)
    told = write(ROUND_CLOSED, collaboration, by=by, number=found.number)
    found.status, found.closed_at = LIFECYCLE.after(Status.PROPOSED, Move.CLOSE), told.at
    found.save(update_fields=["status", "closed_at"])
    return found


def _to_answer(found: Round, by: Actor) -> tuple[Round, Collaboration]:
    """Return the round and its collaboration, both locked; only for a party it asks, while it is proposed."""
    collaboration = locked(found.collaboration)
    require_own_seat(collaboration, by, SPEAKS)
    found = locked_round(found)
    found.collaboration = collaboration
    if by.required_party not in found.concerned:
        raise Forbidden(_("この提案に答えられるのは、ふりかえる主体だけです。"))
    if found.status != Status.PROPOSED:
        raise Refused(_("この提案の結果は、もう出ています。"))
    return found, collaboration


def _give(found: Round, told: Entry, by: Actor) -> None:
    try:
        with transaction.atomic():
            Agreement.objects.create(
                round=found, party_id=by.required_party, person_id=by.required_person, given_at=told.at
            )
            Writer.objects.create(
                round=found, party_id=by.required_party, person_id=by.required_person, since=told.at
            )
    except IntegrityError:
        raise Refused(
            _("ひとりで2つの主体の同意はできません。もう一方の主体は、別の代表の人が答えてください。")
        ) from None
