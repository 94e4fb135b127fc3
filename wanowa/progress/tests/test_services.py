"""What the services do and refuse: numbers, notes, moves; for whom; and that verify finds what was changed behind."""

import json
from decimal import Decimal

import pytest
from PIL import Image

from wanowa.collaborations import services as table
from wanowa.collaborations.models import Draft
from wanowa.collaborations.rules import Change, Clause, Goal, mark
from wanowa.collaborations.tests.factories import Town, town
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.models import User
from wanowa.people.services import export
from wanowa.people.services.data import _erasures
from wanowa.progress import queries, services
from wanowa.progress.models import Measurement
from wanowa.progress.rules import Reading, State
from wanowa.progress.tests import factories as make
from wanowa.progress.verbs import MEASURED, MOVED, NOTED, NOTED_INSIDE, TROUBLED
from wanowa.record.models import Opening
from wanowa.record.queries import history
from wanowa.record.rules import Ground
from wanowa.record.services import hide, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return town(3)


@pytest.fixture
def found(two):
    return make.running(Town(two.actors[:2]))


def told(collaboration, verb):
    return list(history(collaboration).filter(verb=verb.name))


# Numbers


def test_any_party_at_the_table_enters_a_number_and_it_stands_on_record(two, found):
    row = make.measured(found, two.actors[1], value="2.5", word="雨で1回へりました。")
    (entry,) = told(found, MEASURED)
    assert entry.facts == {"goal": row.goal, "on": row.on.isoformat(), "hundredths": 250}
    assert (row.entry, row.at, row.party_id) == (entry.number, entry.at, two.actors[1].party)
    assert "雨" not in json.dumps(entry.facts, ensure_ascii=False)
    assert queries.words_beside(found, [row.entry], inside=False)[row.entry].word == "雨で1回へりました。"
    assert verify().clean


def test_a_correction_counts_and_what_it_corrects_stays_readable(two, found):
    wrong = make.measured(found, two.actors[0], value="20")
    right = services.remeasure(wrong, Reading(Decimal(2), wrong.on), word="けたちがい", by=two.actors[1])
    (standing,) = queries.goals_of(found)
    assert standing.rows == (right,)
    assert standing.corrected == (wrong,)
    assert verify().clean
    with pytest.raises(Conflict, match="もう書きなおされて"):
        services.remeasure(wrong, Reading(Decimal(3), wrong.on), by=two.actors[0])


def test_a_goal_has_one_number_a_day(two, found):
    first = make.measured(found, two.actors[0], days=3)
    other = make.measured(found, two.actors[0], days=2)
    with pytest.raises(Conflict, match="もう書いてあります"):
        make.measured(found, two.actors[1], days=3)
    with pytest.raises(Conflict, match="もう書いてあります"):
        services.remeasure(other, Reading(Decimal(1), first.on), by=two.actors[0])


def test_who_is_not_of_the_table_or_only_reads_writes_nothing(two, found):
    reader = MembershipFactory(party_id=two.parties[0], role=Role.VIEWER).person
    for by in (two.actors[2], Actor(reader.pk, two.parties[0])):
        with pytest.raises(Forbidden):
            make.measured(found, by)
        with pytest.raises(Forbidden):
            make.noted(found, by)
        with pytest.raises(Forbidden):
            make.moved(found, by)
    assert not Measurement.objects.exists()


def test_a_day_to_come_and_an_unknown_goal_are_refused(two, found):
    with pytest.raises(Invalid, match="まだ来ていない日"):
        make.measured(found, two.actors[0], days=-1)
    with pytest.raises(Refused, match="いまの合意にありません"):
        services.measure(found, Reading(Decimal(1), make.days_ago(0)), goal="0" * 64, by=two.actors[0])


