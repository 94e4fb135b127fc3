"""The pages on which the desk leads a round on, and what others read there."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from wanowa.exchange.tests.factories import page, signed_in
from wanowa.proposals.models import Award, Proposal, Round
from wanowa.proposals.rules.lifecycle import Onward, RoundStatus, Status
from wanowa.proposals.services import departments, gate, partnering
from wanowa.proposals.services import judging as services
from wanowa.proposals.tests import factories as make
from wanowa.proposals.tests.judging import announced, bench, checked, scoring
from wanowa.proposals.tests.test_leading_on import alone, early

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make.coordinator()


@pytest.fixture
def us():
    return make.actor()


def at(name, *args):
    return reverse(f"proposals:{name}", args=args)


def test_the_desk_says_where_a_proposal_without_a_partner_goes_on_and_its_proposer_reads_why(
    client, desk, us
):
    found = make.opened(desk)
    proposal = alone(found, us)
    make.closed(found)
    signed_in(client, desk)
    work = at("judging", found.pk)
    assert "このあとを決める" in page(client, work)
    about = f"{work}?about={proposal.pk}"
    half = client.post(about, {"answer": "one", "onward": "carry", "reason": " "})
    assert half.status_code == 400
    assert "わけを書いてください。提案した人に伝わります。" in half.text
    assert "まだ相手がいません" in client.post(work, {"answer": "begin"}).text
    typed = {"answer": "one", "onward": "carry", "reason": "次の回で、いっしょにさがします。"}
    assert client.post(about, typed).status_code == 302
    assert make.fresh(proposal).status == Status.CARRIED
    signed_in(client, us)
    told = page(client, proposal.get_absolute_url())
    assert "次の回で、いっしょにさがします。" in told
    assert "次の募集が始まると、お知らせします。" in told
    assert "提案のページにあります" in page(client, at("outcome", proposal.pk))
    coming = make.opened(desk, number=2)
    assert client.post(proposal.get_absolute_url(), {"act": "go_on", "round": "x"}).status_code == 400
    answer = client.post(proposal.get_absolute_url(), {"act": "go_on", "round": coming.pk})
    made = Proposal.objects.get(earlier=proposal)
    assert answer.url == at("write", made.pk)
    assert "つづきの提案へ" in page(client, proposal.get_absolute_url())


def test_a_round_without_proposals_is_ended_on_its_page_and_everybody_reads_why(client, desk):
    found = make.closed(make.opened(desk))
    signed_in(client, desk)
    work = at("judging", found.pk)
    assert "審査せずに終える" in page(client, work)
    wrong = client.post(work, {"answer": "end", "reason": ""})
    assert wrong.status_code == 400
    assert "わけを書いてください。だれでも読めます。" in wrong.text
    assert client.post(work, {"answer": "end", "reason": "1件も、ありませんでした。"}).status_code == 302
    assert "1件も、ありませんでした。" in page(client, work)
    client.logout()
    for address in (found.get_absolute_url(), at("result", found.pk)):
        assert "1件も、ありませんでした。" in page(client, address)


def test_a_round_with_results_says_what_it_waits_for_and_then_shows_the_button(client):
    made = announced(1)
    signed_in(client, made.desk)
    work = at("judging", made.round.pk)
    assert "申し立ての期間が終わると" in page(client, work)
    made.cancel(Award.objects.get())
    with time_machine.travel(timezone.now() + timedelta(days=42)):
        signed_in(client, made.desk)
        assert "ぜんぶ、すみました。" in page(client, work)
        assert client.post(work, {"answer": "finish"}).status_code == 302
    assert make.fresh(made.round).status == RoundStatus.FINISHED


def test_the_desk_changes_who_judges_on_an_open_round_with_a_reason_that_is_not_lost(client, desk):
    found = make.opened(desk)
    signed_in(client, desk)
    edit = at("edit_round", found.pk)
    people = "\n".join(f"{one.person.email} 市民" for one in found.reviewers.select_related("person"))
    wrong = client.post(edit, {"act": "appoint", "people": people, "why": " "})
    assert wrong.status_code == 400
    assert people.splitlines()[0] in wrong.text
    typed = {"act": "appoint", "people": people, "why": "立場を直しました。"}
    assert client.post(edit, typed).status_code == 302
    client.logout()
    told = page(client, found.get_absolute_url())
    assert "審査する人は2人です（市民、市民）。" in told
    assert "審査する人を決めなおしました（2人）" in told


def test_a_round_that_is_opened_early_says_from_when_it_takes_proposals(client, desk, us):
    found = early(desk)
    day = f"{(timezone.localdate() + timedelta(days=10)).day}日"
    proposal = make.written(make.begun(found, us), us)
    signed_in(client, us)
    for address in (found.get_absolute_url(), at("overview"), at("write", proposal.pk)):
        assert day in page(client, address)
        assert "から" in page(client, address)
    assert "募集中" not in page(client, found.get_absolute_url())
    shown = page(client, at("submit", proposal.pk))
    assert "この内容で出す" not in shown
    refused = client.post(at("submit", proposal.pk), {"seen": make.seen(proposal)})
    assert refused.status_code == 409
    assert f"{day}から始まります" in refused.text


def test_a_new_round_is_proposed_in_time_for_the_budget_and_the_page_warns_about_this_year(client, desk):
    with time_machine.travel("2026-11-26 03:00:00+00:00"):
        signed_in(client, desk)
        new = at("new_round")
        assert "2027-05-01" in page(client, new)
        this = f"{new}?year=2026"
        shown = page(client, this)
        assert "次の年度の予算に、間に合わないかもしれません" in shown
        assert "2026-11-26" in shown
    assert not Round.objects.exists()


def test_what_waits_for_the_reviewer_comes_first_and_what_is_over_last(client):
    over = announced(1, 1)
    person = over.round.reviewers.get().person
    others = {"judges": [person, Proposal.objects.get().person]}
    waiting = checked(bench(1, **others))
    going = scoring(1, **others)
    signed_in(client, over.reviewers[0])
    shown = page(client, at("reviews"))
    places = [shown.index(one.round.get_absolute_url()) for one in (waiting, going, over)]
    assert max(places[:2]) < places[2]


def test_the_gate_says_one_thing_about_what_can_begin(client):
    made = announced(1)
    award = Award.objects.get()
    signed_in(client, made.desk)
    assert "予算の成立待ち" in page(client, at("gate"))
    today = timezone.localdate()
    gate.record_budget(fiscal_year=award.fiscal_year, passed_on=today, document="議案第1号", by=made.desk)
    for address in (at("gate"), f"{at('gate')}?about={award.pk}"):
        assert "予算が決まりました。始められます" in page(client, address)
        assert "予算の成立待ち" not in page(client, address)


def test_what_departments_can_carry_stands_before_the_button_that_begins(client, desk, us):
    found = make.opened(desk)
    departments.declare(found, places=2, by=make.office())
    departments.publish_need(found, title="公園", text="花を植える", by=make.office())
    signed_in(client, us)
    shown = page(client, found.get_absolute_url())
    assert shown.index("書く前に") < shown.index("提案を書きはじめる")
    assert "1つの主体と、いっしょにできます。提案は、まだありません。" in shown


def test_who_is_judged_alone_still_asks_on_her_page_and_does_not_call_in_public(client, desk, us):
    found = make.opened(desk)
    proposal = alone(found, us)
    make.closed(found)
    services.send_on(proposal, onward=Onward.JUDGE, reason="よい案です。", by=desk)
    signed_in(client, us)
    shown = page(client, proposal.get_absolute_url())
    assert "声をかける" in shown
    assert "公開して、相手をさがす" not in shown
    office = make.office()
    partnering.ask_partner(make.fresh(proposal), party=office.party, by=us)
    signed_in(client, office)
    partner = proposal.partners.get()
    assert client.post(proposal.get_absolute_url(), {"act": "join", "partner": partner.pk}).status_code == 302
