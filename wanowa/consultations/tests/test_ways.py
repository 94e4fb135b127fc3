"""From a case to what comes of it: begun by its holder with a word of the person, told to who may know, and no more."""

from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wanowa.consultations import queries, services
from wanowa.consultations.models import Case, Way
from wanowa.consultations.rules import Channel, Outcome
from wanowa.consultations.tests.factories import brought, closed, department, held_by, holder
from wanowa.consultations.verbs import LED_ON
from wanowa.introductions import services as introductions
from wanowa.introductions.queries import parties_without_contact
from wanowa.introductions.tests.factories import GIVEN, in_days, pair
from wanowa.introductions.verbs import ASKED
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.proposals.models import Proposal, Seed
from wanowa.proposals.queries.seeds import address_of
from wanowa.proposals.rules.vocabulary import Channel as SeedChannel
from wanowa.proposals.services import gate
from wanowa.proposals.tests.factories import actor, begun, opened
from wanowa.proposals.tests.test_gate import adopted, passed
from wanowa.record.models import Entry, Opening
from wanowa.record.queries import history

pytestmark = pytest.mark.django_db
CANARY = "カナリヤ"
IDEA = "公園に、夜も明るい花だんがほしい。"
PURPOSE = "花だんを、いっしょに世話する人に会いたいです。"


def planted(case, text=IDEA, **more):
    return services.plant(case, **{"text": text, "agreed": True, "by": holder(case)} | more)


def brought_together(case, two=None, **more):
    two = two or pair()
    told = {"first": two.first, "second": two.second, "purpose": PURPOSE, "agreed": True, "by": holder(case)}
    return services.introduce(case, **told | more)


def held(case):
    return reverse("consultations:held", args=[case.number])


def steps(case, by=PUBLIC, **more):
    now = Case.objects.get(pk=case.pk)
    return [[step.title for step in chain] for chain in queries.ways_of(now, by, **more)]


def test_an_idea_takes_along_what_the_person_lets_be_given_and_nothing_else(desk):
    person = PersonFactory()
    bare = planted(brought(person, channel=Channel.PHONE, by=Actor(desk.pk)))
    assert (bare.text, bare.name, bare.email, bare.channel) == (IDEA, "", "", SeedChannel.PHONE)
    case = brought(person)
    seed = planted(case, name=True, mail=True)
    assert (seed.name, seed.email, seed.person, seed.entered_by_id) == (
        "はなこ",
        person.email,
        person,
        desk.pk,
    )
    assert seed.channel == SeedChannel.COUNTER
    way = Way.objects.get(case=case)
    assert (way.seed, way.begun_by_id, way.agreed_at is not None) == (seed, desk.pk, True)
    assert LED_ON.name in {entry.verb for entry in history(case)}


def test_nothing_begins_without_a_word_of_the_person_nor_twice_nor_after_the_end(desk):
    case, two = brought(), pair()
    for begin in (planted, lambda case, **more: brought_together(case, two, **more)):
        with pytest.raises(Invalid, match="同意"):
            begin(case, agreed=False)
    planted(case)
    with pytest.raises(Refused, match="もうあります"):
        planted(case)
    over = closed(brought())
    for begin in (planted, brought_together):
        with pytest.raises(Refused):
            begin(over)
    assert Way.objects.count() == Seed.objects.count() == 1


def test_only_a_coordinator_who_holds_the_case_begins_something(desk):
    case, other = brought(), PersonFactory(is_coordinator=True)
    party, officer = department()
    theirs = held_by(brought(), party, officer)
    for of, by in ((case, Actor(other.pk)), (theirs, officer), (case, Actor(PersonFactory().pk))):
        for begin in (planted, brought_together):
            with pytest.raises(Forbidden):
                begin(of, by=by)
    assert not Way.objects.exists()
    assert not Seed.objects.exists()


