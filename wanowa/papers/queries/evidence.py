"""What verify compares: every issued paper with the record and with its bytes; and what a bundle takes along."""

import hashlib
from collections.abc import Iterable, Iterator

from wanowa.collaborations.models import Collaboration
from wanowa.papers.models import Issue
from wanowa.papers.verbs import ISSUED, WITHDRAWN
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import Problem
from wanowa.record.services import Exhibit


def papers_match_the_record() -> Iterable[Problem]:
    """Compare every issued paper with its entry and its file, and every entry with a paper. Costs two queries.

    Reads every file once.
    """
    told: dict[tuple[str, int, str], Entry] = {}
    taken: set[tuple[str, int, str]] = set()
    for entry in Entry.objects.filter(verb__in=[ISSUED.name, WITHDRAWN.name]).order_by("case", "number"):
        key = (entry.case, entry.facts["version"], entry.facts["kind"])
        if entry.verb == ISSUED.name:
            told[key] = entry
        else:
            taken.add(key)
    for issue in Issue.objects.select_related("version").iterator(chunk_size=500):
        key = (case_of(Collaboration(pk=issue.version.collaboration_id)), issue.version.number, issue.kind)
        yield from _issue(issue, key, told.pop(key, None), is_taken=key in taken)
    for (case, version, _kind), entry in told.items():
        yield Problem(case, entry.number, "paper", f"第{version}版の書類が、表から消えています。")


def _issue(
    issue: Issue, key: tuple[str, int, str], entry: Entry | None, *, is_taken: bool
) -> Iterator[Problem]:
    case, version, _kind = key
    what = f"第{version}版の書類「{issue.get_kind_display()}」"
    if entry is None:
        yield Problem(case, None, "paper", f"{what}は、経過に記録されていません。")
    elif (entry.facts["digest"], entry.at) != (issue.digest, issue.issued_at):
        yield Problem(case, entry.number, "paper", f"{what}が、記録のあとで変わっています。")
    elif (issue.withdrawn_at is not None) != is_taken:
        yield Problem(case, entry.number, "paper", f"{what}が消えていますが、消した記録がありません。")
    elif issue.withdrawn_at is None and _digest(issue) != issue.digest:
        yield Problem(case, entry.number, "paper", f"{what}のファイルが、記録のあとで変わっています。")


def _digest(issue: Issue) -> str:
    """Return the digest of the file as it lies on the disk; empty when it is gone."""
    try:
        with issue.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def exhibits(case: str) -> Iterator[Exhibit]:
    """Yield the issued papers of a case, as a bundle takes them along; withdrawn ones are left out.

    Costs two queries, and reads every file once.
    """
    label, _slash, key = case.partition("/")
    if label != Collaboration._meta.label_lower:
        return
    told = Entry.objects.filter(case=case, verb=ISSUED.name).order_by("number")
    entries = {(entry.facts["version"], entry.facts["kind"]): entry.number for entry in told}
    made = Issue.objects.filter(version__collaboration=int(key), withdrawn_at__isnull=True)
    for issue in made.select_related("version").order_by("version__number", "id"):
        number = entries.get((issue.version.number, issue.kind))
        if number is not None:
            with issue.file.open("rb") as file:
                yield Exhibit(
                    f"version-{issue.version.number}-{issue.kind}.pdf", file.read(), number, issue.kind
                )
