"""Behind the decision: nothing begins before its budget, less money needs a yes, and the years are counted."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import override

from wanowa.collaborations.models import Collaboration, Draft
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_days
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.proposals.models import Award, Budget, Continuation, Proposal
from wanowa.proposals.queries.judging.evidence import judging_matches_the_record
from wanowa.proposals.rules.judging import AwardStatus
from wanowa.proposals.rules.lifecycle import Status
from wanowa.proposals.services import gate
from wanowa.proposals.tests.judging import announced

pytestmark = pytest.mark.django_db


def adopted():
    made = announced(1, 1)
    return made, Award.objects.select_related("proposal").get()


def passed(award, made, **changed):
    typed = {
        "fiscal_year": award.fiscal_year,
        "passed_on": timezone.localdate(),
        "document": "議案第10号",
    }
    return gate.record_budget(**{**typed, **changed}, by=made.desk)


def refused_by_the_database(action):
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        action()
    return str(caught.value)


def test_no_collaboration_begins_before_the_budget_and_then_it_is_written_from_the_proposal():
    made, award = adopted()
    with pytest.raises(Refused, match="まだ記録されていません"):
        gate.begin(award, by=made.official)
    assert not Collaboration.objects.exists()
    passed(award, made)
    with override("en"):
        begun = gate.begin(award, by=made.official)
    award.refresh_from_db()
    assert (award.status, award.collaboration_id) == (AwardStatus.STARTED, begun.pk)
    assert made.fresh().status == Status.STARTED
    terms = Draft.objects.get(collaboration=begun).terms
    first, last = fiscal_year_days(award.fiscal_year)
    assert (terms.title, terms.starts, terms.ends) == ("花の道1", first.isoformat(), last.isoformat())
    assert "公園に花を植えます。" in terms.purpose
    kept = (terms.purpose.partition("：")[0], terms.shares[0].note)
    assert kept == ("まちの、どんなこまりごとですか", "採択された金額"), (
        "what is kept is Japanese whoever presses"
    )
    assert [(share.party, share.yen) for share in terms.shares] == [(made.department.pk, 90_000)]
    assert not list(judging_matches_the_record())
    with pytest.raises(Refused):
        gate.begin(award, by=made.official)


def test_the_budget_of_another_year_opens_nothing():
    made, award = adopted()
    passed(award, made, fiscal_year=award.fiscal_year - 1)
    with pytest.raises(Refused, match="まだ記録されていません"):
        gate.begin(award, by=made.official)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"passed_on": timezone.localdate() + timedelta(days=1)}, "今日までの日"),
        (
            {"passed_on": timezone.localdate() - timedelta(days=900)},
            "その年度の予算が成立した日ではありません",
        ),
        ({"document": " "}, "番号"),
        ({"document": "あ" * 121}, "120文字"),
    ],
)
def test_a_budget_is_recorded_with_its_day_and_its_document(changed, sentence):
    made, award = adopted()
    with pytest.raises(Invalid, match=sentence):
        passed(award, made, **changed)


def test_a_budget_is_recorded_once_and_only_by_the_desk():
    made, award = adopted()
    with pytest.raises(Forbidden):
        gate.record_budget(
            fiscal_year=award.fiscal_year, passed_on=timezone.localdate(), document="1", by=made.official
        )
    passed(award, made)
    with pytest.raises(Refused, match="もう記録されています"):
        passed(award, made)


def test_strangers_to_the_proposal_do_not_begin_it():
    made, award = adopted()
    passed(award, made)
    stranger = MembershipFactory()
    with pytest.raises(Refused, match="この提案の主体の人"):
        gate.begin(award, by=Actor(stranger.person_id, stranger.party_id))


def test_less_money_needs_the_yes_of_a_representative_of_the_proposer():
    made, award = adopted()
    with pytest.raises(Invalid, match="小さい金額"):
        gate.reduce(award, offered=90_000, reason="減りました。", by=made.desk)
    with pytest.raises(Invalid, match="わけを書いて"):
        gate.reduce(award, offered=50_000, reason=" ", by=made.desk)
    gate.reduce(award, offered=50_000, reason="減りました。", by=made.desk)
    passed(award, made)
    with pytest.raises(Refused, match="減額の返事待ち"):
        gate.begin(award, by=made.official)
    member = MembershipFactory(party=made.proposals[0].party, role=Role.MEMBER)
    for by in (made.official, made.desk, Actor(member.person_id, member.party_id)):
        with pytest.raises(Forbidden):
            gate.agree(award, seen=50_000, by=by)
    with pytest.raises(Refused, match="金額が変わっています"):
        gate.agree(award, seen=60_000, by=made.proposers[0])
    gate.agree(award, seen=50_000, by=made.proposers[0])
    award.refresh_from_db()
    assert (award.amount, award.offered, award.status) == (50_000, None, AwardStatus.WAITING)


def test_the_proposer_may_decline_and_then_nothing_follows():
    made, award = adopted()
    gate.reduce(award, offered=50_000, reason="減りました。", by=made.desk)
    gate.decline(award, reason="できません。", by=made.proposers[0])
    assert made.fresh().status == Status.CANCELLED
    passed(award, made)
    with pytest.raises(Refused):
        gate.begin(award, by=made.official)


def test_it_is_carried_over_year_by_year_with_a_reason():
    made, award = adopted()
    passed(award, made)
    gate.carry_over(award, reason="工事がのびました。", by=made.desk)
    award.refresh_from_db()
    assert award.reason == "工事がのびました。"
    with pytest.raises(Refused, match=f"{award.fiscal_year}年度の予算"):
        gate.begin(award, by=made.official)


def test_it_is_cancelled_with_a_reason_and_stays_so():
    made, award = adopted()
    gate.cancel(award, reason="予算が通りませんでした。", by=made.desk)
    assert made.fresh().status == Status.CANCELLED
    for act in (gate.cancel, gate.carry_over):
        with pytest.raises(Refused):
            act(award, reason="もう一度", by=made.desk)


def test_the_years_of_a_project_are_noted_once_each_from_its_start_on():
    made, award = adopted()
    with pytest.raises(Refused, match="始まった年度"):
        gate.note_year(award, fiscal_year=award.fiscal_year, continues=True, note="春に3回", by=made.desk)
    passed(award, made)
    gate.begin(award, by=made.official)
    gate.note_year(award, fiscal_year=award.fiscal_year, continues=True, note="春に3回", by=made.desk)
    with pytest.raises(Refused, match="もう記録しています"):
        gate.note_year(award, fiscal_year=award.fiscal_year, continues=False, note="やめた", by=made.desk)
    with pytest.raises(Refused, match="始まった年度"):
        gate.note_year(award, fiscal_year=award.fiscal_year - 1, continues=True, note="前", by=made.desk)
    assert Continuation.objects.get().continues


def test_no_sql_begins_without_a_budget_or_with_another_amount():
    made, award = adopted()
    other = Collaboration.objects.create(slug="x", title="x", summary="x")
    rows, proposals = Award.objects.filter(pk=award.pk), Proposal.objects.filter(pk=award.proposal_id)
    starts = {"status": "started", "collaboration": other}
    assert "nothing begins before the budget" in refused_by_the_database(lambda: rows.update(**starts))
    assert "without its award" in refused_by_the_database(lambda: proposals.update(status="started"))
    assert "only by the proposer" in refused_by_the_database(lambda: rows.update(amount=1))
    assert "carried over by one year" in refused_by_the_database(
        lambda: rows.update(fiscal_year=award.fiscal_year + 2)
    )
    assert "never deleted" in refused_by_the_database(rows.delete)
    assert "it has not" in refused_by_the_database(
        lambda: Budget.objects.create(
            fiscal_year=award.fiscal_year,
            passed_on=timezone.localdate() + timedelta(days=2),
            document="x",
            person_id=made.desk.person,
            recorded_at=timezone.now(),
        )
    )
    passed(award, made)
    assert "stays" in refused_by_the_database(lambda: Budget.objects.update(document="y"))
    assert "settled" in refused_by_the_database(
        lambda: (rows.update(**starts), rows.update(status="cancelled", collaboration=None))
    )
