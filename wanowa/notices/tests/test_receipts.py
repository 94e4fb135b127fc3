"""Whoever consents gets the receipt by mail, once, after a checkpoint covers it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from wanowa.collaborations.tests import factories as make
from wanowa.notices import services
from wanowa.notices.models import OwedReceipt, Position
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.models import User
from wanowa.people.rules import MAILS_A_DAY_BY_PURPOSE
from wanowa.record.models import Entry
from wanowa.record.queries.checkpoints import public_keys
from wanowa.record.rules.receipts import Receipt
from wanowa.record.services import checkpoint
from wanowa.record.services.signatures import check
from wanowa.record.tests.conftest import own_key, uncommitted  # noqa: F401 - fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uncommitted")]


@pytest.fixture
def two():
    return make.town(2)


def delivered():
    while services.deliver():
        pass


def letters_to(actor):
    address = User.objects.get(pk=actor.person).email
    return [one for one in mail.outbox if one.to == [address]]


def receipts_in(letter):
    return [Receipt.read(attachment.content) for attachment in letter.attachments]


def test_nothing_is_mailed_before_a_checkpoint_covers_the_consent(two):
    make.agreed(two)
    delivered()
    assert services.mail_receipts() == 0
    checkpoint()
    assert services.mail_receipts() == 2


def test_who_consented_gets_her_own_receipt_and_everybody_who_speaks_that_of_the_agreement(two):
    viewer = MembershipFactory(party_id=two.actors[0].party, role=Role.VIEWER).person
    make.agreed(two)
    delivered()
    checkpoint()
    services.mail_receipts()
    consents = Entry.objects.filter(verb="collaborations.version.consented").order_by("number")
    effect = Entry.objects.get(verb="collaborations.version.took_effect")
    by_party = {entry.party: entry for entry in consents}
    for actor in two.actors:
        [letter] = letters_to(actor)
        found = {(one.number, one.digest) for one in receipts_in(letter)}
        wanted = [effect, *([by_party[actor.party]] if actor.party in by_party else [])]
        assert found == {(entry.number, entry.digest) for entry in wanted}
    assert not [one for one in mail.outbox if one.to == [viewer.email]]


def test_the_mail_holds_a_true_receipt_its_words_and_the_way_to_compare(two, settings):
    settings.PUBLIC_URL = "https://wanowa.example.jp"
    make.agreed(two, title="花の道")
    delivered()
    checkpoint()
    services.mail_receipts()
    [letter] = letters_to(two.actors[1])
    receipt = receipts_in(letter)[-1]
    assert receipt.holds(public_keys(), check)
    assert receipt.short in letter.body
    assert "花の道" in letter.body
    assert "https://wanowa.example.jp/record/compare/" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert {kind for _name, _content, kind in letter.attachments} == {"text/plain"}


def test_a_receipt_is_mailed_once_whatever_is_repeated(two):
    make.agreed(two)
    delivered()
    checkpoint()
    assert services.mail_receipts() == 2
    Position.objects.update(entry=0)
    delivered()
    checkpoint()
    assert services.mail_receipts() == 0
    assert len(mail.outbox) == 2


def test_while_the_mail_server_is_down_it_is_tried_again(two):
    make.agreed(two)
    delivered()
    checkpoint()
    with override_settings(MAILERS={"default": {"BACKEND": "wanowa.notices.tests.broken_mail.EmailBackend"}}):
        assert services.mail_receipts() == 0
    assert not OwedReceipt.objects.filter(mailed_at__isnull=False).exists()
    assert services.mail_receipts() == 2


def test_who_turned_mail_off_gets_none_and_can_take_it_from_the_page(two, client):
    services.choose(by_mail=False, by=two.actors[0])
    collaboration = make.agreed(two)
    delivered()
    checkpoint()
    assert services.mail_receipts() == 1
    assert letters_to(two.actors[0]) == []
    number = Entry.objects.get(verb="collaborations.version.took_effect").number
    page = client.get(f"/record/receipt/collaborations.collaboration/{collaboration.pk}/{number}/")
    assert Receipt.read(page.content.decode()).holds(public_keys(), check)


def test_beyond_the_days_allowance_a_receipt_waits_for_tomorrow(two, time_machine):
    for _ in range(MAILS_A_DAY_BY_PURPOSE + 1):
        make.agreed(two)
        delivered()
        checkpoint()
        services.mail_receipts()
    assert len(letters_to(two.actors[1])) == MAILS_A_DAY_BY_PURPOSE
    owed = OwedReceipt.objects.filter(mailed_at__isnull=True)
    assert {one.person_id for one in owed} == {actor.person for actor in two.actors}
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert services.mail_receipts() == 2
    assert not OwedReceipt.objects.filter(mailed_at__isnull=True).exists()


def test_receipts_that_were_owed_long_ago_are_forgotten(two):
    make.agreed(two)
    delivered()
    OwedReceipt.objects.update(at=OwedReceipt.objects.first().at - timedelta(days=91))
    services.forget_old()
    assert not OwedReceipt.objects.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_what_one_person_gets_costs_two_queries_a_receipt(two, many, django_assert_num_queries):
    from wanowa.notices.queries import ready  # noqa: PLC0415

    for _ in range(many):
        make.agreed(two)
    delivered()
    checkpoint()
    owed = list(OwedReceipt.objects.filter(person_id=two.actors[1].person))
    with django_assert_num_queries(4 + 2 * len(owed)):
        ready(owed)
