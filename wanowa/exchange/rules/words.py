"""What a party tells in a listing, and what is wrong with it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from hashlib import sha256

from django.utils.translation import gettext as _

from wanowa.exchange.rules.times import LONGEST_KEPT
from wanowa.exchange.rules.vocabulary import Audience, Recurrence, Side, Slot
from wanowa.guideline.rules import Resource
from wanowa.kernel.canonical import canonical
from wanowa.kernel.errors import Invalid

LONGEST_TITLE = 120
"""Code points of a title that the table holds."""
LONGEST_STEP = 120
"""Minutes of a first step (G-33a)."""
MOST_PLACES = 200
MOST_KEYS = 12
"""Terms that one listing is found by."""
MOST_QUANTITY = 1_000_000
OLDEST = 120
YEARS = range(2000, 2100)
"""Years in which a listing can lie."""


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a listing: everybody may read it as soon as it is open."""

    side: str
    resource: str
    title: str
    text: str
    first_step: bool = False
    keys: tuple[str, ...] = ()
    """Keys of skills and things from the municipality pack."""
    quantity: int | None = None
    unit: str = ""
    slots: tuple[str, ...] = ()
    day: date | None = None
    starts: time | None = None
    minutes: int | None = None
    rhythm: str = ""
    quarter: str = ""
    """A quarter of the pack; empty: the whole city."""
    place: str = ""
    capacity: int | None = None
    bring: str = ""
    people: str = ""
    """Who will be there."""
    audience: tuple[str, ...] = ()
    age_from: int | None = None
    age_to: int | None = None
    pay: str = ""
    cost: str = ""
    safety: str = ""

    def digest(self) -> str:
        """Return the fingerprint under which the text stands on record: 64 hex digits."""
        told = [_plain(getattr(self, name)) for name in self.__slots__]
        return sha256(canonical(told)).hexdigest()

    def check(self, quarters: Collection[str], terms: Collection[str]) -> None:
        """Raise Invalid with the first thing that is wrong; `quarters` and `terms` are keys of the pack."""
        self._check_what()
        if not set(self.keys) <= set(terms):
            raise Invalid(_("選んだことばに、いまはないものがあります。選びなおしてください。"))
        if len(self.keys) > MOST_KEYS:
            raise Invalid(_("ことばは、12こまでです。いくつか、はずしてください。"))
        if self.quarter and self.quarter not in quarters:
            raise Invalid(_("地区を選びなおしてください。決まっていなければ「市内のどこでも」を選びます。"))
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise Invalid(_("年れいは、小さい数から大きい数へ書いてください。"))
        if self.rhythm and self.day is None:
            raise Invalid(_("くりかえすときは、はじめの日を書いてください。"))
        if self.day is not None and self.day.year not in YEARS:
            raise Invalid(_("日づけの年を確かめてください。"))
        if self.day is None and self.starts is not None:
            raise Invalid(_("時刻を書くときは、日も書いてください。"))
        if self.first_step:
            self._check_step()

    def check_when(self, today: date) -> None:
        """Raise Invalid for a day that has passed or is more than a year away; what comes again began once."""
        if self.day is None:
            return
        if self.day < today and not self.rhythm:
            raise Invalid(_("その日は、もうすぎています。これからの日を書いてください。"))
        if (self.day - today).days > LONGEST_KEPT:
            raise Invalid(_("1年より先の日は、まだのせられません。近い日を書いてください。"))

    def _check_what(self) -> None:
        if self.side not in Side.values:
            raise Invalid(_("「できること」か「してほしいこと」を選んでください。"))
        if self.resource not in Resource.values:
            raise Invalid(_("何のことかを、5つから選んでください。"))
        if not self.title.strip():
            raise Invalid(_("題名を書いてください。"))
        if len(self.title) > LONGEST_TITLE:
            raise Invalid(_("題名が長すぎます。絵文字や記号をへらして、短くしてください。"))
        if not self.text.strip():
            raise Invalid(_("どんなことかを書いてください。1文で大丈夫です。"))
        known = (
            set(self.slots) <= set(Slot.values)
            and set(self.audience) <= set(Audience.values)
            and self.rhythm in Recurrence.values
        )
        if not known:
            raise Invalid(_("選んだものに、知らないものがあります。選びなおしてください。"))

    def _check_step(self) -> None:
        if self.side != Side.NEED:
            raise Invalid(_("「はじめての一歩」は、してほしいこととしてのせてください。"))
        if self.rhythm:
            raise Invalid(_("「はじめての一歩」は、1回ずつのせます。終わったら、次の回をすぐに作れます。"))
        if self.day is None or self.starts is None:
            raise Invalid(_("「はじめての一歩」には、日と、始まりの時刻を書いてください。"))
        if self.minutes is None or not 1 <= self.minutes <= LONGEST_STEP:
            raise Invalid(_("「はじめての一歩」は、2時間（120分）までにしてください。"))
        if self.capacity is None or not 1 <= self.capacity <= MOST_PLACES:
            raise Invalid(_("何人まで来られるかを、1人から200人で書いてください。"))
        if not self.place.strip():
            raise Invalid(_("集まる場所を書いてください。だれでも入れる場所にします。"))


def _plain(value: object) -> object:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return str(value) if isinstance(value, str) else value