def amend(collaboration, people, goals):
    """Bring a version with other goals into force."""
    draft = table.begin_amendment(collaboration, by=people.actors[0])
    draft = Draft.objects.get(collaboration=collaboration)
    changed = draft.terms.__class__.of({**draft.terms.content(), "goals": goals})
    draft = table.edit(
        collaboration,
        clause=Clause.GOALS,
        written=changed,
        seen=mark(draft.terms, Clause.GOALS),
        by=people.actors[0],
    )
    version = table.offer(collaboration, revision=draft.revision, by=people.actors[0])
    table.consent(collaboration, seen=version.fingerprint, by=people.actors[1])
    collaboration.refresh_from_db()


def test_numbers_follow_a_goal_that_keeps_its_words_and_stay_with_one_that_does_not(two):
    people = Town(two.actors[:2])
    kept, changed = make.WALKS, Goal("参加した人", 50, "人", "2027-03-31")
    found = make.running(people, goals=(changed, kept))
    old = queries.goals_of(found)
    reading = Reading(Decimal(3), make.days_ago(1))
    for standing in old:
        services.measure(found, reading, goal=standing.key, by=people.actors[0])
    as_written = [
        {"what": kept.what, "target": 12, "unit": kept.unit, "due": kept.due},
        {"what": "参加したこども", "target": 50, "unit": "人", "due": kept.due},
    ]
    amend(found, people, as_written)
    now = queries.goals_of(found)
    assert [(one.goal.what, one.former, len(one.rows)) for one in now] == [
        ("観察会をひらく", False, 1),
        ("参加したこども", False, 0),
        ("参加した人", True, 1),
    ]
    assert "目標の12回" in now[0].sentence
    with pytest.raises(Refused):
        services.measure(found, Reading(Decimal(4), make.days_ago(0)), goal=old[0].key, by=people.actors[0])
    assert services.remeasure(now[2].rows[0], Reading(Decimal(5), reading.on), by=people.actors[0])
    assert verify().clean


def test_before_anything_is_in_force_there_is_nothing_to_measure(two):
    from wanowa.collaborations.tests.factories import talking  # noqa: PLC0415 - used once

    people = Town(two.actors[:2])
    with pytest.raises(Refused, match="書けません"):
        services.measure(
            talking(people), Reading(Decimal(1), make.days_ago(0)), goal="0" * 64, by=people.actors[0]
        )


def test_the_last_numbers_may_come_after_the_end_but_tasks_stand_still(two, found):
    version = table.propose_turn(found, change=Change.END, reason="おわりました。", by=two.actors[0])
    table.consent(found, seen=version.fingerprint, by=two.actors[1])
    found.refresh_from_db()
    assert make.measured(found, two.actors[0])
    with pytest.raises(Refused, match="終了"):
        make.moved(found, two.actors[0])


# Notes


def test_a_note_for_all_is_public_and_one_for_the_table_is_not(two, found):
    open_note = make.noted(found, two.actors[0], quote="楽しい", consented=True, count=14)
    inner = make.noted(found, two.actors[1], public=False, text="なやみもあります。")
    assert list(queries.notes_in(found, inside=False)) == [open_note]
    assert {*queries.notes_in(found, inside=True)} == {open_note, inner}
    assert len(told(found, NOTED)) == len(told(found, NOTED_INSIDE)) == 1
    numbers = [open_note.entry, inner.entry]
    outside = queries.words_beside(found, numbers, inside=False)
    assert outside[open_note.entry].quote == "楽しい"
    assert outside[inner.entry].text == ""
    assert queries.words_beside(found, numbers, inside=True)[inner.entry].text == "なやみもあります。"
    assert open_note.consented
    assert verify().clean


def test_a_photo_keeps_nothing_of_where_it_was_taken(two, found):
    note = make.noted(found, two.actors[0], picture=make.photo())
    with note.photo.open("rb") as file:
        assert not Image.open(file).getexif()
    assert verify().clean


def test_only_pictures_are_photos(two, found):
    from wanowa.kernel.files import Accepted  # noqa: PLC0415 - used once

    with pytest.raises(Invalid, match="JPEG か PNG"):
        make.noted(found, two.actors[0], picture=Accepted("案.pdf", "application/pdf", b"%PDF"))


