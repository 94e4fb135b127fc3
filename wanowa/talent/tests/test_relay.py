"""Looking and asking: no name, no address, no difference between a no and silence, and limits that are exact."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties.tests.factories import party_with
from wanowa.people.models import User
from wanowa.people.tests.factories import sign_in
from wanowa.talent import queries, services
from wanowa.talent.models import Access, Request
from wanowa.talent.rules import BLOCKED_AFTER, PROFILES_A_DAY, Channel, Field, Status, Tier
from wanowa.talent.tests.factories import (
    WIDE,
    WORDS,
    accepted,
    asked,
    coordinator,
    department,
    looked,
    on_paper,
    registered,
)

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=14)


def token():
    """Return the token of the last mail."""
    return mail.outbox[-1].body.split("/talent/answer/")[1].split("/")[0]


def test_a_look_shows_cards_without_a_name_and_leaves_a_trace_for_each():
    profile, (_office, by) = registered(), department(name="環境課")
    look = looked(by)
    (card,) = queries.cards_of(look)
    told = dict(card.lines)
    assert set(told) == {Field.SKILLS, Field.EXPERIENCE, Field.AREA, Field.TIMES, Field.REWARD}
    (trace,) = queries.readings_of(profile)
    assert (trace.who, trace.why) == ("環境課", "花植えの手伝いをさがしています。")
    assert "できること" in trace.what


def test_two_parties_call_one_person_differently():
    profile = registered()
    handles = {queries.cards_of(looked(department()[1]))[0].handle for _ in range(3)}
    assert len(handles) == 3
    assert profile.number not in handles


def test_who_may_look_is_a_department_or_a_registered_group_with_a_purpose():
    registered()
    group, (person,) = party_with()
    with pytest.raises(Forbidden, match="登録団体"):
        looked(Actor(person.pk, group.pk))
    with pytest.raises(Forbidden):
        looked(Actor(person.pk))
    _office, by = department()
    with pytest.raises(Invalid, match="わけ"):
        looked(by, purpose="  ")
    with pytest.raises(Invalid, match="1つ以上"):
        looked(by, skills=["nothing"])


def test_what_is_hidden_from_a_party_answers_none_of_its_wishes():
    """Else a filter would tell what no page shows (trust.md T14)."""
    registered(tiers=WIDE | {Field.AREA: Tier.V1, Field.TIMES: Tier.V0})
    _office, by = department()
    assert len(queries.cards_of(looked(by))) == 1
    for wish in ({"area": "north"}, {"times": "saturday"}, {"area": "south"}, {"times": "weekday"}):
        assert queries.cards_of(looked(by, **wish)) == []


def test_a_consent_withdrawn_after_the_look_takes_the_card_away():
    profile, (_office, by) = registered(), department()
    look = looked(by)
    services.hide(profile, by=Actor(profile.person_id))
    assert queries.cards_of(look) == []


def test_a_party_opens_200_people_a_day_and_the_desk_hears_of_the_hundredth(monkeypatch):
    from wanowa.talent.services import looking  # noqa: PLC0415 - its numbers are made small

    monkeypatch.setattr(looking, "PROFILES_A_DAY", 5)
    monkeypatch.setattr(looking, "PAGE", 2)
    monkeypatch.setattr(looking, "ALERT_AT", 3)
    assert PROFILES_A_DAY == 200
    desk = coordinator()
    for _ in range(7):
        registered(reviewed=False)
    _office, by = department()
    looks = [looked(by)]
    for _ in range(2):
        looks.append(services.look(purpose="x", skills=["pruning"], after=looks[-1], by=by))
    with pytest.raises(Refused, match="200人"):
        services.look(purpose="x", skills=["pruning"], after=looks[-1], by=by)
    assert [len(queries.cards_of(look)) for look in looks] == [2, 2, 1]
    assert [one.to for one in mail.outbox if "たくさん" in one.subject].count(
        [User.objects.get(pk=desk.person).email]
    ) == 1


def test_a_request_is_mailed_with_a_link_and_without_content():
    profile, (_office, by) = registered(), department(name="ひみつの課")
    request = asked(profile, by)
    letter = mail.outbox[-1]
    assert letter.to == [profile.person.email]
    assert (letter.reply_to, letter.cc) == ([], [])
    assert WORDS.purpose not in letter.body + letter.subject
    assert "ひみつの課" not in letter.body + letter.subject
    assert token() not in request.token_digest


def test_opening_the_link_answers_nothing_and_the_form_answers_once():
    profile, (_office, by) = registered(), department()
    request = asked(profile, by)
    address, client = reverse("talent:answer", args=[token()]), Client()
    for _ in range(3):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    request.refresh_from_db()
    assert request.status == Status.SENT
    until = (timezone.localdate() + timedelta(days=9)).isoformat()
    form = {"answer": "accept", "fields_to_hand": ["name"], "until": until}
    assert client.post(address, form).status_code == 200
    assert client.post(address, form).status_code == 404
    assert client.get(address).status_code == 404
    request.refresh_from_db()
    assert (request.status, request.answered_by) == (Status.ACCEPTED, Channel.MAIL)
    assert queries.handed_fields(request) == {Field.NAME}


def test_later_leaves_the_link_good_until_the_days_are_over():
    request, key = asked(registered(), department()[1]), token()
    services.postpone(request, channel=Channel.MAIL, token=key, by=PUBLIC)
    assert queries.by_token(key) == request
    with time_machine.travel(timezone.now() + DAYS):
        assert queries.by_token(key) is None
        assert Client().get(reverse("talent:answer", args=[key])).status_code == 404


def test_only_what_was_chosen_is_handed_to_this_request_only_until_that_day():
    profile, (office, by) = (
        registered(method="mail", contact="kiyoshi@example.jp", may_call=True),
        department(),
    )
    request = accepted(profile, by, Field.CONTACT)
    other = accepted(profile, department()[1])
    assert queries.handed_values(request, by.person) is None
    services.open_handed(request, by=by)
    assert queries.handed_values(request, by.person) == {Field.CONTACT: "kiyoshi@example.jp"}
    assert queries.handed_fields(other) == frozenset()
    with pytest.raises(Refused):
        services.open_handed(other, by=Actor(other.person_id, other.party_id))
    with time_machine.travel(timezone.now() + timedelta(days=32)):
        assert queries.handed_fields(request) == frozenset()
    assert any(one.who == office.name and "連絡先" in one.what for one in queries.readings_of(profile))
    services.take_back(request, Field.CONTACT, by=Actor(profile.person_id))
    assert queries.handed_values(request, by.person) == {}


def page(client, request):
    """Return a request's page as bytes, without what belongs to one rendering or to this pair."""
    import re  # noqa: PLC0415 - only here

    body = client.get(reverse("talent:request", args=[request.pk])).content.decode()
    for mark in (request.handle, f"/requests/{request.pk}/"):
        body = body.replace(mark, "•")
    return re.sub(r'value="[A-Za-z0-9_-]{22,64}"', "", body)


