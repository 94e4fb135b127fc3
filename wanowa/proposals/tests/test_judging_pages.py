"""The pages of judging: a whole round on pages alone, who may see what, what they cost, bad input."""

import csv
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wanowa.guideline.rules import Scheme
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.press.tests.text import needs_poppler, text_of
from wanowa.proposals.models import Award, Decision, Inquiry, Judging, Round, Sheet
from wanowa.proposals.queries.gate import summaries
from wanowa.proposals.queries.summary import summary_of
from wanowa.proposals.rules.judging import CheckItem, Phase
from wanowa.proposals.rules.lifecycle import Status
from wanowa.proposals.services import judging as services
from wanowa.proposals.tests.judging import announced, bench, checked, opened, scoring, seal
from wanowa.proposals.views import history

pytestmark = pytest.mark.django_db
SCORES = {"score_c1": "4", "why_c1": "わけ", "score_c2": "5", "why_c2": "", "words": "よい案です。"}
YES = {f"met_{item.value}": "yes" for item in CheckItem}


def browser(actor):
    client = Client()
    return sign_in(client, User.objects.get(pk=actor.person))


def at(name, *args):
    return reverse(f"proposals:{name}", args=args)


def test_a_round_is_judged_on_pages_alone():
    made = bench(1, 1)
    proposal, desk = made.proposals[0], browser(made.desk)
    reviewer, proposer = browser(made.reviewers[0]), browser(made.proposers[0])
    work = at("judging", made.round.pk)
    assert desk.post(f"{work}?about={proposal.pk}", YES | {"answer": "one"}).status_code == 302
    assert desk.post(work, {"answer": "begin"}).status_code == 302
    assert reviewer.get(at("review", proposal.pk)).url == at("reviews")
    held = made.round.reviewers.get()
    assert reviewer.post(at("reviews"), {"reviewer": held.pk, "sure": "on"}).status_code == 302
    page = at("review", proposal.pk)
    assert reviewer.post(page, {"answer": "ask", "ask-text": "雨の日は？"}).status_code == 302
    mine = at("outcome", proposal.pk)
    reply = {"answer": "reply", "reply-text": "屋根の下です。", "inquiry": Inquiry.objects.get().pk}
    assert proposer.post(mine, reply).status_code == 302
    assert proposer.post(mine, {"answer": "pitch", "pitch-text": "花で明るく。"}).status_code == 302
    shown = reviewer.get(page).text
    assert "屋根の下です。" in shown
    assert "花で明るく。" in shown
    assert reviewer.post(page, SCORES | {"answer": "keep", "seen": "0"}).status_code == 302
    assert 'value="1"' in reviewer.get(page).text
    assert reviewer.post(page, SCORES | {"answer": "seal", "seen": "1"}).status_code == 302
    assert desk.post(work, {"answer": "minutes", "minutes-text": "話しました。"}).status_code == 302
    decision = {
        "answer": "one",
        "outcome": "adopted",
        "amount": "9万円",
        "reasons": "効果が高い。",
        "seen": "0",
    }
    assert desk.post(f"{work}?about={proposal.pk}", decision).status_code == 302
    assert "効果が高い。" not in proposer.get(mine).text
    assert "効果が高い。" not in Client().get(at("result", made.round.pk)).text
    assert desk.post(work, {"answer": "announce"}).status_code == 302
    assert "効果が高い。" in proposer.get(mine).text
    result = Client().get(at("result", made.round.pk)).text
    assert "効果が高い。" in result
    assert "話しました。" in result
    assert Award.objects.get().amount == 90_000


def test_the_gate_stands_between_the_result_and_the_collaboration():
    made = announced(1)
    proposal, desk, official = made.proposals[0], browser(made.desk), browser(made.official)
    mine, award = at("outcome", proposal.pk), Award.objects.get()
    refused = official.post(mine, {"answer": "begin"})
    assert refused.status_code == 409
    assert "年度の予算の成立が、まだ記録されていません" in refused.text
    assert "協働の話し合いを始める" not in official.get(mine).text
    typed = {
        "answer": "budget",
        "budget-fiscal_year": str(award.fiscal_year),
        "budget-passed_on": made.round.created_at.date().isoformat(),
        "budget-document": "議案第10号",
    }
    assert desk.post(at("gate"), typed).status_code == 302
    assert "議案第10号" in official.get(mine).text
    assert official.post(mine, {"answer": "begin"}).status_code == 302
    award.refresh_from_db()
    table = official.get(reverse("collaborations:collaboration", args=[award.collaboration.slug]))
    assert at("result", made.round.pk) in table.text


