"""After the reveal: reasons that stay, one text that everybody consents to, and a publication by all."""

import json
import zipfile
from io import BytesIO

import pytest

from wanowa.collaborations.tests.factories import town
from wanowa.evaluations.models import Approval, Reason, Reflection, Round, Statement
from wanowa.evaluations.queries.reflecting import open_statement
from wanowa.evaluations.queries.results import results_of
from wanowa.evaluations.rules.joint import Joint, Part, mark
from wanowa.evaluations.services.approving import (
    approve,
    offer_statement,
    retract_approval,
    send_statement_back,
)
from wanowa.evaluations.services.commenting import enter_comment
from wanowa.evaluations.services.reflecting import give_reason, write_together
from wanowa.evaluations.tests import factories as make
from wanowa.evaluations.tests import reflecting
from wanowa.evaluations.tests.reflecting import TEXT, offered, published, wrote
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.models import Membership
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.models import User
from wanowa.people.services import export
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return town(2)


@pytest.fixture
def told(people):
    return reflecting.told(people)


def test_reasons_are_added_and_nothing_is_overwritten(told, people):
    key = told.asked[0].key
    give_reason(told, criterion=key, text="雨が多かった。", by=people.actors[0])
    give_reason(told, criterion=key, text="それでも6回できた。", by=people.actors[1])
    give_reason(told, criterion=key, text="数えまちがいでした。", by=people.actors[0])
    (said,) = [one for one in results_of(told, inside=True).rows if one.row.question.key == key]
    assert [reason.text for reason in said.reasons] == [
        "雨が多かった。",
        "それでも6回できた。",
        "数えまちがいでした。",
    ]
    assert history(told.collaboration).filter(verb="evaluations.reason.given").count() == 3
    assert verify().clean


@pytest.mark.parametrize(("criterion", "text"), [("nothing", "わけ"), ("", "わけ"), (None, "  \n")])
def test_a_reason_names_a_question_and_says_something(told, people, criterion, text):
    key = told.asked[0].key if criterion is None else criterion
    with pytest.raises(Invalid):
        give_reason(told, criterion=key, text=text, by=people.actors[0])
    assert not Reason.objects.exists()


def test_before_the_reveal_nothing_can_be_said(people):
    found = make.opened(people)
    with pytest.raises(Refused, match="封が開いていません"):
        give_reason(found, criterion=found.asked[0].key, text="わけ", by=people.actors[0])
    with pytest.raises(Refused, match="封が開いていません"):
        wrote(found, people.actors[0])
    assert results_of(found, inside=True) is None


def test_all_write_the_same_text_and_who_was_slower_loses_nothing(told, people):
    seen = mark(Joint(), Part.TEXT)
    write_together(told, part=Part.TEXT, written=TEXT, seen=seen, by=people.actors[0])
    with pytest.raises(Conflict):
        write_together(told, part=Part.TEXT, written=Joint("別"), seen=seen, by=people.actors[1])
    assert Reflection.objects.get().joint == TEXT
    write_together(
        told, part=Part.TEXT, written=Joint("別", "の", "文"), seen=mark(TEXT, Part.TEXT), by=people.actors[1]
    )
    assert Reflection.objects.get().revision == 2


def test_the_last_consent_publishes_and_nothing_can_be_changed_afterwards(told, people):
    statement = offered(told, people)
    assert Round.objects.get().published_at is None
    found = approve(told, seen=statement.fingerprint, by=people.actors[1])
    statement.refresh_from_db()
    assert found.status == "published"
    assert found.published_at == statement.in_force_at
    assert not Reflection.objects.exists()
    for refused in (
        lambda: wrote(told, people.actors[0]),
        lambda: give_reason(told, criterion=told.asked[0].key, text="わけ", by=people.actors[0]),
        lambda: approve(told, seen=statement.fingerprint, by=people.actors[1]),
        lambda: retract_approval(told, by=people.actors[0]),
        lambda: send_statement_back(told, reason="直したい", by=people.actors[0]),
    ):
        with pytest.raises(Refused, match="もう公開されています"):
            refused()
    assert verify().clean


