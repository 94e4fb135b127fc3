"""When parties look back, where a round of it stands, and by when it must be done."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.rules import Status as CollaborationStatus
from wanowa.collaborations.rules import two_persons
from wanowa.kernel.errors import Invalid
from wanowa.kernel.lifecycles import Lifecycle


class Occasion(TextChoices):
    """Why the parties look back."""

    END = "end", _("終わりのふりかえり")
    MIDTERM = "midterm", _("とちゅうのふりかえり")
    YEARLY = "yearly", _("年度のふりかえり")


OCCASIONS: Mapping[Occasion, Promise] = {
    Occasion.END: _("取組の終わりに、全体をふりかえります。"),
    Occasion.MIDTERM: _("取組のとちゅうで、ここまでをふりかえります。"),
    Occasion.YEARLY: _("つづいている取組の1年を、ふりかえります。"),
}
"""What it is, in the words the page shows."""


class Status(TextChoices):
    """Where a round stands."""

    PROPOSED = "proposed", _("同意待ち")
    OPEN = "open", _("記入中")
    REVEALED = "revealed", _("封を開いた")
    PUBLISHED = "published", _("公開")
    CLOSED = "closed", _("とりやめ")


RUNNING: Final = frozenset({Status.PROPOSED, Status.OPEN})
"""Of these a collaboration has one at most."""
TOLD: Final = frozenset({Status.REVEALED, Status.PUBLISHED})
"""From here on the answers of all sides are open to the table, and published to everybody."""


class Move(StrEnum):
    """What can happen to a round."""

    AGREE = "agree"
    REVEAL = "reveal"
    PUBLISH = "publish"
    CLOSE = "close"


LIFECYCLE = Lifecycle[Status, Move](
    {
        (Status.PROPOSED, Move.AGREE): Status.OPEN,
        (Status.PROPOSED, Move.CLOSE): Status.CLOSED,
        (Status.OPEN, Move.REVEAL): Status.REVEALED,
        (Status.REVEALED, Move.PUBLISH): Status.PUBLISHED,
    }
)

BUSINESS_DAYS: Final = 20
"""So many business days the platform proposes for filling in."""
SHORTEST: Final = timedelta(days=7)
"""Nobody may be hurried more than this."""
LONGEST: Final = timedelta(days=180)
REMIND_BUSINESS_DAYS: Final = 3
"""So many business days before the deadline who has not sealed is reminded."""


def occasions(status: CollaborationStatus, *, continued: bool) -> tuple[Occasion, ...]:
    """Return why a collaboration may look back now; nothing before it has started."""
    match status:
        case CollaborationStatus.ACTIVE | CollaborationStatus.SUSPENDED:
            yearly = (Occasion.YEARLY,) if continued else ()
            return (Occasion.MIDTERM, *yearly, Occasion.END)
        case CollaborationStatus.ENDED:
            return (Occasion.END,)
    return ()


def check_dates(since: date, until: date, deadline: date, today: date) -> None:
    """Raise Invalid for a period that runs backwards, or for a deadline that hurries or never comes."""
    if until < since:
        raise Invalid(_("ふりかえる期間の終わりは、始まりより後の日にしてください。"))
    if until > deadline:
        raise Invalid(_("ふりかえる期間の終わりは、締め切りより前の日にしてください。"))
    if deadline < today + SHORTEST:
        raise Invalid(_("締め切りは、7日より先の日にしてください。書く時間がいります。"))
    if deadline > today + LONGEST:
        raise Invalid(_("締め切りは、180日より近い日にしてください。"))


def all_agree(concerned: Collection[int], agreements: Iterable[tuple[int, int]]) -> bool:
    """Whether every party concerned agrees; `agreements` are (party, person), each person for one party only."""
    given = list(agreements)
    return set(concerned) <= {party for party, _person in given} and two_persons(given)


def may_reveal(concerned: Collection[int], sealed: Collection[int], deadline: date, today: date) -> bool:
    """Whether the envelopes open: all have sealed, or the last day that was agreed on is over."""
    return set(concerned) <= set(sealed) or today > deadline
