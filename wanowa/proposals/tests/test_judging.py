"""From the check to the announcement: who may do what, when, and what the database refuses."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.proposals.models import (
    Decision,
    Judging,
    Recusal,
    Sheet,
)
from wanowa.proposals.queries import judging as queries
from wanowa.proposals.queries.judging.evidence import judging_matches_the_record
from wanowa.proposals.rules.judging import CheckItem, Finding, Mark, Phase
from wanowa.proposals.rules.judging import Sheet as Written
from wanowa.proposals.rules.lifecycle import Status
from wanowa.proposals.services import judging as services
from wanowa.proposals.tasks import open_overdue_sheets
from wanowa.proposals.tests.judging import (
    FINE,
    announced,
    bench,
    checked,
    opened,
    scoring,
    seal,
    sheet,
    verdict,
)
from wanowa.proposals.verbs import DECIDED, RETURNED
from wanowa.record.queries import history

pytestmark = pytest.mark.django_db
LACKING = {**FINE, CheckItem.PAPERS.value: Finding(met=False, why="見積書をつけてください。")}


def refused_by_the_database(action):
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        action()
    return str(caught.value)


def phase(made):
    return Judging.objects.get(round=made.round).phase


def test_what_is_missing_is_named_and_can_be_added_within_the_stage():
    made = bench(1)
    services.check(made.proposals[0], findings=LACKING, by=made.desk)
    proposal = made.fresh()
    assert proposal.status == Status.RETURNED
    assert queries.missing_of(proposal) == ["見積書をつけてください。"]
    told = history(proposal).get(verb=RETURNED.name).facts
    assert (told["missing"], told["proposer"]) == (1, proposal.party_id)
    with pytest.raises(Refused, match="最後の日がすぎて"):
        services.begin_scoring(made.round, by=made.desk)


def test_nobody_is_left_out_for_a_paper_that_never_came():
    made = bench(2, later=-8)
    services.check(made.proposals[0], findings=LACKING, by=made.desk)
    services.check(made.proposals[1], findings=FINE, by=made.desk)
    services.begin_scoring(made.round, by=made.desk)
    assert [one.status for one in queries.judged(made.round)] == [Status.REVIEW] * 2
    services.declare(made.round, related=(), by=made.reviewers[0])
    reviewer = queries.reviewer_in(made.round, made.reviewers[0].person)
    assert queries.reading_of(made.fresh(), reviewer).missing == ["見積書をつけてください。"]


@pytest.mark.parametrize(
    ("findings", "sentence"),
    [
        ({}, "すべての項目"),
        ({**FINE, "papers": Finding(met=False)}, "何を足してほしいか"),
        ({**FINE, "papers": Finding(met=False, why="あ" * 401)}, "400文字"),
    ],
)
def test_a_check_looks_at_everything_and_gives_reasons(findings, sentence):
    made = bench(1)
    with pytest.raises(Invalid, match=sentence):
        services.check(made.proposals[0], findings=findings, by=made.desk)


def test_the_judging_begins_once_everything_is_checked_and_only_the_desk_begins_it():
    made = bench(2)
    services.check(made.proposals[0], findings=FINE, by=made.desk)
    with pytest.raises(Refused, match="まだ確かめていない"):
        services.begin_scoring(made.round, by=made.desk)
    services.check(made.proposals[1], findings=FINE, by=made.desk)
    with pytest.raises(Forbidden):
        services.begin_scoring(made.round, by=made.reviewers[0])
    services.begin_scoring(made.round, by=made.desk)
    with pytest.raises(Refused, match="いま「審査中」"):
        services.begin_scoring(made.round, by=made.desk)


def test_nothing_is_read_before_a_reviewer_has_said_with_whom_she_has_to_do():
    made = checked(bench(2))
    reviewer = queries.reviewer_in(made.round, made.reviewers[0].person)
    with pytest.raises(Refused, match="先に、かかわりのある"):
        queries.reading_of(made.fresh(), reviewer)
    with pytest.raises(Refused, match="先に、かかわりのある"):
        seal(made, made.reviewers[0])
    services.declare(made.round, related=[made.proposals[0].party_id], by=made.reviewers[0])
    with pytest.raises(Forbidden, match="外れています"):
        queries.reading_of(made.fresh(0), reviewer)
    with pytest.raises(Forbidden, match="外れています"):
        seal(made, made.reviewers[0], 0)
    assert queries.reading_of(made.fresh(1), reviewer).title == "花の道2"
    with pytest.raises(Refused, match="もう申し出ています"):
        services.declare(made.round, related=(), by=made.reviewers[0])


def test_ones_own_party_is_left_to_others_without_asking():
    made = checked(bench(2))
    member = MembershipFactory(party=made.proposals[1].party, person_id=made.reviewers[0].person)
    assert member.person_id == made.reviewers[0].person
    services.declare(made.round, related=(), by=made.reviewers[0])
    assert [(one.proposal_id, one.ground) for one in Recusal.objects.all()] == [
        (made.proposals[1].pk, "member")
    ]


def test_who_belongs_to_a_partner_stands_back_from_what_it_does_together():
    made = checked(bench(2))
    MembershipFactory(party=made.department, person_id=made.reviewers[0].person)
    services.declare(made.round, related=(), by=made.reviewers[0])
    assert set(Recusal.objects.values_list("proposal_id", "ground")) == {
        (one.pk, "partner") for one in made.proposals
    }


def test_who_finds_out_later_stands_back_and_what_she_wrote_goes():
    made = scoring(1)
    services.save_sheet(made.fresh(), sheet=sheet(), seen=0, by=made.reviewers[0])
    services.stand_back(made.fresh(), by=made.reviewers[0])
    assert not Sheet.objects.exists()
    with pytest.raises(Forbidden):
        services.save_sheet(made.fresh(), sheet=sheet(), seen=0, by=made.reviewers[0])
    seal(made, made.reviewers[1])
    assert phase(made) == Phase.OPENED, "only the one that remains was awaited"


def test_who_has_sealed_does_not_stand_back():
    made = scoring(1)
    seal(made, made.reviewers[0])
    with pytest.raises(Refused, match="もう封をしました"):
        services.stand_back(made.fresh(), by=made.reviewers[0])
    row = Sheet.objects.get()
    assert "does not stand back" in refused_by_the_database(
        lambda: Recusal.objects.create(
            reviewer=row.reviewer,
            proposal=row.proposal,
            ground="declared",
            stood_back_at=timezone.now(),
        )
    )


def test_the_last_seal_opens_all_sheets_and_what_is_read_is_what_was_sealed():
    made = scoring(2)
    for at in range(2):
        for number, reviewer in enumerate(made.reviewers):
            assert not any(one.content for one in Sheet.objects.all())
            seal(made, reviewer, at, score=3 + number, why=f"わけ{at}{number}")
    assert phase(made) == Phase.OPENED
    assert {one.rows[0].why for one in queries.sheets_about(made.fresh(1))} == {"わけ10", "わけ11"}
    assert not list(judging_matches_the_record())


def test_an_incomplete_sheet_is_kept_but_not_sealed():
    made = scoring(1)
    half = Written({"c1": Mark(3, "わけ")})
    services.save_sheet(made.fresh(), sheet=half, seen=0, by=made.reviewers[0])
    with pytest.raises(Invalid, match="まだ点のない項目が1個"):
        services.seal_sheet(made.fresh(), sheet=half, seen=1, by=made.reviewers[0])
    reviewer = queries.reviewer_in(made.round, made.reviewers[0].person)
    assert queries.own_sheet(made.fresh(), reviewer) == queries.Own(half, 1)


def test_two_windows_of_one_reviewer_do_not_overwrite_each_other():
    made = scoring(1)
    services.save_sheet(made.fresh(), sheet=sheet(2), seen=0, by=made.reviewers[0])
    with pytest.raises(Conflict):
        services.save_sheet(made.fresh(), sheet=sheet(5), seen=0, by=made.reviewers[0])
    services.save_sheet(made.fresh(), sheet=sheet(2), seen=0, by=made.reviewers[0])
    assert Sheet.objects.get().revision == 1, "the same again is no change"


def test_no_sheet_opens_while_one_is_awaited_and_there_is_still_time():
    made = scoring(1)
    seal(made, made.reviewers[0])
    with pytest.raises(Refused, match="まだ開けません"):
        services.open_sheets(made.round)
    assert queries.overdue_judgings() == []
    judging = Judging.objects.filter(round=made.round)
    assert "there is still time" in refused_by_the_database(
        lambda: judging.update(phase="opened", opened_at=timezone.now())
    )


def test_after_the_last_day_nobody_scores_and_the_clock_opens_what_is_sealed():
    with time_machine.travel(timezone.now() - timedelta(days=40)):
        made = scoring(1)
        seal(made, made.reviewers[0])
        services.save_sheet(made.fresh(), sheet=sheet(), seen=0, by=made.reviewers[1])
    with pytest.raises(Refused, match="最後の日をすぎました"):
        seal(made, made.reviewers[1])
    open_overdue_sheets(0)
    assert phase(made) == Phase.OPENED
    assert len(queries.sheets_about(made.fresh())) == 1
    assert Sheet.objects.count() == 1, "a draft that nobody sealed goes"
    assert not list(judging_matches_the_record())


def test_nobody_but_a_reviewer_scores():
    made = scoring(1)
    for stranger in (made.desk, made.official, made.proposers[0]):
        with pytest.raises(Forbidden):
            services.save_sheet(made.fresh(), sheet=sheet(), seen=0, by=Actor(stranger.person))


def test_questions_and_answers_go_to_and_fro_without_meeting():
    made = scoring(1)
    inquiry = services.inquire(made.fresh(), text="雨の日は？", by=made.reviewers[0])
    with pytest.raises(Forbidden):
        services.answer_inquiry(inquiry, text="屋根の下です。", by=made.official)
    services.answer_inquiry(inquiry, text="屋根の下です。", by=made.proposers[0])
    with pytest.raises(Refused, match="もう答えています"):
        services.answer_inquiry(inquiry, text="中止です。", by=made.proposers[0])
    other = queries.reviewer_in(made.round, made.reviewers[1].person)
    (asked,) = queries.reading_of(made.fresh(), other).inquiries
    assert (asked.text, asked.answer, asked.mine) == ("雨の日は？", "屋根の下です。", False)
    for text, sentence in ((" ", "文を書いて"), ("あ" * 401, "400文字")):
        with pytest.raises(Invalid, match=sentence):
            services.inquire(made.fresh(), text=text, by=made.reviewers[0])


def test_the_pitch_can_be_rewritten_and_only_the_proposer_writes_it():
    made = scoring(1)
    services.pitch(made.fresh(), text="はじめ", by=made.proposers[0])
    services.pitch(made.fresh(), text="花で、道が明るくなります。", by=made.proposers[0])
    with pytest.raises(Forbidden):
        services.pitch(made.fresh(), text="わるい案", by=made.official)
    reviewer = queries.reviewer_in(made.round, made.reviewers[0].person)
    assert queries.reading_of(made.fresh(), reviewer).pitch == "花で、道が明るくなります。"


def test_a_blind_round_covers_every_name_of_the_side_that_proposes():
    made = scoring(1, text="山田")
    party, person = made.proposals[0].party, made.proposers[0].person
    reviewer = queries.reviewer_in(made.round, made.reviewers[0].person)
    party.name, party.alternative_name = "和光みどりの会", "みどりWAKO"
    party.save()
    made.proposals[0].person.__class__.objects.filter(pk=person).update(
        name="高橋 由紀", reading="タカハシ ユキ"
    )
    services.pitch(made.fresh(), text="髙橋由紀と、ﾐﾄﾞﾘwakoです。 a@example.jp へ", by=made.proposers[0])
    reading = queries.reading_of(made.fresh(), reviewer)
    assert reading.pitch == "●●●と、●●●です。 ●●● へ"
    assert reading.names == ""


def test_an_open_round_shows_the_names():
    made = scoring(1, blind=False)
    reviewer = queries.reviewer_in(made.round, made.reviewers[0].person)
    assert queries.reading_of(made.fresh(), reviewer).names == made.proposals[0].party.name


def test_minutes_are_kept_only_over_open_sheets():
    made = scoring(1)
    with pytest.raises(Refused):
        services.keep_minutes(made.round, text="話しました。", by=made.desk)
    for reviewer in made.reviewers:
        seal(made, reviewer)
    services.keep_minutes(made.round, text="話しました。", by=made.reviewers[0])
    with pytest.raises(Forbidden):
        services.keep_minutes(made.round, text="聞きました。", by=made.proposers[0])


def test_the_result_is_told_to_all_at_once_with_reasons_and_to_nobody_before():
    made = opened(2)
    services.prepare(made.proposals[0], verdict=verdict(), seen=0, by=made.desk)
    with pytest.raises(Refused, match="結果の案がない"):
        services.announce(made.round, by=made.desk)
    services.prepare(made.proposals[1], verdict=verdict(adopts=False), seen=0, by=made.desk)
    assert queries.decision_about(made.fresh()) is None
    assert queries.public_result(Judging.objects.select_related("round").get()) == []
    services.announce(made.round, by=made.desk)
    assert [made.fresh(at).status for at in range(2)] == [Status.ADOPTED, Status.DECLINED]
    assert {history(one).filter(verb=DECIDED.name).count() for one in made.proposals} == {1}
    assert not list(judging_matches_the_record())


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (verdict(reasons=" "), "わけを書いて"),
        (verdict(amount=None), "金額を入れて"),
        (verdict(amount=100_001), "提案の金額（100,000円）をこえています"),
    ],
)
def test_a_decision_needs_reasons_and_an_amount_that_fits(wrong, sentence):
    made = opened(1)
    with pytest.raises(Invalid, match=sentence):
        services.prepare(made.proposals[0], verdict=wrong, seen=0, by=made.desk)


def test_two_coordinators_do_not_overwrite_each_others_decision():
    made = opened(1)
    services.prepare(made.proposals[0], verdict=verdict(), seen=0, by=made.desk)
    with pytest.raises(Conflict):
        services.prepare(made.proposals[0], verdict=verdict(adopts=False), seen=0, by=made.desk)


def test_what_is_published_is_what_the_round_declared():
    judging = Judging.objects.select_related("round").get(round=announced(2, shown=("titles",)).round)
    first, second = queries.public_result(judging)
    assert (first.label, bool(first.party), first.points, first.reasons) == ("花の道1", True, "", "")
    assert (second.label, second.party, second.adopted) == ("花の道2", "", False)
    judging = Judging.objects.select_related("round").get(
        round=announced(1, shown=("scores", "reasons")).round
    )
    (only,) = queries.public_result(judging)
    assert only.label == judging.round.proposals.get().receipt
    assert (only.points, only.reasons) == ("100.0", "効果が高いためです。")


def test_an_objection_is_answered_and_can_change_the_result():
    made = announced(2)
    with pytest.raises(Forbidden):
        services.file_objection(made.fresh(1), text="数がちがいます。", by=made.proposers[0])
    services.file_objection(made.fresh(1), text="数がちがいます。", by=made.proposers[1])
    with pytest.raises(Refused, match="もう申し立てています"):
        services.file_objection(made.fresh(1), text="もう一度。", by=made.proposers[1])
    services.answer_objection(
        made.fresh(1), answer="数を直しました。", changed=True, amount=50_000, by=made.desk
    )
    assert made.fresh(1).status == Status.ADOPTED
    assert made.fresh(1).award.amount == 50_000
    assert list(Decision.objects.filter(proposal=made.proposals[1]).values_list("number", "outcome")) == [
        (1, "not_adopted"),
        (2, "adopted"),
    ]
    assert not list(judging_matches_the_record())


def test_an_objection_that_changes_nothing_leaves_the_decision():
    made = announced(2)
    services.file_objection(made.fresh(1), text="数がちがいます。", by=made.proposers[1])
    services.answer_objection(made.fresh(1), answer="確かめました。", changed=False, by=made.desk)
    assert made.fresh(1).status == Status.DECLINED
    assert made.fresh(1).objection.changed is False


def test_the_days_of_the_calendar_are_those_of_the_round():
    made = scoring(1)
    assert queries.last_day(made.round, "scoring") == timezone.localdate() + timedelta(days=21)
