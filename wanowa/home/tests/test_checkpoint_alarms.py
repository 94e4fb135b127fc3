"""Who is told when checkpoints are late or stopped: staff first, then everybody who reads the record."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from wanowa.collaborations.tests import factories as make
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.record.services import Halted, checkpoint
from wanowa.record.tests.conftest import known_verbs, own_key, uncommitted  # noqa: F401 - fixtures
from wanowa.record.tests.factories import case, tick, unprotected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uncommitted")]

PAGES = ("/record/", "/record/checkpoints/")


@pytest.mark.parametrize("address", PAGES)
def test_everybody_is_told_after_three_days_and_staff_after_one(client, time_machine, address):
    tick(case())
    checkpoint()
    tick(case())
    coordinator = PersonFactory(is_coordinator=True)
    now = timezone.now()
    for hours, everybody, staff in ((23, False, False), (25, False, True), (73, True, True)):
        time_machine.move_to(now + timedelta(hours=hours), tick=False)
        officer = sign_in(Client(), coordinator)
        assert ("まとめ印が遅れています" in client.get(address).content.decode()) is everybody
        assert ("職員のみなさんへ" in officer.get(address).content.decode()) is staff
        assert "職員のみなさんへ" not in client.get(address).content.decode()
    checkpoint()
    assert "まとめ印が遅れています" not in client.get(address).content.decode()


def test_staff_are_told_at_once_when_a_checkpoint_was_stopped(client):
    tick(case())
    checkpoint()
    tick(case())
    with unprotected() as sql:
        sql.execute("UPDATE record_entry SET party = 99 WHERE \"case\" = 'auth.group/1' AND number = 2")
    with pytest.raises(Halted):
        checkpoint()
    assert "職員のみなさんへ" not in client.get("/record/").content.decode()
    sign_in(client, PersonFactory(is_coordinator=True))
    page = client.get("/record/").content.decode()
    assert "2番の記録が、あとから書きかえられています" in page
    assert "経過のまとめ印が止まっています" in client.get("/me/").content.decode()


def test_the_log_of_a_collaboration_tells_everybody_too(client, time_machine):
    collaboration = make.agreed(make.town(2))
    address = f"/collaborations/{collaboration.slug}/log/"
    checkpoint()
    assert "まとめ印が遅れています" not in client.get(address).content.decode()
    tick(case())
    time_machine.move_to(timezone.now() + timedelta(hours=73), tick=False)
    assert "まとめ印が遅れています" in client.get(address).content.decode()
    checkpoint()
    assert "まとめ印が遅れています" not in client.get(address).content.decode()


def test_each_moment_of_a_log_can_be_taken_home(client):
    collaboration = make.agreed(make.town(2))
    checkpoint()
    page = client.get(f"/collaborations/{collaboration.slug}/log/").content.decode()
    address = f"/record/receipt/collaborations.collaboration/{collaboration.pk}/1/"
    assert f'href="{address}"' in page
    assert client.get(address).content.decode().startswith("wanowa receipt v1")


def test_residents_are_not_bothered_on_their_own_page(client, time_machine):
    tick(case())
    time_machine.move_to(timezone.now() + timedelta(days=5), tick=False)
    sign_in(client, PersonFactory())
    assert "まとめ印" not in client.get("/me/").content.decode()
