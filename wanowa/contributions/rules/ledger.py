"""The ledger: four ways in which something is given, two lines for each that cancel out, and when an entry counts."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.guideline.rules import Resource
from wanowa.kernel.canonical import canonical
from wanowa.kernel.errors import Invalid
from wanowa.kernel.lifecycles import Lifecycle

LARGEST = 10**12
"""The largest amount of one entry, in its unit."""
MINUTES, YEN = "minutes", "yen"
"""The units of people's time and of money; the other resources are counted in words: 台, 枚, 回."""


class Way(TextChoices):
    """How something changes hands."""

    GAVE = "gave", gettext_lazy("出した")
    SPENT = "spent", gettext_lazy("使った")
    PASSED = "passed", gettext_lazy("渡した")
    RETURNED = "returned", gettext_lazy("返した")


WAYS: Mapping[Resource, tuple[Way, ...]] = {
    Resource.PEOPLE: (Way.GAVE,),
    Resource.MONEY: tuple(Way),
    Resource.GOODS: tuple(Way),
    Resource.PLACE: (Way.GAVE,),
    Resource.INFORMATION: (Way.GAVE,),
}
"""What can happen to each resource: an hour that was given cannot be given back."""


class Holder(TextChoices):
    """Who holds an account: a party, the collaboration's own pot, or the world outside."""

    PARTY = "party", gettext_lazy("主体")
    POT = "pot", gettext_lazy("みんなの分")
    OUTSIDE = "outside", gettext_lazy("取組の外")


ENDS: Mapping[Way, tuple[Holder, Holder]] = {
    Way.GAVE: (Holder.PARTY, Holder.POT),
    Way.SPENT: (Holder.POT, Holder.OUTSIDE),
    Way.PASSED: (Holder.PARTY, Holder.PARTY),
    Way.RETURNED: (Holder.POT, Holder.PARTY),
}
"""From whom, to whom."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one account gains (above 0) or gives (below 0). `party` is None for the pot and outside."""

    holder: Holder
    party: int | None
    amount: int


@dataclass(frozen=True, slots=True)
class Gift:
    """What one entry says. `giver` and `taker` are the parties at its two ends, None where no party stands."""

    way: Way
    resource: Resource
    amount: int
    on: date
    giver: int | None = None
    taker: int | None = None
    unit: str = ""
    """Of goods, places and information; empty for time (minutes) and money (yen)."""
    worth: int | None = None
    """Roughly how many yen that would be: a note, counted nowhere."""
    people: int | None = None
    ages: tuple[int, ...] = ()
    """How many people of each age band, in the order of AgeBand; empty when nobody was asked."""
    task: str = ""
    """The task of the role sheet to which it belongs, in the words of that day."""

    @property
    def counted_in(self) -> str:
        """The unit in which it is kept."""
        return {Resource.PEOPLE: MINUTES, Resource.MONEY: YEN}.get(self.resource, self.unit)

    @property
    def parties(self) -> frozenset[int]:
        """The parties that it names."""
        return frozenset(party for party in (self.giver, self.taker) if party is not None)

    def content(self) -> dict[str, object]:
        """Return the canonical JSON form."""
        return {
            **asdict(self),
            "way": str(self.way),
            "resource": str(self.resource),
            "on": self.on.isoformat(),
            "ages": list(self.ages),
        }


def digest(gift: Gift, asked: Iterable[int], *, everybody: bool, reverses: int | None, receipt: str) -> str:
    """Return the fingerprint of one entry: everything but who wrote it, when, and words of a person."""
    content = {
        "gift": gift.content(),
        "asked": sorted(asked),
        "everybody": everybody,
        "reverses": reverses,
        "receipt": receipt,
    }
    return sha256(canonical(content)).hexdigest()


def check(gift: Gift, seated: Collection[int], tasks: Collection[str], today: date) -> None:
    """Raise Invalid, with what to do, for an entry that nobody could mean."""
    if gift.way not in WAYS[gift.resource]:
        raise Invalid(_("時間、場所、情報は「出した」だけを書けます。えらびなおしてください。"))
    source, target = ENDS[gift.way]
    if (gift.giver is None) is (source is Holder.PARTY) or (gift.taker is None) is (target is Holder.PARTY):
        raise Invalid(_("だれが出したか、だれが受けとったかを、えらんでください。"))
    if gift.giver is not None and gift.giver == gift.taker:
        raise Invalid(_("出した主体と、受けとった主体が同じです。えらびなおしてください。"))
    if not gift.parties <= set(seated):
        raise Invalid(_("この取組の主体の中から、えらんでください。"))
    if not 0 < gift.amount <= LARGEST:
        raise Invalid(_("数は、1から1兆までで書いてください。"))
    if gift.on > today:
        raise Invalid(_("まだ来ていない日です。したあとに書いてください。"))
    if gift.task and gift.task not in tasks:
        raise Invalid(_("役割の分担が変わりました。仕事をえらびなおしてください。"))
    _check_unit(gift)
    _check_people(gift)


