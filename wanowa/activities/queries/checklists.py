"""The checklist of area E: whose it is, what was answered and when, and what is still missing (G-24)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.activities.models import Activity, Answer
from wanowa.activities.rules import (
    QUESTIONS,
    Move,
    Question,
    QuestionFacts,
    Stand,
    Status,
    keeps_open,
    roles_for,
    unanswered,
    who_answers,
)
from wanowa.activities.verbs import OVERDUE
from wanowa.collaborations.models import Collaboration, Participation
from wanowa.collaborations.queries import Addition
from wanowa.collaborations.rules import Seat
from wanowa.collaborations.rules import Status as Stage
from wanowa.guideline.rules import Area, Kind
from wanowa.kernel.errors import Sentence
from wanowa.parties.rules import Role
from wanowa.record.models import Entry
from wanowa.record.queries import case_of

type Subject = Activity | Collaboration
"""What a checklist belongs to: an activity of area E, or a collaboration whose area in force is E."""

ANSWERS_IN: frozenset[Role] = roles_for(Area.E, Stand.OWNER, Move.ANSWER)
"""The roles in which somebody answers for the city."""


@dataclass(slots=True)
class Item:
    """One question with every answer to it, the newest first."""

    facts: QuestionFacts
    answers: list[Answer] = field(default_factory=list)

    @property
    def latest(self) -> Answer | None:
        """The answer that counts."""
        return self.answers[0] if self.answers else None

    @property
    def earlier(self) -> list[Answer]:
        """What was answered before, still readable."""
        return self.answers[1:]


def has_checklist(subject: Subject) -> bool:
    """Tell whether the questions are asked of it at all. No query."""
    return subject.area == Area.E


def about(subject: Subject) -> Q:
    """Return the condition for the answers about a subject."""
    return Q(activity=subject) if isinstance(subject, Activity) else Q(collaboration=subject)


def checklist(subject: Subject) -> list[Item]:
    """Return every question in order with its answers. Costs one query."""
    items = {question: Item(facts) for question, facts in QUESTIONS.items()}
    found = Answer.objects.filter(about(subject)).select_related("party").order_by("-number")
    for answer in found:
        items[Question(answer.question)].answers.append(answer)
    return list(items.values())


def missing(items: Iterable[Item]) -> list[Question]:
    """Return the questions of a checklist that nobody has answered. No query."""
    return unanswered([item.facts.key for item in items if item.latest])


def answered(subject: Subject) -> frozenset[str]:
    """Return the keys of the questions that have an answer. Costs one query."""
    return frozenset(Answer.objects.filter(about(subject)).values_list("question", flat=True))


def latest_number(subject: Subject, question: Question) -> int:
    """Return how many answers a question has. Costs one query."""
    return Answer.objects.filter(about(subject), question=question).count()


def answering(subject: Subject) -> frozenset[int]:
    """Return the parties that answer for a subject. Costs no query for an activity, one for a collaboration."""
    if isinstance(subject, Activity):
        return frozenset({subject.party_id})
    seats = Participation.objects.filter(collaboration=subject, seat=Seat.SEATED)
    return who_answers({party: Kind(kind) for party, kind in seats.values_list("party_id", "party__kind")})


def checklist_url(subject: Subject) -> str:
    """Return the address of a subject's checklist. No query."""
    name = "checklist" if isinstance(subject, Activity) else "collaboration_checklist"
    return reverse(f"activities:{name}", args=[subject.slug])


def answer_url(subject: Subject, question: Question) -> str:
    """Return the address at which a question is answered. No query."""
    name = "answer" if isinstance(subject, Activity) else "collaboration_answer"
    return reverse(f"activities:{name}", args=[subject.slug, question.value])


def page_url(subject: Subject) -> str:
    """Return the address of the page of a subject. No query."""
    if isinstance(subject, Activity):
        return subject.get_absolute_url()
    return reverse("collaborations:collaboration", args=[subject.slug])


def keeps_from_ending(collaboration: Collaboration) -> Sentence | None:
    """Say which questions a collaboration in area E must answer before it ends; None in every other area. One query."""
    return keeps_open(answered(collaboration)) if has_checklist(collaboration) else None


def beside(collaboration: Collaboration) -> list[Addition]:
    """Return the way to the checklist of a collaboration in area E. Costs one query there, none elsewhere."""
    if not has_checklist(collaboration):
        return []
    left = len(unanswered(answered(collaboration)))
    text = (
        _("市民の参加と情報の公開について、まだ答えていない質問が%(left)sつあります。") % {"left": left}
        if left
        else _("市民の参加と情報の公開についての質問に、すべて答えています。")
    )
    return [Addition(_("公開の質問"), checklist_url(collaboration), text, _("質問と答えを読む"))]


def due_day(subject: Subject) -> date | None:
    """Return the last day of a subject, as its table has it. No query."""
    return subject.until if isinstance(subject, Activity) else subject.ends


def overdue() -> list[Subject]:
    """Return what is past its last day with questions left, and was not reminded of that day. Costs four queries."""
    today = timezone.localdate()
    activities = Activity.objects.filter(area=Area.E, status=Status.GOING, until__lt=today)
    running = Collaboration.objects.filter(
        area=Area.E, status__in=(Stage.ACTIVE, Stage.SUSPENDED), ends__lt=today
    )
    subjects: list[Subject] = [*activities.order_by("id"), *running.order_by("id")]
    done = defaultdict[tuple[bool, int], set[str]](set)
    found = Answer.objects.filter(Q(activity__in=activities) | Q(collaboration__in=running))
    for activity, collaboration, question in found.values_list("activity", "collaboration", "question"):
        done[activity is not None, activity or collaboration].add(question)
    told = _reminders(case_of(one) for one in subjects)
    return [
        one
        for one in subjects
        if unanswered(done[isinstance(one, Activity), one.pk]) and (case_of(one), _iso(one)) not in told
    ]


def was_reminded(subject: Subject) -> bool:
    """Tell whether its present last day was put on record as passed. Costs one query."""
    case = case_of(subject)
    return (case, _iso(subject)) in _reminders([case])


def _reminders(cases: Iterable[str]) -> set[tuple[str, str]]:
    told = Entry.objects.filter(case__in=list(cases), verb=OVERDUE.name)
    return {(entry.case, entry.facts["day"]) for entry in told}


def _iso(subject: Subject) -> str:
    day = due_day(subject)
    return day.isoformat() if day else ""
