"""A no and silence look the same to the other side and to the desk: pages, notices, mails, files, to the byte."""

import json
import re
import zipfile
from datetime import datetime, time, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from wanowa.introductions import queries, services
from wanowa.introductions.models import Introduction
from wanowa.introductions.rules import ANSWER_DAYS, MOST_VAIN, Given, Status
from wanowa.introductions.services import answering
from wanowa.introductions.tests.factories import asked, pair, wished
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.notices.models import Notice
from wanowa.notices.services import deliver, mail_waiting
from wanowa.parties.queries import showcase_apps
from wanowa.parties.queries.above import ways_from
from wanowa.parties.tests.factories import party_with
from wanowa.people.models import User
from wanowa.people.services import export
from wanowa.people.tests.factories import sign_in
from wanowa.record.queries import history
from wanowa.talent import services as relay

pytestmark = pytest.mark.django_db
ONCE = re.compile(
    rb'name="(?:csrfmiddlewaretoken|idempotency_key)" value="[^"]+"|nonce-[^\'"]+|nonce="[^"]+"'
)
"""What is different in every page, whoever reads it."""


@pytest.fixture(autouse=True)
def _keys_of_this_test(settings, tmp_path):
    settings.PERSONAL_KEYS = tmp_path / "people"


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return ONCE.sub(b"", response.content)


def everything(introduction, by):
    """Return all that somebody can see and is told: pages, notices, mails, and her file."""
    person = User.objects.get(pk=by.person)
    client = sign_in(Client(), person)
    mail.outbox = []
    while deliver():
        pass
    mail_waiting()
    addresses = [introduction.get_absolute_url(), "/me/", "/notices/", "/introductions/mine/"]
    if person.is_coordinator:
        addresses += ["/introductions/", "/introductions/?own=1"]
    with zipfile.ZipFile(BytesIO(export(person, by=Actor(person.pk)))) as archive:
        file = json.loads(archive.read("data.json"))
    return {
        "pages": [page(client, address) for address in addresses],
        "notices": list(Notice.objects.filter(person=person).order_by("at").values_list("case", "at")),
        "mails": [(one.to, one.subject, re.sub(r"http\S+", "", one.body)) for one in mail.outbox],
        "file": (
            {name: rows for name, rows in file["tables"].items() if name.startswith("introductions.")},
            file["more"]["introductions"],
        ),
        "case": list(history(introduction).values_list("number", "verb", "digest")),
    }


def in_a_world(introduction, reader, *, declines, at):
    """Return what a reader sees at a moment when the other side has said no, or nothing; undo it all."""
    with transaction.atomic():
        if declines:
            services.decline(introduction, by=declines)
        with time_machine.travel(at, tick=False):
            services.lapse_silent()
            seen = everything(introduction, reader)
        transaction.set_rollback(True)
    return seen


def noon(day):
    """Return noon of a day in Japan."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def moments():
    """Return a moment before the last day for an answer is over, and one after."""
    now = timezone.now().replace(hour=3, minute=0)
    return [now + timedelta(days=days) for days in (1, ANSWER_DAYS + 1)]


@pytest.mark.parametrize("begun_by", ["desk", "party"])
@pytest.mark.parametrize("after", [False, True])
def test_a_no_and_silence_are_the_same_for_the_other_side_and_the_coordinator(begun_by, after):
    two = pair()
    introduction = asked(two) if begun_by == "desk" else wished(two)
    at = moments()[after]
    for reader in (two.one, two.desk):
        silent = in_a_world(introduction, reader, declines=None, at=at)
        declined = in_a_world(introduction, reader, declines=two.other, at=at)
        assert silent == declined
        assert ("今回は見送り" in silent["pages"][0].decode()) is after
        assert silent["notices"] or not after


def test_a_yes_after_a_no_changes_nothing_for_the_one_who_said_it():
    two = pair()
    introduction = asked(two)
    services.accept(introduction, given=Given(), by=two.one)
    for at in moments():
        worlds = [in_a_world(introduction, two.one, declines=who, at=at) for who in (None, two.other)]
        assert worlds[0] == worlds[1]


def test_control_a_no_that_moved_the_case_of_the_introduction_would_be_seen(monkeypatch):
    two = pair()
    introduction = asked(two)
    write = answering.write

    def told_aloud(verb, subject, **more):
        return write(verb, subject.introduction, **more)

    at = moments()[0]
    silent = in_a_world(introduction, two.one, declines=None, at=at)
    monkeypatch.setattr(answering, "write", told_aloud)
    declined = in_a_world(introduction, two.one, declines=two.other, at=at)
    assert silent["pages"][0] != declined["pages"][0]
    assert silent["case"] != declined["case"]


def test_a_party_that_said_no_is_as_silent_on_record_as_one_that_said_nothing():
    two = pair()
    introduction = asked(two)
    at = timezone.now() + timedelta(days=60)
    with time_machine.travel(at):
        before = set(queries.parties_without_contact())
    services.decline(introduction, by=two.other)
    with time_machine.travel(at):
        assert set(queries.parties_without_contact()) == before


def test_no_public_page_moves_when_somebody_answers():
    """Else whoever asked could watch for it; what a party's page shows of introductions is always the same."""
    assert "introductions" not in showcase_apps()
    party, _people = party_with()
    assert any(href.startswith("/introductions/new/") for _label, href in ways_from(party))


@pytest.mark.parametrize("how", ["decline", "silence", "withdraw"])
def test_after_three_in_vain_a_pair_waits_180_days_whoever_asks(how):
    two, other = pair(), pair()
    now = timezone.now()
    for turn in range(MOST_VAIN):
        with time_machine.travel(now + timedelta(days=(ANSWER_DAYS + 1) * turn)):
            introduction = wished(two)
            if how == "decline":
                services.decline(introduction, by=two.other)
            elif how == "withdraw":
                services.withdraw(introduction, by=two.one)
            with pytest.raises(Refused, match="取り下げたばかり" if how == "withdraw" else "いま進んで"):
                wished(two)
    last = introduction.answer_by
    for days, match in ((1, "3回とも"), (179, "3回とも")):
        with time_machine.travel(noon(last + timedelta(days=days))):
            with pytest.raises(Refused, match=match):
                wished(two)
            with pytest.raises(Refused, match=match):
                asked(two, first=two.second, second=two.first, by=two.desk)
    with time_machine.travel(noon(last + timedelta(days=1))):
        assert wished(two, second=other.second).status == Status.HALF
    with time_machine.travel(noon(last + timedelta(days=180))):
        assert wished(two).status == Status.HALF


def test_a_party_stopped_by_the_desk_asks_for_nothing_and_can_still_be_asked():
    two = pair()
    relay.freeze(two.first, reason="しつこいため", by=two.desk)
    with pytest.raises(Refused, match="協働推進員に相談"):
        wished(two)
    assert asked(two).status == Status.ASKED


def test_an_answer_comes_in_time_or_not_at_all():
    two = pair()
    introduction = wished(two)
    with time_machine.travel(timezone.now() + timedelta(days=ANSWER_DAYS + 1)):
        for act in (
            lambda: services.accept(introduction, given=Given(), by=two.other),
            lambda: services.decline(introduction, by=two.other),
            lambda: services.withdraw(introduction, by=two.one),
        ):
            with pytest.raises(Refused, match="期限"):
                act()
        assert services.lapse_silent() == 1
    assert Introduction.objects.get().status == Status.LAPSED
    with pytest.raises(Refused):
        services.decline(introduction, by=two.other)
