"""A case from the first word to the last: never without an owner, sealed, on the clock."""

import pytest

from wanowa.consultations import queries, services
from wanowa.consultations.models import Case
from wanowa.consultations.rules import Help, Rating, Status
from wanowa.consultations.tests.factories import WORRY, brought, closed, department, offered
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.errors import Forbidden

pytestmark = pytest.mark.django_db


def test_a_worry_belongs_to_the_desk_at_once(desk):
    case = brought()
    assert (case.owner, case.status) == (desk, Status.RECEIVED)
    assert case.due_on is not None
    assert queries.own(case).read(case, "text") == WORRY


def test_a_case_goes_from_hand_to_hand_and_comes_back(desk):
    case = brought()
    p1, a1 = department()
    p2, a2 = department()
    h1, h2 = offered(case, p1, p2)
    services.open_reading(case, by=a1)
    services.refuse(h1, reason="わけ", by=a1)
    services.accept(h2, by=a2)
    with pytest.raises(Forbidden):
        services.answer(case, body="x", by=Actor(desk.pk))
    services.answer(case, body="x", by=a2)
    closed(case)
    services.speak(case, body="まだ", by=PUBLIC)
    closed(case)
    services.ask(Case.objects.get(pk=case.pk), by=PUBLIC)
    services.rate(case, Rating.GOOD)
    services.tell_how_it_is(case, helped=Help.STUCK, by=PUBLIC)
