"""Area E at a table of several: the questions stand before the end of a collaboration, and before no other."""

import pytest
from django.urls import reverse

from wanowa.activities import queries, services
from wanowa.activities.rules import Question
from wanowa.activities.tests.factories import DONE
from wanowa.collaborations import services as table
from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.queries import above
from wanowa.collaborations.rules import Change, Status
from wanowa.collaborations.tests import factories as collaborations
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import SYSTEM
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db
E = {"area": "E", "form": "", "ownership": "city"}


@pytest.fixture
def people():
    return collaborations.town(3, kinds=(Kind.CITY, Kind.CITY, Kind.CITIZEN))


def end(collaboration, people):
    version = table.propose_turn(
        collaboration, change=Change.END, reason="決まりました。", by=people.actors[0]
    )
    for actor in people.actors[1:]:
        table.consent(collaboration, seen=version.fingerprint, by=actor)
    return Collaboration.objects.get(pk=collaboration.pk)


def answer_all(collaboration, by, *, but=0):
    questions = list(Question)
    for question in questions[: len(questions) - but]:
        services.answer(collaboration, question, DONE, seen=0, by=by)


def test_a_collaboration_in_area_e_does_not_end_with_an_open_question(people):
    collaboration = collaborations.agreed(people, **E)
    answer_all(collaboration, people.actors[1], but=1)
    with pytest.raises(Refused) as refusal:
        end(collaboration, people)
    assert str(Question.RESULT.label) in str(refusal.value)
    services.answer(collaboration, Question.RESULT, DONE, seen=0, by=people.actors[0])
    assert end(collaboration, people).status == Status.ENDED
    assert verify().clean


def test_without_the_registered_obstacle_it_would_have_ended(people, monkeypatch):
    """The negative control: nothing but what activities registered stands in the way."""
    monkeypatch.setattr(above, "_obstacles", [])
    assert end(collaborations.agreed(people, **E), people).status == Status.ENDED


def test_an_end_that_was_offered_before_waits_for_the_answers_too(people, monkeypatch):
    collaboration = collaborations.agreed(people, **E)
    with monkeypatch.context() as before:
        before.setattr(above, "_obstacles", [])
        version = table.propose_turn(collaboration, change=Change.END, reason="決定", by=people.actors[0])
    with pytest.raises(Refused):
        table.consent(collaboration, seen=version.fingerprint, by=people.actors[1])


def test_every_other_area_ends_unasked(people):
    collaboration = collaborations.agreed(people)
    assert end(collaboration, people).status == Status.ENDED


def test_it_can_be_suspended_with_open_questions(people):
    collaboration = collaborations.agreed(people, **E)
    assert table.propose_turn(collaboration, change=Change.SUSPEND, reason="休み", by=people.actors[0])


def test_the_departments_at_the_table_answer_and_nobody_else(people):
    collaboration = collaborations.agreed(people, **E)
    stranger = collaborations.town(1, kinds=(Kind.CITY,)).actors[0]
    for other in (people.actors[2], stranger):
        with pytest.raises(Forbidden):
            services.answer(collaboration, Question.EARLY, DONE, seen=0, by=other)


def test_where_the_city_has_no_seat_everybody_at_the_table_can_answer():
    two = collaborations.town(2, kinds=(Kind.CITIZEN, Kind.LOCAL))
    collaboration = collaborations.agreed(two, **E)
    answer_all(collaboration, two.actors[1])
    assert end(collaboration, two).status == Status.ENDED


def test_its_page_leads_to_the_questions_and_other_pages_do_not(people, client):
    asked, other = collaborations.agreed(people, **E), collaborations.agreed(people)
    page = reverse("activities:collaboration_checklist", args=[asked.slug])
    for collaboration, seen in ((asked, True), (other, False)):
        address = reverse("collaborations:collaboration", args=[collaboration.slug])
        assert (page in client.get(address).content.decode()) is seen
    assert client.get(page).status_code == 200
    assert client.get(reverse("activities:collaboration_checklist", args=[other.slug])).status_code == 404


def test_a_last_day_that_passes_with_open_questions_is_told_once(people):
    collaboration = collaborations.agreed(people, **E, starts="2026-01-01", ends="2026-03-31")
    assert queries.overdue() == [collaboration]
    services.remind(collaboration, by=SYSTEM)
    assert queries.overdue() == []