def test_less_money_waits_for_the_yes_of_the_proposer():
    made = announced(1)
    award, desk, proposer = Award.objects.get(), browser(made.desk), browser(made.proposers[0])
    offer = {"answer": "reduce", "reduce-offered": "5万円", "reduce-reason": "予算が減りました。"}
    assert desk.post(f"{at('gate')}?about={award.pk}", offer).status_code == 302
    page = proposer.get(at("outcome", made.proposals[0].pk)).text
    assert "予算が減りました。" in page
    assert (
        proposer.post(at("outcome", made.proposals[0].pk), {"answer": "agree", "seen": "1"}).status_code
        == 409
    )
    yes = {"answer": "agree", "seen": "50000"}
    assert proposer.post(at("outcome", made.proposals[0].pk), yes).status_code == 302
    award.refresh_from_db()
    assert (award.amount, award.status) == (50_000, "waiting")


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"answer": "seal", "score_c1": "9", "seen": "0"}, 400),
        ({"answer": "keep", "why_c1": "あ" * 1001, "seen": "0"}, 400),
        ({"answer": "seal", "score_c1": "3", "seen": "0"}, 400),
        ({"answer": "keep", "score_c1": "3", "seen": "7"}, 409),
        ({"answer": "nothing"}, 400),
        ({"answer": "ask", "ask-text": ""}, 400),
    ],
)
def test_what_cannot_be_is_answered_with_a_sentence_and_nothing_typed_is_lost(typed, status):
    made = scoring(1, 1)
    page = browser(made.reviewers[0]).post(at("review", made.proposals[0].pk), typed)
    assert page.status_code == status
    for name in ("why_c1", "words"):
        assert typed.get(name, "") in page.text
    assert not Sheet.objects.exists()


def test_a_conflict_keeps_what_is_typed_and_the_second_press_counts():
    made = scoring(1, 1)
    reviewer, page = browser(made.reviewers[0]), at("review", made.proposals[0].pk)
    reviewer.post(page, SCORES | {"answer": "keep", "seen": "0"})
    again = reviewer.post(page, SCORES | {"answer": "keep", "words": "別の文", "seen": "0"})
    assert again.status_code == 409
    assert "別の文" in again.text
    assert 'name="seen" value="1"' in again.text
    assert reviewer.post(page, SCORES | {"answer": "keep", "words": "別の文", "seen": "1"}).status_code == 302


def test_pages_exist_only_for_those_whom_they_concern():
    made = opened(1, 1)
    proposal = made.proposals[0]
    people = {
        "desk": made.desk,
        "reviewer": made.reviewers[0],
        "proposer": made.proposers[0],
        "official": made.official,
    }
    allowed = {
        at("review", proposal.pk): {"reviewer"},
        at("judging", made.round.pk): {"desk"},
        at("outcome", proposal.pk): {"proposer", "official"},
        at("gate"): {"desk"},
        at("summary"): {"desk"},
        at("summary_paper"): {"desk"},
        at("result", made.round.pk): set(people),
        at("reviews"): set(people),
    }
    for address, who in allowed.items():
        seen = {name for name, actor in people.items() if status_of(browser(actor).get(address)) == 200}
        assert seen == who, address
    assert Client().get(at("result", made.round.pk)).status_code == 200
    assert Client().get(at("reviews")).status_code == 302


def test_who_stands_back_reads_nothing_and_others_still_do():
    made = checked(bench(1, 2))
    services.declare(made.round, related=[made.proposals[0].party_id], by=made.reviewers[0])
    page = at("review", made.proposals[0].pk)
    away = browser(made.reviewers[0]).get(page)
    assert away.status_code == 403
    assert "公園に花を植えます。" not in away.text


def test_a_member_of_a_party_beside_cannot_answer_for_the_proposer():
    made = scoring(1, 1)
    inquiry = services.inquire(made.fresh(), text="雨は？", by=made.reviewers[0])
    typed = {"answer": "reply", "reply-text": "さあ", "inquiry": inquiry.pk}
    page = browser(made.official).post(at("outcome", made.proposals[0].pk), typed)
    assert page.status_code == 403


def status_of(answer):
    """Return the status of an answer, and read it to its end."""
    assert answer.getvalue() or answer.status_code != 200
    return answer.status_code


def queries_of(client, address):
    status_of(client.get(address))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert status_of(client.get(address)) == 200
    return len(asked)