def _check_unit(gift: Gift) -> None:
    plain = gift.resource in {Resource.PEOPLE, Resource.MONEY}
    if plain and (gift.unit or gift.worth is not None):
        raise Invalid(_("単位と、おおよその金額は、もの・場所・情報のときに書きます。空にしてください。"))
    if not plain and not gift.unit.strip():
        raise Invalid(_("数え方を書いてください。例：台、枚、回"))


def _check_people(gift: Gift) -> None:
    if gift.resource is not Resource.PEOPLE:
        if gift.people is not None or gift.ages:
            raise Invalid(_("人数と年代は、時間のときに書きます。空にしてください。"))
        return
    if not gift.people:
        raise Invalid(_("人数を書いてください。ひとりなら、1です。"))
    if sum(gift.ages) > gift.people:
        raise Invalid(_("年代ごとの人数が、全体の人数より多くなっています。書きなおしてください。"))


def lines(gift: Gift, *, reversing: bool = False) -> tuple[Line, Line]:
    """Return the two lines of an entry, which cancel out; of one that reverses another, the other way round."""
    source, target = ENDS[gift.way]
    amount = -gift.amount if reversing else gift.amount
    return Line(source, gift.giver, -amount), Line(target, gift.taker, amount)


def asked(gift: Gift, by: int, seated: Collection[int]) -> tuple[frozenset[int], bool]:
    """Return who is asked whether it is so, and whether all of them must say yes, or one is enough.

    Whoever is named beside the writer speaks for itself. Is nobody else named, then the other end is everybody's:
    one of the others confirms it.
    """
    named = gift.parties - {by}
    return (named, True) if named else (frozenset(seated) - {by}, False)


class Status(TextChoices):
    """Where an entry stands. Only confirmed ones are counted."""

    WAITING = "waiting", gettext_lazy("確かめ待ち")
    DISPUTED = "disputed", gettext_lazy("ちがうという声あり")
    CONFIRMED = "confirmed", gettext_lazy("確かめずみ")
    WITHDRAWN = "withdrawn", gettext_lazy("取り下げ")


class Move(StrEnum):
    """What can happen to an entry."""

    CONFIRM = "confirm"
    DISPUTE = "dispute"
    ANSWER = "answer"
    WITHDRAW = "withdraw"


LIFECYCLE = Lifecycle(
    {
        (Status.WAITING, Move.ANSWER): Status.WAITING,
        (Status.WAITING, Move.CONFIRM): Status.CONFIRMED,
        (Status.WAITING, Move.DISPUTE): Status.DISPUTED,
        (Status.WAITING, Move.WITHDRAW): Status.WITHDRAWN,
        (Status.DISPUTED, Move.ANSWER): Status.WAITING,
        (Status.DISPUTED, Move.CONFIRM): Status.CONFIRMED,
        (Status.DISPUTED, Move.DISPUTE): Status.DISPUTED,
        (Status.DISPUTED, Move.WITHDRAW): Status.WITHDRAWN,
    }
)
"""A yes while others are still awaited is `answer`; the one that is enough is `confirm`."""
OPEN = (Status.WAITING, Status.DISPUTED)
"""Where something can still be said."""

type Said = tuple[int, bool]
"""A party, and whether it says yes."""


def standing(asked: Collection[int], said: Iterable[Said], *, everybody: bool) -> Status:
    """Return where an entry stands after these answers, oldest first; the last of a party counts.

    One no is enough to keep it apart. `asked` are those whose yes is needed: of all, or of one of them.
    """
    last = dict(said)
    if not all(last.values()):
        return Status.DISPUTED
    enough = all if everybody else any
    return Status.CONFIRMED if asked and enough(party in last for party in asked) else Status.WAITING


type Account = tuple[str, int | None, str, str]
"""Holder, party, resource, unit."""


def balances(booked: Iterable[tuple[Resource, str, Sequence[Line]]]) -> Counter[Account]:
    """Return what every account holds: each entry's resource and unit, with its lines."""
    sums: Counter[Account] = Counter()
    for resource, unit, entry in booked:
        for line in entry:
            sums[str(line.holder), line.party, str(resource), unit] += line.amount
    return sums
