"""Activities begin, change and end; the city watches; both sides move on together; answers stay."""

from datetime import date

import pytest

from wanowa.activities import queries, services, tasks
from wanowa.activities.models import Activity, Answer, Suggestion, Watch
from wanowa.activities.rules import Question, Status, SuggestionStatus
from wanowa.activities.tests import factories as make
from wanowa.activities.verbs import ENDED, MOVED, STARTED, WATCHED
from wanowa.collaborations import services as table
from wanowa.collaborations.models import Collaboration, Participation
from wanowa.collaborations.rules import Seat
from wanowa.collaborations.rules import Status as Stage
from wanowa.guideline.rules import Area, Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.models import Membership
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


def verbs(subject, *, public_only=False):
    return list(history(subject, public_only=public_only).values_list("verb", flat=True))


@pytest.mark.parametrize("kind", Kind)
def test_the_area_follows_from_who_acts(kind):
    by = make.actor(kind)
    activity = make.of_the_city(by)
    assert activity.area == (Area.E if kind is Kind.CITY else Area.A)
    assert verbs(activity) == [STARTED.name]


@pytest.mark.parametrize("role", Role)
def test_who_writes_for_the_party_puts_its_activity_before_everybody(role):
    by = make.actor(role=role)
    if role is Role.VIEWER:
        with pytest.raises(Forbidden):
            make.own(by)
    else:
        assert make.own(by).status == Status.GOING


def test_two_activities_of_one_title_get_two_addresses():
    assert [make.own().slug, make.own().slug] == ["朝のラジオ体操", "朝のラジオ体操-2"]


@pytest.mark.parametrize("word", ["new", "watching", "checklists"])
def test_an_activity_does_not_take_the_address_of_a_page(word):
    assert make.own(title=word).slug == f"{word}-2"


def test_another_text_keeps_the_address():
    by = make.actor()
    activity = make.own(by)
    edited = services.edit(activity, make.words(title="夕方の体操"), seen=activity.words.digest(), by=by)
    assert (edited.title, edited.slug) == ("夕方の体操", "朝のラジオ体操")
    assert list(queries.directory(q="夕方"))


def test_a_text_that_moved_is_not_overwritten():
    by = make.actor()
    activity = make.own(by)
    seen = activity.words.digest()
    services.edit(activity, make.words(title="夕方の体操"), seen=seen, by=by)
    with pytest.raises(Conflict):
        services.edit(activity, make.words(title="昼の体操"), seen=seen, by=by)


def test_nobody_else_changes_or_ends_an_activity():
    activity = make.own()
    for stranger in (make.actor(), make.actor(Kind.CITY), Actor(PersonFactory(is_coordinator=True).pk)):
        with pytest.raises(Forbidden):
            services.edit(activity, make.words(), seen=activity.words.digest(), by=stranger)
        with pytest.raises(Forbidden):
            services.end(activity, by=stranger)


def test_a_member_writes_but_only_a_representative_ends():
    by = make.actor()
    member = Actor(MembershipFactory(party_id=by.party, role=Role.MEMBER).person.pk, by.party)
    activity = make.own(by)
    services.edit(activity, make.words(what="雨の日は休みます。"), seen=activity.words.digest(), by=member)
    with pytest.raises(Forbidden):
        services.end(activity, by=member)
    assert services.end(activity, by=by).status == Status.ENDED
    with pytest.raises(Refused):
        services.end(activity, by=by)


# Watching


def test_a_department_watches_in_the_open_and_stops_when_it_likes():
    activity, office = make.own(), make.actor(Kind.CITY)
    services.watch(activity, by=office)
    assert [one.department_id for one in queries.watches_on(activity)] == [office.party]
    assert WATCHED.name in verbs(activity, public_only=True)
    with pytest.raises(Refused):
        services.watch(activity, by=office)
    services.unwatch(activity, by=office)
    assert queries.watches_on(activity) == []
    with pytest.raises(Refused):
        services.unwatch(activity, by=office)
    services.watch(activity, by=office)
    assert Watch.objects.count() == 2
    assert verify().clean


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.CITY])
def test_only_departments_watch(kind):
    with pytest.raises(Forbidden):
        services.watch(make.own(), by=make.actor(kind))


def test_a_department_is_watched_by_nobody():
    with pytest.raises(Refused):
        services.watch(make.of_the_city(), by=make.actor(Kind.CITY))


def test_watching_gives_no_power():
    activity, office = make.own(), make.actor(Kind.CITY)
    services.watch(activity, by=office)
    with pytest.raises(Forbidden):
        services.edit(activity, make.words(title="市の体操"), seen=activity.words.digest(), by=office)
    with pytest.raises(Forbidden):
        services.end(activity, by=office)


# From A to B