def test_everybody_is_asked_also_who_handed_nothing_in(people):
    found = reflecting.told_without_the_last(people)
    statement = offered(found, people)
    assert statement.concerned == sorted(people.parties)
    assert Round.objects.get().published_at is None
    assert approve(found, seen=statement.fingerprint, by=people.actors[1]).published_at


def test_an_unfinished_text_is_not_put_before_anybody(told, people):
    with pytest.raises(Invalid, match="まとめの文を書いてください"):
        offer_statement(told, revision=0, by=people.actors[0])
    revision = wrote(told, people.actors[0], Joint("よかった"))
    with pytest.raises(Invalid, match="むずかしかったこと"):
        offer_statement(told, revision=revision, by=people.actors[0])


def test_what_is_offered_is_what_was_read(told, people):
    revision = wrote(told, people.actors[0])
    wrote(told, people.actors[1], Joint("別", "の", "文"))
    with pytest.raises(Conflict):
        offer_statement(told, revision=revision, by=people.actors[0])
    assert not Statement.objects.exists()


def test_a_consent_to_another_text_is_a_conflict(told, people):
    first = offered(told, people)
    send_statement_back(told, reason="直したい", by=people.actors[1])
    wrote(told, people.actors[0], Joint("別", "の", "文"))
    second = offer_statement(told, revision=2, by=people.actors[0])
    assert second.number == 2
    with pytest.raises(Conflict):
        approve(told, seen=first.fingerprint, by=people.actors[1])
    assert approve(told, seen=second.fingerprint, by=people.actors[1]).published_at


def test_while_it_waits_nothing_is_added_and_nothing_else_offered(told, people):
    offered(told, people)
    for refused in (
        lambda: wrote(told, people.actors[0]),
        lambda: give_reason(told, criterion=told.asked[0].key, text="わけ", by=people.actors[1]),
        lambda: offer_statement(told, revision=1, by=people.actors[1]),
    ):
        with pytest.raises(Refused):
            refused()


def test_taking_the_own_consent_back_closes_the_own_offer(told, people):
    statement = offered(told, people)
    with pytest.raises(Refused, match="まだ同意していません"):
        retract_approval(told, by=people.actors[1])
    retract_approval(told, by=people.actors[0])
    statement.refresh_from_db()
    assert statement.closed_by_id == people.parties[0]
    assert open_statement(told) is None
    with pytest.raises(Refused, match="同意を待っているまとめはありません"):
        approve(told, seen=statement.fingerprint, by=people.actors[1])
    assert verify().clean


def test_of_three_one_may_take_back_and_give_again():
    people = town(3)
    found = reflecting.told(people)
    statement = offered(found, people)
    approve(found, seen=statement.fingerprint, by=people.actors[1])
    retract_approval(found, by=people.actors[1])
    assert approve(found, seen=statement.fingerprint, by=people.actors[2]).published_at is None
    assert approve(found, seen=statement.fingerprint, by=people.actors[1]).published_at
    assert verify().clean


def test_one_person_does_not_consent_for_two(told, people):
    statement = offered(told, people)
    both = MembershipFactory(party_id=people.parties[1], person_id=people.actors[0].person)
    with pytest.raises(Refused, match="ひとりで2つの主体"):
        approve(told, seen=statement.fingerprint, by=Actor(both.person_id, people.parties[1]))
    assert Approval.objects.count() == 1


@pytest.mark.parametrize("role", [Role.MEMBER, Role.VIEWER])
def test_only_who_speaks_for_a_party_consents(told, people, role):
    statement = offered(told, people)
    other = MembershipFactory(party_id=people.parties[1], role=role)
    with pytest.raises(Forbidden):
        approve(told, seen=statement.fingerprint, by=Actor(other.person_id, people.parties[1]))


