"""The work on one page, and the month in numbers: what is due first, and nobody to be told from a number."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from wanowa.consultations import queries, services
from wanowa.consultations.models import Advice, Case, Handover, Satisfied, Tally, Wording
from wanowa.consultations.rules import LEAST, Lane, Rating, figures
from wanowa.consultations.rules.advice import near
from wanowa.consultations.tests.factories import (
    answered,
    brought,
    department,
    holder,
    offered,
)
from wanowa.introductions.tests.factories import asked as introduced
from wanowa.introductions.tests.factories import pair
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.proposals.tests.factories import idea

COST = 19
WORK, REPORT = reverse("consultations:work"), reverse("consultations:report")


def test_no_number_below_five_can_be_read_or_worked_out():
    for counts in product(range(8), repeat=3):
        found = figures(dict(zip("abc", counts, strict=True)))
        numbers = [count for _key, count in found.shown] + ([found.together] if found.together else [])
        assert all(number >= LEAST for number in numbers), counts
        assert len(found.members) != 1, counts
        assert found.total == (0 if found.few else sum(counts)), counts


def test_an_answer_is_near_when_telling_words_are_common():
    answers = {
        1: "花壇の世話をしたい。公園の係が道具を貸します。",
        2: "会場を借りたい。予約の方法です。",
        3: "助成のお金はありますか。",
        4: "名簿を作りたい。個人情報の注意です。",
    }
    assert near("公園の花壇がさびしいです", answers) == [1]
    assert near("助成金をさがしています。会場も借りたいです", answers) == [2, 3]
    assert near("どうすればよいですか。", answers) == []


@pytest.mark.django_db
def test_an_idea_waits_on_the_work_of_the_coordinator_who_holds_it(desk):
    found = idea()
    assert found.owner_id == desk.pk
    lines = [line for _lane, lane in queries.work_of(queries.reader_of(desk.pk)).board for line in lane]
    assert [(found.number in one.title, one.due) for one in lines] == [(True, found.due_on)]
    other = PersonFactory(is_coordinator=True)
    assert not any(lane for _lane, lane in queries.work_of(queries.reader_of(other.pk)).board)


@pytest.mark.django_db
def test_what_is_late_stands_first_then_today_then_what_waits_for_others(client, desk):
    late, now, passed, calm = answered(), answered(), answered(), answered()
    today = timezone.localdate()
    Case.objects.filter(pk=late.pk).update(due_on=today - timedelta(days=1))
    Case.objects.filter(pk=now.pk).update(due_on=today)
    offered(passed, department()[0])
    reader = queries.reader_of(desk.pk)
    found = queries.work_of(reader)
    assert [late.number in one.title for one in found.overdue] == [True]
    assert [now.number in one.title for one in found.today] == [True]
    assert [passed.number in one.title for one in found.waiting] == [True]
    board = {lane: [one.title for one in lines] for lane, lines in found.board}
    assert any(calm.number in title for title in board[Lane.UNDER_WAY])
    sign_in(client, desk)
    page = client.get(WORK).content.decode()
    assert page.index(late.number) < page.index(now.number) < page.index(passed.number)


def many(rows):
    """Copy one case that was offered to a department, and one answer that waits, until there are so many."""
    case = answered()
    wait = offered(case, department()[0])[0]
    first = Wording.objects.create(
        advice=Advice.objects.create(),
        question="質問",
        answer="答え",
        category="green",
        proposed_at=timezone.now(),
    )
    for number in range(rows):
        copy = Case.objects.get(pk=case.pk)
        copy.pk, copy.number, copy.key = None, f"0000-{number:04}", f"{number:032}"
        copy.save(force_insert=True)
        Handover.objects.create(case=copy, giver=wait.giver, to_party=wait.to_party, reason=b"sealed")
        first.pk, first.advice = None, Advice.objects.create()
        first.save(force_insert=True)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [2, 20])
def test_the_work_costs_the_same_however_much_it_is(client, desk, django_assert_num_queries, rows):
    many(rows)
    sign_in(client, desk)
    client.get(WORK)
    with django_assert_num_queries(COST):
        client.get(WORK)


@pytest.mark.django_db
def test_a_coordinator_finds_the_introductions_she_looks_after_and_no_others():
    two = pair()
    made = introduced(two)
    other = queries.reader_of(PersonFactory(is_coordinator=True).pk)
    lists = [
        {source.heading: lines for source, lines in queries.work_of(reader).lists}["わたしの引き合わせ"]
        for reader in (queries.reader_of(made.owner_id), other)
    ]
    assert [[one.href for one in lines] for lines in lists] == [[made.get_absolute_url()], []]
    assert two.first.name in lists[0][0].title


@pytest.mark.django_db
def test_the_month_tells_numbers_of_five_and_more_with_what_was_forgotten(client, desk):
    for kind in ("green", "green", "green", "money"):
        brought(category=kind)
    month = timezone.localdate().replace(day=1)
    few = queries.month_report(month)
    assert (few.few, few.total) == (True, 0)
    Tally.objects.create(month=month, category="green", channel="web", outcome="information", count=4)
    Satisfied.objects.create(month=month, rating=Rating.GOOD, count=7)
    Satisfied.objects.create(month=month, rating=Rating.POOR, count=1)
    found = queries.month_report(month)
    tables = {one.title: dict(one.rows) for one in found.tables}
    assert found.total == 8
    assert tables["相談の種類"] == {"あわせて：公園、花、みどり、お金、助成": 8}
    assert tables["受付のしかた"] == {"画面から": 8}
    assert tables["窓口の感想"] == {"あわせて：よかった、よくなかった": 8}
    sign_in(client, desk)
    address = reverse("consultations:report_file", args=[f"{month:%Y-%m}", "csv"])
    lines = client.get(address).content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("月,表,内わけ,数")
    assert all(int(line.split(",")[-2]) >= LEAST for line in lines[1:])
    assert client.get(address.replace(".csv", ".pdf")).content.startswith(b"%PDF")
    assert client.get(address.replace(".csv", ".exe")).status_code == 404
    assert client.get(REPORT, {"month": "2026-13"}).status_code == 400


@pytest.mark.django_db
def test_half_had_their_answer_within_so_many_business_days(desk):
    made = timezone.make_aware(timezone.datetime(2026, 10, 1, 10))
    for days in (0, 1, 1, 4, 11):
        case = brought()
        moment = made + timedelta(days=days)
        services.answer(case, body="返事です。", by=holder(case))
        Case.objects.filter(pk=case.pk).update(created_at=made, answered_at=moment)
    found = queries.month_report(date(2026, 10, 1))
    assert found.middle == 1
    speed = next(one for one in found.tables if one.title == "はじめての返事まで")
    assert sum(count for _label, count in speed.rows) == 5


@pytest.mark.django_db
@pytest.mark.parametrize("address", [WORK, REPORT, f"{REPORT}2026-10.csv"])
def test_the_work_is_for_the_city_alone(client, desk, address):
    assert client.get(address).status_code == 302
    sign_in(client, PersonFactory())
    assert client.get(address).status_code == 404