@pytest.mark.parametrize("first", ["owner", "department"])
def test_either_side_suggests_and_the_others_word_begins_the_talks(first):
    owner, office = make.actor(), make.actor(Kind.CITY)
    activity = make.own(owner)
    suggester, accepter = (owner, office) if first == "owner" else (office, owner)
    suggestion = make.suggested(activity, office, suggester)
    with pytest.raises(Refused):
        services.accept(suggestion, by=suggester)
    done = services.accept(suggestion, by=accepter)
    idea = Collaboration.objects.get(pk=done.collaboration_id)
    assert (idea.title, idea.status, idea.public_since) == (activity.title, Stage.IDEA, None)
    seats = dict(Participation.objects.filter(collaboration=idea).values_list("party_id", "seat"))
    assert seats == {accepter.party: Seat.SEATED, suggester.party: Seat.INVITED}
    assert idea.draft.terms.area == Area.B
    assert activity.what in idea.draft.terms.purpose
    assert suggestion.wish in idea.draft.terms.purpose
    assert MOVED.name in verbs(activity, public_only=True)
    assert [one.pk for one in queries.moved_on(activity)] == [suggestion.pk]
    assert [one.href for one in queries.origin_of(idea)] == [activity.get_absolute_url()]
    table.sit_down(idea, by=suggester)
    assert Collaboration.objects.get(pk=idea.pk).public_since
    assert verify().clean


def test_what_a_coordinator_suggests_needs_both_sides():
    owner, office = make.actor(), make.actor(Kind.CITY)
    coordinator = Actor(PersonFactory(is_coordinator=True).pk)
    suggestion = make.suggested(make.own(owner), office, coordinator)
    assert services.accept(suggestion, by=owner).collaboration is None
    assert services.accept(suggestion, by=office).status == SuggestionStatus.ACCEPTED
    assert verify().clean


def test_a_resident_without_a_party_suggests_nothing():
    with pytest.raises(Forbidden):
        make.suggested(make.own(), make.actor(Kind.CITY), Actor(PersonFactory().pk))


@pytest.mark.parametrize("kind", Kind)
def test_who_is_neither_side_suggests_nothing(kind):
    with pytest.raises(Forbidden):
        make.suggested(make.own(), make.actor(Kind.CITY), make.actor(kind))


def test_the_other_side_must_be_a_department():
    owner = make.actor()
    with pytest.raises(Invalid):
        make.suggested(make.own(owner), make.actor(Kind.COMPANY), owner)


def test_a_department_for_which_nobody_acts_is_asked_nothing():
    owner, office = make.actor(), make.actor(Kind.CITY)
    Membership.objects.filter(party=office.party).delete()
    assert queries.departments() == []
    with pytest.raises(Invalid):
        make.suggested(make.own(owner), office, owner)


def test_one_person_is_not_both_sides():
    owner, office = make.actor(), make.actor(Kind.CITY)
    MembershipFactory(party_id=office.party, person_id=owner.person)
    both = Actor(owner.person, office.party)
    with pytest.raises(Refused):
        services.accept(make.suggested(make.own(owner), office, owner), by=both)
    recommended = make.suggested(make.own(owner), office, Actor(PersonFactory(is_coordinator=True).pk))
    services.accept(recommended, by=owner)
    with pytest.raises(Refused):
        services.accept(recommended, by=both)
    assert services.accept(recommended, by=office).collaboration


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
def test_only_who_speaks_for_a_side_answers(role):
    owner, office = make.actor(), make.actor(Kind.CITY)
    suggestion = make.suggested(make.own(owner), office, owner)
    other = Actor(MembershipFactory(party_id=office.party, role=role).person.pk, office.party)
    for act in (services.accept, services.decline):
        with pytest.raises(Forbidden):
            act(suggestion, by=other)


def test_to_outsiders_a_declined_suggestion_looks_like_an_unanswered_one():
    owner, office = make.actor(), make.actor(Kind.CITY)
    declined, silent = make.own(owner), make.own(owner)
    services.decline(make.suggested(declined, office, owner), by=office)
    make.suggested(silent, office, owner)
    assert verbs(declined) == verbs(silent) == [STARTED.name]
    assert [history(one, public_only=True).last().number for one in (declined, silent)] == [1, 1]
    for activity in (declined, silent):
        assert queries.suggestions_about(activity, [make.actor().party], PersonFactory().pk) == []
        assert queries.moved_on(activity) == []


def test_after_a_no_one_may_ask_again_and_while_it_waits_not_twice():
    owner, office = make.actor(), make.actor(Kind.CITY)
    activity = make.own(owner)
    suggestion = make.suggested(activity, office, owner)
    with pytest.raises(Refused):
        make.suggested(activity, office, office)
    services.decline(suggestion, by=office)
    with pytest.raises(Refused):
        services.accept(suggestion, by=office)
    again = make.suggested(activity, office, owner)
    services.accept(again, by=office)
    with pytest.raises(Refused):
        make.suggested(activity, office, owner)


def test_only_the_suggesting_side_takes_a_suggestion_back():
    owner, office = make.actor(), make.actor(Kind.CITY)
    suggestion = make.suggested(make.own(owner), office, owner)
    with pytest.raises(Forbidden):
        services.withdraw(suggestion, by=office)
    assert services.withdraw(suggestion, by=owner).status == SuggestionStatus.WITHDRAWN
    with pytest.raises(Refused):
        services.accept(suggestion, by=office)


