"""The pages of the form navigator. The answers stand in the address and nowhere else."""

from collections.abc import Iterable
from itertools import takewhile

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wanowa.guideline.queries import pack
from wanowa.guideline.rules import AREAS, Form
from wanowa.guideline.rules.navigator import (
    QUESTIONS,
    STEPS,
    Advice,
    advise,
    changes,
    left,
    next_question,
    read,
)
from wanowa.guideline.views import telling
from wanowa.guideline.views.telling import NAVIGATOR, RESULT, Link
from wanowa.web.pages import show
from wanowa.web.requests import Request

ASK, ONE, OTHER = "ask", "one", "other"
"""Keys of an address beside the answers: the question to ask again, and the two forms to compare."""


@require_safe
def navigator(request: Request) -> HttpResponse:
    """Answer /guideline/navigator/: one question, or the way to the result when none is left."""
    answers, unread = read(_query(request, {ASK}))
    again = request.GET.getlist(ASK)
    if again and (len(again) > 1 or again[0] not in QUESTIONS):
        unread, again = (*unread, ASK), []
    question = QUESTIONS[again[0]] if again else next_question(answers)
    if question is None and not unread:
        return HttpResponseRedirect(telling.href(RESULT, answers))
    question = question or next(iter(QUESTIONS.values()))
    before = [key for key in takewhile(question.key.__ne__, QUESTIONS) if key in answers]
    advice = advise(answers)
    context = {
        "trail": telling.trail(_("形態ナビ")),
        "unread": unread,
        "question": question,
        "number": len(before) + 1,
        "left": left(answers) - (question.key not in answers),
        "options": [
            Link(
                option.label,
                telling.href(NAVIGATOR, {**answers, question.key: option.key}),
                option.hint,
                chosen=answers.get(question.key) == option.key,
            )
            for option in question.options
        ],
        "back": telling.href(NAVIGATOR, answers, ask=before[-1]) if before else "",
        "said": telling.said({key: answer for key, answer in answers.items() if key != question.key}),
        "area": AREAS[advice.area],
        "so_far": [ranked.form for ranked in advice.forms],
        "result": telling.href(RESULT, answers),
    }
    return show(
        request,
        "guideline/navigator.html",
        context,
        status=400 if unread else 200,
        cases=("guideline",),
    )


@require_safe
def navigator_result(request: Request) -> HttpResponse:
    """Answer /guideline/navigator/result/: the area, the forms, why, and what would change it."""
    answers, unread = read(_query(request))
    advice = advise(answers)
    cards = telling.cards(advice, answers)
    best = cards[0] if len(advice.best) == 1 else None
    context = {
        "trail": telling.trail(_("形態ナビ"), _("結果")),
        "unread": unread,
        "area": AREAS[advice.area],
        "reasons": telling.reasons(advice.reasons),
        "doubts": telling.reasons(advice.doubts),
        "best": best,
        "cards": cards[1:] if best else cards,
        "equals": advice.best,
        "start": telling.start_href(advice.area),
        "steps": telling.steps(STEPS.get(advice.area, ())),
        "turns": telling.turns(changes(answers), answers),
        "said": telling.said(answers),
        "left": left(answers),
        "more": telling.href(NAVIGATOR, answers) if next_question(answers) else "",
        "begin": reverse(NAVIGATOR),
        "desk": pack().desk,
        "address": request.build_absolute_uri(telling.href(RESULT, answers)),
    }
    return show(
        request,
        "guideline/navigator_result.html",
        context,
        status=400 if unread else 200,
        cases=("guideline",),
    )


@require_safe
def navigator_compare(request: Request) -> HttpResponse:
    """Answer /guideline/navigator/compare/: two forms side by side, with what the answers say about each."""
    answers, unread = read(_query(request, {ONE, OTHER}))
    chosen, wrong = _pair(request, advise(answers))
    context = {
        "trail": telling.trail(_("形態ナビ"), _("くらべる")),
        "unread": (*unread, *wrong),
        "columns": [telling.column(form, answers) for form in chosen],
        "pickers": [
            (ONE, _("ひとつ目の形"), chosen[0]),
            (OTHER, _("ふたつ目の形"), chosen[1]),
        ],
        "forms": list(Form),
        "answers": answers,
        "said": telling.said(answers),
        "result": telling.href(RESULT, answers) if answers else "",
        "begin": reverse(NAVIGATOR),
    }
    return show(
        request,
        "guideline/navigator_compare.html",
        context,
        status=400 if unread or wrong else 200,
        cases=("guideline",),
    )


def _query(request: Request, beside: Iterable[str] = ()) -> dict[str, list[str]]:
    return {key: request.GET.getlist(key) for key in request.GET if key not in beside}


def _pair(request: Request, advice: Advice) -> tuple[tuple[Form, Form], tuple[str, ...]]:
    """Return the two forms of the address, filled up by the best ones, and the keys that cannot be read."""
    best = [ranked.form for ranked in advice.forms] + list(Form)
    chosen: dict[str, Form] = {}
    wrong = []
    for key in (ONE, OTHER):
        given = request.GET.getlist(key)
        if len(given) == 1 and given[0] in Form.values and given[0] not in chosen.values():
            chosen[key] = Form(given[0])
        elif given:
            wrong.append(key)
    for key in (ONE, OTHER):
        if key not in chosen:
            chosen[key] = next(form for form in best if form not in chosen.values())
    return (chosen[ONE], chosen[OTHER]), tuple(wrong)
