"""Who is away or goes leaves nothing lying: what is new goes to who is there, what there is to a deputy or another."""

import doctest
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from wanowa.consultations import queries, services
from wanowa.consultations.models import Case
from wanowa.consultations.rules import Channel, Help, Sight
from wanowa.consultations.tests.factories import brought, closed, department, held_by
from wanowa.consultations.verbs import MOVED
from wanowa.introductions.tests.factories import asked as introduced
from wanowa.introductions.tests.factories import pair, wished
from wanowa.introductions.verbs import TAKEN_IN as INTRODUCTION_TAKEN_IN
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.people.models import User
from wanowa.people.queries import stands_for
from wanowa.people.rules import rota as of_rota
from wanowa.people.services import end_coordinator, name_coordinator
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.people.verbs import LEFT_THE_DESK, NAMED_COORDINATOR
from wanowa.proposals.tests.factories import idea
from wanowa.proposals.verbs import TAKEN_IN
from wanowa.record.queries import history

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
EVERYTHING = ["case", "call", "idea", "introduction"]


def test_the_examples_of_the_rota_are_true():
    assert doctest.testmod(of_rota).failed == 0


def away(person, deputy, days=0):
    until = TODAY() + timedelta(days=days)
    return services.set_absence(person, deputy, since=TODAY(), until=until, by=Actor(person.pk))


def calling(owner):
    """Return a case of somebody without mail who is to be called, closed by its owner."""
    case = closed(brought(channel=Channel.PHONE, by=Actor(owner.pk), contact="048-464-0001"))
    services.ask(case, by=SYSTEM)
    return Case.objects.get(pk=case.pk)


def held(owner):
    """Return one of everything that somebody holds at the desk; she is its only coordinator."""
    two = pair()
    User.objects.filter(pk=two.desk.person).update(is_coordinator=False)
    made = introduced(two, by=Actor(owner.pk))
    return {"case": brought(), "call": calling(owner), "idea": idea(), "introduction": made}


def owners(things):
    return {name: type(one).objects.get(pk=one.pk).owner for name, one in things.items()}


def lines(person):
    """Return what stands on somebody's work: titles with what there is to do."""
    found = queries.work_of(queries.reader_of(person.pk))
    return [f"{line.title} {line.detail}" for _lane, lane in found.board for line in lane]


def called(name, thing):
    return str(thing.number) if name != "introduction" else f"{thing.first.name}と{thing.second.name}"


@pytest.fixture
def other(db):
    return PersonFactory(name="代わり みる子", is_coordinator=True)


@pytest.mark.parametrize("name", EVERYTHING)
def test_a_deputy_finds_everything_of_who_is_away_on_her_work_and_not_a_day_longer(desk, name):
    thing = held(desk)[name]
    deputy, stranger = (PersonFactory(is_coordinator=True) for _ in range(2))
    assert not any(called(name, thing) in line for line in lines(deputy))
    absence = away(desk, deputy)
    (line,) = [line for line in lines(deputy) if called(name, thing) in line]
    assert f"{desk.name}さんの代わり" in line
    assert not any(called(name, thing) in line for line in lines(stranger))
    services.remove_absence(absence, by=Actor(desk.pk))
    assert not any(called(name, thing) in line for line in lines(deputy))


def test_a_deputy_makes_the_calls(desk, other):
    case = calling(desk)
    with pytest.raises(Forbidden):
        services.write_down_after(case, helped=Help.SOLVED, by=Actor(other.pk))
    away(desk, other)
    services.write_down_after(case, helped=Help.SOLVED, by=Actor(other.pk))


def test_when_the_deputy_is_away_too_her_deputy_stands_for_both(desk, other):
    third = PersonFactory(is_coordinator=True)
    case = brought()
    holder = case.owner
    one, two = [one for one in (desk, other, third) if one != holder]
    away(holder, one)
    away(one, two)
    assert stands_for(two.pk) == {holder.pk, one.pk}
    assert queries.sight_of(case, queries.reader_of(two.pk)) is Sight.DEPUTY
    assert queries.deputy_of(holder.pk) == two


def new_case(two):
    return brought().owner


def new_idea(two):
    return idea().owner


def new_introduction(two):
    return wished(two).owner