def test_a_note_is_taken_back_by_its_party_alone_and_once(two, found, django_capture_on_commit_callbacks):
    note = make.noted(found, two.actors[0], picture=make.photo())
    with pytest.raises(Forbidden, match="書いた主体"):
        services.withdraw(note, by=two.actors[1])
    name = note.photo.name
    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw(note, by=two.actors[0])
    assert not note.photo.storage.exists(name)
    assert not queries.notes_in(found, inside=True).exists()
    assert verify().clean
    with pytest.raises(Refused, match="もう取り下げられて"):
        services.withdraw(note, by=two.actors[0])


def test_a_hidden_entry_hides_its_words(two, found):
    note = make.noted(found, two.actors[0])
    hide(found, note.entry, ground=Ground.RIGHTS, by=two.actors[0])
    words = queries.words_beside(found, [note.entry], inside=True)[note.entry]
    assert (words.text, words.hidden) == ("", True)


# Tasks


def test_who_does_a_task_moves_it_and_trouble_stays_inside(two, found):
    make.moved(found, two.actors[1])
    make.moved(found, two.actors[0], State.TROUBLED, "人が足りません。")
    task = make.task_of(found)
    assert (task.state, task.turn, task.for_all.state) == (State.TROUBLED, 2, State.DOING)
    assert len(told(found, MOVED)) == len(told(found, TROUBLED)) == 1
    public = [entry.verb for entry in history(found, public_only=True)]
    assert TROUBLED.name not in public
    assert not Opening.objects.filter(field="word", public=True).exists()
    assert verify().clean


def test_a_move_from_an_older_page_is_a_conflict(two, found):
    make.moved(found, two.actors[0])
    task = make.task_of(found)
    with pytest.raises(Conflict, match="先に知らせました"):
        services.move(found, State.DONE, task=task.key, seen=0, by=two.actors[1])


def test_trouble_needs_a_word_and_nothing_moves_to_where_it_is(two, found):
    with pytest.raises(Invalid, match="何にこまっているか"):
        make.moved(found, two.actors[0], State.TROUBLED)
    with pytest.raises(Refused, match="もう「まだ」"):
        make.moved(found, two.actors[0], State.TODO)


def test_who_neither_answers_for_a_task_nor_does_it_does_not_move_it(two, found):
    task = make.task_of(found, 1)
    with pytest.raises(Forbidden, match="責任をもつ主体"):
        services.move(found, State.DONE, task=task.key, seen=0, by=two.actors[1])
    assert services.move(found, State.DONE, task=task.key, seen=0, by=two.actors[0])
    with pytest.raises(Refused, match="いまの合意にありません"):
        services.move(found, State.DONE, task="0" * 64, seen=0, by=two.actors[0])


# One's own data


def test_words_and_rows_are_in_the_export_and_words_go_when_one_asks(two, found):
    import zipfile  # noqa: PLC0415 - used once
    from io import BytesIO  # noqa: PLC0415

    make.measured(found, two.actors[0], word="ひみつのことば")
    person = User.objects.get(pk=two.actors[0].person)
    content = zipfile.ZipFile(BytesIO(export(person, by=two.actors[0]))).read("data.json").decode()
    assert "ひみつのことば" in content
    assert "実施目標の数" in content


def test_an_erasure_takes_back_what_a_person_wrote_for_herself_alone(django_capture_on_commit_callbacks):
    people = town(2, (Kind.RESIDENT, Kind.CITY))
    found = make.running(people)
    own = make.noted(found, people.actors[0], picture=make.photo())
    of_a_department = make.noted(found, people.actors[1], picture=make.photo())
    assert services.forget_person in _erasures
    with django_capture_on_commit_callbacks(execute=True):
        for by in people.actors:
            services.forget_person(User.objects.get(pk=by.person), by=by)
    own.refresh_from_db()
    of_a_department.refresh_from_db()
    assert own.withdrawn_at
    assert not own.photo
    assert of_a_department.photo
    assert verify().clean
