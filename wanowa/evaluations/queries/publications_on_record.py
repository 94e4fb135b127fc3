"""What verify compares after the reveal: joint texts, consents, publications, reasons and comments with the record."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from wanowa.collaborations.models import Collaboration
from wanowa.evaluations.models import Comment, Reason, Round, Statement
from wanowa.evaluations.rules.joint import fingerprint, takes_effect
from wanowa.evaluations.verbs import (
    COMMENT_ENTERED,
    PUBLISHED,
    REASON_GIVEN,
    REASONS_FORGOTTEN,
    STATEMENT_APPROVED,
    STATEMENT_OFFERED,
    STATEMENT_RETRACTED,
    STATEMENT_SENT_BACK,
)
from wanowa.record.models import Entry, Opening
from wanowa.record.queries import case_of
from wanowa.record.rules import Problem

_VERBS = (
    *(STATEMENT_OFFERED, STATEMENT_APPROVED, STATEMENT_RETRACTED, STATEMENT_SENT_BACK, PUBLISHED),
    *(REASON_GIVEN, REASONS_FORGOTTEN, COMMENT_ENTERED),
)


@dataclass(slots=True)
class Told:
    """What the record tells of the rounds of one collaboration, by verb; and the words kept beside the entries."""

    entries: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def of(self, verb: str, **facts: object) -> list[Entry]:
        """Return the entries of a verb with these facts."""
        return [entry for entry in self.entries[verb] if facts.items() <= entry.facts.items()]

    def one(self, verb: str, **facts: object) -> Entry | None:
        """Return the only entry of a verb with these facts; None when there is none, or more than one."""
        found = self.of(verb, **facts)
        return found[0] if len(found) == 1 else None


def publications_match_the_record() -> Iterable[Problem]:
    """Compare everything after the reveal with the record, and the record with it. Costs seven queries."""
    told = _told()
    for statement in Statement.objects.select_related("round").prefetch_related("approvals").order_by("id"):
        case = _case(statement.round)
        if not _as_told(statement, told[case]):
            yield Problem(case, None, "statement", "ふりかえりのまとめか同意が、経過の記録とちがいます。")
    for found in Round.objects.order_by("id"):
        yield from _published(found, told[_case(found)])
    words = _words()
    yield from _reasons(told, words)
    yield from _comments(told, words)


def _case(found: Round) -> str:
    return case_of(Collaboration(pk=found.collaboration_id))


def _told() -> dict[str, Told]:
    told: dict[str, Told] = defaultdict(Told)
    entries = Entry.objects.filter(verb__in=[verb.name for verb in _VERBS]).order_by("case", "number")
    for entry in entries.iterator(chunk_size=2000):
        told[entry.case].entries[entry.verb].append(entry)
    return told


def _as_told(statement: Statement, told: Told) -> bool:
    """Whether a joint text was offered, consented to and settled as the record tells."""
    place = {"number": statement.round.number, "draft": statement.number}
    offered = told.one(STATEMENT_OFFERED.name, **place)
    if offered is None or (offered.at, offered.party, offered.facts["fingerprint"]) != (
        statement.offered_at,
        statement.offered_by_id,
        statement.fingerprint,
    ):
        return False
    content = fingerprint(statement.round_id, statement.number, statement.concerned, statement.content)
    approvals = list(statement.approvals.all())
    given = sorted((one.given_at, one.party_id, one.shows_own) for one in approvals)
    taken = sorted((one.withdrawn_at, one.party_id) for one in approvals if one.withdrawn_at)
    on_record = told.of(STATEMENT_APPROVED.name, **place, fingerprint=statement.fingerprint)
    retracted = told.of(STATEMENT_RETRACTED.name, **place)
    return (
        content == statement.fingerprint
        and given == sorted((one.at, one.party, one.facts["shows_own"]) for one in on_record)
        and taken == sorted((one.at, one.party) for one in retracted)
        and _settled_as_told(statement, told, retracted)
    )


def _settled_as_told(statement: Statement, told: Told, retracted: list[Entry]) -> bool:
    place = {"number": statement.round.number, "draft": statement.number}
    published = told.one(PUBLISHED.name, **place)
    closing = [
        *told.of(STATEMENT_SENT_BACK.name, **place),
        *(one for one in retracted if one.party == statement.offered_by_id),
    ]
    closed = (closing[0].at, closing[0].party) if closing else (None, None)
    if (statement.closed_at, statement.closed_by_id) != closed or len(closing) > 1:
        return False
    if statement.in_force_at is None:
        return published is None
    given = [
        (one.party_id, one.person_id, one.fingerprint)
        for one in statement.approvals.all()
        if one.withdrawn_at is None
    ]
    return (
        published is not None
        and published.at == statement.in_force_at
        and takes_effect(statement.concerned, given, statement.fingerprint)
    )


def _published(found: Round, told: Told) -> Iterator[Problem]:
    """Yield what is wrong with the publication of one round."""
    entry = told.one(PUBLISHED.name, number=found.number)
    if (found.published_at, found.status == "published") != (entry and entry.at, entry is not None):
        number = entry.number if entry else None
        yield Problem(_case(found), number, "published", "ふりかえりの公開が、経過の記録とちがいます。")


def _words() -> dict[int, dict[str, str]]:
    """Return the words that are still kept beside entries about reasons and comments, by entry."""
    words: dict[int, dict[str, str]] = defaultdict(dict)
    kept = Opening.objects.filter(
        entry__verb__in=[REASON_GIVEN.name, COMMENT_ENTERED.name],
        field__in=["text", "body", "source"],
    )
    for entry, name, value in kept.values_list("entry_id", "field", "value"):
        words[entry][name] = json.loads(value)
    return words


def _reasons(told: dict[str, Told], words: dict[int, dict[str, str]]) -> Iterator[Problem]:
    """Hold every reason against its entry; words may be gone where the record says that they were erased."""
    left = {
        (case, entry.facts["number"], entry.facts["criterion"], entry.party, entry.at): entry
        for case, one in told.items()
        for entry in one.entries[REASON_GIVEN.name]
    }
    for reason in Reason.objects.select_related("round").order_by("id"):
        case, number = _case(reason.round), reason.round.number
        entry = left.pop((case, number, reason.criterion, reason.party_id, reason.said_at), None)
        if entry is None:
            yield Problem(case, None, "reason", "ふりかえりの「わけ」が、経過に記録されていません。")
            continue
        erased = [
            one for one in told[case].of(REASONS_FORGOTTEN.name, number=number) if one.party == entry.party
        ]
        kept = words[entry.pk].get("text")
        if (not reason.text and not erased) or (reason.text and kept is not None and kept != reason.text):
            yield Problem(case, entry.number, "reason", "ふりかえりの「わけ」が、あとから変わっています。")
    for (case, *_place), entry in left.items():
        yield Problem(case, entry.number, "reason", "ふりかえりの「わけ」が、表から消えています。")


def _comments(told: dict[str, Told], words: dict[int, dict[str, str]]) -> Iterator[Problem]:
    left = {
        (case, entry.facts["number"], entry.at): entry
        for case, one in told.items()
        for entry in one.entries[COMMENT_ENTERED.name]
    }
    for comment in Comment.objects.select_related("round").order_by("id"):
        case = _case(comment.round)
        entry = left.pop((case, comment.round.number, comment.entered_at), None)
        said = {"body": comment.body, "text": comment.text, "source": comment.source}
        if (
            entry is None
            or entry.facts["said_on"] != comment.said_on.isoformat()
            or any(said[name] != text for name, text in words[entry.pk].items())
        ):
            number = entry.number if entry else None
            yield Problem(case, number, "comment", "会議の意見が、経過の記録とちがいます。")
    for (case, *_place), entry in left.items():
        yield Problem(case, entry.number, "comment", "会議の意見が、表から消えています。")
