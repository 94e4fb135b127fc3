"""The pages: what they cost, what they refuse, that nothing typed is lost, and that papers print."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wanowa.kernel.actors import Actor
from wanowa.parties import services as parties
from wanowa.parties.tests.factories import party_with
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.press.tests.text import needs_poppler, text_of
from wanowa.talent import queries, services
from wanowa.talent.rules import Field, Tier
from wanowa.talent.tests.factories import WIDE, asked, coordinator, department, looked, on_paper, registered

pytestmark = pytest.mark.django_db
PUBLIC = WIDE | {Field.SKILLS: Tier.V3}


def browser(actor):
    return sign_in(Client(), User.objects.get(pk=actor.person))


def cost(client, address):
    from django.db import connection  # noqa: PLC0415 - only here
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_pages_cost_the_same_for_two_people_and_for_twenty():
    _office, by = department()
    desk = coordinator()
    office, table = browser(by), browser(desk)
    costs = []
    for count in (2, 18):
        for _ in range(count):
            profile = registered(tiers=PUBLIC)
            asked(on_paper(checked_first=True), by)
        look = looked(by)
        costs.append(
            [
                cost(client, address)
                for client, address in (
                    (Client(), reverse("talent:index")),
                    (office, reverse("talent:look")),
                    (office, reverse("talent:cards", args=[look.pk])),
                    (table, reverse("talent:board")),
                    (table, reverse("talent:exports")),
                )
            ]
        )
    assert costs[0] == costs[1]
    person, costs = browser(Actor(profile.person_id)), []
    for count in (2, 18):
        for _ in range(count):
            asked(profile, department()[1])
        costs.append(cost(person, reverse("talent:mine")))
    assert costs[0] == costs[1]


def test_a_group_may_look_in_the_year_it_is_registered():
    registered()
    group, (person,) = party_with()
    by = Actor(person.pk, group.pk)
    from wanowa.kernel.eras import fiscal_year_of  # noqa: PLC0415 - only here

    year = fiscal_year_of(timezone.localdate())
    registration = parties.apply_for_registration(group, year, note="お願いします。", by=by)
    parties.decide_registration(registration, accept=True, reason="確かめました。", by=coordinator())
    assert len(queries.cards_of(looked(by))) == 1


def test_an_experience_that_seems_to_hold_a_number_asks_once_more_and_loses_nothing():
    client = sign_in(Client(), PersonFactory())
    form = {
        "skill_1": "cooking",
        "name": "山田 太郎",
        "method": "mail",
        "experience": "電話は090-1234-5678です。",
        **{f"tier_{name}": "1" for name in ("skills", "experience", "area", "times", "reward", "age_band")},
    }
    answer = client.post(reverse("talent:edit"), form)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "電話番号のようです" in page
    assert "090-1234-5678" in page
    assert client.post(reverse("talent:edit"), form | {"warned": "on"}).status_code == 302


def test_the_counts_for_everybody_begin_with_five():
    for _ in range(4):
        registered(tiers=PUBLIC)
    assert "5人以上のまとまりは、まだありません。" in Client().get(reverse("talent:index")).content.decode()
    registered(tiers=PUBLIC)
    registered(skills="cooking", tiers=PUBLIC)
    page = Client().get(reverse("talent:index")).content.decode()
    assert "庭と自然" in page
    assert "5人</td>" in page
    hidden = registered(tiers=PUBLIC)
    services.hide(hidden, by=Actor(hidden.person_id))
    assert "5人</td>" in Client().get(reverse("talent:index")).content.decode()


@needs_poppler
def test_papers_print_and_the_receipt_tells_nothing_but_consents():
    desk, profile = coordinator(), on_paper()
    client = browser(desk)
    form = client.get(reverse("talent:sheet", args=["form"]))
    register = client.get(reverse("talent:sheet", args=["register"]))
    receipt = client.get(reverse("talent:receipt", args=[profile.pk]))
    assert {one["Content-Type"] for one in (form, register, receipt)} == {"application/pdf"}
    assert "登録の用紙" in text_of(form.content)
    assert "個人情報ファイル簿" in text_of(register.content)
    told = text_of(receipt.content)
    assert profile.number in told
    assert "048-464-0000" not in told
    assert "木村" not in told
    assert client.get(reverse("talent:sheet", args=["other"])).status_code == 404


def test_the_list_is_kept_nowhere_by_the_form_that_takes_it():
    from wanowa.web.models import Submission  # noqa: PLC0415 - only here

    registered()
    one, other = coordinator(), coordinator()
    export = services.ask_for_export(reason="点検", by=one)
    services.approve_export(export, by=other)
    form = {"act": "take", "export": export.pk, "idempotency_key": "k" * 30}
    answer = browser(one).post(reverse("talent:exports"), form)
    assert "木村" in b"".join(answer.streaming_content).decode()
    assert bytes(Submission.objects.get(key="k" * 30).body) == b""


@pytest.mark.parametrize("act", ["", "x", "take_back"])
def test_a_button_that_nobody_knows_gets_a_sentence(act):
    profile = registered()
    client = browser(Actor(profile.person_id))
    answer = client.post(reverse("talent:act"), {"act": act, "request": "9" * 30, "field": "x"})
    assert answer.status_code == 400
    assert "ください" in answer.content.decode()