def test_with_the_end_of_an_activity_its_suggestions_lapse():
    owner, office = make.actor(), make.actor(Kind.CITY)
    activity = make.own(owner)
    make.suggested(activity, office, owner)
    services.end(activity, by=owner)
    assert Suggestion.objects.get().status == SuggestionStatus.LAPSED
    with pytest.raises(Refused):
        make.suggested(activity, office, owner)
    assert verify().clean


def test_talks_that_were_given_up_no_longer_count_as_together():
    owner, office = make.actor(), make.actor(Kind.CITY)
    activity = make.own(owner)
    done = services.accept(make.suggested(activity, office, owner), by=office)
    table.decline(done.collaboration, by=owner)
    assert queries.moved_on(activity) == []
    assert make.suggested(activity, office, owner).pk


# Area E


@pytest.mark.parametrize("left", range(1, len(Question) + 1))
def test_an_activity_of_the_city_does_not_end_with_an_open_question(left):
    office = make.actor(Kind.CITY)
    activity = make.of_the_city(office)
    make.answer_all(activity, office, but=left)
    with pytest.raises(Refused) as refusal:
        services.end(activity, by=office)
    missing = list(Question)[len(Question) - left :]
    assert all(str(question.label) in str(refusal.value) for question in missing)
    assert not any(
        str(question.label) in str(refusal.value) for question in Question if question not in missing
    )
    assert ENDED.name not in verbs(activity)


def test_with_every_question_answered_it_ends():
    office = make.actor(Kind.CITY)
    activity = make.of_the_city(office)
    make.answer_all(activity, office)
    assert services.end(activity, by=office).status == Status.ENDED
    assert verify().clean


def test_a_correction_is_the_next_answer_and_the_old_one_stays():
    office = make.actor(Kind.CITY)
    activity = make.of_the_city(office)
    services.answer(activity, Question.EARLY, make.NOT_DONE, seen=0, by=office)
    services.answer(activity, Question.EARLY, make.DONE, seen=1, by=office)
    item = queries.checklist(activity)[0]
    assert (item.latest.reply, [one.reply for one in item.earlier]) == (make.DONE, [make.NOT_DONE])


def test_an_answer_to_what_another_just_answered_is_a_conflict():
    office = make.actor(Kind.CITY)
    activity = make.of_the_city(office)
    services.answer(activity, Question.EARLY, make.DONE, seen=0, by=office)
    with pytest.raises(Conflict):
        services.answer(activity, Question.EARLY, make.NOT_DONE, seen=0, by=office)
    assert Answer.objects.count() == 1


def test_only_the_department_itself_answers():
    activity = make.of_the_city()
    for other in (make.actor(), make.actor(Kind.CITY)):
        with pytest.raises(Forbidden):
            services.answer(activity, Question.EARLY, make.DONE, seen=0, by=other)


def test_citizens_are_asked_nothing():
    by = make.actor()
    activity = make.own(by)
    with pytest.raises(Refused):
        services.answer(activity, Question.EARLY, make.DONE, seen=0, by=by)
    assert services.end(activity, by=by).status == Status.ENDED


def test_after_the_end_an_answer_can_still_be_corrected():
    office = make.actor(Kind.CITY)
    activity = make.of_the_city(office)
    make.answer_all(activity, office)
    services.end(activity, by=office)
    services.answer(activity, Question.RESULT, make.NOT_DONE, seen=1, by=office)
    assert verify().clean


def test_a_day_that_passes_with_open_questions_is_told_once():
    office = make.actor(Kind.CITY)
    past = make.of_the_city(office, since=date(2026, 4, 1), until=date(2026, 5, 1))
    make.of_the_city(office)
    make.answer_all(past, office, but=2)
    assert queries.overdue() == [past]
    services.remind(past, by=Actor())
    assert queries.overdue() == []
    with pytest.raises(Refused):
        services.remind(past, by=Actor())
    moved = make.words(title="自転車の条例づくり", until=date(2026, 6, 1))
    services.edit(past, moved, seen=Activity.objects.get(pk=past.pk).words.digest(), by=office)
    assert queries.overdue() == [past]


def test_one_that_was_told_of_meanwhile_does_not_keep_the_others_from_being_told(monkeypatch):
    office = make.actor(Kind.CITY)
    past = [make.of_the_city(office, since=date(2026, 4, 1), until=date(2026, 5, 1)) for _number in range(3)]
    found = queries.overdue()
    services.remind(past[0], by=Actor())
    monkeypatch.setattr(tasks.queries, "overdue", lambda: found)
    tasks.remind(0)
    monkeypatch.undo()
    assert found == past
    assert queries.overdue() == []


def test_a_day_that_passes_with_every_question_answered_is_no_news():
    office = make.actor(Kind.CITY)
    past = make.of_the_city(office, since=date(2026, 4, 1), until=date(2026, 5, 1))
    make.answer_all(past, office)
    assert queries.overdue() == []
    with pytest.raises(Refused):
        services.remind(past, by=Actor())
