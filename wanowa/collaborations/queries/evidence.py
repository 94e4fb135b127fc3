"""What verify compares: every agreement in the tables with what the record says happened.

Versions and consents stand in the tables and on record alike: each offer, consent, withdrawal, closing and
taking effect is one entry, and the row carries the moment of that entry. So a row without its entry, an entry
without its row, and any column that says something else are found, whoever changed them and however.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from wanowa.collaborations.models import Collaboration, Consent, Participation, Version
from wanowa.collaborations.rules import EFFECT, Change, Move, Seat, Status, Terms, fingerprint
from wanowa.collaborations.verbs import (
    CONSENTED,
    OFFERED,
    RETRACTED,
    SENT_BACK,
    STARTED,
    TALKS_OPENED,
    TOOK_EFFECT,
)
from wanowa.kernel.text import search_key
from wanowa.record.models import Entry, Opening
from wanowa.record.queries import case_of
from wanowa.record.rules import Problem

_VERBS = (STARTED, TALKS_OPENED, OFFERED, CONSENTED, RETRACTED, SENT_BACK, TOOK_EFFECT)


@dataclass(slots=True)
class Story:
    """What the record tells of one collaboration."""

    started: Entry | None = None
    opened: Entry | None = None
    offered: dict[int, Entry] = field(default_factory=dict)
    effects: dict[int, Entry] = field(default_factory=dict)
    sent_back: dict[int, Entry] = field(default_factory=dict)
    consented: list[Entry] = field(default_factory=list)
    retracted: list[Entry] = field(default_factory=list)
    people: dict[int, str] = field(default_factory=dict)
    """By entry: the person who consented, as long as that is kept."""

    def hear(self, entry: Entry) -> None:
        """Add one entry of `_VERBS`."""
        number = entry.facts.get("number", 0)
        match entry.verb:
            case STARTED.name:
                self.started = entry
            case TALKS_OPENED.name:
                self.opened = entry
            case OFFERED.name:
                self.offered[number] = entry
            case TOOK_EFFECT.name:
                self.effects[number] = entry
            case SENT_BACK.name:
                self.sent_back[number] = entry
            case CONSENTED.name:
                self.consented.append(entry)
            case RETRACTED.name:
                self.retracted.append(entry)

    def closing(self, version: Version) -> Entry | None:
        """Return what closed a version: somebody sent it back, or its offerer took the consent back."""
        by_offerer = (
            entry
            for entry in self.retracted
            if entry.facts["number"] == version.number and entry.party == version.offered_by_id
        )
        return self.sent_back.get(version.number) or next(by_offerer, None)


def agreements_match_the_record() -> Iterable[Problem]:
    """Compare every version, consent and agreed collaboration with the record, and the record with them.

    Costs five queries, and two more for every 500 versions.
    """
    stories = _stories()
    seen: dict[str, set[int]] = defaultdict(set)
    versions = Version.objects.order_by("collaboration", "number").prefetch_related("consents")
    for version in versions.iterator(chunk_size=500):
        case = case_of(Collaboration(pk=version.collaboration_id))
        seen[case].add(version.number)
        yield from _version(case, version, stories[case])
    for case, story in list(stories.items()):
        for number in sorted((story.offered.keys() | story.effects.keys()) - seen[case]):
            yield _problem(case, _entry(story, number), "missing", f"第{number}版が、表から消えています。")
    yield from _collaborations(stories)


def _stories() -> dict[str, Story]:
    stories: dict[str, Story] = defaultdict(Story)
    consents: dict[int, str] = {}
    entries = Entry.objects.filter(verb__in=[verb.name for verb in _VERBS]).order_by("case", "number")
    for entry in entries.iterator(chunk_size=2000):
        stories[entry.case].hear(entry)
        if entry.verb == CONSENTED.name:
            consents[entry.pk] = entry.case
    kept = Opening.objects.filter(field="actor.person", entry__verb=CONSENTED.name)
    for entry_id, person in kept.values_list("entry_id", "value"):
        if entry_id in consents:
            stories[consents[entry_id]].people[entry_id] = person
    return stories


def _version(case: str, version: Version, story: Story) -> Iterator[Problem]:
    """Yield what is wrong with one version and its consents."""
    offered = story.offered.get(version.number)
    if offered is None:
        yield _problem(case, None, "unrecorded", f"第{version.number}版の提案は、経過に記録されていません。")
        return
    if not _as_offered(version, offered):
        entry = _entry(story, version.number)
        yield _problem(case, entry, "changed", f"第{version.number}版の内容が、提案のあとで変わっています。")
    if not _as_settled(version, story):
        entry = _entry(story, version.number)
        yield _problem(case, entry, "settled", f"第{version.number}版の結果が、経過の記録とちがいます。")
    entry = _odd_consent(version, story)
    if entry is not None:
        sentence = f"第{version.number}版に、記録のない同意、または消えた同意があります。"
        yield _problem(case, entry, "consent", sentence)


def _as_offered(version: Version, offered: Entry) -> bool:
    try:
        recomputed = fingerprint(
            version.collaboration_id,
            version.number,
            Change(version.change),
            version.concerned,
            version.reason,
            version.content,
        )
    except ValueError:  # a change nobody knows, a number no JSON reader keeps
        return False
    return (recomputed, version.fingerprint, version.change, version.offered_by_id, version.offered_at) == (
        version.fingerprint,
        offered.facts["fingerprint"],
        offered.facts["change"],
        offered.party,
        offered.at,
    )


def _as_settled(version: Version, story: Story) -> bool:
    """Whether a version is open, closed or in force as the record tells, and by everybody's consent."""
    effect, closing = story.effects.get(version.number), story.closing(version)
    told = (effect and effect.at, closing and closing.at, closing and closing.party)
    if (version.in_force_at, version.closed_at, version.closed_by_id) != told:
        return False
    if effect is None:
        return True
    living = [consent for consent in version.consents.all() if consent.withdrawn_at is None]
    return (
        effect.facts["fingerprint"] == version.fingerprint
        and {consent.party_id for consent in living} == set(version.concerned)
        and len({consent.person_id for consent in living}) == len(living) > 1
    )


