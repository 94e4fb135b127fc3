"""What a reviewer reads of a proposal: names covered and no files in a blind round, nothing where she stands back."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from wanowa.kernel.envelopes import close, unclose
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.parties.models import Membership, Party
from wanowa.people.models import User
from wanowa.proposals.models import (
    Answer,
    Attachment,
    Check,
    Declaration,
    Inquiry,
    Partner,
    Pitch,
    Proposal,
    Recording,
    Recusal,
    Reviewer,
    Sheet,
    Statement,
)
from wanowa.proposals.queries.judging.around import JUDGED, reviewer_in
from wanowa.proposals.rules.judging import Sheet as Written
from wanowa.proposals.rules.judging import covered, names_to_cover, sheet_in, shows_files
from wanowa.proposals.rules.lifecycle import PartnerState
from wanowa.proposals.rules.questions import asked


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a reviewer with its answer, as every reviewer reads it."""

    text: str
    answer: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A proposal as a reviewer reads it."""

    number: str
    title: str
    amount: int | None
    answers: list[tuple[str, str]]
    statements: list[tuple[str, str]]
    pitch: str
    recording: Recording | None
    """The pitch once more, to hear or to see; none where the round is blind."""
    files: list[Attachment]
    """What the writers put with the proposal; nothing where the round is blind."""
    inquiries: list[Asked]
    missing: list[str]
    """What the desk found missing when it was checked last."""
    names: str
    """The parties; empty where the round is blind."""


@dataclass(frozen=True, slots=True)
class Own:
    """A reviewer's own sheet in preparation, and which saving of it."""

    sheet: Written
    revision: int = 0
    sealed: bool = False


def place_of(reviewer: int, proposal: int) -> str:
    """Return the place for which an envelope is closed."""
    return f"proposals.sheet/reviewer/{reviewer}/proposal/{proposal}"


def enveloped(reviewer: int, proposal: int, sheet: Written) -> bytes:
    """Return a sheet in preparation, in its envelope."""
    return close(json.dumps(sheet.content()).encode(), place=place_of(reviewer, proposal))


def require_open_eyes(reviewer: Reviewer, proposal: Proposal) -> None:
    """Refuse unless the reviewer has declared, and does not stand back from this proposal. Costs two queries."""
    if not Declaration.objects.filter(reviewer=reviewer).exists():
        raise Refused(_("先に、かかわりのある主体を申し出てください。そのあとで読めます。"))
    if Recusal.objects.filter(reviewer=reviewer, proposal=proposal).exists():
        raise Forbidden(_("この提案の審査からは、外れています。ほかの提案を審査してください。"))


def opens_files(proposal: Proposal, person: int | None) -> bool:
    """Whether somebody gets the files of a proposal because she judges it. Costs ≤ three queries.

    Not in a blind round; not before she has declared; not where she stands back.
    """
    if proposal.status not in JUDGED or not shows_files(blind=proposal.round.blind):
        return False
    reviewer = reviewer_in(proposal.round, person)
    return (
        reviewer is not None
        and Declaration.objects.filter(reviewer=reviewer).exists()
        and not Recusal.objects.filter(reviewer=reviewer, proposal=proposal).exists()
    )


