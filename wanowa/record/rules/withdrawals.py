"""Inspecting what entries say about other entries: what was redacted is gone, and only that; what was hidden exists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from wanowa.record.rules.grounds import ABOUT_ENTRIES, HIDDEN, LASTING, REDACTED
from wanowa.record.rules.problems import EntryRow, Problem

_ABOUT: Final = frozenset(ABOUT_ENTRIES)
_NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(slots=True)
class Withdrawals:
    """One case's entries about entries, and what each entry still keeps back. Filled while a case is walked."""

    told: list[EntryRow] = field(default_factory=list)
    verbs: dict[int, str] = field(default_factory=dict)
    """By number of an entry: its verb."""
    opened: dict[int, frozenset[str]] = field(default_factory=dict)
    """By number: the fields whose values are there."""
    missing: dict[tuple[int, str], EntryRow] = field(default_factory=dict)
    """The fields an entry commits to and nothing opens."""

    def hear(self, entry: EntryRow, missing: Mapping[str, str]) -> None:
        """Remember one entry and the commitments that nothing opens."""
        self.verbs[entry.number] = entry.verb
        if entry.openings:
            self.opened[entry.number] = frozenset(opening.field for opening in entry.openings)
        for name in missing:
            self.missing[entry.number, name] = entry
        if entry.verb in _ABOUT:
            self.told.append(entry)

    def problems(self) -> Iterator[Problem]:
        """Yield what was redacted and is there, what is gone and was not redacted, what speaks about nothing."""
        explained: set[tuple[int, str]] = set()
        for entry in self.told:
            target = self._target(entry)
            if target is None:
                yield _about_nothing(entry)
            elif entry.verb == REDACTED:
                value = (target, str(entry.facts.get("field")))
                if value[1] in self.opened.get(target, _NOTHING):
                    sentence = _("%(number)s番の記録は、消したはずの値をまだもっています。")
                    yield Problem(entry.case, target, "redacted", sentence % {"number": target})
                elif value not in self.missing or value in explained:
                    yield _about_nothing(entry)
                explained.add(value)
        unexplained = {entry.number: entry for value, entry in self.missing.items() if value not in explained}
        for entry in unexplained.values():
            sentence = _("%(number)s番の記録のふせた値が、理由なくなくなっています。")
            yield Problem(entry.case, entry.number, "opening", sentence % {"number": entry.number})

    def _target(self, entry: EntryRow) -> int | None:
        """Return the number of the entry that `entry` speaks about; None for one it cannot speak about."""
        target = entry.facts.get("target") if isinstance(entry.facts, dict) else None
        if type(target) is not int or not target < entry.number or target not in self.verbs:
            return None
        return None if entry.verb == HIDDEN and self.verbs[target] in LASTING else target


def _about_nothing(entry: EntryRow) -> Problem:
    sentence = _("%(number)s番の記録は、ない記録やない値について書いています。")
    return Problem(entry.case, entry.number, "target", sentence % {"number": entry.number})
