"""How an introduction goes, who may take which step, what each side gives, and how often a pair is asked. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto
from types import MappingProxyType
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.calendar import next_business_day
from wanowa.kernel.errors import Invalid, Sentence
from wanowa.kernel.lifecycles import Lifecycle

ANSWER_DAYS = 14
"""Days in which both sides can answer, and after which no answer reads as a no."""
MOST_VAIN = 3
"""Introductions of one pair that came to nothing, after which it has to wait."""
PAUSE = timedelta(days=180)
"""How long a pair waits then (trust.md T18)."""
FOLLOW_UP = timedelta(days=28)
"""After so long both sides are asked how it went on."""
KEPT_AFTER_END = timedelta(days=28)
"""How long what was given can still be read when an introduction has ended."""
LONGEST_GIVING = timedelta(days=366)
TALK_FIRST = timedelta(days=14)
"""In so many days after both said yes, the coordinator asks when they meet."""
QUIET = timedelta(days=90)
"""A party that nothing happened with for so long is without contact."""
VAIN_KEPT = timedelta(days=90)
"""How long the words of an introduction that came to nothing are kept."""
ENDED_KEPT = timedelta(days=365)
"""How long the words of any other are kept after its end."""


class Origin(TextChoices):
    """Where an introduction comes from."""

    DESK = "desk", _("協働推進員")
    PARTY = "party", _("主体")
    SUGGESTION = "suggestion", _("合いそうな相手")
    PLAN = "plan", _("一日の組み合わせ")
    CONSULTATION = "consultation", _("相談")


class Status(TextChoices):
    """Where an introduction stands. A no changes none of it: only its own side's row knows."""

    ASKED = "asked", _("返事を待っています")
    HALF = "half", _("片方が「会いたい」と答えました")
    MET = "met", _("両方が「会いたい」と答えました")
    TRIAL = "trial", _("ためしています")
    COLLABORATION = "joined", _("協働の話し合いへ")
    ONE_TIME = "one_time", _("一度の手伝い")
    NONE = "none", _("つづきませんでした")
    LAPSED = "lapsed", _("今回は見送り")
    WITHDRAWN = "withdrawn", _("取り下げました")


WAITING = frozenset({Status.ASKED, Status.HALF})
"""Somebody has still to answer."""
TOGETHER = frozenset({Status.MET, Status.TRIAL})
"""Both said yes, and it goes on."""
OPEN = WAITING | TOGETHER
"""A pair has one of these at most."""
ENDED = frozenset({Status.COLLABORATION, Status.ONE_TIME, Status.NONE})
"""What came of a meeting."""
VAIN = frozenset({Status.LAPSED, Status.WITHDRAWN})
"""They never met."""


class Move(StrEnum):
    """What can happen to an introduction."""

    ACCEPT = auto()
    LAPSE = auto()
    WITHDRAW = auto()
    TRY = auto()
    COLLABORATE = auto()
    HELP = auto()
    END = auto()


LIFECYCLE = Lifecycle[Status, Move](
    {
        (Status.ASKED, Move.ACCEPT): Status.HALF,
        (Status.HALF, Move.ACCEPT): Status.MET,
        (Status.ASKED, Move.LAPSE): Status.LAPSED,
        (Status.HALF, Move.LAPSE): Status.LAPSED,
        (Status.ASKED, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.HALF, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.MET, Move.TRY): Status.TRIAL,
        (Status.TRIAL, Move.TRY): Status.TRIAL,
        (Status.MET, Move.COLLABORATE): Status.COLLABORATION,
        (Status.TRIAL, Move.COLLABORATE): Status.COLLABORATION,
        (Status.MET, Move.HELP): Status.ONE_TIME,
        (Status.TRIAL, Move.HELP): Status.ONE_TIME,
        (Status.MET, Move.END): Status.NONE,
        (Status.TRIAL, Move.END): Status.NONE,
    }
)


class Who(StrEnum):
    """As what somebody stands before an introduction; one person may be several."""

    MAKER = auto()
    """The side that asked, or the coordinator who brings two sides together."""
    ASKED = auto()
    """A side that has to answer."""
    SIDE = auto()
    DESK = auto()


MAY: Mapping[Move, frozenset[Who]] = MappingProxyType(
    {
        Move.ACCEPT: frozenset({Who.ASKED}),
        Move.LAPSE: frozenset(),
        Move.WITHDRAW: frozenset({Who.MAKER}),
        Move.TRY: frozenset({Who.SIDE, Who.DESK}),
        Move.COLLABORATE: frozenset({Who.SIDE}),
        Move.HELP: frozenset({Who.SIDE, Who.DESK}),
        Move.END: frozenset({Who.SIDE, Who.DESK}),
    }
)
"""The one table of rights: with the lifecycle it says who may do what when. Only the clock lets one lapse."""


