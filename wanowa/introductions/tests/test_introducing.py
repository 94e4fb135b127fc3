"""From the question to what comes of it: who may do what, what each side gets, and what is left at the end."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from wanowa.exchange.tests import factories as exchange
from wanowa.guideline.rules import Kind
from wanowa.introductions import queries, services
from wanowa.introductions.models import Introduction, Remark, Side
from wanowa.introductions.queries.evidence import introductions_match_the_record
from wanowa.introductions.rules import Afterwards, Given, Origin, Status
from wanowa.introductions.tests.factories import GIVEN, PURPOSE, asked, in_days, met, pair, wished
from wanowa.kernel import keyrings
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory, party_with
from wanowa.people.models import User
from wanowa.people.services import erase, export
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.models import Entry

pytestmark = pytest.mark.django_db


def fresh(introduction):
    return Introduction.objects.get(pk=introduction.pk)


def side(introduction, party):
    return queries.sides_of(introduction)[party.pk]


def test_a_coordinator_asks_both_and_they_meet_when_both_want():
    two = pair()
    introduction = asked(two)
    assert (introduction.status, introduction.owner_id) == (Status.ASKED, two.desk.person)
    assert services.accept(introduction, given=GIVEN, until=in_days(9), by=two.one).status == Status.HALF
    assert queries.given_by(side(introduction, two.first), fresh(introduction)) is None
    found = services.accept(introduction, given=Given(), by=two.other)
    assert (found.status, found.due > timezone.localdate()) == (Status.MET, True)
    assert queries.given_by(side(found, two.first), found).values() == GIVEN.values()
    assert queries.given_by(side(found, two.second), found) is None
    assert list(introductions_match_the_record()) == []


def test_a_party_asks_another_and_the_least_busy_coordinator_looks_after_it():
    two, idle = pair(), PersonFactory(is_coordinator=True)
    asked(pair(), by=two.desk)
    introduction = wished(two)
    assert (introduction.status, introduction.owner_id) == (Status.HALF, idle.pk)
    with pytest.raises(Forbidden, match="相手の返事"):
        services.accept(introduction, given=Given(), by=two.one)
    assert services.accept(introduction, given=Given(), by=two.other).status == Status.MET


def test_without_a_coordinator_nobody_is_named():
    two = pair()
    User.objects.filter(pk=two.desk.person).update(is_coordinator=False)
    assert wished(two).owner is None


def test_nobody_says_yes_for_both_sides():
    two = pair()
    MembershipFactory(party=two.second, person_id=two.one.person, role=Role.MEMBER)
    both = Actor(two.one.person, two.second.pk)
    with pytest.raises(Refused, match="両方の側"):
        services.accept(wished(two), given=Given(), by=both)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"purpose": "  "}, "わけ"),
        ({"origin": "elsewhere"}, "どこから"),
        ({"until": None, "given": GIVEN, "origin": Origin.PARTY}, "いつまで"),
    ],
)
def test_what_is_missing_is_asked_for(more, error):
    with pytest.raises(Invalid, match=error):
        asked(pair(), **more)


def test_who_may_begin():
    two = pair()
    with pytest.raises(Forbidden, match="協働推進員"):
        asked(two, by=Actor(two.one.person))
    with pytest.raises(Forbidden):
        asked(two, by=two.other)
    viewer = MembershipFactory(party=two.first, role=Role.VIEWER).person
    with pytest.raises(Forbidden):
        asked(two, by=Actor(viewer.pk, two.first.pk))
    with pytest.raises(Invalid, match="ちがう"):
        asked(two, second=two.first)
    silent, _nobody = party_with(people=0)
    with pytest.raises(Invalid, match="答えられない"):
        asked(two, second=silent)


def test_listings_belong_to_the_pair_and_stand_on_their_side():
    two = pair()
    need = exchange.listing(two.one, side="need", title="水やりの手伝い")
    assert asked(two, need=need).need == need
    for wrong in ({"offer": need}, {"need": exchange.listing(side="need")}):
        with pytest.raises(Invalid, match="のせたもの"):
            asked(pair(), **wrong)


def test_a_meeting_is_tried_out_and_becomes_a_collaboration_with_both_at_its_table():
    two = pair()
    introduction = met(two)
    with pytest.raises(Invalid, match="1年"):
        services.try_out(introduction, what="水やり", day=in_days(-1), by=two.one)
    assert services.try_out(introduction, what="水やり", day=in_days(5), by=two.desk).status == Status.TRIAL
    assert services.try_out(introduction, what="水やり", day=in_days(8), by=two.other).trial_on == in_days(8)
    with pytest.raises(Forbidden):
        services.join(introduction, title="花だん", summary="手入れ", by=two.desk)
    joined = services.join(introduction, title="花だん", summary="手入れをします。", by=two.other)
    table = joined.collaboration
    assert {seat.party_id for seat in table.participations.all()} == {two.first.pk, two.second.pk}
    assert PURPOSE in table.draft.terms.purpose
    assert [link.href for link in queries.links(table, None, inside=True)] == [joined.get_absolute_url()]
    assert list(queries.links(table, None, inside=False)) == []
    assert list(introductions_match_the_record()) == []


@pytest.mark.parametrize(("act", "status"), [("help_once", Status.ONE_TIME), ("end", Status.NONE)])
def test_a_meeting_ends_for_either_side_or_the_desk_and_only_once(act, status):
    two = pair()
    introduction = met(two)
    assert getattr(services, act)(introduction, by=two.other).status == status
    with pytest.raises(Refused):
        services.help_once(introduction, by=two.one)
    assert fresh(introduction).due is None


def test_what_was_given_goes_with_its_day_with_the_end_and_at_once_when_taken_back():
    two = pair()
    introduction = met(two)
    assert len(list(keyrings.kept())) == 2
    mine = side(introduction, two.first)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert queries.given_by(mine, fresh(introduction)) is None
    services.end(introduction, by=two.one)
    with time_machine.travel(timezone.now() + timedelta(days=28)):
        assert queries.given_by(mine, fresh(introduction)) is not None
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert queries.given_by(mine, fresh(introduction)) is None
    services.take_back(introduction, by=two.one)
    mine.refresh_from_db()
    assert (bytes(mine.given), mine.key, queries.given_by(mine, fresh(introduction))) == (b"", "", None)
    with pytest.raises(Refused, match="消えています"):
        services.take_back(introduction, by=two.one)


def test_the_nightly_job_destroys_the_keys_with_what_they_closed(django_capture_on_commit_callbacks):
    two = pair()
    met(two)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        with django_capture_on_commit_callbacks(execute=True):
            assert services.forget_gifts() == 2
        assert services.forget_gifts() == 0
    assert list(keyrings.kept()) == []
    assert set(Side.objects.values_list("key", "given")) == {("", b"")}


def test_the_bank_s_nightly_sweep_leaves_the_keys_of_introductions():
    from wanowa.talent.services import sweep_keys  # noqa: PLC0415

    met(pair())
    stray = keyrings.make()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert sweep_keys() == 1
    assert len(list(keyrings.kept())) == 2
    assert stray not in {name for name, _made in keyrings.kept()}


def test_what_is_stored_can_be_read_by_nobody_without_the_key():
    introduction = wished(pair())
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text FROM introductions_side s")
        stored = "".join(row for (row,) in cursor.fetchall())
    assert GIVEN.phone not in stored
    assert GIVEN.phone not in bytes(side(introduction, introduction.first).given).decode("latin-1")
    facts = json.dumps(list(Entry.objects.values_list("facts", flat=True)))
    assert GIVEN.phone not in facts


def test_the_question_after_four_weeks_is_asked_once_and_answered_once_a_side():
    two = pair()
    introduction = met(two)
    with pytest.raises(Refused, match="まだ"):
        services.look_back(introduction, afterwards="once", by=two.one)
    assert services.ask_afterwards() == 0
    with time_machine.travel(timezone.now() + timedelta(days=35)):
        assert services.ask_afterwards() == 1
        assert services.ask_afterwards() == 0
        assert [one.awaits for one in queries.waiting_for([two.first.pk])] == [False]
        with pytest.raises(Invalid):
            services.look_back(introduction, afterwards="well", by=two.one)
        services.look_back(
            introduction, afterwards=Afterwards.GOES_ON, words="毎週会っています。", by=two.one
        )
        with pytest.raises(Refused, match="もう"):
            services.look_back(introduction, afterwards=Afterwards.ONCE, by=two.one)
        assert queries.waiting_for([two.first.pk]) == []
        assert len(queries.waiting_for([two.second.pk])) == 1
    assert [one.body for one in queries.remarks(Remark.Kind.AFTERWARDS)] == ["毎週会っています。"]


def test_the_end_puts_the_question_off_to_four_weeks_after_it():
    two = pair()
    introduction = met(two)
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        services.help_once(introduction, by=two.one)
        assert fresh(introduction).follow_up_on >= in_days(28)


def test_the_desk_writes_what_comes_next_and_hands_over_to_another_coordinator():
    two, other = pair(), PersonFactory(is_coordinator=True)
    introduction = asked(two)
    assert str(introduction.action) == "返事を待つ"
    planned = services.plan(introduction, action="電話する", due=in_days(2), by=two.desk)
    assert (str(planned.action), planned.due) == ("電話する", in_days(2))
    with pytest.raises(Invalid, match="協働推進員"):
        services.hand_over(introduction, to=PersonFactory(), by=two.desk)
    with pytest.raises(Forbidden):
        services.hand_over(introduction, to=other, by=two.one)
    assert services.hand_over(introduction, to=other, by=two.desk).owner == other
    with pytest.raises(Refused, match="もう"):
        services.hand_over(introduction, to=other, by=two.desk)
    services.withdraw(introduction, by=two.desk)
    with pytest.raises(Refused, match="終わって"):
        services.plan(introduction, action="", due=in_days(2), by=two.desk)


def test_who_may_take_it_back_and_until_when():
    two = pair()
    introduction = wished(two)
    for by in (two.other, two.desk):
        with pytest.raises(Forbidden):
            services.withdraw(introduction, by=by)
    assert services.withdraw(introduction, by=two.one).status == Status.WITHDRAWN
    with pytest.raises(Refused):
        services.accept(introduction, given=Given(), by=two.other)
    assert side(introduction, two.first).key == ""


def test_a_report_is_read_by_the_desk_alone_and_once():
    two = pair()
    introduction = wished(two)
    with pytest.raises(Invalid, match="困って"):
        services.report(introduction, words=" ", by=two.other)
    services.report(introduction, words="何度も来ます。", by=two.other)
    with pytest.raises(Refused):
        services.report(introduction, words="また来ました。", by=two.other)
    (told,) = queries.remarks(Remark.Kind.REPORT)
    assert (told.body, told.about) == ("何度も来ます。", two.first)


def test_the_database_refuses_a_meeting_without_two_yeses_a_second_answer_and_a_second_open_one():
    two = pair()
    introduction = asked(two)
    rows = Introduction.objects.filter(pk=introduction.pk)
    with pytest.raises(DatabaseError, match="when both want"), transaction.atomic():
        rows.update(status=Status.MET, met_at=timezone.now())
    services.decline(introduction, by=two.one)
    with pytest.raises(DatabaseError, match="answers once"), transaction.atomic():
        Side.objects.filter(party=two.first).update(reply="yes")
    introduction.pk = None
    introduction.first, introduction.second = introduction.second, introduction.first
    with pytest.raises(IntegrityError, match="one_open_a_pair"), transaction.atomic():
        introduction.save(force_insert=True)


def test_a_person_s_file_holds_what_she_gave_and_erasing_her_takes_all_of_it_away():
    two, heir = pair(), PersonFactory(is_coordinator=True)
    MembershipFactory(party=two.first)
    introduction = met(two)
    services.report(introduction, words="困りました。", by=two.one)
    person = User.objects.get(pk=two.one.person)
    assert queries.export_of(person)["given"][0]["values"] == GIVEN.values()
    assert export(person, by=Actor(person.pk))
    erase(person, by=Actor(person.pk))
    assert side(introduction, two.first).key == ""
    assert Remark.objects.get().body == ""
    desk = User.objects.get(pk=two.desk.person)
    erase(desk, by=Actor(desk.pk))
    assert fresh(introduction).owner_id == heir.pk
    assert queries.given_by(side(introduction, two.second), fresh(introduction)) is not None


def test_words_between_a_person_alone_and_another_go_with_her_but_no_report_about_her():
    two, now = pair(Kind.RESIDENT), timezone.now()
    introduction = services.end(met(two), by=two.other)
    services.report(introduction, words="約束の日に来ませんでした。", by=two.other)
    erase(User.objects.get(pk=two.one.person), by=Actor(two.one.person))
    gone = fresh(introduction)
    assert (gone.purpose, gone.hope, gone.dates, gone.trial, gone.next_action) == ("",) * 5
    assert [one.body for one in queries.remarks(Remark.Kind.REPORT)] == ["約束の日に来ませんでした。"]
    for days, left in ((365, 1), (366, 0)):
        with time_machine.travel(now + timedelta(days=days)):
            assert services.forget_words() == 1 - left
        assert queries.remarks(Remark.Kind.REPORT).count() == left
    assert Remark.objects.get().body == ""


def test_words_go_90_days_after_a_silence_and_a_year_after_an_end():
    two, now = pair(), timezone.now()
    silent, ended = wished(pair()), services.end(met(two), by=two.one)
    with pytest.raises(Refused):
        services.lapse(silent, by=SYSTEM)
    with time_machine.travel(now + timedelta(days=15)):
        assert (services.lapse_silent(), services.lapse_silent()) == (1, 0)
    for days, gone in ((105, 0), (106, 1), (365, 0), (366, 1), (400, 0)):
        with time_machine.travel(now + timedelta(days=days)):
            assert services.forget_words() == gone
    assert {fresh(one).purpose for one in (silent, ended)} == {""}
    assert None not in {fresh(one).forgotten_at for one in (silent, ended)}