def reading_of(proposal: Proposal, reviewer: Reviewer) -> Reading:
    """Return what a reviewer reads. Refused, Forbidden as `require_open_eyes`. Costs at most thirteen queries."""
    require_open_eyes(reviewer, proposal)
    parties = _parties([proposal])
    cover = _covering(_names([proposal], parties)) if proposal.round.blind else _as_it_is
    texts = dict(Answer.objects.filter(proposal=proposal).values_list("key", "text"))
    pitch = Pitch.objects.filter(proposal=proposal).select_related("recording").first()
    files = shows_files(blind=proposal.round.blind)
    statements = Statement.objects.filter(proposal=proposal).select_related("party").order_by("pk")
    own = {proposal.party_id: _("提案する主体"), proposal.department_id: _("相手の部署")}
    return Reading(
        number=proposal.receipt or "",
        title=cover(proposal.title),
        amount=proposal.amount,
        answers=[
            (str(question.key.label), cover(texts.get(question.key, "")))
            for question in asked(proposal.round.questions)
        ],
        statements=[(own.get(one.party_id, _("いっしょにする主体")), cover(one.text)) for one in statements],
        pitch=cover(pitch.text) if pitch else "",
        recording=getattr(pitch, "recording", None) if files else None,
        files=list(Attachment.objects.filter(proposal=proposal).order_by("pk")) if files else [],
        inquiries=[
            Asked(cover(one.text), cover(one.answer), one.reviewer_id == reviewer.pk)
            for one in Inquiry.objects.filter(proposal=proposal).order_by("pk")
        ],
        missing=missing_of(proposal),
        names="" if proposal.round.blind else _("、").join(party.name for party in parties),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal in a reviewer's list: what it is called for her, and what is left to do."""

    proposal: int
    number: str
    title: str
    state: str
    """sealed, begun, away, or empty for untouched."""

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do with it."""
        return self.state in {"sealed", "away"}


def rows_of(reviewer: Reviewer) -> list[Row]:
    """Return the proposals of a reviewer's round, names covered where it is blind. Costs seven queries."""
    found = list(Proposal.objects.filter(round=reviewer.round_id, status__in=JUDGED).order_by("pk"))
    cover = _covering(_names(found, _parties(found))) if reviewer.round.blind else _as_it_is
    sheets = Sheet.objects.filter(reviewer=reviewer).values_list("proposal_id", "sealed_at")
    states = {proposal: "sealed" if sealed_at else "begun" for proposal, sealed_at in sheets}
    away = Recusal.objects.filter(reviewer=reviewer).values_list("proposal_id", flat=True)
    states |= dict.fromkeys(away, "away")
    return [Row(one.pk, one.receipt or "", cover(one.title), states.get(one.pk, "")) for one in found]


def missing_of(proposal: Proposal) -> list[str]:
    """Return why the last check found something missing; nothing when it did not. Costs one query."""
    last = Check.objects.filter(proposal=proposal).order_by("-pk").first()
    return [item["why"] for item in last.content.values() if not item["met"]] if last else []


def own_sheet(proposal: Proposal, reviewer: Reviewer) -> Own:
    """Return the reviewer's own sheet, out of its envelope. Raises Unopened. Costs one query."""
    row = Sheet.objects.filter(proposal=proposal, reviewer=reviewer).first()
    if row is None:
        return Own(Written({}))
    if row.content is not None:
        return Own(sheet_in(row.content), row.revision, sealed=True)
    if row.sealed_at is not None:
        return Own(Written({}), row.revision, sealed=True)
    inside = unclose(bytes(row.envelope), place=place_of(reviewer.pk, proposal.pk))
    return Own(Written.of(json.loads(inside)), row.revision)


def _as_it_is(text: str) -> str:
    return text


def _covering(names: Iterable[str]) -> Callable[[str], str]:
    keys = names_to_cover(names)
    return lambda text: covered(text, keys)


def _names(proposals: Sequence[Proposal], parties: Sequence[Party]) -> Iterator[str]:
    """Yield the names of the parties that propose, and of everybody who acts or acted for one. Costs two queries."""
    for party in parties:
        yield from (party.name, party.reading, party.alternative_name)
    members = Membership.objects.filter(party__in=parties).values("person")
    wrote = {person for one in proposals for person in (one.person_id, one.submitted_by_id)}
    for person in User.objects.filter(Q(pk__in=members) | Q(pk__in=wrote)):
        yield from (person.name, person.reading)


def _parties(proposals: Sequence[Proposal]) -> list[Party]:
    """Return the parties on the sides that propose; a department's name is part of what is judged. One query."""
    joined = Partner.objects.filter(proposal__in=proposals, state=PartnerState.JOINED).values("party")
    found = Party.objects.filter(Q(pk__in=[one.party_id for one in proposals]) | Q(pk__in=joined))
    return list(found.exclude(pk__in=[one.department_id for one in proposals]).order_by("pk"))