def test_the_database_refuses_a_way_that_leads_nowhere_or_to_two_things_and_what_has_two_beginnings(desk):
    case, other = brought(), brought()
    seed, made = planted(case), brought_together(case)
    now = timezone.now()
    for wrong in ({}, {"seed": seed, "introduction": made}, {"seed": seed}, {"introduction": made}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Way.objects.create(case=other, agreed_at=now, **wrong)


def test_both_timelines_tell_of_it_and_each_page_leads_to_the_other_for_who_may_read_both(client, desk):
    person, two = PersonFactory(), pair()
    case = brought(person)
    services.open_reading(case, by=Actor(desk.pk))
    made, seed = brought_together(case, two), planted(case)
    assert [entry.verb for entry in history(made)] == [ASKED.name]
    back, own = held(case), reverse("consultations:case", args=[case.number])
    stranger = PersonFactory(is_coordinator=True)
    side = two.first.memberships.get().person
    for reader, finds in ((desk, back), (stranger, None), (side, None), (person, own)):
        sign_in(client, reader)
        pages = [client.get(page) for page in (made.get_absolute_url(), address_of(seed))]
        told = [page.content.decode() for page in pages if page.status_code == 200]
        assert told
        assert all((finds in page) if finds else (case.number not in page) for page in told)
    sign_in(client, desk)
    page = client.get(back).content.decode()
    assert made.get_absolute_url() in page
    assert address_of(seed) in page
    assert "引き合わせを始めました" in page
    sign_in(client, person)
    page = client.get(own).content.decode()
    assert address_of(seed) in page
    assert made.get_absolute_url() not in page
    assert two.first.name not in page


def test_no_word_of_the_case_goes_along_and_no_entry_outside_names_it(client, desk):
    two = pair()
    case = brought(PersonFactory(), text=f"{CANARY}のこと", name=f"{CANARY}さん")
    before = set(Entry.objects.values_list("pk", flat=True))
    made, seed = brought_together(case, two), planted(case)
    kept = repr([type(row).objects.filter(pk=row.pk).values().get() for row in (made, seed)])
    entries = Entry.objects.exclude(pk__in=before)
    written = repr([list(entries.values()), list(Opening.objects.filter(entry__in=entries).values())])
    outside = repr(list(entries.exclude(case__startswith=Case._meta.label_lower).values()))
    sign_in(client, two.first.memberships.get().person)
    page = client.get(made.get_absolute_url()).content.decode()
    assert PURPOSE in page
    for told in (kept, written, page):
        assert CANARY not in told
        assert case.number not in told
    assert Case._meta.label_lower not in outside


def test_the_page_of_a_case_tells_the_whole_way_as_far_as_its_reader_may_know(desk, monkeypatch):
    person, by = PersonFactory(), Actor(desk.pk)
    case = brought(person)
    seed = planted(case)
    monkeypatch.setattr(Proposal.objects, "create", partial(Proposal.objects.create, seed=seed))
    made, award = adopted()
    passed(award, made)
    assert steps(case, by)[0] == [f"ひとこと提案 {seed.number}", str(award.proposal)]
    found = gate.begin(award, by=made.official)
    for reader, more, told in (
        (by, {}, [str(award.proposal), "協働の取組"]),
        (made.official, {}, [str(award.proposal), found.title]),
        (Actor(person.pk), {"own": True}, ["提案", "協働の取組"]),
    ):
        assert steps(case, reader, **more)[0][1:] == told
    assert queries.outcome_of(queries.ways_of(case, by)) is Outcome.COLLABORATION


def test_an_introduction_that_goes_on_as_a_collaboration_is_told_too(desk):
    two, case = pair(), brought()
    made = brought_together(case, two)
    for side in (two.other, two.one):
        introductions.accept(made, given=GIVEN, until=in_days(30), by=side)
    introductions.join(made, title="花の道", summary="花を植えます。", by=two.one)
    assert steps(case, two.one) == [[f"引き合わせ：{two.first.name}と{two.second.name}", "花の道"]]
    assert steps(case) == [["引き合わせ", "協働の取組"]]


def test_the_end_proposes_what_came_of_it_and_wants_no_address(client, desk):
    case = brought(PersonFactory())
    services.open_reading(case, by=Actor(desk.pk))
    planted(case)
    sign_in(client, desk)
    page = client.get(held(case)).content.decode()
    chosen = next(line for line in page.split("<input") if 'value="proposal"' in line)
    assert "checked" in chosen.partition(">")[0]
    client.post(held(case), {"act": "close", "outcome": "proposal", "words": "提案になりました。"})
    now = Case.objects.get(pk=case.pk)
    assert (now.outcome, now.lead) == (Outcome.PROPOSAL, None)
    assert len(queries.ways_of(now, Actor(desk.pk))) == 1
    services.speak(case, body="まだあります。", by=PUBLIC)
    assert len(steps(case, Actor(desk.pk))) == 1


def test_what_is_typed_stays_when_something_is_missing_or_may_tell_too_much(client, desk):
    case, two = brought(PersonFactory()), pair()
    sign_in(client, desk)
    client.post(held(case), {"act": "open"})
    assert "呼び名「はなこ」も伝えます" in client.get(held(case)).content.decode()
    sent = {"act": "introduce", "first": two.first.pk, "second": two.second.pk, "purpose": PURPOSE}
    for wrong in (
        {"act": "plant", "text": IDEA},
        {"act": "plant", "text": "電話は048-464-1111です", "agreed": "on"},
        {"act": "plant", "text": "花" * 201, "agreed": "on"},
        sent,
        sent | {"agreed": "on", "second": two.first.pk},
        sent | {"agreed": "on", "second": "x"},
    ):
        answer = client.post(held(case), wrong)
        assert answer.status_code == 400, wrong
        assert str(wrong.get("text", PURPOSE)) in answer.content.decode()
    assert not Way.objects.exists()
    assert client.post(held(case), sent | {"agreed": "on"}).status_code == 302
    assert client.post(held(case), {"act": "plant", "text": IDEA, "agreed": "on"}).status_code == 302
    assert Seed.objects.get().name == ""
    assert Way.objects.count() == 2


def test_many_ways_cost_the_same_as_few(desk):
    person, case, by = PersonFactory(), brought(PersonFactory()), Actor(desk.pk)
    found, proposer, costs = opened(by), actor(), {}
    for rows in (2, 18):
        for number in range(rows):
            begun(found, proposer, seed=planted(case, f"{rows}の{number}つ目"))
        brought_together(case)
        for reader in (by, Actor(person.pk)):
            with CaptureQueriesContext(connection) as asked:
                queries.ways_of(case, reader)
            costs.setdefault(reader, []).append(len(asked))
    assert all(few == many <= 9 for few, many in costs.values()), costs


def test_what_is_forgotten_takes_its_way_along(desk):
    case = brought()
    seed = planted(case)
    services.forget(case, by=PUBLIC)
    assert not Way.objects.exists()
    assert queries.beginning_of(seed, desk.pk) is None
    other = brought()
    planted(other, "べつのひとこと").delete()
    assert steps(other, Actor(desk.pk)) == []


def test_the_board_of_introductions_is_shown_though_a_case_has_led_on(desk):
    party, _actor = department()
    assert party in parties_without_contact()
    planted(brought())
    assert party in parties_without_contact()
