"""A proposal from its first word to its receipt: prefilled, written together, never refused for want of a partner."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from wanowa.guideline.rules import Kind as PartyKind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.kernel.files import accept
from wanowa.kernel.tests.upload_samples import picture
from wanowa.parties.queries import closing_obstacles
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.models import User
from wanowa.people.services import erase
from wanowa.proposals.models import Answer, Partner, Proposal, Wording
from wanowa.proposals.queries.paper import paper_of
from wanowa.proposals.queries.proposals import answers_of, calling, partners_of
from wanowa.proposals.queries.rounds import apply_end
from wanowa.proposals.rules.deadlines import GRACE, deadline
from wanowa.proposals.rules.lifecycle import PartnerState, SeedStatus, Status
from wanowa.proposals.rules.merging import Merged
from wanowa.proposals.rules.questions import QuestionKey
from wanowa.proposals.services import departments, partnering, rounds, submitting, talking, writing
from wanowa.proposals.tests import factories as make
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make.coordinator()


@pytest.fixture
def found(desk):
    return make.opened(desk)


@pytest.fixture
def us():
    return make.actor(good_at="花の世話")


def test_a_proposal_begins_with_everything_that_is_known(found, desk, us):
    seed = make.idea("通学路を花でいっぱいに。")
    proposal = make.begun(found, us, seed=seed)
    answers = answers_of(proposal)
    assert answers["summary"].text == "通学路を花でいっぱいに。"
    assert "花の世話" in answers["roles"].text
    assert (make.fresh(seed).status, proposal.owner_id) == (SeedStatus.GROWN, desk.person)
    with pytest.raises(Refused, match="もう提案に育てて"):
        make.begun(found, us, seed=seed)


def test_an_answer_to_a_need_has_its_department_on_board_and_its_frame(found, us):
    office = make.office()
    need = departments.publish_need(found, title="公園の世話", text="花を植える人", budget=300_000, by=office)
    proposal = make.begun(found, us, need=need)
    answers = answers_of(proposal)
    assert (answers["title"].text, answers["amount"].text) == ("公園の世話", "300,000円")
    assert [(one.party_id, one.state) for one in partners_of(proposal)] == [
        (office.party, PartnerState.JOINED)
    ]
    with pytest.raises(Refused):
        make.begun(found, office, need=need)


def test_nobody_begins_in_a_round_that_is_not_open(desk, us):
    with pytest.raises(Refused):
        make.begun(make.prepared(desk), us)
    with pytest.raises(Forbidden):
        make.begun(make.opened(desk, number=2), make.actor(role=Role.VIEWER))


def test_the_database_too_lets_nothing_begin_in_a_closed_round(found, us):
    proposal = make.begun(found, us)
    with time_machine.travel(deadline(apply_end(found)) + GRACE + timedelta(seconds=1)):
        rounds.close(found)
    with pytest.raises(DatabaseError), transaction.atomic():
        Proposal.objects.create(round=found, kind="citizen", party_id=us.party, person_id=us.person)
    assert proposal.status == Status.DRAFT


def test_two_who_write_one_answer_at_once_both_find_their_words(found, us):
    proposal = make.begun(found, us)
    other = Actor(MembershipFactory(party_id=us.party, role=Role.MEMBER).person.pk, us.party)
    first = writing.save_answers(proposal, {"aim": "花がさきます。"}, seen={"aim": 0}, by=us)
    writing.save_answers(
        proposal, {"aim": "花がさきます。子どもが通ります。"}, seen={"aim": first[0].revision}, by=other
    )
    (saved,) = writing.save_answers(
        proposal, {"aim": "赤い花がさきます。"}, seen={"aim": first[0].revision}, by=us
    )
    assert saved.text == "赤い花がさきます。子どもが通ります。"
    assert not saved.both


def test_who_goes_on_typing_after_a_merge_loses_nobodys_words(found, us):
    """The page still holds the writer's own text: the next saving starts from that, not from what was merged."""
    proposal = make.begun(found, us)
    writing.save_answers(proposal, {"aim": "はじめ。"}, seen={"aim": 0}, by=us)
    writing.save_answers(proposal, {"aim": "はじめ。ほかの人の文。"}, seen={"aim": 1}, by=us)
    (mine,) = writing.save_answers(proposal, {"aim": "わたし、はじめ。"}, seen={"aim": 1}, by=us)
    assert (mine.text, mine.base) == ("わたし、はじめ。ほかの人の文。", 3)
    (again,) = writing.save_answers(proposal, {"aim": "わたしは、はじめ。"}, seen={"aim": mine.base}, by=us)
    assert again.text == "わたしは、はじめ。ほかの人の文。"