@pytest.mark.parametrize("phase", ["checking", "announced"])
def test_pages_ask_the_database_the_same_for_2_and_for_12_proposals(phase):
    few, many = (bench(2, 2), bench(12, 2)) if phase == "checking" else (announced(2, 1), announced(12, 1))
    for page in ("judging", "result"):
        asked = [queries_of(browser(made.desk), at(page, made.round.pk)) for made in (few, many)]
        assert asked[0] == asked[1], page
    if phase == "announced":
        asked = [queries_of(browser(made.reviewers[0]), at("reviews")) for made in (few, many)]
        assert asked[0] == asked[1]


def test_the_gate_and_the_summary_ask_the_same_however_much_was_adopted():
    made = announced(1, 1)
    desk = browser(made.desk)
    pages = [at(name) for name in ("gate", "summary", "summary_paper")]
    before = [queries_of(desk, page) for page in pages]
    for _more in range(4):
        announced(2, 1)
    assert [queries_of(desk, page) for page in pages] == before


def test_the_summary_counts_what_came_in_and_what_became_of_it():
    announced(3, 1)
    desk = browser(announced(1, 1).desk)
    rows = desk.get(at("summary")).content.decode("utf-8-sig").splitlines()
    assert rows[1].split(",")[1:] == ["2", "1", "1", "1", "0", "0", "0", "0"]
    assert rows[2].split(",")[1:] == ["1", "3", "3", "1", "0", "0", "0", "0"]


@needs_poppler
def test_the_summary_on_paper_says_the_same_numbers_and_their_sums():
    desk = browser(announced(3, 1).desk)
    announced(1, 1)
    paper = b"".join(desk.get(at("summary_paper")))
    assert paper.startswith(b"%PDF-")
    assert b"/MarkInfo" in paper
    table = list(csv.reader(desk.get(at("summary")).content.decode("utf-8-sig").splitlines()))
    (grid,) = summary_of(summaries()).blocks[0].blocks
    assert [list(row) for row in (grid.head, *grid.rows)] == table
    assert grid.foot == ("合計", "", "4", "4", "2", "0", "0", "0", "0")
    text = text_of(paper)
    assert "懇話会のみなさんへ" in text
    assert "つくりもの" not in text
    Round.objects.update(demonstration=True)
    assert "つくりもの" in text_of(b"".join(desk.get(at("summary_paper"))))


def test_the_history_tells_every_year_and_every_project_with_its_chart_and_its_table():
    page = Client().get(at("history")).text
    assert "34件の提案がありました" in page
    assert "17件が採択されました" in page
    assert page.count("どちらの提案か、資料ではわかりません") == 5
    assert page.count("募集なし") == 2
    assert page.count("★") == 11 + 1
    rows = Client().get(at("history_table")).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + 11 * 2 + 17
    assert rows[1].endswith(",2011,申請,市民提案,4,,")


def test_a_city_without_an_earlier_scheme_has_no_history(monkeypatch):
    monkeypatch.setattr(history, "pack", lambda: SimpleNamespace(scheme=Scheme()))
    for name in ("history", "history_table"):
        assert Client().get(at(name)).status_code == 404


def test_the_order_on_the_desk_explains_a_tie():
    made = scoring(2, 1)
    for at_ in range(2):
        seal(made, made.reviewers[0], at_, score=4)
    page = browser(made.desk).get(at("judging", made.round.pk)).text
    assert "順位も同じです" in page
    assert Judging.objects.get().phase == Phase.OPENED


def test_an_objection_and_its_answer_on_pages():
    made = announced(2, 1)
    second, desk, proposer = made.proposals[1], browser(made.desk), browser(made.proposers[1])
    typed = {"answer": "object", "object-text": "数がちがいます。"}
    assert proposer.post(at("outcome", second.pk), typed).status_code == 302
    answer = {"answer": "one", "about": second.pk, "changed": "yes", "amount": "", "reply": "直しました。"}
    work = at("judging", made.round.pk)
    wrong = desk.post(work, answer)
    assert (wrong.status_code, "金額を入れてください" in wrong.text) == (400, True)
    assert "直しました。" in wrong.text
    assert Decision.objects.filter(proposal=second).count() == 1
    assert desk.post(work, answer | {"amount": "5万円"}).status_code == 302
    assert made.fresh(1).status == Status.ADOPTED
    assert "結果が変わりました。" in proposer.get(at("outcome", second.pk)).text


def test_somebody_without_a_part_may_not_even_declare():
    made = checked(bench(1, 1))
    stranger = sign_in(Client(), PersonFactory())
    typed = {"reviewer": made.round.reviewers.get().pk, "sure": "on"}
    assert stranger.post(at("reviews"), typed).status_code == 403
