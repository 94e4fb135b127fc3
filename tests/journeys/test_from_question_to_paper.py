"""From the first question to the official paper, once in each of the eight forms: navigator, draft, consent, PDF."""

import pytest

from tests.browser.stage import Somebody
from tests.journeys.cast import cast, page_of, windows
from tests.journeys.test_agreeing import offer, sit_down
from wanowa.collaborations.models import Collaboration, Draft
from wanowa.collaborations.tests.factories import Town, written
from wanowa.guideline.rules import Form
from wanowa.guideline.rules.navigator import UNSURE, Answers, advise, next_question
from wanowa.papers.rules import PAPERS
from wanowa.papers.services import issue_new
from wanowa.papers.tests.agreements import text_in
from wanowa.press.reading import faults

PHONE = {"width": 360, "scripts": False}


def way_to(form: Form, answers: Answers | None = None) -> Answers | None:
    """Return answers, as the navigator asks for them, after which this form alone fits best."""
    answers = answers or {}
    question = next_question(answers)
    if question is None:
        return answers if advise(answers).best == (form,) else None
    options = (option for option in question.options if option.key != UNSURE)
    ways = (way_to(form, {**answers, question.key: option.key}) for option in options)
    return next((way for way in ways if way is not None), None)


def answer(who: Somebody, way: Answers) -> None:
    """Answer question after question on the pages, from the front page on."""
    who.go("/")
    who.press("どんな形が合うか")
    given: dict[str, str] = {}
    while question := next_question(given):
        option = question.option(way[question.key])
        who.reads(str(question.text))
        label = who.page.get_by_text(str(option.label), exact=True)
        who.hand.press(who.page.locator("main a", has=label).first)
        given[question.key] = option.key


@pytest.mark.parametrize("form", list(Form))
def test_a_question_becomes_a_paper_that_both_agreed_on(visit, form):
    members = cast(2)
    ours, theirs = members
    a, b = windows(visit, members, **PHONE)
    title = f"{form.label}で行うこと{ours.party.pk}"

    way = way_to(form)
    assert way is not None, "no answers lead to this form alone"
    answer(a, way)
    a.reads(f"「{form.label}」が合いそうです")
    a.press("で呼びかける")
    a.write("題名", title)
    a.write("あらまし", "湧き水を見回ります。")
    a.write("いっしょにめざすこと", "湧き水を次の世代に残す。")
    a.tick(theirs.name)
    a.press("呼びかける", last=True)
    a.reads("呼びかけました。")
    collaboration = Collaboration.objects.get(title=title)
    draft = Draft.objects.get(collaboration=collaboration).terms
    assert draft.form == form, "the draft begins with the form that the navigator found"
    assert draft.roles, "the form proposes its tasks"

    sit_down(b, title)
    people = Town(tuple(member.actor for member in members))
    written(collaboration, people, **text_in(form, people, title=title))
    offer(a, collaboration)
    b.go(page_of(collaboration, "consent/"))
    b.reads("だれが、どれだけうけもつか")
    b.press("この内容に同意する")
    b.reads("全員の同意がそろい、第1版が効力をもちました。")
    while issue_new():
        pass

    anybody = visit(**PHONE)
    anybody.go(page_of(collaboration))
    anybody.press("書類（印刷して使えます）")
    for kind in PAPERS[form]:
        with anybody.page.expect_download() as coming:
            anybody.page.get_by_role("link", name=f"{kind.label}を受け取る（PDF）").click()
        assert faults(coming.value.path().read_bytes()) == []
