"""What verify compares: every edition of the guideline with what the record says was loaded."""

from collections.abc import Iterable

from wanowa.guideline.models import Edition
from wanowa.guideline.rules.text import fingerprint
from wanowa.guideline.verbs import LOADED
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import Problem


def editions_match_the_record() -> Iterable[Problem]:
    """Compare every edition with the entry that loaded it, both ways. Costs three queries."""
    entries = {entry.case: entry for entry in Entry.objects.filter(verb=LOADED.name)}
    for edition in Edition.objects.prefetch_related("sections").order_by("number"):
        case = case_of(edition)
        entry = entries.pop(case, None)
        sections = sorted(edition.sections.all(), key=lambda section: section.position)
        recomputed = fingerprint(
            number=edition.number,
            label=edition.label,
            adopted_on=edition.adopted_on,
            sections=[(one.slug, one.heading, one.title, one.blocks) for one in sections],
        )
        if entry is None:
            yield Problem(
                case=case,
                number=None,
                kind="unrecorded",
                sentence="この指針の版は、経過に記録されていません。",
            )
        elif {recomputed, edition.fingerprint} != {entry.facts["fingerprint"]}:
            sentence = "指針の文が、載せたあとで変わっています。"
            yield Problem(case=case, number=entry.number, kind="changed", sentence=sentence)
    for case, entry in sorted(entries.items()):
        sentence = "指針の版が、表から消えています。"
        yield Problem(case=case, number=entry.number, kind="missing", sentence=sentence)
