"""What the pages of the navigator show: links, answers in words, reasons with their clauses."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from wanowa.guideline.queries import clause_href
from wanowa.guideline.rules import AREAS, FORMS, Area, AreaFacts, Form, FormFacts
from wanowa.guideline.rules.navigator import (
    QUESTIONS,
    Advice,
    Answers,
    Change,
    Question,
    Step,
    Vote,
    advise,
    speaks_about,
)
from wanowa.kernel.errors import Sentence

NAVIGATOR, RESULT, COMPARE = (
    "guideline:navigator",
    "guideline:navigator_result",
    "guideline:navigator_compare",
)


@dataclass(frozen=True, slots=True)
class Link:
    """Something to press: what it says, where it leads, and whether it is chosen now."""

    title: Sentence
    href: str
    hint: Sentence = ""
    chosen: bool = False
    action: Sentence = ""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that was given, with the address where it can be changed."""

    question: Question
    label: Sentence
    href: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence that speaks for or against, the answer it comes from, and where its clause can be read."""

    sentence: Sentence
    clause: str
    href: str
    name: Sentence = ""
    label: Sentence = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One form as the result shows it."""

    facts: FormFacts
    reasons: list[Reason]
    doubts: list[Reason]
    href: str
    compare: str
    neighbour: Form
    start: str


@dataclass(frozen=True, slots=True)
class Turn:
    """The other answers to one question that would lead elsewhere; the hint of each link says where."""

    question: Question
    links: list[Link]


@dataclass(frozen=True, slots=True)
class Column:
    """One of two forms side by side, in the area that the answers or else the guideline give it."""

    facts: FormFacts
    area: AreaFacts
    areas: list[AreaFacts]
    reasons: list[Reason]
    doubts: list[Reason]
    href: str
    start: str


def href(name: str, answers: Answers, **more: str) -> str:
    """Return the address of a page of the navigator with the answers in their order."""
    given = [(key, answers[key]) for key in QUESTIONS if key in answers]
    query = urlencode([*given, *more.items()])
    return f"{reverse(name)}?{query}" if query else reverse(name)


def trail(*titles: str) -> list[tuple[str, str]]:
    """Return the breadcrumb; all but the last title lead to the navigator."""
    addresses = [reverse(NAVIGATOR)] * (len(titles) - 1)
    rest = zip(titles, [*addresses, ""], strict=True)
    return [(_("協働とは"), reverse("guideline:overview")), *rest]


def said(answers: Answers) -> list[Said]:
    """Return the answers in words, each with the way to change it."""
    return [
        Said(QUESTIONS[key], QUESTIONS[key].option(answer).label, href(NAVIGATOR, answers, ask=key))
        for key, answer in answers.items()
    ]


def reasons(votes: Iterable[Vote]) -> list[Reason]:
    """Return votes as sentences with their clause."""
    return [
        Reason(
            vote.sentence,
            vote.clause,
            clause_href(vote.clause),
            *(
                (QUESTIONS[vote.question].name, QUESTIONS[vote.question].option(vote.answer).label)
                if vote.question
                else ()
            ),
        )
        for vote in votes
    ]


def cards(advice: Advice, answers: Answers) -> list[Card]:
    """Return the forms of an advice, best first; each can be compared with the first, the first with the second."""
    forms = [ranked.form for ranked in advice.forms]
    return [
        Card(
            FORMS[ranked.form],
            reasons(ranked.reasons),
            reasons(ranked.doubts),
            reverse("guideline:form", args=[ranked.form]),
            href(COMPARE, answers, one=forms[0], other=forms[place or 1]),
            forms[0 if place else 1],
            start_href(advice.area, ranked.form),
        )
        for place, ranked in enumerate(advice.forms)
    ]


def turns(found: Iterable[Change], answers: Answers) -> list[Turn]:
    """Return the changes gathered by their question."""
    gathered: dict[str, list[Link]] = {}
    for change in found:
        option = QUESTIONS[change.question].option(change.answer)
        address = href(RESULT, {**answers, change.question: change.answer})
        link = Link(option.label, address, _place(change))
        gathered.setdefault(change.question, []).append(link)
    return [Turn(QUESTIONS[key], links) for key, links in gathered.items()]


def _place(change: Change) -> str:
    if not change.forms:
        return _("%(area)s（%(leads)s）") % {"area": change.area.label, "leads": AREAS[change.area].leads}
    if len(change.forms) > 1:
        return _("%(area)s（形は、まだ決まりません）") % {"area": change.area.label}
    return _("%(area)s「%(form)s」") % {"area": change.area.label, "form": change.forms[0].label}


def steps(planned: Iterable[Step]) -> list[Link]:
    """Return what can be done here and now: steps whose page this platform has."""
    found = []
    for step in planned:
        try:
            address = reverse(step.page, args=step.arguments)
        except NoReverseMatch:
            continue
        query = f"?{urlencode(step.query)}" if step.query else ""
        found.append(Link(step.title, address + query, step.sentence, action=step.action))
    return found


def start_href(area: Area, form: Form | None = None) -> str:
    """Return where a draft begins, in this area and form: a page of an upper app, known by its name only."""
    chosen = {"area": area.value} | ({"form": form.value} if form else {})
    return f"{reverse('collaborations:start')}?{urlencode(chosen)}"


def column(form: Form, answers: Answers) -> Column:
    """Return one form for the comparison."""
    facts, advice = FORMS[form], advise(answers)
    area = advice.area if advice.area in facts.areas else facts.areas[0]
    spoken = speaks_about(form, answers)
    return Column(
        facts,
        AREAS[area],
        [AREAS[one] for one in facts.areas],
        reasons(vote for vote in spoken.reasons if vote.points),
        reasons(spoken.doubts),
        reverse("guideline:form", args=[form]),
        start_href(area, form),
    )
