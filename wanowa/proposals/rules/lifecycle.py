"""Where a round, a need, an idea of 200 characters and a proposal stand, and what can happen to them next."""

from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.kernel.lifecycles import Lifecycle


class Kind(TextChoices):
    """From which side a proposal comes."""

    CITIZEN = "citizen", _("市民提案")
    CITY = "city", _("行政提案")


class RoundStatus(TextChoices):
    """Where a round stands."""

    DRAFT = "draft", _("準備中")
    OPEN = "open", _("募集中")
    JUDGING = "judging", _("審査中")
    DECIDED = "decided", _("結果発表")
    FINISHED = "finished", pgettext_lazy("round", "終わり")
    CALLED_OFF = "called_off", _("とりやめ")
    PAST = "past", _("終わり（わのわの前）")


class RoundMove(StrEnum):
    """What can happen to a round."""

    EDIT = "edit"
    APPOINT = "appoint"
    OPEN = "open"
    EXTEND = "extend"
    CLOSE = "close"
    DECIDE = "decide"
    FINISH = "finish"
    CALL_OFF = "call_off"


ROUND = Lifecycle[RoundStatus, RoundMove](
    {
        (RoundStatus.DRAFT, RoundMove.EDIT): RoundStatus.DRAFT,
        (RoundStatus.DRAFT, RoundMove.APPOINT): RoundStatus.DRAFT,
        (RoundStatus.DRAFT, RoundMove.OPEN): RoundStatus.OPEN,
        (RoundStatus.DRAFT, RoundMove.CALL_OFF): RoundStatus.CALLED_OFF,
        (RoundStatus.OPEN, RoundMove.APPOINT): RoundStatus.OPEN,
        (RoundStatus.OPEN, RoundMove.EXTEND): RoundStatus.OPEN,
        (RoundStatus.OPEN, RoundMove.CLOSE): RoundStatus.JUDGING,
        (RoundStatus.OPEN, RoundMove.CALL_OFF): RoundStatus.CALLED_OFF,
        (RoundStatus.JUDGING, RoundMove.APPOINT): RoundStatus.JUDGING,
        (RoundStatus.JUDGING, RoundMove.DECIDE): RoundStatus.DECIDED,
        (RoundStatus.JUDGING, RoundMove.FINISH): RoundStatus.FINISHED,
        (RoundStatus.DECIDED, RoundMove.FINISH): RoundStatus.FINISHED,
    }
)
"""After OPEN the rules of a round are frozen: EXTEND only gives more time, APPOINT says who judges until they begin.

A round of which nothing is left to judge finishes without a decision, so that none stays open for ever.
"""

SHOWN: Final = frozenset(RoundStatus) - {RoundStatus.DRAFT, RoundStatus.PAST}
"""Everybody can read a round from its opening on, called off or not."""
READABLE: Final = SHOWN | {RoundStatus.PAST}
"""Those that were held on paper, before, too. Nothing happens to them: they have no rules and no calendar here."""


class NeedStatus(TextChoices):
    """Where the need of a department stands."""

    PUBLISHED = "published", _("募集中")
    WITHDRAWN = "withdrawn", _("取り下げ")


class SeedStatus(TextChoices):
    """Where an idea of 200 characters stands."""

    WAITING = "waiting", _("返事を待っています")
    ANSWERED = "answered", _("返事があります")
    GROWN = "grown", _("提案になりました")
    SETTLED = "settled", _("話が終わりました")


class SeedMove(StrEnum):
    """What can happen to an idea."""

    ANSWER = "answer"
    ASK = "ask"
    GROW = "grow"
    SETTLE = "settle"


SEED = Lifecycle[SeedStatus, SeedMove](
    {
        (SeedStatus.WAITING, SeedMove.ANSWER): SeedStatus.ANSWERED,
        (SeedStatus.WAITING, SeedMove.ASK): SeedStatus.WAITING,
        (SeedStatus.WAITING, SeedMove.GROW): SeedStatus.GROWN,
        (SeedStatus.ANSWERED, SeedMove.ANSWER): SeedStatus.ANSWERED,
        (SeedStatus.ANSWERED, SeedMove.ASK): SeedStatus.WAITING,
        (SeedStatus.ANSWERED, SeedMove.GROW): SeedStatus.GROWN,
        (SeedStatus.ANSWERED, SeedMove.SETTLE): SeedStatus.SETTLED,
        (SeedStatus.SETTLED, SeedMove.ASK): SeedStatus.WAITING,
        (SeedStatus.SETTLED, SeedMove.GROW): SeedStatus.GROWN,
    }
)
"""Only what was answered can be settled: an idea never ends in silence. Whoever writes again wakes it up."""


class Status(TextChoices):
    """Where a proposal stands."""

    DRAFT = "draft", _("下書き")
    MATCHING = "matching", _("受付済み・相手さがし")
    SUBMITTED = "submitted", _("受付済み")
    RETURNED = "returned", _("書きたしのお願い")
    REVIEW = "review", _("審査中")
    ADOPTED = "adopted", _("採択（予算待ち）")
    DECLINED = "declined", _("不採択")
    STARTED = "started", _("協働の取組になりました")
    CANCELLED = "cancelled", _("実施しないことになりました")
    WITHDRAWN = "withdrawn", _("取り下げ")
    CARRIED = "carried", _("次の募集へ")
    OUTSIDE = "outside", _("募集の外で話しています")


