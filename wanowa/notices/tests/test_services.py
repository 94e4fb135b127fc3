"""Who is told what, once; and how to have it quieter."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.utils.translation import get_language, override

from wanowa.collaborations import services as collaborations
from wanowa.collaborations.models import Message
from wanowa.collaborations.rules import Remedy
from wanowa.collaborations.tasks import remind
from wanowa.collaborations.tests import factories as make
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden
from wanowa.notices import queries, services
from wanowa.notices.models import Notice, Position
from wanowa.people.models import User
from wanowa.record.queries import case_of
from wanowa.record.rules import Ground
from wanowa.record.services import redact_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return make.town(2)


def delivered():
    while services.deliver():
        pass


def told(actor):
    return [moment.verb for group in queries.inbox(actor.person) for moment in group.moments]


def test_the_invited_are_told_and_nobody_hears_of_what_she_did_herself(two):
    make.started(two)
    delivered()
    assert told(two.actors[1]) == ["collaborations.party.invited"]
    assert told(two.actors[0]) == []


def test_an_offer_reaches_everybody_else_at_the_table(two):
    make.offered(two)
    delivered()
    assert "collaborations.version.offered" in told(two.actors[1])
    assert "collaborations.version.offered" not in told(two.actors[0])


def test_reading_the_record_twice_tells_nothing_twice(two):
    make.offered(two)
    delivered()
    before = Notice.objects.count()
    assert services.deliver() == 0
    Position.objects.update(entry=0)
    delivered()
    assert Notice.objects.count() == before > 0


def test_what_happened_in_one_case_is_one_group(two):
    make.agreed(two)
    delivered()
    [group] = queries.inbox(two.actors[1].person)
    assert group.unread
    assert len(group.moments) > 1
    services.see_all(by=two.actors[1])
    assert not queries.inbox(two.actors[1].person)[0].unread


def test_one_mail_tells_everything_that_waits_and_is_sent_once(two):
    make.offered(two)
    delivered()
    assert services.mail_waiting() == 2
    assert services.mail_waiting() == 0
    person = User.objects.get(pk=two.actors[1].person)
    [letter] = [one for one in mail.outbox if one.to == [person.email]]
    assert "第1版を提案しました" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_each_mail_is_written_in_the_language_of_who_gets_it_whoever_sends_it(two, monkeypatch):
    make.offered(two)
    delivered()
    User.objects.filter(pk=two.actors[1].person).update(language="en")
    written, real = {}, services.render_to_string

    def render(template, context):
        written[context["person"].pk] = get_language()
        return real(template, context)

    monkeypatch.setattr(services, "render_to_string", render)
    with override("en"):
        assert services.mail_waiting() == 2
        assert get_language() == "en"
    assert written == {two.actors[0].person: "ja", two.actors[1].person: "en"}


@override_settings(MAILERS={"default": {"BACKEND": "wanowa.notices.tests.broken_mail.EmailBackend"}})
def test_a_mail_that_could_not_be_sent_is_tried_again(two):
    make.offered(two)
    delivered()
    assert services.mail_waiting() == 0
    assert Notice.objects.filter(mailed_at__isnull=False).count() == 0


def test_one_tap_without_signing_in_stops_the_mail(two, client):
    make.offered(two)
    delivered()
    address = queries.off_address(two.actors[1].person)
    assert "メールを止めますか" in client.get(address).content.decode()
    assert queries.preference_of(two.actors[1].person).by_mail
    assert "メールを止めました" in client.post(address).content.decode()
    assert services.mail_waiting() == 1
    assert client.post(address[:-3] + "xx/").status_code == 404


def test_a_muted_case_is_not_told(two):
    collaboration = make.talking(two)
    services.mute(case_of(collaboration), on=True, by=two.actors[1])
    collaborations.speak(collaboration, body="こんにちは", by=two.actors[0])
    delivered()
    assert told(two.actors[1]) == []
    services.mute(case_of(collaboration), on=False, by=two.actors[1])
    collaborations.speak(collaboration, body="こんにちは", by=two.actors[0])
    delivered()
    assert told(two.actors[1]) == ["collaborations.room.spoke"]


def test_both_sides_are_reminded_alike_of_a_question_that_waits(two):
    collaboration = make.talking(two)
    message = collaborations.ask(collaboration, body="いつですか", by=two.actors[0])
    Message.objects.filter(pk=message.pk).update(created_at=message.created_at - timedelta(days=40))
    remind(0)
    remind(0)
    delivered()
    heard = [[verb for verb in told(actor) if "question" in verb] for actor in two.actors]
    assert heard == [["collaborations.question.waits"]] * 2


def test_the_one_who_asks_to_join_hears_the_answer():
    three = make.town(3)
    collaboration = make.agreed(make.Town(three.actors[:2]))
    asked = collaborations.ask_to_join(collaboration, message="手伝えます", by=three.actors[2])
    collaborations.decline_request(asked, answer="来年また。", by=three.actors[0])
    delivered()
    assert told(three.actors[2]) == ["collaborations.joining.answered"]


def test_a_measure_about_the_record_is_told_to_the_others_and_a_persons_own_request_to_nobody():
    three = make.town(3)
    collaboration = make.talking(three)
    delivered()
    before = [len(told(actor)) for actor in three.actors]
    measure = collaborations.propose_measure(
        collaboration,
        target=1,
        remedy=Remedy.HIDE,
        ground=Ground.LAW,
        reason="法令のため。",
        by=three.actors[0],
    )
    collaborations.assent(measure, by=three.actors[1])
    redact_person(three.actors[2].person, ground=Ground.REQUEST)
    delivered()
    new = [told(actor)[: len(told(actor)) - count] for actor, count in zip(three.actors, before, strict=True)]
    proposed, assented = "collaborations.measure.proposed", "collaborations.measure.assented"
    assert new == [[assented], [proposed], [assented, proposed]]


def test_old_notices_are_forgotten_and_the_record_is_not(two):
    make.offered(two)
    delivered()
    Notice.objects.update(at=Notice.objects.first().at - timedelta(days=91))
    assert services.forget_old() > 0
    assert Notice.objects.count() == 0


def test_somebody_without_a_person_sees_no_notices():
    with pytest.raises(Forbidden, match="サインイン"):
        services.see_all(by=Actor())
