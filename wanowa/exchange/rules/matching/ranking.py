"""Which offers answer a need best, and the reason for each in a sentence. No suggestion without a reason."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import log1p
from types import MappingProxyType

from django.utils.translation import gettext as _

from wanowa.exchange.rules.matching.fitting import (
    Near,
    Terms,
    across_generations,
    fits,
    shared_when,
)
from wanowa.exchange.rules.matching.likeness import (
    Rarity,
    likeness,
    pieces_of,
    rarity_of,
    unit,
    words_in,
)
from wanowa.exchange.rules.matching.postings import Postings
from wanowa.exchange.rules.matching.terms import Taxonomy
from wanowa.exchange.rules.vocabulary import Side, Slot
from wanowa.kernel.text import search_key

TERM, TEXT, MEANING = 0.5, 0.15, 0.3
"""What shared terms, shared pieces of words, and nearness of meaning count. Tuned on the first half of the pairs."""
CHOSEN, IN_TITLE, IN_TEXT, GUESSED = 1.5, 1.0, 0.5, 0.5
"""What a term counts by where it stands, most when somebody chose it; a guessed one, in proportion to its nearness."""
SURE = 0.15
"""Two guessed terms that count less are no reason."""
SAME_KIND, SAME_QUARTER, SAME_TIME = 0.06, 0.05, 0.03
LOAD = 0.04
"""What each doubling of suggestions that somebody has already takes away."""
ACROSS = 0.15
"""What young and old together count for whoever prefers it."""
LEAST = 0.08
"""A score below this is not shown."""
MOST_TOLD = 3
"""Terms named in a reason."""

type Closeness = Callable[[int, int], float]
"""Need and offer → how near their meanings are, from -1 to 1."""


@dataclass(frozen=True, slots=True)
class Told:
    """A listing as it is compared."""

    id: int
    terms: Terms
    means: Mapping[str, float]
    """Terms of the taxonomy that it speaks of, or may mean → how much."""
    said: frozenset[str]
    """Those of them that it names by one of their words."""
    pieces: Mapping[str, float]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An offer that answers a need: how well, and why."""

    need: int
    offer: int
    score: float
    reason: str
    across: bool
    """Whether young and old would meet."""


def told_of(
    id: int,  # noqa: A002 - it is one
    title: str,
    text: str,
    terms: Terms,
    taxonomy: Taxonomy,
    guessed: Mapping[str, float] = MappingProxyType({}),
    chosen: Iterable[str] = (),
) -> Told:
    """Return a listing ready to be compared.

    `guessed`: terms that it does not name → how near they are. `chosen`: terms that its party chose; then nothing
    is guessed, and what the text names counts less than they do.
    """
    picked = [key for key in chosen if key in taxonomy.terms]
    near = {} if picked else guessed
    means = {key: GUESSED * much for key, much in near.items() if key in taxonomy.terms}
    said = dict.fromkeys(taxonomy.found_in(text), IN_TEXT) | dict.fromkeys(taxonomy.found_in(title), IN_TITLE)
    said |= dict.fromkeys(picked, CHOSEN)
    whole = f"{title} {text}"
    return Told(id, terms, means | said, frozenset(said), pieces_of(whole), words_in(whole))


def _is_sure(need: Told, one: str, offer: Told, theirs: str) -> bool:
    """Return whether two terms can be named as a reason: one side said its own, or both are near enough."""
    return one in need.said or theirs in offer.said or min(need.means[one], offer.means[theirs]) >= SURE


