"""Telling entries in Japanese. The log keeps keys and numbers; names and sentences come when it is read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from wanowa.kernel import eras, money
from wanowa.record.models import Entry
from wanowa.record.queries.withdrawals import NOTHING, Correction, Withdrawn, withdrawn
from wanowa.record.verbs import Fact, Kept, Kind, Verb, known

type Names = Callable[[Iterable[int]], Mapping[int, str]]
"""Party ids to the names of today, in one query."""

_names: list[Names] = []


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry, ready to be read."""

    number: int
    at: datetime
    sentence: str
    verb: str
    party: int | None
    milestone: bool = False
    hidden: str = ""
    """The ground for which the entry is hidden. Then the sentence is a tombstone, and nobody is named."""
    redacted: tuple[str, ...] = ()
    """The grounds for which values of this entry were redacted, each once."""
    corrections: tuple[Correction, ...] = ()


def register_names(names: Names) -> None:
    """Let `names` tell what parties are called. The app that owns parties calls this once, in `ready()`."""
    _names[:] = [names]


def narrate(entries: Iterable[Entry], known_names: Mapping[int, str] | None = None) -> list[Moment]:
    """Return `entries` as moments with Japanese sentences, in the same order.

    A hidden entry becomes a tombstone; corrections stand beside what they correct. Costs one query for the names
    of all parties in them beside `known_names`, one for what was done about them, two more when they were corrected,
    and the entries themselves.
    """
    known_names = known_names or {}
    told = [(entry, known().get(entry.verb)) for entry in entries]
    about = withdrawn([entry for entry, _verb in told])
    parties = {party for entry, verb in told for party in _parties_in(entry, verb)}
    unknown = parties - known_names.keys()
    names = {**known_names, **(_names[0](unknown) if _names and unknown else {})}
    return [_told(_moment(entry, verb, names), about.get(entry.pk, NOTHING)) for entry, verb in told]


def _told(moment: Moment, about: Withdrawn) -> Moment:
    """Return the moment as it may be told after what was done about it."""
    if about.hidden:
        sentence = _("この記録は、理由があって見えなくしています")
        return Moment(moment.number, moment.at, sentence, moment.verb, None, hidden=about.hidden)
    if not about.redacted and not about.corrections:
        return moment
    grounds = tuple(dict.fromkeys(ground for _field, ground in about.redacted))
    return replace(moment, redacted=grounds, corrections=about.corrections)


def names_in(entries: Iterable[Entry]) -> Mapping[int, str]:
    """Return what the parties in `entries` are called today. Costs one query."""
    parties = {party for entry in entries for party in _parties_in(entry, known().get(entry.verb))}
    return _names[0](parties) if _names and parties else {}


def _parties_in(entry: Entry, verb: Verb | None) -> Iterable[int]:
    if entry.party is not None:
        yield entry.party
    for name, kind in verb.facts.items() if verb else ():
        if kind is Fact.PARTY and name in entry.facts:
            yield entry.facts[name]


def _moment(entry: Entry, verb: Verb | None, names: Mapping[int, str]) -> Moment:
    who = _("わのわ（自動）") if entry.party is None else _named(entry.party, names)
    if verb is None:
        sentence = _("{party}の記録（{verb}）").format(party=who, verb=entry.verb)
        return Moment(entry.number, entry.at, sentence, entry.verb, entry.party)
    words = {
        name: _said(kind, entry.facts[name], names) if name in entry.facts else "―"
        for name, kind in verb.facts.items()
    }
    sentence = str(verb.sentence).format(party=who, **words)
    return Moment(entry.number, entry.at, sentence, verb.name, entry.party, verb.milestone)


def _named(party: int, names: Mapping[int, str]) -> str:
    return names.get(party) or _("名前のわからない主体")


def _said(kind: Kind, value: Kept, names: Mapping[int, str]) -> str:
    if not isinstance(kind, Fact):
        return str(kind(value).label) if value in kind.values else str(value)
    match kind:
        case Fact.YEN:
            return money.yen(int(value))
        case Fact.DAY:
            return eras.day_label(date.fromisoformat(str(value)))
        case Fact.PARTY:
            return _named(int(value), names)
        case Fact.DIGEST:
            return str(value)[:8]
        case Fact.FLAG:
            return _("はい") if value else _("いいえ")
    return str(value)
