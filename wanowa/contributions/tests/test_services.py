"""An entry is written, confirmed or disputed, withdrawn or undone; only what is confirmed counts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from wanowa.collaborations.tests.factories import agreed, offered, town
from wanowa.contributions import queries, services
from wanowa.contributions.models import Contribution
from wanowa.contributions.rules import Status, Way
from wanowa.contributions.tests import factories as make
from wanowa.contributions.verbs import CONFIRMED, WRITTEN
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.record.models import Opening
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return make.table(2)


def settled():
    """Let the deferred guards look now, as at a commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def member(actor, role=Role.MEMBER):
    return Actor(MembershipFactory(party_id=actor.party, role=role).person.pk, actor.party)


def test_an_entry_counts_when_the_other_side_confirms_it(two):
    collaboration, people = two
    us, other = people.actors
    entry = services.give(collaboration, make.hours(us.party, 90, people=3), note="草取り", by=us)
    assert entry.status == Status.WAITING
    assert queries.sums_of(collaboration).hours == {}
    entry = services.confirm(entry, by=other)
    assert entry.status == Status.CONFIRMED
    assert queries.sums_of(collaboration).hours == {us.party: 270}
    told = [step.verb for step in history(collaboration)]
    assert told[-2:] == [WRITTEN.name, CONFIRMED.name]
    settled()
    assert verify().clean


def test_either_side_writes_and_the_one_that_is_named_confirms(two):
    collaboration, people = two
    us, other = people.actors
    entry = services.give(collaboration, make.hours(us.party), by=other)
    assert entry.asked == [us.party]
    assert services.confirm(entry, by=us).status == Status.CONFIRMED


def test_among_three_one_of_the_others_is_enough_for_the_pot_and_both_named_are_needed():
    collaboration, people = make.table(3)
    first, second, third = people.actors
    entry = make.given(collaboration, make.hours(first.party), first, third)
    assert entry.status == Status.CONFIRMED
    passed = services.give(
        collaboration, make.yen(5000, Way.PASSED, giver=first.party, taker=second.party), by=third
    )
    passed = services.confirm(passed, by=first)
    assert passed.status == Status.WAITING
    assert services.confirm(passed, by=second).status == Status.CONFIRMED
    sums = queries.sums_of(collaboration)
    assert sums.money == {first.party: 5000, second.party: -5000}
    assert (sums.income, sums.spent) == (0, 0)


def test_a_dispute_has_its_word_and_changes_no_sum(two):
    collaboration, people = two
    us, other = people.actors
    make.given(collaboration, make.hours(us.party, 60), us, other)
    before = queries.sums_of(collaboration).hours
    entry = services.give(collaboration, make.hours(us.party, 600), by=us)
    with pytest.raises(Invalid, match="どこがちがうか"):
        services.dispute(entry, word=" ", by=other)
    entry = services.dispute(entry, word="3人ではなく2人でした。", by=other)
    assert entry.status == Status.DISPUTED
    sums = queries.sums_of(collaboration)
    assert (sums.hours, sums.disputed, sums.confirmed) == (before, 1, 1)
    assert Opening.objects.get(field="word").value == '"3人ではなく2人でした。"'
    assert services.confirm(entry, by=other).status == Status.CONFIRMED
    settled()
    assert verify().clean


def test_a_third_party_can_say_no_and_only_that_party_takes_it_back():
    collaboration, people = make.table(3)
    first, second, third = people.actors
    entry = services.give(
        collaboration, make.yen(900, Way.PASSED, giver=first.party, taker=second.party), by=first
    )
    services.dispute(entry, word="見ていません。", by=third)
    assert services.confirm(entry, by=second).status == Status.DISPUTED
    assert services.confirm(entry, by=third).status == Status.CONFIRMED


def test_an_open_entry_is_withdrawn_by_whoever_wrote_it_and_stays_listed(two):
    collaboration, people = two
    us, other = people.actors
    entry = services.give(collaboration, make.hours(us.party), by=us)
    with pytest.raises(Forbidden, match="書いた主体だけ"):
        services.withdraw(entry, by=other)
    assert services.withdraw(entry, by=us).status == Status.WITHDRAWN
    assert Contribution.objects.count() == 1
    with pytest.raises(Refused, match="もう決まりました"):
        services.confirm(entry, by=other)
    settled()
    assert verify().clean


def test_a_confirmed_entry_is_undone_by_its_opposite_which_is_confirmed_too(two):
    collaboration, people = two
    us, other = people.actors
    entry = make.given(collaboration, make.yen(3000, giver=us.party), us, other)
    with pytest.raises(Refused, match="取り消し"):
        services.dispute(entry, word="ちがいます。", by=other)
    undone = services.undo(entry, reason="2回書いていました。", by=us)
    assert queries.sums_of(collaboration).money == {us.party: 3000}
    with pytest.raises(Refused, match="もう書かれています"):
        services.undo(entry, reason="もう一度", by=other)
    services.confirm(undone, by=other)
    sums = queries.sums_of(collaboration)
    assert (sums.money, sums.income, sums.confirmed) == ({us.party: 0}, 0, 1)
    with pytest.raises(Refused, match="取り消しの記録"):
        services.undo(Contribution.objects.get(pk=undone.pk), reason="元に", by=us)
    assert queries.month_of(collaboration, make.DAY.year, make.DAY.month).given == 0
    settled()
    assert verify().clean