def _odd_consent(version: Version, story: Story) -> Entry | None:
    """Return an entry at which the consents of a version and the record part ways.

    While a clock is set back, entries share one moment: so each row takes any one entry that fits it.
    """
    consented = [entry for entry in story.consented if entry.facts["number"] == version.number]
    retracted = [entry for entry in story.retracted if entry.facts["number"] == version.number]
    for consent in version.consents.all():
        given = next((entry for entry in consented if _as_given(consent, entry, version, story)), None)
        if given is None:
            return next((entry for entry in consented if entry.party == consent.party_id), None) or _entry(
                story, version.number
            )
        consented.remove(given)
        if consent.withdrawn_at is not None:
            taken = next((entry for entry in retracted if _as_taken(consent, entry)), None)
            if taken is None:
                return given
            retracted.remove(taken)
    return next(iter([*consented, *retracted]), None)


def _as_taken(consent: Consent, entry: Entry) -> bool:
    return (consent.party_id, consent.withdrawn_at) == (entry.party, entry.at)


def _as_given(consent: Consent, entry: Entry, version: Version, story: Story) -> bool:
    person = story.people.get(entry.pk, str(consent.person_id))
    return (consent.party_id, consent.given_at, consent.fingerprint, str(consent.person_id)) == (
        entry.party,
        entry.at,
        entry.facts["fingerprint"],
        person,
    ) and consent.fingerprint == version.fingerprint


def _collaborations(stories: dict[str, Story]) -> Iterator[Problem]:
    """Yield what is wrong with the rows that repeat what was agreed, and with the seats."""
    seats: dict[int, set[int]] = defaultdict(set)
    for seat in Participation.objects.filter(seat=Seat.SEATED).iterator(chunk_size=2000):
        seats[seat.collaboration_id].add(seat.party_id)
    gone = {case for case, story in stories.items() if story.started}
    for collaboration in Collaboration.objects.select_related("in_force").iterator(chunk_size=500):
        case = case_of(collaboration)
        gone.discard(case)
        story = stories[case]
        entry = _entry(story, max(story.effects, default=0))
        if not _begun_as_told(collaboration, story):
            yield _problem(
                case, story.started, "row", "取組のアドレス・公開・版の数が、経過の記録とちがいます。"
            )
        if (collaboration.in_force.number if collaboration.in_force else 0) != max(story.effects, default=0):
            yield _problem(case, entry, "superseded", "効力をもつ版が、記録の最後の合意とちがいます。")
        elif collaboration.in_force and not _repeats(collaboration, collaboration.in_force):
            yield _problem(case, entry, "repeats", "取組の題名や状態が、効力をもつ版とちがいます。")
        elif collaboration.in_force and seats[collaboration.pk] != set(collaboration.in_force.terms.parties):
            yield _problem(case, entry, "seats", "取組の主体が、効力をもつ版とちがいます。")
    for case in sorted(gone):
        yield _problem(case, stories[case].started, "missing", "取組が、表から消えています。")


def _begun_as_told(collaboration: Collaboration, story: Story) -> bool:
    address = story.started.facts.get("address") if story.started else None
    return (
        sha256(collaboration.slug.encode()).hexdigest() == address
        and collaboration.public_since == (story.opened and story.opened.at)
        and collaboration.latest_number == max(story.offered, default=0)
    )


def _repeats(collaboration: Collaboration, version: Version) -> bool:
    """Whether the columns that lists read say what the version in force says."""
    terms: Terms = version.terms
    return (
        all(
            getattr(collaboration, name) == getattr(terms, name)
            for name in ("title", "summary", "area", "form", "ownership")
        )
        and str(collaboration.starts) == terms.starts
        and str(collaboration.ends) == terms.ends
        and collaboration.search_key == search_key(f"{terms.title} {terms.summary} {terms.purpose}")
        and collaboration.status == _status_after(Change(version.change))
    )


def _status_after(change: Change) -> Status:
    ends = {Move.SUSPEND: Status.SUSPENDED, Move.END: Status.ENDED}
    return ends.get(EFFECT[change], Status.ACTIVE)


def _entry(story: Story, number: int) -> Entry | None:
    """Return the entry to name for a version: where it took effect, else where it was offered."""
    return story.effects.get(number) or story.offered.get(number)


def _problem(case: str, entry: Entry | None, kind: str, sentence: str) -> Problem:
    return Problem(case=case, number=entry.number if entry else None, kind=kind, sentence=sentence)
