"""What was written in words: kept back beside the entries of the record, for as long as it may be read."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from wanowa.collaborations.models import Collaboration
from wanowa.record.models import Entry, Opening
from wanowa.record.queries import NOTHING, case_of, withdrawn

_FIELDS = ("word", "text", "quote", "alt")


@dataclass(frozen=True, slots=True)
class Words:
    """The words beside one entry; empty what was never written, was redacted, or is not for this reader."""

    word: str = ""
    text: str = ""
    quote: str = ""
    alt: str = ""
    hidden: bool = False
    """Whether the entry is hidden: then nothing of it is shown, its photo neither."""


def words_beside(collaboration: Collaboration, entries: Collection[int], *, inside: bool) -> dict[int, Words]:
    """Return the words beside the entries with these numbers; `inside`: also those for the table alone.

    Costs three queries, none for no numbers.
    """
    if not entries:
        return {}
    found = list(Entry.objects.filter(case=case_of(collaboration), number__in=entries))
    done = withdrawn(found)
    kept = Opening.objects.filter(entry__in=[one.pk for one in found], field__in=_FIELDS)
    if not inside:
        kept = kept.filter(public=True)
    texts: dict[int, dict[str, Any]] = defaultdict(dict)
    for entry, name, value in kept.values_list("entry_id", "field", "value"):
        texts[entry][name] = json.loads(value)
    return {
        one.number: Words(hidden=True) if done.get(one.pk, NOTHING).hidden else Words(**texts[one.pk])
        for one in found
    }
