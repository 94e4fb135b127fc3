"""What waits for an answer or to be confirmed, what all sides understood alike, and what each is good and bad at."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from wanowa.collaborations.models import Collaboration, Message, Question, Restatement
from wanowa.collaborations.queries.around import around
from wanowa.collaborations.rules import (
    Clause,
    QuestionStatus,
    RestatementStatus,
    Status,
    Terms,
    about_past_text,
    reminder_due,
)
from wanowa.parties.models import Party
from wanowa.parties.queries import names

OVER = (Status.ENDED, Status.WITHDRAWN)
"""Where nothing is owed any longer."""
_DECLINED = Message.objects.filter(kind=Message.Kind.DECLINED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that waits: what was asked by whom, of whom, and who has said no already."""

    question: Question
    asked: tuple[str, ...]
    """The names of the parties asked; several when everybody was."""
    declined: tuple[Message, ...]

    def awaits(self, mine: Collection[int]) -> dict[int, None]:
        """Return the parties among `mine` that still owe a reply, in the order of `mine`. No query."""
        done = {reply.party_id for reply in self.declined}
        return {party: None for party in mine if party in self.question.asked and party not in done}


def open_questions(collaboration: Collaboration, mine: Collection[int] = ()) -> list[Waiting]:
    """Return the questions that wait at a table, those that one of `mine` must answer first, then by age.

    Costs one query, and two more when there are any.
    """
    found = list(
        Question.objects.filter(message__collaboration=collaboration, status=QuestionStatus.OPEN)
        .select_related("message__party")
        .prefetch_related(
            Prefetch("message__replies", _DECLINED.select_related("party").order_by("id"), "noes")
        )
        .order_by("message_id")
    )
    if not found:
        return []
    called = names({party for question in found for party in question.asked})
    waiting = [
        Waiting(
            question,
            tuple(called[party].name for party in question.asked if party in called),
            tuple(question.message.noes),  # type: ignore[attr-defined]  # by the prefetch
        )
        for question in found
    ]
    return sorted(waiting, key=lambda one: not one.awaits(mine))


def declined_by(asked: Message) -> frozenset[int]:
    """Return the parties that said they do not answer a question. Costs one query."""
    return frozenset(_DECLINED.filter(answers=asked).values_list("party_id", flat=True))


def questions_awaiting(collaborations: Collection[int], parties: Collection[int]) -> QuerySet[Question]:
    """Return the open questions at these tables that one of `parties` was asked and has not declined. One query."""
    declined = _DECLINED.filter(answers=OuterRef("message"), party__in=parties)
    return (
        Question.objects.filter(
            message__collaboration__in=collaborations,
            asked__overlap=list(parties),
            status=QuestionStatus.OPEN,
        )
        .exclude(Exists(declined))
        .select_related("message__collaboration", "message__party")
        .order_by("message_id")
    )


def questions_to_remind_of() -> list[Question]:
    """Return the open questions that have waited for days and of which nobody was told yet that they have.

    Only where something is still going on and somebody asked still sits. Costs one query, two more for each found.
    """
    today = timezone.localdate()
    old = timezone.now() - timedelta(days=3)
    waiting = (
        Question.objects.filter(status=QuestionStatus.OPEN, reminded__lt=10, message__created_at__lt=old)
        .exclude(message__collaboration__status__in=OVER)
        .select_related("message__collaboration")
        .order_by("message_id")
    )
    return [
        question
        for question in waiting
        if reminder_due(timezone.localdate(question.message.created_at), today, question.reminded)
        and around(question.message.collaboration).intersection(question.asked)
    ]


def message_in(collaboration: Collaboration, number: int) -> Message | None:
    """Return one message of this room. Costs one query."""
    return Message.objects.filter(collaboration=collaboration, pk=number).select_related("party").first()


def restatements_in(collaboration: Collaboration, *statuses: RestatementStatus) -> QuerySet[Restatement]:
    """Return restatements with these statuses, newest first, with who confirmed. Two queries for any number."""
    confirmed = Message.objects.filter(kind=Message.Kind.CONFIRMED).select_related("party").order_by("id")
    return (
        Restatement.objects.filter(message__collaboration=collaboration, status__in=statuses)
        .select_related("message__party", "about__party")
        .prefetch_related(Prefetch("message__replies", confirmed, "yeses"))
        .order_by("-pk")
    )


def restatements_awaiting(collaborations: Collection[int], parties: Collection[int]) -> QuerySet[Restatement]:
    """Return the restatements at these tables that one of `parties` is to confirm and has not yet. One query."""
    replied = Message.objects.filter(answers=OuterRef("message"), party__in=parties)
    return (
        Restatement.objects.filter(
            message__collaboration__in=collaborations,
            asked__overlap=list(parties),
            status=RestatementStatus.WAITING,
        )
        .exclude(Exists(replied))
        .select_related("message__collaboration", "message__party")
        .order_by("message_id")
    )


@dataclass(frozen=True, slots=True)
class Understood:
    """A restatement as its page shows it: who is still awaited, and whether the text it is about has changed."""

    restatement: Restatement
    quoted: str
    """The words it is about, as they were."""
    confirmed: tuple[Message, ...]
    awaited: tuple[int, ...]
    past: bool


def understood(restatements: Iterable[Restatement], texts: Sequence[Terms]) -> list[Understood]:
    """Return restatements of `restatements_in` as pages show them; `texts` are the living texts. No query."""
    return [_understood(restatement, texts) for restatement in restatements]


def _understood(restatement: Restatement, texts: Sequence[Terms]) -> Understood:
    confirmed = tuple(restatement.message.yeses)  # type: ignore[attr-defined]  # by the prefetch
    done = {reply.party_id for reply in confirmed}
    return Understood(
        restatement=restatement,
        quoted=restatement.about.body if restatement.about else restatement.text,
        confirmed=confirmed,
        awaited=tuple(party for party in restatement.asked if party not in done),
        past=bool(restatement.clause)
        and about_past_text(Clause(restatement.clause), restatement.mark, texts),
    )


def strengths_of(parties: Iterable[int]) -> QuerySet[Party]:
    """Return what each of these parties says it is good and bad at, in their order of reading. Costs one query."""
    shown = ("slug", "name", "kind", "good_at", "hard_for")
    return Party.objects.filter(pk__in=list(parties)).only(*shown).order_by("sort_key", "id")