def test_without_bringing_together_words_would_be_lost(found, us, monkeypatch):
    """The negative control: the last one wins, and the other's words are gone."""
    other = Actor(MembershipFactory(party_id=us.party, role=Role.MEMBER).person.pk, us.party)
    proposal = make.begun(found, us)
    assert hasattr(writing, "merged"), "what this control switches off has another name"
    monkeypatch.setattr(writing, "merged", lambda _base, mine, _theirs: Merged(mine))
    writing.save_answers(proposal, {"aim": "みなみ"}, seen={"aim": 0}, by=us)
    writing.save_answers(proposal, {"aim": "きた"}, seen={"aim": 0}, by=other)
    assert "みなみ" not in Answer.objects.get(proposal=proposal, key="aim").text


def test_both_texts_stay_where_two_wrote_at_one_place(found, us):
    proposal = make.begun(found, us)
    writing.save_answers(proposal, {"aim": "みなみの文"}, seen={"aim": 0}, by=us)
    (saved,) = writing.save_answers(proposal, {"aim": "きたの文"}, seen={"aim": 0}, by=us)
    assert saved.both
    assert "みなみ" in saved.text
    assert "きた" in saved.text
    assert Wording.objects.filter(both=True).count() == 1


def test_only_those_who_do_it_together_write(found, us):
    proposal, other = make.begun(found, us), make.office()
    with pytest.raises(Forbidden):
        writing.save_answers(proposal, {"aim": "x"}, seen={}, by=other)
    partner = partnering.ask_partner(proposal, party=other.party, by=us)
    with pytest.raises(Forbidden):
        writing.save_answers(proposal, {"aim": "x"}, seen={}, by=other)
    partnering.answer_partner(partner, joins=True, by=other)
    writing.save_answers(proposal, {"aim": "x"}, seen={}, by=other)
    with pytest.raises(Forbidden):
        submitting.submit(proposal, seen="", by=other)


def test_an_answer_that_is_much_too_long_is_refused_and_a_little_too_long_is_kept(found, us):
    proposal = make.begun(found, us)
    writing.save_answers(proposal, {"aim": "あ" * 3000}, seen={}, by=us)
    with pytest.raises(Invalid):
        writing.save_answers(proposal, {"aim": "あ" * 30_000}, seen={}, by=us)


def test_a_department_without_room_is_not_asked_and_those_with_room_are_named(found, us):
    full, free = make.office(), make.office(name="みどりの課")
    departments.declare(found, places=1, by=full)
    departments.declare(found, places=1, by=free)
    other = make.actor()
    make.accompanied(make.begun(found, other), other, full)
    proposal = make.begun(found, us)
    with pytest.raises(Refused, match="みどりの課"):
        partnering.ask_partner(proposal, party=full.party, by=us)
    departments.declare(found, places=2, by=full)
    partner = partnering.ask_partner(proposal, party=full.party, by=us)
    assert make.fresh(proposal).department_id == full.party
    partnering.answer_partner(partner, joins=False, by=full)
    assert make.fresh(proposal).department_id is None


def test_one_person_never_answers_herself(found, us):
    office = make.office()
    MembershipFactory(party_id=office.party, person_id=us.person)
    proposal = make.begun(found, us)
    partner = partnering.ask_partner(proposal, party=office.party, by=us)
    with pytest.raises(Forbidden, match="本人"):
        partnering.answer_partner(partner, joins=True, by=Actor(us.person, office.party))


