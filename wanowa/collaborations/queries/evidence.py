"""What verify compares: every agreement in the tables with what the record says was agreed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.rules import Change, fingerprint
from wanowa.collaborations.verbs import CONSENTED, TOOK_EFFECT
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import Problem

type Told = dict[tuple[str, int], Entry]


def agreements_match_the_record() -> Iterable[Problem]:
    """Compare each version in force with its entries, and each entry with its version. Costs four queries.

    Finds a text, a circle of parties or a consent that was changed in the tables, whoever changed it and however.
    """
    effects: Told = {
        (entry.case, entry.facts["number"]): entry for entry in Entry.objects.filter(verb=TOOK_EFFECT.name)
    }
    consented: dict[tuple[str, str], set[int | None]] = defaultdict(set)
    for case, party, facts in Entry.objects.filter(verb=CONSENTED.name).values_list("case", "party", "facts"):
        consented[case, facts["fingerprint"]].add(party)
    versions = Version.objects.filter(in_force_at__isnull=False).select_related("collaboration")
    found = set()
    for version in versions.prefetch_related("consents").iterator(chunk_size=500):
        case = case_of(version.collaboration)
        found.add((case, version.number))
        yield from _against_the_record(case, version, effects.get((case, version.number)))
        yield from _consents(case, version, consented[case, version.fingerprint], effects)
    for (case, number), entry in effects.items():
        if (case, number) not in found:
            yield _problem(case, entry.number, "missing", f"第{number}版が、表から消えています。")
    yield from _lists(effects)


def _against_the_record(case: str, version: Version, entry: Entry | None) -> Iterator[Problem]:
    if entry is None:
        yield _problem(case, None, "unrecorded", f"第{version.number}版の効力は、経過に記録されていません。")
        return
    recomputed = fingerprint(
        version.collaboration_id,
        version.number,
        Change(version.change),
        version.concerned,
        version.reason,
        version.content,
    )
    if not recomputed == version.fingerprint == entry.facts["fingerprint"]:
        yield _problem(case, entry.number, "changed", f"第{version.number}版の内容が、合意のあとで変わっています。")


def _consents(case: str, version: Version, told: set[int | None], effects: Told) -> Iterator[Problem]:
    kept = {
        consent.party_id
        for consent in version.consents.all()
        if consent.withdrawn_at is None and consent.fingerprint == version.fingerprint
    }
    if not set(version.concerned) <= kept & told:
        entry = effects.get((case, version.number))
        yield _problem(
            case,
            entry.number if entry else None,
            "consent",
            f"第{version.number}版に、記録のない同意、または消えた同意があります。",
        )


def _lists(effects: Told) -> Iterator[Problem]:
    """Each collaboration must point at the newest version that took effect."""
    newest: dict[str, int] = {}
    for case, number in effects:
        newest[case] = max(number, newest.get(case, 0))
    for collaboration in Collaboration.objects.filter(in_force__isnull=False).select_related("in_force"):
        case = case_of(collaboration)
        if collaboration.in_force is not None and newest.get(case) != collaboration.in_force.number:
            yield _problem(case, None, "superseded", "効力をもつ版が、記録の最後の合意とちがいます。")


def _problem(case: str, number: int | None, kind: str, sentence: str) -> Problem:
    return Problem(case=case, number=number, kind=kind, sentence=sentence)
