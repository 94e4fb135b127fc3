"""What stands on the shelf of one collaboration: its papers in force, those of earlier texts, and what would come."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration, Draft, Version
from wanowa.collaborations.queries import Link, draft_of, open_version
from wanowa.collaborations.rules import Change, Status
from wanowa.contributions.queries import RUNNING
from wanowa.guideline.queries import pack
from wanowa.guideline.rules import PaperKind
from wanowa.kernel.errors import Sentence
from wanowa.papers.models import Issue
from wanowa.papers.rules import FACTS, PAPERS, WRITTEN, PaperFacts, papers_of

FIGURES = "figures=today"
"""What stands behind the address of a paper that is to show the figures of today."""


@dataclass(frozen=True, slots=True)
class Row:
    """One paper on the page: what it is, where it is fetched, and, once it is issued, the file's facts."""

    kind: PaperKind
    title: Sentence
    number: str
    facts: PaperFacts
    href: str
    issue: Issue | None = None
    figured: str = ""
    """Where it is fetched with the figures of today; empty when it shows none, or not to this reader."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that the page of papers shows."""

    version: Version | None
    """The version whose papers these are."""
    rows: list[Row] = field(default_factory=list)
    is_latest: bool = True
    earlier: list[Version] = field(default_factory=list)
    preview: str = ""
    """Whose papers `previews` are: the number of an open version, or `draft`."""
    previews: list[Row] = field(default_factory=list)

    @property
    def takes_figures(self) -> bool:
        """Whether one of its papers can show the figures of today to this reader."""
        return any(row.figured for row in self.rows)


def written(collaboration: Collaboration) -> QuerySet[Version]:
    """Return the versions in force whose text is their own, newest first. Costs one query."""
    return Version.objects.filter(
        collaboration=collaboration, in_force_at__isnull=False, change__in=WRITTEN
    ).order_by("-number")


def shelf_of(
    collaboration: Collaboration, number: int | None = None, *, inside: bool, seated: bool = False
) -> Shelf | None:
    """Return the papers of version `number`, or of the newest in force; None when there is no such version.

    Previews of what is not agreed yet are for those inside, the figures of today for the parties at the table.
    Costs two queries, and up to two for the previews.
    """
    versions = list(written(collaboration))
    chosen = next((one for one in versions if number in {None, one.number}), None)
    if chosen is None and number is not None:
        return None
    issued = {issue.kind: issue for issue in Issue.objects.filter(version=chosen)} if chosen else {}
    figured = seated and chosen is not None and chosen is versions[0] and collaboration.status in RUNNING
    preview, previews = _previews(collaboration) if inside and number is None else ("", [])
    return Shelf(
        version=chosen,
        rows=[
            _row(collaboration, kind, str(chosen.number), issued.get(kind), figured=figured)
            for kind in kinds_of(chosen)
        ]
        if chosen
        else [],
        is_latest=chosen is None or chosen is versions[0],
        earlier=[one for one in versions[1:] if one is not chosen],
        preview=preview,
        previews=previews,
    )


def kinds_of(version: Version) -> tuple[PaperKind, ...]:
    """Return the papers that belong to a version. Costs no query."""
    return papers_of(version.terms.form, version.change)


def _previews(collaboration: Collaboration) -> tuple[str, list[Row]]:
    waiting = open_version(collaboration)
    if waiting is not None:
        place, kinds = str(waiting.number), kinds_of(waiting)
    elif (draft := draft_of(collaboration)) is not None:
        place, kinds = "draft", papers_of(draft.terms.form, draft.change)
    else:
        return "", []
    return place, [_row(collaboration, kind, place) for kind in kinds]


def _row(
    collaboration: Collaboration,
    kind: PaperKind,
    place: str,
    issue: Issue | None = None,
    *,
    figured: bool = False,
) -> Row:
    if place == "draft":
        href = reverse("papers:draft", args=[collaboration.slug, kind])
    else:
        href = reverse("papers:paper", args=[collaboration.slug, int(place), kind])
    official = pack().papers.get(kind)
    return Row(
        kind=kind,
        title=kind.label,
        number=official.number if official else "",
        facts=FACTS[kind],
        href=href,
        issue=issue,
        figured=f"{href}?{FIGURES}" if figured and FACTS[kind].with_figures else "",
    )


def issue_of(version: Version, kind: PaperKind) -> Issue | None:
    """Return the issued paper. Costs one query."""
    return Issue.objects.filter(version=version, kind=kind).first()


def unissued(version: Version) -> list[PaperKind]:
    """Return the papers of a version that are still to be issued. Costs one query."""
    made = set(Issue.objects.filter(version=version).values_list("kind", flat=True))
    return [kind for kind in kinds_of(version) if kind not in made]


def forgotten() -> Iterator[Version]:
    """Yield the versions in force of which no paper was ever issued, oldest first. Costs one query."""
    issued = Issue.objects.filter(version=OuterRef("pk"))
    found = Version.objects.filter(
        ~Exists(issued), in_force_at__isnull=False, change__in=WRITTEN, content__form__in=list(PAPERS)
    )
    yield from found.select_related("collaboration").order_by("pk")


def links(collaboration: Collaboration, version: Version | None, *, inside: bool) -> Iterator[Link]:
    """Yield the way from a collaboration, or one version of it, to its papers. Costs no query."""
    if version is None:
        if collaboration.form in PAPERS or (inside and collaboration.status != Status.WITHDRAWN):
            yield Link(_("書類（印刷して使えます）"), reverse("papers:papers", args=[collaboration.slug]))
    elif version.in_force_at and kinds_of(version):
        href = reverse("papers:version", args=[collaboration.slug, version.number])
        yield Link(_("この版の書類（印刷して使えます）"), href)


def draft_with_papers(collaboration: Collaboration) -> Draft | None:
    """Return the text in preparation, if it is one that papers are made of. Costs one query."""
    draft = draft_of(collaboration)
    return draft if draft is not None and Change(draft.change) in WRITTEN else None