class Field:
    """Everything that is compared with each other: needs against offers, by what is rare among them."""

    def __init__(self, told: Iterable[Told], taxonomy: Taxonomy, near: Near) -> None:
        self.told = {one.id: one for one in told}
        self.taxonomy, self.near = taxonomy, near
        self._rare_piece: Rarity = rarity_of(one.pieces for one in self.told.values())
        self._rare_term: Rarity = rarity_of(one.means for one in self.told.values())
        self._units = {one.id: unit(one.pieces, self._rare_piece) for one in self.told.values()}
        self._sums = {
            one.id: sum(self._rare_term(key) * much for key, much in one.means.items())
            for one in self.told.values()
        }
        self._needs, self._offers = Postings(taxonomy), Postings(taxonomy)
        for one in self.told.values():
            (self._needs if one.terms.side == Side.NEED else self._offers).add(one)

    def score(self, need: Told, offer: Told, closeness: Closeness | None = None) -> float:
        """Return how well an offer answers a need by its words and circumstances: the more the better."""
        score = TERM * self._shared(need, offer) + TEXT * likeness(
            self._units[need.id], self._units[offer.id]
        )
        if closeness:
            score += MEANING * max(0.0, closeness(need.id, offer.id))
        score += SAME_KIND * (need.terms.resource == offer.terms.resource)
        score += SAME_QUARTER * (need.terms.quarter == offer.terms.quarter != "")
        return score + SAME_TIME * bool(shared_when(need.terms, offer.terms))

    def _shared(self, need: Told, offer: Told) -> float:
        """Return what part of both sides' terms is shared, by their rarity: 0 nothing, 1 all."""
        all_of_it = self._sums[need.id] + self._sums[offer.id]
        if not all_of_it:
            return 0.0
        return (self._covered(need, offer) + self._covered(offer, need)) / all_of_it

    def _covered(self, one: Told, other: Told) -> float:
        nearness = self.taxonomy.nearness
        return sum(
            self._rare_term(key)
            * much
            * max(
                (nearness(key, theirs) * min(1.0, its + 0.25) for theirs, its in other.means.items()),
                default=0.0,
            )
            for key, much in one.means.items()
        )

    def reason(self, need: Told, offer: Told) -> str:
        """Return why an offer is suggested, in words that both sides can check; empty when there is no reason."""
        what = self._what(need, offer)
        if not what:
            return ""
        when = [str(Slot(slot).label) for slot in Slot.values if slot in shared_when(need.terms, offer.terms)]
        parts = [what, _("・").join(when), self._where(need.terms, offer.terms)]
        if across_generations(need.terms, offer.terms):
            parts.append(_("年代をこえて会えます"))
        return _("、").join(part for part in parts if part)

    def _what(self, need: Told, offer: Told) -> str:
        if both := need.said & offer.said:
            return _("同じこと：%(terms)s") % {"terms": self._named(both)}
        near = {
            key
            for one in need.means
            for theirs in offer.means
            if self.taxonomy.nearness(one, theirs) and _is_sure(need, one, offer, theirs)
            for key in (one, theirs)
        }
        if near:
            return _("近いこと：%(terms)s") % {"terms": self._named(near)}
        theirs = {search_key(word) for word in offer.words}
        words = [word for word in need.words if search_key(word) in theirs]
        return _("同じことば：%(words)s") % {"words": _("・").join(words[:MOST_TOLD])} if words else ""

    def _named(self, keys: Iterable[str]) -> str:
        rarest = sorted(keys, key=lambda key: (-self._rare_term(key), key))[:MOST_TOLD]
        return _("・").join(self.taxonomy.terms[key].name for key in rarest)

    def _where(self, need: Terms, offer: Terms) -> str:
        if not need.quarter or not offer.quarter:
            return ""
        if need.quarter == offer.quarter:
            return _("同じ地域")
        return _("となりの地域") if offer.quarter in self.near.get(need.quarter, frozenset()) else ""

    def best(
        self,
        listing: Told,
        *,
        most: int,
        closeness: Closeness | None = None,
        load: Mapping[int, float] | None = None,
        across: bool = False,
    ) -> list[Match]:
        """Return the best partners of a need or an offer, best first: each fits, and each has a reason.

        `load`: party → how much it is suggested already, so that one helper is not suggested to everyone.
        `across`: whether the young and the old shall rather meet.
        """
        found = []
        others = self._offers if listing.terms.side == Side.NEED else self._needs
        for other in map(self.told.__getitem__, others.like(listing)):
            need, offer = (listing, other) if listing.terms.side == Side.NEED else (other, listing)
            if not fits(need.terms, offer.terms, self.near):
                continue
            score = self.score(need, offer, closeness) - LOAD * log1p((load or {}).get(other.terms.party, 0))
            mixed = across_generations(need.terms, offer.terms)
            score += ACROSS * (across and mixed)
            if score >= LEAST and (reason := self.reason(need, offer)):
                found.append(Match(need.id, offer.id, score, reason, mixed))
        found.sort(key=lambda match: (-match.score, match.need, match.offer))
        return found[:most]
