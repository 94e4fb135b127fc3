"""Answers used again: nothing of a person in them, two people for each, checked once a year, found by everybody."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from wanowa.consultations import queries, services
from wanowa.consultations.models import Advice, Wording
from wanowa.consultations.queries.searchable import source
from wanowa.consultations.rules import Stage
from wanowa.consultations.tests.factories import (
    REPLY,
    WORRY,
    advised,
    answered,
    brought,
    department,
    holder,
    reply,
)
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.people.tests.factories import PersonFactory, sign_in

pytestmark = pytest.mark.django_db
ANSWERS = reverse("consultations:answers")
INDEX = reverse("consultations:index")


def page_of(advice):
    return reverse("consultations:answer", args=[advice.pk])


@pytest.fixture
def other(desk):
    """Return a second person of the desk; the first is on duty."""
    today = timezone.localdate()
    services.set_duty(desk, since=today, until=today, by=Actor(desk.pk))
    return Actor(PersonFactory(name="もうひとり", is_coordinator=True).pk)


def test_what_one_writes_another_releases_and_everybody_reads_it(client, desk, other):
    advice = services.propose_advice(answered(), reply(), by=Actor(desk.pk))
    assert client.get(page_of(advice)).status_code == 404
    with pytest.raises(Forbidden, match="もうひとり"):
        services.release_advice(advice.wordings.get(), by=Actor(desk.pk))
    services.release_advice(advice.wordings.get(), by=other)
    page = client.get(page_of(advice)).content.decode()
    assert REPLY.question in page
    assert REPLY.answer in page
    assert "もうひとり" not in page
    assert REPLY.question in client.get(ANSWERS).content.decode()


def test_the_database_refuses_one_person_for_both_and_any_change_of_what_was_released(desk, other):
    advice = services.propose_advice(answered(), reply(), by=Actor(desk.pk))
    alone = {"stage": Stage.RELEASED, "released_at": timezone.now(), "released_by_id": desk.pk}
    nobody = alone | {"released_by_id": None}
    for wrong in (alone, nobody):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            Wording.objects.filter(advice=advice).update(**wrong)
    services.release_advice(advice.wordings.get(), by=other)
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        Wording.objects.filter(advice=advice).update(answer="べつの答え")


def test_nothing_by_which_somebody_could_be_told_gets_in(desk):
    case = answered(name="ねこやなぎ", contact="048-464-9999")
    by = Actor(desk.pk)
    for wrong in (
        {"answer": f"前にこう聞かれました。{WORRY}"},
        {"question": "ねこやなぎさんの相談"},
        {"answer": "０４８（４６４）９９９９に電話してください。"},
    ):
        with pytest.raises(Invalid):
            services.propose_advice(case, reply(**wrong), by=by)
    services.propose_advice(case, reply(), by=by)


def test_only_who_holds_and_has_opened_an_answered_case_writes(desk, other):
    with pytest.raises(Forbidden):
        services.propose_advice(answered(), reply(), by=other)
    shut = brought()
    services.answer(shut, body="返事です。", by=holder(shut))
    with pytest.raises(Refused, match="ひらいて"):
        services.propose_advice(shut, reply(), by=holder(shut))
    waiting = brought()
    services.open_reading(waiting, by=holder(waiting))
    with pytest.raises(Refused, match="返事をして"):
        services.propose_advice(waiting, reply(), by=holder(waiting))
    assert not Advice.objects.exists()


def test_a_rewritten_answer_waits_while_the_old_one_stays_and_the_history_is_kept(desk, other):
    advice = advised(answered(), other)
    services.rewrite_advice(advice, reply(answer="新しい答えです。"), by=other)
    assert queries.released().get().answer == REPLY.answer
    with pytest.raises(Forbidden):
        services.release_advice(advice.wordings.get(stage=Stage.PROPOSED), by=other)
    services.release_advice(advice.wordings.get(stage=Stage.PROPOSED), by=Actor(desk.pk))
    assert queries.released().get().answer == "新しい答えです。"
    assert [one.answer for one in queries.wordings_of(advice.pk)] == ["新しい答えです。", REPLY.answer]


def test_what_was_replaced_while_somebody_read_it_is_not_released(desk, other):
    advice = services.propose_advice(answered(), reply(), by=Actor(desk.pk))
    seen = advice.wordings.get()
    services.rewrite_advice(advice, reply(answer="書きなおし。"), by=Actor(desk.pk))
    with pytest.raises(Conflict):
        services.release_advice(seen, by=other)


def test_a_withdrawn_answer_is_gone_for_all_but_the_desk(client, desk, other):
    advice = advised(answered(), other)
    with pytest.raises(Invalid):
        services.withdraw_advice(advice, reason=" ", by=other)
    services.withdraw_advice(advice, reason="制度が変わりました。", by=other)
    assert client.get(page_of(advice)).status_code == 404
    assert source().may_be_seen(PUBLIC, [str(advice.pk)]) == set()
    sign_in(client, desk)
    assert "制度が変わりました。" in client.get(page_of(advice)).content.decode()


def test_a_year_later_the_answer_asks_to_be_checked_and_says_so_to_everybody(client, desk, other):
    advice = advised(answered(), other)
    Advice.objects.filter(pk=advice.pk).update(checked_on=timezone.localdate() - timedelta(days=365))
    assert not queries.unchecked().exists()
    Advice.objects.filter(pk=advice.pk).update(checked_on=timezone.localdate() - timedelta(days=366))
    assert queries.unchecked().get().advice == advice
    assert "1年がすぎました" in client.get(page_of(advice)).content.decode()
    services.check_advice(advice, by=other)
    assert not queries.unchecked().exists()


def test_nobody_but_the_city_changes_an_answer(client, desk, other):
    advice = advised(answered(), other)
    stranger = Actor(PersonFactory().pk)
    for deed in (
        lambda: services.rewrite_advice(advice, reply(), by=stranger),
        lambda: services.check_advice(advice, by=stranger),
        lambda: services.withdraw_advice(advice, reason="わけ", by=stranger),
    ):
        with pytest.raises(Forbidden):
            deed()
    assert client.post(page_of(advice), {"act": "check"}).status_code == 403


def test_a_telephone_number_asks_again_and_nothing_typed_is_lost(client, desk):
    case = answered()
    sign_in(client, desk)
    typed = {
        "number": case.number,
        "question": "花壇は？",
        "answer": "048-424-0000 へ。",
        "category": "green",
    }
    page = client.post(ANSWERS, typed)
    assert page.status_code == 400
    assert "048-424-0000 へ。" in page.content.decode()
    assert "電話番号のようです" in page.content.decode()
    assert client.post(ANSWERS, typed | {"warned": "on"}).status_code == 302
    assert Wording.objects.get().question == "花壇は？"


def test_before_sending_one_sees_answers_near_ones_words_and_nothing_is_sent(client, desk, other):
    advised(answered(), other)
    count = queries.own_cases(None).model.objects.count()
    page = client.post(
        INDEX, {"text": "公園の花壇の花がかれました", "language": "ja", "act": "near"}, follow=True
    )
    told = page.content.decode()
    assert REPLY.question in told
    assert "公園の花壇の花がかれました" in told
    assert queries.own_cases(None).model.objects.count() == count
    assert client.post(INDEX, {"text": "", "language": "ja", "act": "near"}).status_code == 400
    page = client.post(INDEX, {"text": "公園の花壇の花がかれました", "language": "ja"}, follow=True)
    assert "公園の花壇" not in client.get(INDEX).content.decode()


def test_a_department_writes_for_its_cases_too(desk, other):
    party, by = department()
    case = brought()
    services.accept(services.offer(case, to=[party], reason="くわしい課に。", by=holder(case))[0], by=by)
    services.open_reading(case, by=by)
    services.answer(case, body="返事です。", by=by)
    advice = services.propose_advice(case, reply(), by=Actor(by.person))
    assert services.release_advice(advice.wordings.get(), by=other).checked_on == timezone.localdate()


@pytest.mark.parametrize("rows", [2, 20])
def test_the_list_costs_the_same_however_long_it_is(client, desk, other, django_assert_num_queries, rows):
    for number in range(rows):
        Wording.objects.create(
            advice=Advice.objects.create(checked_on=timezone.localdate()),
            stage=Stage.RELEASED,
            question=f"質問{number}",
            answer="答え",
            category="green",
            proposed_at=timezone.now(),
            proposed_by=desk,
            released_at=timezone.now(),
            released_by_id=other.person,
        )
    with django_assert_num_queries(1):
        client.get(ANSWERS)