def test_a_no_and_silence_look_the_same_before_and_after_the_fourteen_days():
    _office, by = department()
    person = User.objects.get(pk=by.person)
    one, other, third = (registered() for _ in range(3))
    declined, silent, later = asked(one, by), asked(other, by), asked(third, by)
    moment = timezone.now()
    Request.objects.update(sent_at=moment, expires_at=moment + DAYS)
    client = sign_in(Client(), person)
    services.decline(declined, channel=Channel.WEB, by=Actor(one.person_id))
    services.postpone(later, channel=Channel.WEB, by=Actor(third.person_id))
    before = {page(client, request) for request in (declined, silent, later)}
    assert len(before) == 1
    assert "返事を待っています" in before.pop()
    with time_machine.travel(moment + DAYS + timedelta(minutes=1)):
        client = sign_in(Client(), person)
        for _ in range(2):
            after = {page(client, request) for request in (declined, silent, later)}
            assert len(after) == 1
            assert "今回は見送り" in after.pop()
            services.lapse_requests()


@pytest.mark.parametrize("how", ["decline", "silence", "stop"])
def test_a_pair_has_one_open_request_and_is_blocked_after_three_that_came_to_nothing(how):
    profile, (_office, by) = registered(), department()
    moment = timezone.now()
    for turn in range(BLOCKED_AFTER):
        with time_machine.travel(moment + DAYS * turn + timedelta(hours=turn)):
            request = asked(profile, by)
            if how == "decline":
                services.decline(request, channel=Channel.WEB, by=Actor(profile.person_id))
            elif how == "stop":
                services.stop(request, by=by)
            with pytest.raises(Refused, match="待っています"):
                asked(profile, by)
    with time_machine.travel(moment + DAYS * BLOCKED_AFTER + timedelta(hours=5)):
        with pytest.raises(Refused, match="3回とも見送り"):
            asked(profile, by)
        assert asked(profile, department()[1]).status == Status.SENT


def test_the_database_keeps_one_open_request_a_pair():
    request = asked(registered(), department()[1])
    request.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        request.save(force_insert=True)


