"""What a paper speaks of: one text, who agreed to it when, and who stands for what in it. No database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.collaborations.rules import Terms
from wanowa.guideline.rules import Kind, Post, Side
from wanowa.papers.rules.figures import Figures


class Standing(TextChoices):
    """How far the text of a paper has come."""

    DRAFT = "draft", gettext_lazy("下書きの案です。まだ、だれも同意していません。")
    OFFERED = "offered", gettext_lazy("同意を待つ案です。まだ、全員の同意がありません。")
    CLOSED = "closed", gettext_lazy("話し合いに戻った案です。効力はありません。")
    IN_FORCE = "in_force", gettext_lazy("全員が同意し、効力をもちました。")


@dataclass(frozen=True, slots=True)
class Called:
    """A party as a paper names it: its name as typed, another way of writing it (代替表記), and its kind."""

    name: str
    other: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One text with everything that a paper says about it. Parties are ids; `called` names each of them."""

    terms: Terms
    called: Mapping[int, Called]
    standing: Standing
    made: datetime
    """The moment it took effect, was offered, or was last written: what the file is dated by."""
    number: int | None = None
    fingerprint: str = ""
    consents: tuple[tuple[int, date], ...] = ()
    """Party and day, in the order in which they came."""
    address: str = ""
    """The public page of this version, percent-encoded."""
    readable: str = ""
    """The same address as people read it."""
    before: Terms | None = None
    """The text in force before this one."""
    figures: Figures | None = None
    """What really was, when the paper is to show it."""

    @property
    def in_force(self) -> bool:
        """Whether everybody consented."""
        return self.standing is Standing.IN_FORCE

    @property
    def title(self) -> str:
        """What it is called; a draft may not have a name yet."""
        return self.terms.title or _("（題名はまだありません）")

    def name(self, party: int | None) -> str:
        """Return what a party is called; empty for nobody."""
        called = None if party is None else self.called.get(party)
        return called.name if called else ""

    def holder(self, post: Post) -> int | None:
        """Return the party that holds a post, as far as the terms name one that still belongs to them."""
        party = self.terms.posts.get(post)
        return party if party in self.terms.parties else None

    @property
    def sides(self) -> Mapping[int, Side]:
        """Party → 甲 or 乙, when the form names sides and both are held; otherwise nobody is called so."""
        found = {
            holder: facts.side
            for facts, holder in self.terms.holders
            if facts.side and holder in self.terms.parties and holder is not None
        }
        return found if len(found) == 2 else {}

    @property
    def ordered(self) -> tuple[int, ...]:
        """All parties: 甲, 乙, then the others; without sides as the terms have them."""
        sides = tuple(sorted(self.sides, key=lambda party: list(Side).index(self.sides[party])))
        return (*sides, *(party for party in self.terms.parties if party not in sides))

    def is_of_the_city(self, party: int | None) -> bool:
        """Whether a party is a department of the city: only then do the city's own forms apply."""
        called = None if party is None else self.called.get(party)
        return called is not None and called.kind == Kind.CITY

    def speaks_as(self, party: int) -> str:
        """Return the party's name and, unless it is a resident, that its representative spoke for it."""
        called = self.called[party]
        lines = [called.name, _("（代替表記：%(name)s）") % {"name": called.other} if called.other else ""]
        if called.kind != Kind.RESIDENT:
            lines.append(str(_("代表")))
        return "\n".join(str(line) for line in lines if line)
