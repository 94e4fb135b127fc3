"""A case from the first word to the last: sealed, on the clock, answered, ended, asked about; and who may do what."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from wanowa.collaborations.tests.factories import agreed, town
from wanowa.consultations import queries, services
from wanowa.consultations.models import Case, Handover, Message, Satisfied
from wanowa.consultations.rules import CROWD, Channel, Help, Outcome, Rating, Status
from wanowa.consultations.services import opening
from wanowa.consultations.tests.factories import (
    WORRY,
    brought,
    closed,
    department,
    held_by,
    holder,
    offered,
    told,
)
from wanowa.consultations.verbs import ANSWERED, OPENED
from wanowa.introductions.tests.factories import asked as introduced
from wanowa.introductions.tests.factories import pair
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.envelopes import Unopened
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.files import accept
from wanowa.kernel.tests.upload_samples import pdf
from wanowa.people.tests.factories import PersonFactory
from wanowa.proposals.tests.factories import actor, begun, opened
from wanowa.record.queries import history

pytestmark = pytest.mark.django_db


def fresh(case):
    return Case.objects.get(pk=case.pk)


def test_a_worry_belongs_to_the_desk_at_once_with_a_day_for_the_first_answer(desk):
    case = brought()
    assert (case.owner, case.department, case.status) == (desk, None, Status.RECEIVED)
    assert case.due_on is not None
    assert [entry.verb for entry in history(case)] == [OPENED.name]
    assert queries.own(case).read(case, "text") == WORRY


def test_without_anybody_at_the_desk_nothing_is_taken_in_and_nothing_lost(db):
    with pytest.raises(Refused, match="電話"):
        brought()
    assert not Case.objects.exists()


def test_the_tables_and_the_disk_hold_no_word_of_it(desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    file = accept(SimpleUploadedFile("ひみつの表.pdf", pdf()))
    made = services.open_case(
        told(text="ひみつのなやみ", name="ひみつ子", contact="048-464-0000"), files=[file], by=PUBLIC
    )
    services.confirm_address(made.case, email="himitsu@example.jp", by=PUBLIC)
    services.answer(made.case, body="ひみつの返事", next_action="ひみつの予定", by=holder(made.case))
    tables = [model._meta.db_table for model in (Case, Message, Handover)] + ["consultations_attachment"]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            rows = repr(
                [[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in cursor]
            )
            for word in ("ひみつ", "ひみつ".encode().hex(), "himitsu", "048-464-0000", made.passphrase):
                assert word not in rows
            assert repr("ひみつ".encode())[2:-1] not in rows
    kept = [path.read_bytes() for path in (tmp_path / "media").rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert b"%PDF" not in kept[0]
    opened = queries.own(fresh(made.case))
    attachment = made.case.files.get()
    assert (opened.read(attachment, "name"), opened.content(attachment)) == (file.name, file.content)


def test_sealed_words_do_not_open_in_another_case(desk):
    one, two = brought(), brought(text="べつの相談です")
    two.text = one.text
    with pytest.raises(Unopened):
        queries.own(two).read(two, "text")


def test_a_caller_is_written_down_with_consent_and_by_somebody_of_the_city_alone(desk):
    by = Actor(desk.pk)
    case = brought(by=by, channel=Channel.PHONE)
    assert (case.entered_by, case.person) == (desk, None)
    assert case.consented_at is not None
    with pytest.raises(Forbidden):
        brought(by=Actor(PersonFactory().pk), channel=Channel.COUNTER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(consented_at=None)


def test_a_machine_cannot_fill_the_desk_but_people_with_an_account_come_in(desk, monkeypatch):
    monkeypatch.setattr(opening, "CROWD", 2)
    assert CROWD > 2
    brought()
    brought()
    with pytest.raises(Refused, match="混んで"):
        brought()
    assert brought(PersonFactory()).owner == desk


def test_five_wrong_passphrases_let_a_number_rest_even_for_the_right_one(desk):
    made = services.open_case(told(), by=PUBLIC)
    assert services.knock(made.case, made.passphrase)
    assert not services.knock(None, made.passphrase)
    for _ in range(5):
        assert not services.knock(made.case, "ねこ いぬ とり うし")
    assert not services.knock(made.case, made.passphrase)
    Case.objects.filter(pk=made.case.pk).update(tries=4)
    assert services.knock(made.case, made.passphrase)


def test_a_new_passphrase_closes_the_old_one(desk):
    made = services.open_case(told(), by=PUBLIC)
    new = services.change_passphrase(made.case, by=holder(made.case))
    assert not services.knock(made.case, made.passphrase)
    assert services.knock(made.case, new.passphrase)


def test_the_answer_sets_the_next_day_and_the_first_one_is_told_apart(desk):
    case = brought()
    services.answer(case, body="会いましょう。", next_action="会う日を決めます。", by=holder(case))
    services.answer(case, body="土曜です。", by=holder(case))
    now = fresh(case)
    assert (now.status, now.due) == (Status.UNDER_WAY, "next_action")
    first = [entry.facts["first"] for entry in history(case) if entry.verb == ANSWERED.name]
    assert first == [True, False]


def test_before_the_first_answer_nothing_can_be_postponed(desk):
    case = brought()
    due = case.due_on
    with pytest.raises(Refused, match="はじめての返事"):
        services.plan(case, next_action="あとで", by=holder(case))
    assert fresh(case).due_on == due


def test_the_end_says_what_came_of_it_and_leads_there(desk):
    case = brought()
    collaboration = agreed(town(2))
    with pytest.raises(Invalid, match="つながった先"):
        services.close(
            case, outcome=Outcome.IMPOSSIBLE, words="むり", collaboration=collaboration, by=holder(case)
        )
    with pytest.raises(Invalid, match="わけ"):
        services.close(case, outcome=Outcome.IMPOSSIBLE, words=" ", by=holder(case))
    services.close(
        case,
        outcome=Outcome.COLLABORATION,
        words="始まりました。",
        collaboration=collaboration,
        by=holder(case),
    )
    ((step,),) = queries.ways_of(fresh(case), PUBLIC)
    assert (step.title, step.href) == (
        collaboration.title,
        reverse("collaborations:collaboration", args=[collaboration.slug]),
    )


def test_an_introduction_or_a_proposal_that_came_of_a_case_is_shown_to_who_may_know_of_it(desk):
    by, stranger = Actor(desk.pk), Actor(PersonFactory().pk)
    two, proposer = pair(), actor()
    for outcome, found, inside in (
        (Outcome.INTRODUCTION, introduced(two), two.other),
        (Outcome.PROPOSAL, begun(opened(by), proposer), proposer),
    ):
        address = f"https://wanowa.example{found.get_absolute_url()}"
        assert queries.lead_at(outcome, address, by) == (found.pk, None)
        for who, where in ((stranger, address), (PUBLIC, address), (by, "/introductions/999999/"), (by, "/")):
            with pytest.raises(Invalid, match="アドレス"):
                queries.lead_at(outcome, where, who)
        case = brought()
        services.close(case, outcome=outcome, words="つながりました。", lead=found.pk, by=holder(case))
        for who in (by, inside):
            assert queries.ways_of(fresh(case), who)[0][0].href == found.get_absolute_url()
        for who in (stranger, PUBLIC):
            (shown,) = queries.ways_of(fresh(case), who)[0]
            assert (shown.title in {"引き合わせ", "提案"}, shown.href) == (True, "")


def test_whoever_writes_after_the_end_has_an_open_case_again(desk):
    case = closed(brought())
    services.speak(case, body="まだ困っています。", by=PUBLIC)
    now = fresh(case)
    assert (now.status, now.owner, now.outcome) == (Status.UNDER_WAY, desk, "")
    assert now.due_on is not None


def test_a_closed_case_whose_owner_has_gone_comes_back_to_the_desk(desk):
    party, officer = department()
    case = closed(held_by(brought(), party, officer))
    party.memberships.all().delete()
    services.speak(case, body="まだ困っています。", by=PUBLIC)
    assert (fresh(case).owner, fresh(case).department) == (desk, None)


def test_who_is_still_stuck_is_heard_and_what_she_thought_is_counted_without_her(desk):
    case = closed(brought())
    services.rate(case, Rating.GOOD)
    with pytest.raises(Refused):
        services.rate(case, Rating.POOR)
    assert list(Satisfied.objects.values_list("rating", "count")) == [("good", 1)]
    services.tell_how_it_is(case, helped=Help.STUCK, words="まだです", by=PUBLIC)
    assert fresh(case).status == Status.UNDER_WAY


def test_fewer_than_five_answers_are_never_a_number(desk):
    for _ in range(4):
        services.rate(closed(brought()), Rating.GOOD)
    assert queries.satisfaction() == []
    services.rate(closed(brought()), Rating.GOOD)
    assert queries.satisfaction() == [("よかった", 5)]
    services.rate(closed(brought()), Rating.POOR)
    assert queries.satisfaction() == []


DEEDS = {
    "answer": lambda case, by: services.answer(case, body="返事", by=by),
    "plan": lambda case, by: services.plan(case, next_action="聞く", by=by),
    "note": lambda case, by: services.note(case, body="メモ", by=by),
    "sort": lambda case, by: services.sort(case, category="green", by=by),
    "offer": lambda case, by: services.offer(case, to=[department()[0]], reason="わけ", by=by),
    "close": lambda case, by: services.close(case, outcome=Outcome.INFORMATION, words="まとめ", by=by),
    "passphrase": lambda case, by: services.change_passphrase(case, by=by),
    "open": lambda case, by: services.open_reading(case, by=by),
}
REFUSED = {
    "received": {"plan"},
    "under_way": set(),
    "closed": {"answer", "plan", "offer", "close"},
}
"""What not even the owner can do in a status."""


@pytest.mark.parametrize("status", REFUSED)
@pytest.mark.parametrize(
    "role", ["owner", "deputy", "asked", "coordinator", "department", "person", "nobody"]
)
def test_every_deed_is_for_who_holds_the_case(desk, status, role):
    party, officer = department()
    other = PersonFactory(is_coordinator=True)
    deputy = PersonFactory(is_coordinator=True)
    case = brought(PersonFactory())
    today = case.due_on
    services.set_absence(desk, deputy, since=case.created_at.date(), until=today, by=Actor(desk.pk))
    actors = {
        "owner": Actor(desk.pk),
        "deputy": Actor(deputy.pk),
        "asked": officer,
        "coordinator": Actor(other.pk),
        "department": department()[1],
        "person": Actor(case.person_id),
        "nobody": Actor(PersonFactory().pk),
    }
    case = fresh(case)
    assert case.owner == desk
    if status != "received":
        services.answer(case, body="返事", by=Actor(desk.pk))
    offered(case, party)
    if status == "closed":
        closed(case)
    for deed, act in DEEDS.items():
        holds = role in {"owner", "deputy"}
        reads = deed == "open" and role == "asked" and status != "closed"
        able = reads or (holds and deed not in REFUSED[status])
        try:
            with transaction.atomic():
                act(case, actors[role])
                done = True
                transaction.set_rollback(True)
        except Refused:
            done = False
        assert done is able, f"{role} {deed} {status}"


def test_the_database_refuses_an_open_case_without_a_due_day_and_a_closed_one_without_an_outcome(desk):
    case = brought()
    for wrong in (
        {"due_on": None},
        {"outcome": "information"},
        {"status": "closed"},
        {"status": "under_way"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**wrong)


def test_the_database_refuses_an_owner_who_cannot_hold_a_case(desk):
    case = brought()
    party, officer = department()
    wrong = [
        {"owner": PersonFactory()},
        {"owner_id": officer.person},
        {"owner": desk, "department": party},
        {"owner": PersonFactory(is_coordinator=True, is_active=False)},
    ]
    for columns in wrong:
        with pytest.raises(DatabaseError, match="can hold it"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**columns)
    Case.objects.filter(pk=case.pk).update(owner_id=officer.person, department=party)


def test_a_confirmed_address_gets_a_link_that_opens_this_case_alone(
    desk, client, django_capture_on_commit_callbacks
):
    case, other = brought(), brought()
    services.confirm_address(case, email="Hanako@example.jp", by=PUBLIC)
    with django_capture_on_commit_callbacks(execute=True):
        services.answer(case, body="ひみつの返事", by=holder(case))
    letter = next(one for one in mail.outbox if one.to == ["hanako@example.jp"])
    link = letter.body.split("/consultations/with/")[1].split()[0].rstrip("/")
    assert queries.followed(link) == (queries.Link.OPEN, case)
    assert queries.followed(f"{link}x") == (queries.Link.UNKNOWN, None)
    page = client.post(f"/consultations/with/{link}/", follow=True)
    assert "ひみつの返事" in page.content.decode()
    assert client.get(f"/consultations/cases/{other.number}/").status_code == 404