class Onward(TextChoices):
    """What becomes of a proposal that has no partner when the judging begins. None of them is a refusal."""

    JUDGE = "judge", _("このまま審査する（相手は、始まるまでにさがします）")
    CARRY = "carry", _("次の募集に回す（書いた文は、そのまま使えます）")
    TALK = "talk", _("募集の外で、協働推進員と話をつづける")


class Move(StrEnum):
    """What can happen to a proposal."""

    WRITE = "write"
    SUBMIT = "submit"
    SEEK = "seek"
    MEET = "meet"
    JUDGE = "judge"
    CARRY = "carry"
    TALK = "talk"
    ADMIT = "admit"
    ASK_BACK = "ask_back"
    ADOPT = "adopt"
    DECLINE = "decline"
    START = "start"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"


PROPOSAL = Lifecycle[Status, Move](
    {
        (Status.DRAFT, Move.WRITE): Status.DRAFT,
        (Status.DRAFT, Move.SUBMIT): Status.SUBMITTED,
        (Status.DRAFT, Move.SEEK): Status.MATCHING,
        (Status.DRAFT, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.MATCHING, Move.MEET): Status.SUBMITTED,
        (Status.MATCHING, Move.JUDGE): Status.SUBMITTED,
        (Status.MATCHING, Move.CARRY): Status.CARRIED,
        (Status.MATCHING, Move.TALK): Status.OUTSIDE,
        (Status.MATCHING, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.SUBMITTED, Move.ADMIT): Status.REVIEW,
        (Status.SUBMITTED, Move.ASK_BACK): Status.RETURNED,
        (Status.SUBMITTED, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.RETURNED, Move.WRITE): Status.RETURNED,
        (Status.RETURNED, Move.SUBMIT): Status.SUBMITTED,
        (Status.RETURNED, Move.SEEK): Status.MATCHING,
        (Status.RETURNED, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.REVIEW, Move.ADOPT): Status.ADOPTED,
        (Status.REVIEW, Move.DECLINE): Status.DECLINED,
        (Status.REVIEW, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.DECLINED, Move.ADOPT): Status.ADOPTED,
        (Status.ADOPTED, Move.START): Status.STARTED,
        (Status.ADOPTED, Move.CANCEL): Status.CANCELLED,
        (Status.CARRIED, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.OUTSIDE, Move.WITHDRAW): Status.WITHDRAWN,
    }
)
"""A proposal without a partner is received all the same and goes to matching (SEEK); nothing leads to a refusal.

Before the judging begins the desk says of each that is still alone where it goes on (JUDGE, CARRY, TALK).

Not adopted becomes adopted only by the answer to an objection.
"""

WRITABLE: Final = frozenset({Status.DRAFT, Status.RETURNED})
"""Only here the answers can change (a trigger refuses it elsewhere)."""
ELSEWHERE: Final = frozenset({Status.CARRIED, Status.OUTSIDE})
"""These go on, but no longer in their round."""
ALIVE: Final = frozenset(Status) - {Status.DECLINED, Status.CANCELLED, Status.WITHDRAWN} - ELSEWHERE
"""These take a place of what a department can carry."""
SEEKING: Final = frozenset({Status.DRAFT, Status.MATCHING}) | ELSEWHERE
"""While it stands so, partners can be found, in public too."""
_LATE: Final = frozenset({Status.SUBMITTED, Status.RETURNED, Status.REVIEW, Status.ADOPTED})


def finds_partners(status: Status, *, accompanied: bool) -> bool:
    """Whether a party can still be asked and say yes: also during the judging, for one that is judged alone."""
    return status in SEEKING or (status in _LATE and not accompanied)


def may_go_on(status: Status, found: RoundStatus) -> bool:
    """Whether the words of a proposal can be taken into another round: its own came to nothing for it."""
    if found is RoundStatus.CALLED_OFF:
        return status in ELSEWHERE | {Status.DRAFT, Status.MATCHING, Status.SUBMITTED}
    return status in ELSEWHERE or (status is Status.DRAFT and found is not RoundStatus.OPEN)


class PartnerState(TextChoices):
    """Where a party beside the proposing one stands."""

    ASKED = "asked", _("返事を待っています")
    OFFERED = "offered", _("手があがりました")
    JOINED = "joined", _("いっしょにします")
    DECLINED = "declined", _("今回は見送り")


class PartnerMove(StrEnum):
    """What can happen between the proposing party and another one."""

    JOIN = "join"
    DECLINE = "decline"


PARTNER = Lifecycle[PartnerState, PartnerMove](
    {
        (PartnerState.ASKED, PartnerMove.JOIN): PartnerState.JOINED,
        (PartnerState.ASKED, PartnerMove.DECLINE): PartnerState.DECLINED,
        (PartnerState.OFFERED, PartnerMove.JOIN): PartnerState.JOINED,
        (PartnerState.OFFERED, PartnerMove.DECLINE): PartnerState.DECLINED,
    }
)
"""Who was asked answers; who raised a hand is answered by the proposing party."""