def test_a_checked_request_reaches_the_person_when_a_coordinator_passes_it_on():
    profile, (_office, by) = registered(checked_first=True), department()
    request = asked(profile, by)
    assert (request.status, mail.outbox) == (Status.CHECKING, [])
    assert queries.request_of(request.pk, profile.person_id, ()) is None
    with pytest.raises(Refused):
        services.accept(
            request,
            hand_over=(),
            until=timezone.localdate(),
            channel=Channel.WEB,
            by=Actor(profile.person_id),
        )
    services.pass_on(request, by=coordinator())
    assert mail.outbox[-1].to == [profile.person.email]


def test_a_person_on_paper_answers_through_the_desk():
    profile, (_office, by) = on_paper(), department()
    request, desk = asked(profile, by), coordinator()
    assert mail.outbox == []
    assert [one.pk for one in queries.board().to_tell] == [request.pk]
    access = services.open_profile(profile, purpose="お願いを電話で伝えるため", contact=True, by=desk)
    assert queries.opened_for(access)[Field.CONTACT] == "048-464-0000"
    done = services.accept(
        request,
        hand_over=[Field.NAME],
        until=timezone.localdate() + timedelta(days=3),
        channel=Channel.PHONE,
        by=desk,
    )
    assert (done.status, done.answered_by) == (Status.ACCEPTED, Channel.PHONE)
    with pytest.raises(Forbidden):
        services.decline(asked(on_paper(), by), channel=Channel.PHONE, by=by)


def test_a_stopped_sender_asks_nobody_until_it_is_lifted():
    profile, (office, by) = registered(), department()
    desk = coordinator()
    frozen = services.freeze(office, reason="しつこいお願いがありました。", by=desk)
    with pytest.raises(Refused, match="送れません"):
        asked(profile, by)
    services.thaw(frozen, by=desk)
    assert asked(profile, by).pk


def test_a_report_is_read_by_the_desk_and_not_by_the_sender():
    profile, (_office, by) = registered(), department()
    request = asked(profile, by)
    services.report(request, words="何度も来て困ります。", by=Actor(profile.person_id))
    assert [one.pk for one in queries.board().reported] == [request.pk]
    client = sign_in(Client(), User.objects.get(pk=by.person))
    assert "困ります" not in client.get(reverse("talent:request", args=[request.pk])).content.decode()


def test_both_sides_speak_once_it_is_accepted_and_nobody_else():
    profile, (_office, by) = registered(), department()
    waiting = asked(profile, department()[1])
    with pytest.raises(Refused):
        services.speak(waiting, body="はやく", by=Actor(waiting.person_id, waiting.party_id))
    request = accepted(profile, by)
    services.speak(request, body="よろしくお願いします。", by=Actor(profile.person_id))
    services.speak(request, body="こちらこそ。", by=by)
    with pytest.raises(Forbidden):
        services.speak(request, body="わたしも", by=department()[1])
    assert [one.from_person for one in queries.said_about(request)] == [True, False]


def test_a_request_waits_when_the_mail_of_the_day_is_used_up_and_goes_out_later():
    profile = registered()
    for _ in range(3):
        asked(profile, department()[1])
    fourth = asked(profile, department()[1])
    assert (len(mail.outbox), fourth.mailed_at) == (3, None)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert services.mail_waiting() == 1
        assert services.mail_waiting() == 0
    assert len(mail.outbox) == 4


def test_the_export_needs_two_people_and_holds_no_contact():
    registered(contact="kiyoshi@example.jp", may_call=True)
    hidden = registered(name="かくれた 人")
    services.hide(hidden, by=Actor(hidden.person_id))
    one, other = coordinator(), coordinator()
    export = services.ask_for_export(reason="名簿の点検", by=one)
    with pytest.raises(Forbidden, match="自分がたのんだ"):
        services.approve_export(export, by=one)
    with pytest.raises(Refused, match="もうひとり"):
        services.take_export(export, by=one)
    services.approve_export(export, by=other)
    with pytest.raises(Forbidden):
        services.take_export(export, by=other)
    text = services.take_export(export, by=one).decode("utf-8-sig")
    assert "木村 きよし" in text
    assert "取扱注意" in text
    assert "kiyoshi@example.jp" not in text
    assert "かくれた" not in text
    assert Access.objects.filter(purpose__startswith="書き出し").count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=25)), pytest.raises(Refused, match="24時間"):
        services.take_export(export, by=one)
    User.objects.filter(pk=one.person).update(is_coordinator=False)
    with pytest.raises(Forbidden):
        services.take_export(export, by=one)
