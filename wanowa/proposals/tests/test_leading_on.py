"""A round never gets stuck and drops nobody: who judges, who has no partner, what comes early, how it ends."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from wanowa.kernel.errors import Invalid, Refused
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.tests.factories import PersonFactory
from wanowa.proposals.models import Award, Judging, Proposal, Round
from wanowa.proposals.queries.judging import judged
from wanowa.proposals.queries.judging.evidence import judging_matches_the_record
from wanowa.proposals.queries.proposals import answers_of, calling, partners_of, public_proposals
from wanowa.proposals.queries.rounds import opens_on, status_words, taken_by_department
from wanowa.proposals.rules.lifecycle import Onward, PartnerState, RoundStatus, Status
from wanowa.proposals.services import judging as services
from wanowa.proposals.services import partnering, rounds, submitting, talking
from wanowa.proposals.tests import factories as make
from wanowa.proposals.tests.judging import FINE, announced, bench, checked
from wanowa.proposals.verbs import APPOINTED, NEXT_OPENED, SENT_ON
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make.coordinator()


@pytest.fixture
def us():
    return make.actor()


def alone(found, us):
    """Return a proposal that was handed in without a partner."""
    proposal = make.written(make.begun(found, us), us)
    return submitting.submit(proposal, seen=make.seen(proposal), by=us)


def refused_by_the_database(action):
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        action()
    return str(caught.value)


def judges(number):
    return [(PersonFactory().pk, "学識経験者") for _one in range(number)]


def test_no_round_opens_without_two_who_judge(desk):
    found = make.prepared(desk)
    for number in (0, 1):
        rounds.appoint(found, judges(number), by=desk)
        with pytest.raises(Invalid, match="2人より少なくできません"):
            rounds.open_round(found, by=desk)
    rounds.appoint(found, [], by=desk)
    opening = {"status": "open", "opened_at": timezone.now(), "fingerprint": "0" * 64}
    told = refused_by_the_database(lambda: Round.objects.filter(pk=found.pk).update(**opening))
    assert "somebody who judges" in told
    with connection.cursor() as cursor:  # the negative control: it is this guard that refuses
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE proposals_round DISABLE TRIGGER proposals_round_leads_on")
    assert Round.objects.filter(pk=found.pk).update(**opening) == 1


def test_who_judges_can_change_until_the_scoring_begins_in_public_and_with_a_reason():
    made = bench(1, 2)
    first = made.round.reviewers.first()
    people = [(first.person_id, "市民"), *judges(1)]
    with pytest.raises(Invalid, match="わけを書いて"):
        rounds.appoint(made.round, people, by=made.desk)
    with pytest.raises(Invalid, match="2人より少なく"):
        rounds.appoint(made.round, people[:1] * 2, reason="病気のため", by=made.desk)
    rounds.appoint(made.round, people, reason="1人が病気のため", by=made.desk)
    kept = made.round.reviewers.get(person=first.person_id)
    assert (kept.pk, kept.capacity, kept.appointed_at) == (first.pk, "市民", first.appointed_at)
    told = history(made.round).get(verb=APPOINTED.name)
    assert (told.facts, "reason" in told.commitments) == ({"reviewers": 2}, True)
    checked(made)
    with pytest.raises(Refused, match="審査が始まった"):
        rounds.appoint(made.round, people, reason="もう一度", by=made.desk)


def test_the_judging_does_not_begin_while_a_proposal_without_a_partner_has_no_way_on(desk, us):
    found = make.opened(desk)
    proposal, other = alone(found, us), make.handed_in(found, make.actor(), title="花の道")
    with pytest.raises(Refused, match="受付が終わってから"):
        services.send_on(proposal, onward=Onward.CARRY, reason="わけ", by=desk)
    found = make.closed(found)
    services.check(other, findings=FINE, by=desk)
    with pytest.raises(Refused, match=f"「{proposal.title}」には、まだ相手がいません"):
        services.begin_scoring(found, by=desk)
    judging = Judging.objects.filter(round=found)
    told = refused_by_the_database(lambda: judging.update(phase="scoring", begun_at=timezone.now()))
    assert "nothing has been said" in told
    with pytest.raises(Invalid, match="わけを書いて"):
        services.send_on(proposal, onward=Onward.CARRY, reason=" ", by=desk)
    with pytest.raises(Refused), transaction.atomic():
        services.send_on(other, onward=Onward.CARRY, reason="わけ", by=desk)
    services.send_on(proposal, onward=Onward.CARRY, reason="次の回で、さがします。", by=desk)
    services.begin_scoring(found, by=desk)
    told = history(proposal).get(verb=SENT_ON.name).facts
    assert told == {"onward": "carry", "proposer": us.party}
    assert verify().clean


def test_what_is_judged_alone_finds_its_partner_until_it_begins(desk, us):
    found = make.opened(desk)
    proposal = partnering.call(alone(found, us), by=us)
    found, office = make.closed(found), make.office()
    assert calling(), "what was received looks on after the last day"
    services.send_on(proposal, onward=Onward.JUDGE, reason="よい案だからです。", by=desk)
    assert not public_proposals().exists()
    with pytest.raises(Refused, match="公開してさがせません"):
        partnering.call(proposal, by=us)
    services.check(proposal, findings=FINE, by=desk)
    services.begin_scoring(found, by=desk)
    assert list(judged(found)) == [proposal]
    partner = partnering.ask_partner(proposal, party=office.party, by=us)
    MembershipFactory(party_id=office.party, person=found.reviewers.first().person)
    with pytest.raises(Refused, match="この提案を審査しています"):
        partnering.answer_partner(partner, joins=True, by=office)
    late = make.office()
    partner = partnering.ask_partner(proposal, party=late.party, by=us)
    assert partnering.answer_partner(partner, joins=True, by=late).state == PartnerState.JOINED
    assert make.fresh(proposal).status == Status.REVIEW
    with pytest.raises(Refused, match="もう相手が決まって"):
        partnering.ask_partner(proposal, party=make.office().party, by=us)


def test_what_is_asked_to_be_added_stays_in_the_judging_though_it_is_alone(desk, us):
    found = make.opened(desk)
    proposal = alone(found, us)
    found = make.closed(found)
    services.send_on(proposal, onward=Onward.JUDGE, reason="わけ", by=desk)
    lacking = {**FINE, "papers": FINE["papers"]._replace(met=False, why="見積書を足してください。")}
    services.check(proposal, findings=lacking, by=desk)
    again = submitting.submit(make.fresh(proposal), seen=make.seen(proposal), by=us)
    assert again.status == Status.SUBMITTED


def test_what_is_carried_over_goes_on_in_the_next_round_with_its_words(desk, us):
    found, hands = make.opened(desk), make.actor()
    proposal = alone(found, us)
    found = make.closed(found)
    services.send_on(proposal, onward=Onward.CARRY, reason="次の回で、さがします。", by=desk)
    partner = partnering.ask_partner(proposal, party=hands.party, by=us)
    partnering.answer_partner(partner, joins=True, by=hands)
    assert make.fresh(proposal).status == Status.CARRIED, "a late yes does not bring it back into its round"
    assert not taken_by_department(found.pk)
    coming = make.opened(desk, number=2)
    assert history(proposal).get(verb=NEXT_OPENED.name).facts == {"proposer": us.party}
    made = make.begun(coming, us, earlier=make.fresh(proposal))
    assert {key: one.text for key, one in answers_of(made).items() if one.text} == make.WORDS
    assert [(one.party_id, one.state) for one in partners_of(made)] == [(hands.party, PartnerState.ASKED)]
    assert (made.title, made.owner_id) == (proposal.title, desk.person)
    with pytest.raises(Refused, match="もう次の募集につづけました"):
        make.begun(coming, us, earlier=proposal)
    with pytest.raises(Refused, match="まだこの募集の中に"):
        make.begun(coming, us, earlier=made)
    make.opened(desk, number=3)
    assert history(proposal).filter(verb=NEXT_OPENED.name).count() == 1, "who went on waits for nothing"
    assert verify().clean


def test_what_goes_on_outside_of_the_round_is_talked_about_with_somebody_by_name(desk, us):
    found = make.opened(desk)
    proposal = alone(found, us)
    make.closed(found)
    proposal = services.send_on(proposal, onward=Onward.TALK, reason="お金なしで、できそうです。", by=desk)
    assert (proposal.status, proposal.owner_id) == (Status.OUTSIDE, desk.person)
    for by in (us, desk):
        talking.speak(proposal, body="つづきを話しましょう。", by=by)
    coming = make.opened(desk, number=2)
    assert make.begun(coming, us, earlier=proposal).status == Status.DRAFT


def test_a_late_draft_and_a_round_that_is_called_off_lose_no_words(desk, us):
    found = make.opened(desk)
    late = make.written(make.begun(found, us), us)
    with pytest.raises(Refused, match="まだこの募集の中に"):
        make.begun(found, us, earlier=late)
    make.closed(found)
    off = make.opened(desk, number=2)
    sent = make.handed_in(off, us)
    rounds.call_off(off, reason="予算の見通しが変わりました。", by=desk)
    coming = make.opened(desk, number=3)
    for earlier in (late, sent):
        assert answers_of(make.begun(coming, us, earlier=earlier))["aim"].text == make.WORDS["aim"]


def test_a_round_that_received_nothing_ends_with_a_sentence_that_everybody_reads(desk, us):
    found = make.opened(desk)
    with pytest.raises(Refused, match="受付が終わって"):
        services.end_unjudged(found, reason="わけ", by=desk)
    waiting = alone(found, us)
    found = make.closed(found)
    ending = {"status": RoundStatus.FINISHED}
    told = refused_by_the_database(lambda: Round.objects.filter(pk=found.pk).update(**ending))
    assert "still under way" in told
    with pytest.raises(Refused, match="まだ残っています"):
        services.end_unjudged(found, reason="わけ", by=desk)
    services.send_on(waiting, onward=Onward.CARRY, reason="次の回へ。", by=desk)
    with pytest.raises(Refused, match="審査せずに終える"):
        services.begin_scoring(found, by=desk)
    with pytest.raises(Invalid, match="わけを書いて"):
        services.end_unjudged(found, reason="", by=desk)
    found = services.end_unjudged(found, reason="提案が、1件もありませんでした。", by=desk)
    assert (found.status, found.reason) == (RoundStatus.FINISHED, "提案が、1件もありませんでした。")
    assert verify().clean
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE proposals_round DISABLE TRIGGER USER")
    Round.objects.filter(pk=found.pk).update(status=RoundStatus.JUDGING)
    assert not verify().clean


def test_a_round_with_results_is_finished_when_nothing_of_it_waits():
    made = announced(2)
    with pytest.raises(Refused, match="申し立ての期間が終わると"):
        services.finish(made.round, by=made.desk)
    services.file_objection(made.fresh(1), text="数がちがいます。", by=made.proposers[1])
    with time_machine.travel(timezone.now() + timedelta(days=42)):
        with pytest.raises(Refused, match="答えていない申し立て、「花の道1」の予算"):
            services.finish(made.round, by=made.desk)
        services.answer_objection(made.fresh(1), answer="確かめました。", changed=False, by=made.desk)
        told = refused_by_the_database(lambda: Round.objects.update(status=RoundStatus.FINISHED))
        assert "still waits" in told
        made.cancel(Award.objects.get())
        assert services.finish(made.round, by=made.desk).status == RoundStatus.FINISHED
        with pytest.raises(Refused):
            services.finish(made.round, by=made.desk)
        assert not list(judging_matches_the_record())


def early(desk):
    """Return a round that was opened ten days before its first day."""
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        found = make.prepared(desk)
    return rounds.open_round(found, by=desk)


def test_a_round_that_is_opened_early_can_be_written_for_and_takes_nothing_before_its_day(desk, us):
    found = early(desk)
    first = timezone.localdate() + timedelta(days=10)
    assert opens_on(found) == first
    assert status_words(found).endswith(f"{first.day}日から受けつけます")
    proposal = make.accompanied(make.written(make.begun(found, us), us), us)
    read = make.seen(proposal)
    with pytest.raises(Refused, match=f"{first.day}日から始まります"):
        submitting.submit(proposal, seen=read, by=us)
    assert make.fresh(proposal).status == Status.DRAFT
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        assert status_words(found) == "募集中"
        assert submitting.submit(proposal, seen=read, by=us).receipt


def test_the_database_takes_nothing_early_even_when_the_service_does_not_look(desk, us, monkeypatch):
    proposal = make.accompanied(make.written(make.begun(early(desk), us), us), us)
    assert hasattr(submitting, "too_early")
    monkeypatch.setattr(submitting, "too_early", lambda *_: False)
    with pytest.raises(DatabaseError, match="takes proposals from"), transaction.atomic():
        submitting.submit(proposal, seen=make.seen(proposal), by=us)
    assert not Proposal.objects.filter(receipt__isnull=False).exists()