def possible(status: Status, roles: Collection[Who]) -> frozenset[Move]:
    """Return the moves that somebody may make now."""
    return frozenset(move for move in LIFECYCLE.allowed(status) if not MAY[move].isdisjoint(roles))


class Reply(TextChoices):
    """What a side said."""

    YES = "yes", _("会いたい")
    NO = "no", _("今回は見送る")


class Afterwards(TextChoices):
    """What a side says after four weeks."""

    GOES_ON = "goes_on", _("続いている")
    ONCE = "once", _("一度で終わった")
    FAILED = "failed", _("うまくいかなかった")


OUTCOMES: Mapping[Move, Status] = MappingProxyType(
    {Move.COLLABORATE: Status.COLLABORATION, Move.HELP: Status.ONE_TIME, Move.END: Status.NONE}
)


def is_over(answer_by: date, today: date) -> bool:
    """Return whether the last day for an answer has passed."""
    return today > answer_by


def as_seen(status: Status, answer_by: date, today: date) -> Status:
    """Return what a side sees: the same for a no, for silence, and before the nightly job has come."""
    if status not in WAITING:
        return status
    return Status.LAPSED if is_over(answer_by, today) else Status.ASKED


def free_again(vain: Iterable[date]) -> date | None:
    """Return from which day a pair can be asked again; None when it never came to nothing often enough.

    `vain`: the days on which introductions of the pair came to nothing.
    """
    days = sorted(vain)
    return days[-1] + PAUSE if len(days) >= MOST_VAIN else None


def due_on(status: Status, *, answer_by: date, since: date, trial_on: date | None) -> date | None:
    """Return by which day a coordinator looks after it; `since`: the day of the last step. None when it is over."""
    if status in WAITING:
        return answer_by
    if status is Status.MET:
        return next_business_day(since + TALK_FIRST)
    if status is Status.TRIAL and trial_on:
        return next_business_day(trial_on + timedelta(days=1))
    return None


def next_action(status: Status) -> Sentence:
    """Return what a coordinator does next, unless she wrote something else."""
    if status in WAITING:
        return _("返事を待つ")
    if status is Status.MET:
        return _("いつ会うか、両方に聞く")
    return _("ためしたようすを、両方に聞く")


def follow_up_on(since: date) -> date:
    """Return the day on which both sides are asked how it went on: an open day of the city hall."""
    return next_business_day(since + FOLLOW_UP)


def can_be_read(status: Status, *, until: date | None, ended_on: date | None, today: date) -> bool:
    """Return whether what a side gave is shown: both said yes, its day is not over, and the end is not long ago."""
    if status not in TOGETHER | ENDED or until is None or today > until:
        return False
    return ended_on is None or today <= ended_on + KEPT_AFTER_END


def readable_until(until: date, ended_on: date | None) -> date:
    """Return the last day on which what was given can be read."""
    return min(until, ended_on + KEPT_AFTER_END) if ended_on else until


@dataclass(frozen=True, slots=True)
class Given:
    """What one side gives the other: only what is not empty was chosen."""

    name: str = ""
    phone: str = ""
    mail: str = ""
    times: str = ""
    desk: bool = False
    """Whether the coordinators may read it too."""

    LABELS = MappingProxyType(
        {
            "name": _("連絡する人の名前"),
            "phone": _("電話"),
            "mail": _("メール"),
            "times": _("連絡しやすい時間"),
        }
    )

    @classmethod
    def of(cls, values: Mapping[str, str], *, desk: bool = False) -> Self:
        """Return what was chosen, by name."""
        return cls(**{name: values.get(name, "").strip() for name in cls.LABELS}, desk=desk)

    def values(self) -> dict[str, str]:
        """Return what was chosen."""
        return {name: getattr(self, name) for name in self.LABELS if getattr(self, name)}

    def check(self, until: date | None, today: date) -> None:
        """Raise Invalid for what cannot be given, or not until that day."""
        if not self.values():
            return
        if until is None or not today <= until <= today + LONGEST_GIVING:
            raise Invalid(gettext("いつまで見せるかは、今日から1年のあいだでえらんでください。"))
        if self.mail:
            try:
                validate_email(self.mail)
            except ValidationError:
                raise Invalid(gettext("メールアドレスを、もう一度確かめてください。")) from None
        if self.phone and not any(letter.isdigit() for letter in self.phone):
            raise Invalid(gettext("電話番号を、数字で書いてください。"))
