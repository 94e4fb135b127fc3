"""The desk of one party in one round: its own drafts, taken out of their envelopes for its own members alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wanowa.evaluations.models import Draft, Evaluation, Round, Writer
from wanowa.evaluations.rules import Question, Sketch, Status, drafts_mark, unanswered
from wanowa.kernel.actors import Actor
from wanowa.kernel.canonical import canonical
from wanowa.kernel.envelopes import close, unclose
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.parties.queries import parties_of
from wanowa.record.queries import case_of

_EMPTY = Sketch()


@dataclass(frozen=True, slots=True)
class Written:
    """One answer in preparation, who saved it last, and when."""

    sketch: Sketch = _EMPTY
    revision: int = 0
    person: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """What one party has written so far, by the key of the question."""

    asked: tuple[Question, ...]
    written: Mapping[str, Written]

    def of(self, key: str) -> Written:
        """Return what stands under a question; nothing yet when it was never saved."""
        return self.written.get(key, Written())

    @property
    def answered(self) -> frozenset[str]:
        """The keys of the questions that are answered completely."""
        return frozenset(key for key, one in self.written.items() if one.sketch.answer is not None)

    @property
    def missing(self) -> tuple[Question, ...]:
        """The questions still to be answered, in order."""
        return unanswered(self.asked, self.answered)

    @property
    def mark(self) -> str:
        """What names exactly these savings: who seals says it, and means what she has read."""
        return drafts_mark({key: one.revision for key, one in self.written.items()})


def place_of(found: Round, party: int, key: str = "") -> str:
    """Return the place an envelope is closed for: this round, this party, and of a draft this question."""
    return f"{case_of(found.collaboration)}/round/{found.number}/party/{party}/{key}"


def enveloped(found: Round, party: int, key: str, sketch: Sketch) -> bytes:
    """Return one answer in preparation, in its envelope."""
    text = canonical({"choice": sketch.choice, "words": sketch.words})
    return close(text, place=place_of(found, party, key))


def require_own_side(found: Round, by: Actor) -> None:
    """Refuse unless `by` belongs to the party it names, is asked, and writes for no other side in this round.

    Who belongs to several parties at the table must have said for which she writes, before she reads a word.
    Raises Forbidden and Refused. Costs two queries.
    """
    held = parties_of(by.required_person)
    asked = held & set(found.concerned)
    if by.required_party not in asked:
        raise Forbidden(_("この回に招かれた主体のメンバーだけが、下書きを読めます。"))
    chosen = Writer.objects.filter(round=found, person=by.required_person).values_list("party_id", flat=True)
    side = chosen.first()
    if side is None and len(asked) > 1:
        raise Refused(_("どの主体として書くかを、先にえらんでください。"))
    if side not in {None, by.required_party}:
        raise Forbidden(_("この回では、もう一方の主体として書いています。ひとりで両方は書けません。"))


def desk_of(found: Round, by: Actor) -> Desk:
    """Return the drafts of the party that `by` acts for. Raises Forbidden, Refused, Unopened. Costs three queries."""
    require_own_side(found, by)
    return opened_desk(found, by.required_party, drafts_of(found, by.required_party))


def drafts_of(found: Round, party: int) -> QuerySet[Draft]:
    """Return the rows of a party's drafts, still closed. Costs one query."""
    return Draft.objects.filter(round=found, party_id=party).order_by("id")


def opened_desk(found: Round, party: int, drafts: QuerySet[Draft]) -> Desk:
    """Return rows of drafts as a desk, opened. For services, under their locks; pages ask `desk_of`."""
    written = {
        draft.key: Written(
            Sketch(**json.loads(unclose(bytes(draft.envelope), place=place_of(found, party, draft.key)))),
            draft.revision,
            draft.person_id,
            draft.updated_at,
        )
        for draft in drafts
    }
    return Desk(found.asked, written)


def locked_round(found: Round) -> Round:
    """Return the round, fresh and locked until commit. Costs one query."""
    collaboration = found.collaboration
    found = Round.objects.select_for_update(of=("self",)).get(pk=found.pk)
    found.collaboration = collaboration
    return found


def refuse_after_seal(found: Round, party: int) -> None:
    """Raise Refused once nothing more may be written: not open, or sealed by this party. Costs one query."""
    if found.status != Status.OPEN:
        raise Refused(_("いまは書けません。ふりかえりのページで、いまの状態を確かめてください。"))
    if Evaluation.objects.filter(round=found, party_id=party).exists():
        raise Refused(_("もう封をしました。全員の分を開くまで、お待ちください。"))
