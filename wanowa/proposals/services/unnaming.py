"""Official texts of the scheme keep their sentences, without the name of somebody who erased herself."""

import json
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Model, Q

from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.parties.models import Membership
from wanowa.parties.rules import ALONE
from wanowa.people.models import User
from wanowa.proposals.models import (
    Award,
    Check,
    Continuation,
    Decision,
    Inquiry,
    Minutes,
    Objection,
    Proposal,
    Round,
)
from wanowa.proposals.rules.naming import without_names
from wanowa.proposals.rules.told import digest_of_text
from wanowa.proposals.verbs import NAMES_TAKEN_OUT, REASONS_TAKEN_OUT
from wanowa.record.models import Opening
from wanowa.record.queries import case_of
from wanowa.record.rules import Ground
from wanowa.record.services import records, redact_value, write
from wanowa.record.services.unrecorded import unrecorded

type Changed = tuple[Model, str]
"""A row whose text is changed and not saved, and its column."""

_TEXTS: tuple[tuple[type[Model], str, str], ...] = (
    (Proposal, "onward_reason", "round"),
    (Minutes, "text", "judging__round"),
    (Check, "content", "proposal__round"),
    (Decision, "reasons", "proposal__round"),
    (Inquiry, "text", "proposal__round"),
    (Inquiry, "answer", "proposal__round"),
    (Objection, "text", "proposal__round"),
    (Objection, "answer", "proposal__round"),
    (Award, "reason", "proposal__round"),
    (Continuation, "note", "award__proposal__round"),
)
"""What was written about a proposal by whoever judged it, and in answer to them: table, column, way to the round."""
_KEPT_BACK = ("text", "answer", "reason")
"""Under these fields the record keeps such texts of a proposal back, too, and earlier ones that no row has any more."""


@unrecorded("each round from whose texts the name goes, and each decision, leaves its own entry")
def take_name_out(person: User, rounds: Iterable[Round]) -> None:
    """Take a person's name, and that of her own party of one, out of the texts of rounds, from `rounds_around`.

    Called before both names are gone. What reviewers sealed and what parties handed in stays as it was promised.
    """
    own = Membership.objects.filter(person=person, party__kind__in=ALONE).values_list(
        "party__name", flat=True
    )
    names = sorted({person.name, *own}, key=len, reverse=True)
    for found in rounds:
        if changed := list(_changed(found, names)):
            keep_without_names(found, changed, by=SYSTEM)
        for proposal in found.proposals.order_by("pk"):
            _redact(proposal, names)


@unrecorded("a lock is no deed")
def rounds_around(person: User) -> list[Round]:
    """Return the rounds that a person had to do with, locked until commit: before their proposals, as everywhere."""
    parties = list(Membership.objects.filter(person=person).values_list("party", flat=True))
    there = Q(reviewers__person=person) | Q(judging__minutes__person=person)
    there |= Q(proposals__in=Proposal.objects.filter(_concerns(person, parties)))
    found = Round.objects.filter(pk__in=Round.objects.filter(there).values("pk"))
    return list(found.select_for_update().order_by("pk"))


def _concerns(person: User, parties: list[int]) -> Q:
    acted = Q(person=person) | Q(submitted_by=person) | Q(owner=person)
    judged = Q(checks__person=person) | Q(decisions__person=person)
    return acted | judged | Q(party__in=parties) | Q(department__in=parties) | Q(partners__party__in=parties)


def _redact(proposal: Proposal, names: Iterable[str]) -> None:
    """Delete what the record keeps back of texts that name somebody: a commitment cannot lose a word."""
    kept = Opening.objects.filter(entry__case=case_of(proposal), field__in=_KEPT_BACK).order_by("pk")
    for opening in kept:
        said = json.loads(opening.value)
        if isinstance(said, str) and without_names(said, names) != said:
            redact_value(proposal, opening.field, said, ground=Ground.REQUEST)


@records(NAMES_TAKEN_OUT)
def keep_without_names(found: Round, changed: Sequence[Changed], *, by: Actor) -> None:
    """Keep official texts of a round, out of which names were taken, and say of how many."""
    for row, column in changed:
        row.save(update_fields=[column])
        if isinstance(row, Decision) and row.announced_at is not None:
            tell_reasons_again(row, by=by)
    write(NAMES_TAKEN_OUT, found, by=by, texts=len(changed))


@records(REASONS_TAKEN_OUT)
def tell_reasons_again(decision: Decision, *, by: Actor) -> None:
    """Put the fingerprint of a decision's reasons on record as they read now."""
    digest = digest_of_text(decision.reasons)
    write(REASONS_TAKEN_OUT, decision.proposal, by=by, number=decision.number, reasons=digest)


def _changed(found: Round, names: list[str]) -> Iterator[Changed]:
    """Yield the rows whose text names somebody, locked until commit."""
    for model, column, way in _TEXTS:
        for row in (
            model._default_manager.filter(**{way: found}).select_for_update(of=("self",)).order_by("pk")
        ):
            said = getattr(row, column)
            text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
            becomes = without_names(text, names)
            if becomes != text:
                setattr(row, column, becomes if isinstance(said, str) else json.loads(becomes))
                yield row, column
