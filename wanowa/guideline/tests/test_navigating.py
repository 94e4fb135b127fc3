"""The pages of the navigator: one question at a time, a result that can be passed on, two forms side by side."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import clear_url_caches, path, reverse

from wanowa.guideline import queries
from wanowa.guideline.queries import clause_href
from wanowa.guideline.rules import FORMS, Area, Form
from wanowa.guideline.rules.navigator import QUESTIONS, VOTES, Step
from wanowa.guideline.views import telling
from wanowa.record.queries import clock
from wanowa.web import caching

START = "/guideline/navigator/"
RESULT = "/guideline/navigator/result/"
COMPARE = "/guideline/navigator/compare/"
WAYS = {
    "A": "lead=citizens&bring=nothing",
    "B": "lead=citizens&bring=money&what=event",
    "C": "lead=both&bring=goods&what=activity&who=company&plan=together",
    "D": "lead=city&plan=together",
    "E": "lead=authority",
}


def hrefs(page, address):
    """Return the addresses on a page that begin with `address`, as a browser reads them."""
    return [unescape(found) for found in re.findall(r'href="([^"]+)"', page) if found.startswith(address)]


@pytest.fixture
def read(client, db, django_assert_num_queries, monkeypatch):
    """Return a function that reads a page as a visitor of a web process that hears the record; no query."""
    queries.policy._read_at.cache_clear()
    monkeypatch.setattr(clock, "moment", lambda prefixes: "7")

    def page(address, status=200):
        client.get(address)  # templates and styles are read once
        caching.shelf.clear()
        with django_assert_num_queries(0):
            response = client.get(address)
        assert response.status_code == status
        return response.content.decode()

    return page


# One question at a time


def test_the_first_page_asks_the_first_question_with_every_answer(read):
    page = read(START)
    lead = QUESTIONS["lead"]
    assert f"<h1>{lead.text}</h1>" in page
    for option in lead.options:
        assert f"{START}?lead={option.key}" in hrefs(page, START)
        assert str(option.label) in page


def test_an_answer_leads_to_the_next_question_and_loses_none(read):
    page = read(f"{START}?lead=citizens&bring=money")
    assert f"<h1>{QUESTIONS['what'].text}</h1>" in page
    asked = [parse_qs(urlsplit(href).query) for href in hrefs(page, START) if "what=" in href]
    assert [one["what"] for one in asked] == [[option.key] for option in QUESTIONS["what"].options]
    assert all(one["lead"] == ["citizens"] and one["bring"] == ["money"] for one in asked)


def test_going_back_asks_the_last_question_again_and_marks_what_was_answered(read):
    page = read(f"{START}?lead=citizens&bring=money")
    back = f"{START}?lead=citizens&bring=money&ask=bring"
    assert back in hrefs(page, START)
    again = read(back)
    assert f"<h1>{QUESTIONS['bring'].text}</h1>" in again
    marked = re.findall(r'class="pick" href="([^"]+)" aria-current="true"', again)
    assert [unescape(href) for href in marked] == [f"{START}?lead=citizens&bring=money"]
    assert f"{START}?lead=citizens&bring=money&ask=lead" in hrefs(again, START)


def test_changing_an_early_answer_keeps_the_later_ones(read):
    page = read(f"{START}?lead=citizens&bring=money&what=event&ask=lead")
    assert f"{START}?lead=both&bring=money&what=event" in hrefs(page, START)


def test_when_nothing_is_left_to_ask_the_result_follows(client, db):
    for answers in WAYS.values():
        response = client.get(f"{START}?{answers}")
        assert (response.status_code, response["Location"]) == (302, f"{RESULT}?{answers}")


def test_after_each_answer_the_page_says_what_would_follow_so_far(read):
    page = read(f"{START}?lead=both&bring=share")
    assert "領域C：市民と市がいっしょに" in page
    assert f"{RESULT}?lead=both&bring=share" in hrefs(page, RESULT)
    assert "いまのところ" not in read(START)


# The result


@pytest.mark.parametrize(("area", "answers"), WAYS.items())
def test_a_result_names_its_area_its_reasons_and_the_clause_of_each(read, area, answers):
    page = read(f"{RESULT}?{answers}")
    assert f'href="/guideline/areas/{area}/"' in page
    given = dict(pair.split("=") for pair in answers.split("&"))
    reasons = page[page.index("そう考えたわけ") : page.index("つぎにすること")]
    assert len(re.findall("<li>", reasons)) == len(re.findall(r"指針 Ⅱ-\d", reasons)) >= 1
    for question, answer in given.items():
        assert str(QUESTIONS[question].option(answer).label) in page
    for vote in VOTES:
        if given.get(vote.question) == vote.answer and vote.word == area:
            assert str(vote.sentence) in reasons


def test_the_best_form_starts_a_draft_with_its_area_and_form(read):
    page = read(f"{RESULT}?{WAYS['B']}")
    assert "<h1>「補助」が合いそうです</h1>" in page
    assert hrefs(page, "/collaborations/new/?") == ["/collaborations/new/?area=B&form=subsidy"]
    for item in (*FORMS[Form.SUBSIDY].citizens_prepare, *FORMS[Form.SUBSIDY].city_prepares):
        assert str(item) in page
    assert "成果は市民に帰属" in page


def test_the_partnership_contract_keeps_the_area_it_was_found_in(read):
    assert "/collaborations/new/?area=D&form=partnership_contract" in hrefs(
        read(f"{RESULT}?{WAYS['D']}"), "/collaborations/new/"
    )
    assert "/collaborations/new/?area=C&form=partnership_contract" in hrefs(
        read(f"{RESULT}?lead=both&bring=money&what=place&plan=together"), "/collaborations/new/"
    )


def test_forms_that_fit_equally_are_said_to(read):
    two = read(f"{RESULT}?lead=city&plan=unsure")
    assert "「協働型委託」と「委託」が、同じくらい合います" in two
    assert "/collaborations/new/?area=D" in hrefs(two, "/collaborations/new/")
    nothing = read(f"{RESULT}?" + "&".join(f"{key}=unsure" for key in QUESTIONS))
    assert "形は、話し合って決められます" in nothing
    assert "/collaborations/new/?area=C" in hrefs(nothing, "/collaborations/new/")
    assert "つづきに答える" not in nothing


def test_an_early_result_leads_on_to_the_questions_that_are_left(read):
    page = read(f"{RESULT}?lead=both")
    assert "多くてあと4問で" in page
    assert f"{START}?lead=both" in hrefs(page, START)
    assert "形は、話し合って決められます" in read(RESULT)


def test_area_a_says_that_the_city_is_not_needed_and_what_to_do_then(read):
    page = read(f"{RESULT}?{WAYS['A']}")
    assert "市にたのまなくても、できます" in page
    assert f'href="{clause_href("Ⅱ-1")}"' in page
    assert hrefs(page, "/parties/") == ["/parties/"]
    assert "/collaborations/new/?" not in page


def test_area_e_says_that_only_the_city_can_and_how_to_be_heard(read):
    page = read(f"{RESULT}?{WAYS['E']}")
    assert "市だけができることです" in page
    assert "/parties/?kind=city" in hrefs(page, "/parties/")
    assert "/collaborations/new/?" not in page


def test_what_would_change_the_answer_leads_to_what_it_says(read):
    page = read(f"{RESULT}?{WAYS['B']}")
    turns = page[page.index('class="turns"') : page.index("あなたの答え")]
    found = re.findall(r'<a href="([^"]+)">[^<]+</a>」<span class="turn-to">([^<]+)</span>', turns)
    assert len(found) >= 5
    for href, place in found:
        then = read(unescape(href))
        area, form = re.fullmatch(r"領域(.)(?:「(.+)」|（.+）)", unescape(place)).groups()
        assert f'href="/guideline/areas/{area}/"' in then
        if form:
            assert f"<h1>「{form}」が合いそうです</h1>" in then


# Two forms side by side


def test_two_forms_stand_side_by_side_with_what_the_answers_say(read):
    page = read(f"{COMPARE}?one=contract&other=partnership_contract&lead=city&plan=together")
    for form in (Form.CONTRACT, Form.PARTNERSHIP_CONTRACT):
        facts = FORMS[form]
        for text in (
            facts.method,
            facts.effect,
            facts.example,
            *facts.citizens_prepare,
            *facts.city_prepares,
        ):
            assert str(text) in page
    assert "仕事の中身と役割を、対等に話し合って決めます。" in page
    assert "市が、たのむ仕事の中身を決める形です。" in page
    assert f"{RESULT}?lead=city&plan=together" in hrefs(page, RESULT)
    assert '<input type="hidden" name="plan" value="together">' in page
    assert "/collaborations/new/?area=D&form=partnership_contract" in hrefs(page, "/collaborations/new/")


def test_without_a_choice_the_two_that_fit_best_are_compared(read):
    page = read(f"{COMPARE}?{WAYS['B']}")
    assert "<h1>「補助」と「後援」</h1>" in page
    assert "<h1>「実行委員会・共催」と「協定」</h1>" in read(COMPARE)


# Addresses that cannot be read


@pytest.mark.parametrize(
    ("address", "named"),
    [
        (f"{START}?lead=king", "lead"),
        (f"{START}?lead=both&lead=city", "lead"),
        (f"{START}?lead=", "lead"),
        (f"{START}?utm_source=x", "utm_source"),
        (f"{START}?ask=king", "ask"),
        (f"{START}?lead=citizens&bring=nothing&x=1", "x"),
        (f"{RESULT}?lead=king", "lead"),
        (f"{RESULT}?ask=lead", "ask"),
        (f"{COMPARE}?one=king", "one"),
        (f"{COMPARE}?one=subsidy&other=subsidy", "other"),
        (f"{COMPARE}?one=subsidy&one=accord", "one"),
        (f"{COMPARE}?lead=king", "lead"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_kept(read, address, named):
    page = read(address, 400)
    assert "このアドレスには、読めないところがあります" in page
    assert f"<code>{named}</code>" in page


def test_a_wrong_answer_does_not_lose_the_right_ones(read):
    page = read(f"{START}?lead=both&bring=gold", 400)
    assert f"<h1>{QUESTIONS['bring'].text}</h1>" in page
    assert f"{START}?lead=both&bring=money" in hrefs(page, START)


def test_a_strange_key_is_text_and_not_markup(read):
    page = read(f"{START}?%3Cscript%3Ealert(1)%3C/script%3E=1", 400)
    assert "<script>alert" not in page


@pytest.mark.parametrize("address", [START, RESULT, COMPARE])
def test_the_pages_can_only_be_read(client, db, address):
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [START, f"{RESULT}?{WAYS['B']}", COMPARE])
def test_the_pages_are_kept_for_everybody_and_a_wrong_address_is_not(client, db, address, monkeypatch):
    monkeypatch.setattr(caching, "_clocks", [lambda cases: "noon"])
    kept = client.get(address)
    assert kept["Cache-Control"] == "public, no-cache"
    assert client.get(address, headers={"If-None-Match": kept["ETag"]}).status_code == 304
    joint = "&" if "?" in address else "?"
    assert "ETag" not in client.get(f"{address}{joint}x=1")


# Doors


def test_every_clause_of_a_reason_can_be_read(client, db):
    for clause in {vote.clause for vote in VOTES} | {"Ⅱ-2(6)", "Ⅱ-3", "Ⅳ-2(1)①"}:
        page, _, anchor = clause_href(clause).partition("#")
        response = client.get(page)
        assert response.status_code == 200
        assert not anchor or f'id="{anchor}"' in response.content.decode()
    assert clause_href("Ⅱ-2(6)") == "/guideline/principles/equality/"


urlpatterns = [path("somewhere/new/", lambda request: None, name="there")]


@pytest.mark.urls(__name__)
def test_a_step_whose_page_is_not_there_is_left_out():
    clear_url_caches()
    steps = (
        Step("ない", "ありません。", "見る", "nowhere:new"),
        Step("ある", "あります。", "見る", "there", query=(("area", Area.A.value),)),
    )
    assert [(link.title, link.href) for link in telling.steps(steps)] == [("ある", "/somewhere/new/?area=A")]


@pytest.mark.parametrize("page", ["/", "/guideline/"])
def test_the_navigator_is_found_from_where_people_begin(client, db, page):
    assert f'href="{reverse("guideline:navigator")}"' in client.get(page).content.decode()