def test_an_undoing_that_was_withdrawn_can_be_written_again(two):
    collaboration, people = two
    us, other = people.actors
    entry = make.given(collaboration, make.hours(us.party), us, other)
    services.withdraw(services.undo(entry, reason="まちがい", by=us), by=us)
    assert services.undo(entry, reason="やはりまちがい", by=other).reverses == entry


def test_the_money_of_the_pot_is_income_less_spending(two):
    collaboration, people = two
    us, other = people.actors
    make.given(collaboration, make.yen(10_000, giver=other.party), other, us)
    make.given(collaboration, make.yen(4_000, Way.SPENT), us, other)
    make.given(collaboration, make.yen(1_000, Way.RETURNED, taker=other.party), us, other)
    sums = queries.sums_of(collaboration)
    assert (sums.income, sums.spent, sums.left, sums.money) == (9_000, 4_000, 5_000, {other.party: 9_000})
    month = queries.month_of(collaboration, make.DAY.year, make.DAY.month)
    assert (month.given, month.spent, month.entries, month.open) == (9_000, 4_000, 3, 0)
    assert [(year.year, year.given, year.spent) for year in sums.years] == [(2026, 9_000, 4_000)]


def test_a_month_counts_its_own_confirmed_entries_and_names_the_open_ones(two):
    collaboration, people = two
    us, other = people.actors
    make.given(collaboration, make.hours(us.party, 60), us, other)
    make.given(collaboration, make.hours(us.party, 45, on=make.DAY - timedelta(days=30)), us, other)
    services.give(collaboration, make.hours(us.party, 600), by=us)
    month = queries.month_of(collaboration, make.DAY.year, make.DAY.month)
    assert (month.minutes, month.entries, month.open) == (60, 1, 1)


@pytest.mark.parametrize(("month", "year"), [(3, 2025), (4, 2026)])
def test_the_fiscal_year_begins_in_april(two, month, year):
    collaboration, people = two
    us, _other = people.actors
    entry = services.give(collaboration, make.hours(us.party, on=make.DAY.replace(month=month)), by=us)
    assert Contribution.objects.get(pk=entry.pk).fiscal_year == year


def test_nobody_stands_on_two_sides(two):
    collaboration, people = two
    us, other = people.actors
    both = Actor(us.person, other.party)
    MembershipFactory(party_id=other.party, person_id=us.person)
    entry = services.give(collaboration, make.hours(us.party), by=us)
    with pytest.raises(Refused, match="ひとりで両方"):
        services.confirm(entry, by=both)
    with pytest.raises(Forbidden, match="自分の主体"):
        services.confirm(entry, by=us)
    assert services.confirm(entry, by=other).status == Status.CONFIRMED


def test_members_write_and_readers_do_not(two):
    collaboration, people = two
    us, other = people.actors
    entry = services.give(collaboration, make.hours(us.party), by=member(us))
    with pytest.raises(Forbidden):
        services.confirm(entry, by=member(other, Role.VIEWER))
    assert services.confirm(entry, by=member(other)).status == Status.CONFIRMED


def test_only_the_parties_of_an_agreement_write(two):
    collaboration, people = two
    stranger = town(1).actors[0]
    with pytest.raises(Forbidden):
        services.give(collaboration, make.hours(stranger.party), by=stranger)
    talking = offered(town(2))
    first = Actor(talking.offered_by.memberships.get().person_id, talking.offered_by_id)
    with pytest.raises(Refused, match="全員が同意したあと"):
        services.give(talking.collaboration, make.hours(first.party), by=first)
    assert Contribution.objects.count() == 0
    assert agreed(people).status == "active"


TOMORROW = timedelta(days=1)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda us, other: make.hours(us, on=timezone.localdate() + TOMORROW), "まだ来ていない日"),
        (lambda us, other: make.hours(other + 1000), "この取組の主体"),
        (lambda us, other: make.hours(us, people=2, ages=(1, 2, 0, 0)), "年代ごとの人数"),
        (lambda us, other: make.hours(us, task="ない仕事"), "役割の分担が変わりました"),
        (lambda us, other: make.hours(us, way=Way.SPENT), "「出した」だけ"),
        (lambda us, other: make.yen(100), "だれが出したか"),
        (lambda us, other: make.yen(100, Way.PASSED, giver=us, taker=us), "同じです"),
        (lambda us, other: make.yen(0, giver=us), "1から1兆まで"),
        (lambda us, other: make.yen(1, giver=us, people=3), "人数と年代"),
        (lambda us, other: make.goods(us, unit=" "), "数え方"),
        (lambda us, other: make.yen(1, giver=us, unit="枚"), "単位"),
    ],
)
def test_what_nobody_could_mean_is_refused_in_words(two, wrong, sentence):
    collaboration, people = two
    with pytest.raises(Invalid, match=sentence):
        services.give(collaboration, wrong(*people.parties), by=people.actors[0])
    assert Contribution.objects.count() == 0