def test_others_have_no_say(told, people):
    stranger = town(1, (Kind.LOCAL,)).actors[0]
    statement = offered(told, people)
    for refused in (
        lambda: approve(told, seen=statement.fingerprint, by=stranger),
        lambda: give_reason(told, criterion=told.asked[0].key, text="わけ", by=stranger),
        lambda: wrote(told, stranger),
    ):
        with pytest.raises(Forbidden):
            refused()


def test_who_left_the_party_yesterday_has_no_say(told, people):
    statement = offered(told, people)
    Membership.objects.filter(person=people.actors[1].person).update(until="2020-01-01", since="2019-01-01")
    with pytest.raises(Forbidden):
        approve(told, seen=statement.fingerprint, by=people.actors[1])


def test_a_body_comments_on_what_is_published_and_changes_nothing(people):
    desk = Actor(PersonFactory(is_coordinator=True).pk)
    said = {"body": "懇話会", "text": "よい取組です。", "source": "会議録 3ページ"}
    found = reflecting.told(people)
    day = found.until
    with pytest.raises(Refused, match="公開されてから"):
        enter_comment(found, said_on=day, by=desk, **said)
    statement = offered(found, people)
    found = approve(found, seen=statement.fingerprint, by=people.actors[1])
    before = Round.objects.values().get()
    with pytest.raises(Forbidden):
        enter_comment(found, said_on=day, by=people.actors[0], **said)
    with pytest.raises(Invalid):
        enter_comment(found, said_on=day.replace(year=day.year + 1), by=desk, **said)
    enter_comment(found, said_on=day, by=desk, **said)
    assert [one.text for one in results_of(found, inside=False).comments] == ["よい取組です。"]
    assert Round.objects.values().get() == before
    assert verify().clean


def test_nobody_outside_sees_anything_before_the_publication(told, people):
    offered(told, people)
    assert results_of(told, inside=False) is None
    assert results_of(told, inside=True).open is not None


def test_a_resident_decides_about_what_is_its_own():
    """Two towns with a resident: one says yes to publishing its own scores and words, one does not."""
    for shows_own in (True, False):
        people = town(2, (Kind.CITIZEN, Kind.RESIDENT))
        found = reflecting.told(people)
        give_reason(found, criterion=found.asked[0].key, text="わたしのわけ", by=people.actors[1])
        statement = offered(found, people)
        found = approve(found, seen=statement.fingerprint, shows_own=shows_own, by=people.actors[1])
        public, inside = results_of(found, inside=False), results_of(found, inside=True)
        (own,) = [column for column in public.columns if column.party == people.parties[1]]
        words = [cell.words for said in public.rows for cell in said.row.cells]
        reasons = [reason.text for said in public.rows for reason in said.reasons]
        assert own.is_kept_back is not shows_own
        assert ("主体2のことば" in words) is shows_own
        assert ("わたしのわけ" in reasons) is shows_own
        assert (public.widest is not None) is shows_own
        assert "主体2のことば" in [cell.words for said in inside.rows for cell in said.row.cells]


def test_a_resident_takes_her_own_reasons_with_her_and_nobody_else_s():
    people = town(2, (Kind.CITIZEN, Kind.RESIDENT))
    found = reflecting.told(people)
    for actor, text in zip(people.actors, ("団体のわけ", "わたしのわけ"), strict=True):
        give_reason(found, criterion=found.asked[0].key, text=text, by=actor)
    for actor, reasons in zip(people.actors, ([], ["わたしのわけ"]), strict=True):
        archive = zipfile.ZipFile(BytesIO(export(User.objects.get(pk=actor.person), by=actor)))
        told = json.loads(archive.read("data.json"))["more"]["evaluations"]["reasons"]
        assert [one["text"] for one in told] == reasons


def test_the_largest_difference_stands_first_for_everybody(people):
    found = published(people)
    rows = results_of(found, inside=False).rows
    assert rows[0].row.gap == 1
    assert results_of(found, inside=False).widest == rows[0].row