@pytest.mark.parametrize("begin", [new_case, new_idea, new_introduction])
def test_nothing_new_goes_to_who_is_away_and_what_is_on_duty_comes_first(desk, other, begin):
    two = [pair() for _ in range(3)]
    User.objects.filter(pk__in=[one.desk.person for one in two]).update(is_coordinator=False)
    for _ in range(3):
        brought(), idea()
    Case.objects.update(owner=other)
    type(idea()).objects.update(owner=other)
    absence = away(desk, other)
    assert begin(two[0]) == other
    services.remove_absence(absence, by=Actor(desk.pk))
    assert begin(two[1]) == desk
    services.set_duty(other, since=TODAY(), until=TODAY(), by=Actor(desk.pk))
    assert begin(two[2]) == other


@pytest.mark.parametrize("name", EVERYTHING)
def test_who_leaves_the_desk_hands_everything_over_in_the_same_moment_and_it_is_on_record(desk, other, name):
    User.objects.filter(pk=other.pk).update(is_coordinator=False)
    things = held(desk)
    User.objects.filter(pk=other.pk).update(is_coordinator=True)
    end_coordinator(desk, by=SYSTEM)
    assert owners(things)[name] == other
    verb = {"idea": TAKEN_IN, "introduction": INTRODUCTION_TAKEN_IN}.get(name, MOVED)
    entry = history(things[name]).latest("number")
    assert entry.verb == verb.name
    assert any(called(name, things[name]) in line for line in lines(other))


@pytest.mark.parametrize("name", ["call", "idea", "introduction"])
def test_what_nobody_can_hold_is_seen_by_who_is_on_duty_before_the_job_moves_it(desk, other, name):
    User.objects.filter(pk=other.pk).update(is_coordinator=False)
    thing = held(desk)[name]
    Case.objects.filter(closed_at__isnull=True).delete()
    User.objects.filter(pk=other.pk).update(is_coordinator=True)
    User.objects.filter(pk=desk.pk).update(is_coordinator=False)
    assert any(called(name, thing) in line for line in lines(other))
    assert (services.settle() > 0, services.settle()) == (True, 0)
    assert owners({name: thing})[name] == other


def test_what_a_coordinator_holds_for_a_department_stays_hers(desk, other):
    party, officer = department()
    User.objects.filter(pk=officer.person).update(is_coordinator=True)
    case = held_by(brought(), party, officer)
    end_coordinator(User.objects.get(pk=officer.person), by=SYSTEM)
    assert Case.objects.get(pk=case.pk).owner_id == officer.person


def test_only_who_runs_the_platform_names_coordinators_and_one_always_stays(desk):
    person = PersonFactory()
    for by in (Actor(person.pk), Actor(desk.pk)):
        with pytest.raises(Forbidden):
            name_coordinator(person, by=by)
    with pytest.raises(Refused, match="最後"):
        end_coordinator(desk, by=SYSTEM)
    with pytest.raises(Refused, match="ではありません"):
        end_coordinator(person, by=SYSTEM)
    call_command("coordinator", person.email)
    assert User.objects.get(pk=person.pk).is_coordinator
    with pytest.raises(CommandError, match="もう"):
        call_command("coordinator", person.email)
    call_command("coordinator", person.email, "--end")
    assert [entry.verb for entry in history(person)][-2:] == [NAMED_COORDINATOR.name, LEFT_THE_DESK.name]
    with pytest.raises(CommandError, match="見つかりません"):
        call_command("coordinator", "nobody@example.jp")


def test_my_page_counts_for_a_deputy_what_she_stands_for(client, desk, other):
    User.objects.filter(pk=other.pk).update(is_coordinator=False)
    things = held(desk)
    type(things["introduction"]).objects.update(due=TODAY())
    User.objects.filter(pk=other.pk).update(is_coordinator=True)
    sign_in(client, other)
    waiting = (
        "担当している相談が、1件",
        "返事を待つひとこと提案が、1件",
        "きょうまでにする引き合わせが、1つ",
    )
    page = client.get(reverse("home:me")).content.decode()
    assert not any(line in page for line in waiting)
    away(desk, other)
    page = client.get(reverse("home:me")).content.decode()
    assert all(line in page for line in waiting)
    board = client.get(f"{reverse('introductions:board')}?own=1").content.decode()
    assert things["introduction"].get_absolute_url() in board