def test_a_public_call_shows_title_and_summary_and_a_hand_can_be_raised(found, us):
    proposal, other = make.begun(found, us), make.actor()
    with pytest.raises(Refused):
        partnering.offer(proposal, word="できます", by=other)
    with pytest.raises(Invalid, match="この2つ"):
        partnering.call(proposal, by=us)
    proposal = partnering.call(make.written(proposal, us), by=us)
    assert calling() == [(proposal, make.WORDS[QuestionKey.SUMMARY])]
    partner = partnering.offer(proposal, word="人を出せます。", by=other)
    with pytest.raises(Refused):
        partnering.offer(proposal, word="もう1回", by=other)
    with pytest.raises(Forbidden):
        partnering.answer_partner(partner, joins=True, by=other)
    assert partnering.answer_partner(partner, joins=True, by=us).state == PartnerState.JOINED
    partnering.quiet(proposal, by=us)
    assert calling() == []


def test_handing_in_gives_a_receipt_and_freezes_the_words(found, us):
    proposal = make.handed_in(found, us)
    assert proposal.status == Status.SUBMITTED
    assert int(proposal.receipt.replace("-", "")) == history(proposal).last().facts["receipt"]
    assert (proposal.amount, proposal.title) == (120_000, make.WORDS[QuestionKey.TITLE])
    with pytest.raises(Refused):
        writing.save_answers(proposal, {"aim": "こっそり"}, seen={}, by=us)
    for statement in (
        "UPDATE proposals_answer SET text = 'こっそり' WHERE key = 'aim'",
        "DELETE FROM proposals_answer",
        "UPDATE proposals_proposal SET title = 'こっそり'",
        "UPDATE proposals_proposal SET amount = 1",
        "UPDATE proposals_proposal SET receipt = 'x'",
        "UPDATE proposals_proposal SET submitted_at = now()",
        "UPDATE proposals_proposal SET status = 'adopted'",
        "UPDATE proposals_proposal SET status = 'draft'",
        "DELETE FROM proposals_proposal",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert verify().clean


def test_what_is_missing_keeps_it_a_draft(found, us):
    proposal = make.accompanied(make.begun(found, us), us)
    with pytest.raises(Invalid, match="足りません"):
        submitting.submit(proposal, seen=make.seen(proposal), by=us)
    assert make.fresh(proposal).status == Status.DRAFT


def test_what_somebody_wrote_meanwhile_is_not_handed_in_unread(found, us):
    proposal = make.accompanied(make.written(make.begun(found, us), us), us)
    read = make.seen(proposal)
    revision = answers_of(proposal)["aim"].revision
    writing.save_answers(proposal, {"aim": "べつのねらい"}, seen={"aim": revision}, by=us)
    with pytest.raises(Conflict):
        submitting.submit(proposal, seen=read, by=us)


def test_without_a_partner_it_is_received_and_goes_on_to_the_judging_with_the_first_yes(found, us):
    proposal = make.written(make.begun(found, us), us)
    proposal = submitting.submit(proposal, seen=make.seen(proposal), by=us)
    assert (proposal.status, bool(proposal.receipt)) == (Status.MATCHING, True)
    first = proposal.submitted_at
    proposal = make.accompanied(proposal, us)
    assert (proposal.status, proposal.submitted_at) == (Status.SUBMITTED, first)
    assert verify().clean


@pytest.mark.parametrize(
    ("arrived", "now", "received"),
    [(-1, -1, True), (-1, 60, True), (-1, 600, True), (-1, 800, False), (0, 0, False), (5, 5, False)],
)
def test_the_moment_of_arrival_decides_and_what_is_late_stays_a_draft(found, us, arrived, now, received):
    proposal = make.accompanied(make.written(make.begun(found, us), us), us)
    read, end = make.seen(proposal), deadline(apply_end(found))
    with time_machine.travel(end + timedelta(seconds=now), tick=False):
        moment = end + timedelta(seconds=arrived)
        if received:
            assert submitting.submit(proposal, seen=read, arrived=moment, by=us).submitted_at == moment
            return
        with pytest.raises(Refused, match="下書きに残っています"):
            submitting.submit(proposal, seen=read, arrived=moment, by=us)
    assert make.fresh(proposal).status == Status.DRAFT


def test_the_database_refuses_what_is_late_even_when_the_service_does_not_look(found, us, monkeypatch):
    """The negative control of the guard: with the look of the service off, the trigger still refuses."""
    proposal = make.accompanied(make.written(make.begun(found, us), us), us)
    monkeypatch.setattr(submitting, "_refuse_when_late", lambda *_: None)
    end = deadline(apply_end(found))
    with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
        submitting.submit(proposal, seen=make.seen(proposal), arrived=end, by=us)


def test_handing_in_costs_nine_queries(found, us, django_assert_num_queries):
    proposal = make.accompanied(make.written(make.begun(found, us), us), us)
    read = make.seen(proposal)
    with django_assert_num_queries(11):  # with the savepoint around it
        submitting.submit(proposal, seen=read, by=us)


def test_all_sides_read_the_same_room_and_say_what_they_think(found, desk, us):
    office, stranger = make.office(), make.actor()
    proposal = make.begun(found, us)
    partnering.ask_partner(proposal, party=office.party, by=us)
    for by in (us, office, desk):
        talking.speak(proposal, body="こんにちは", by=by)
    with pytest.raises(Forbidden):
        talking.speak(proposal, body="こんにちは", by=stranger)
    with pytest.raises(Forbidden):
        talking.state(proposal, text="考え", by=office)
    talking.state(proposal, text="はじめの考え", by=us)
    talking.state(proposal, text="考え", by=us)
    assert [one.text for one in proposal.statements.all()] == ["考え"]


def test_files_go_with_the_proposal_once_each(found, us):
    proposal = make.begun(found, us)
    file = accept(SimpleUploadedFile("花.png", picture()))
    kept = writing.attach(proposal, accepted=file, by=us)
    with pytest.raises(Refused):
        writing.attach(proposal, accepted=file, by=us)
    with pytest.raises(Forbidden):
        writing.attach(proposal, accepted=file, by=make.actor())
    writing.detach(kept, by=us)
    assert not proposal.attachments.exists()


def test_the_official_form_is_printed_from_what_was_written(found, us):
    proposal = make.handed_in(found, us)
    sheet = paper_of(proposal, partners_of(proposal))
    said = str(sheet)
    for text in make.WORDS.values():
        assert text in said
    assert proposal.receipt in said
    assert sheet.preview == ""


def test_a_party_with_a_proposal_under_way_does_not_close(found, us):
    proposal = make.handed_in(found, us)
    assert any("取り下げて" in str(one) for one in closing_obstacles(proposal.party))
    writing.withdraw(proposal, by=us)
    assert not any("審査中" in str(one) for one in closing_obstacles(proposal.party))


def test_the_words_of_a_person_go_and_those_of_a_group_stay(found):
    alone, us = make.actor(PartyKind.RESIDENT), make.actor()
    MembershipFactory(party_id=us.party)
    mine, ours = make.begun(found, alone), make.begun(found, us)
    make.written(mine, alone)
    make.written(ours, us)
    for by in (alone, us):
        erase(User.objects.get(pk=by.person), by=Actor(by.person))
    mine = make.fresh(mine)
    assert (mine.title, mine.status) == ("", Status.WITHDRAWN)
    assert set(Answer.objects.filter(proposal=mine).values_list("text", flat=True)) == {""}
    assert make.fresh(ours).title == make.WORDS[QuestionKey.TITLE]
    assert verify().clean


def test_verify_finds_a_proposal_that_was_changed(found, us):
    proposal = make.handed_in(found, us)
    unseen = []
    for statement in (
        "UPDATE proposals_answer SET text = 'ちがう' WHERE key = 'aim'",
        "UPDATE proposals_proposal SET amount = 5",
        "UPDATE proposals_proposal SET receipt = '2600-0000'",
        "UPDATE proposals_proposal SET fingerprint = repeat('0', 64)",
    ):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                for table in ("proposal", "answer"):
                    cursor.execute(f"ALTER TABLE proposals_{table} DISABLE TRIGGER USER")
                cursor.execute(statement)
            if "proposal" not in {problem.kind for problem in verify().problems}:
                unseen.append(statement)
            transaction.set_rollback(True)
    assert unseen == []
    assert Partner.objects.filter(proposal=proposal).exists()
    assert proposal.submitted_at <= timezone.now()
