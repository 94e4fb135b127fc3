"""The pages: who sees what, what they cost, what is said when something is wrong."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wanowa.collaborations.tests.factories import Town, started, town
from wanowa.kernel.tests.upload_samples import jpeg_with_place, upload
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.progress import queries, services
from wanowa.progress.models import Measurement, Move, Note
from wanowa.progress.rules import Month, Reading, State
from wanowa.progress.tests import factories as make
from wanowa.progress.verbs import QUIET
from wanowa.record.rules import Ground
from wanowa.record.services import hide, records
from wanowa.record.services import write as write_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return town(3)


@pytest.fixture
def found(two):
    return make.running(Town(two.actors[:2]), due=make.days_ago(1))


def signed_in(client, by):
    sign_in(client, User.objects.get(pk=by.person))
    return client


def page(client, name, *args, status=200):
    response = client.get(reverse(f"progress:{name}", args=args))
    assert response.status_code == status
    return response.content.decode()


def short(found):
    return queries.goals_of(found)[0].short


def test_everybody_reads_the_month_and_who_writes_gets_the_way_there(client, two, found):
    make.measured(found, two.actors[0], value="4", word="晴れました。")
    text = page(client, "board", found.slug)
    assert "あと2回で、目標の6回になります" in text
    assert "晴れました。" in text
    assert "役割のようすを知らせる" not in text
    assert "役割のようすを知らせる" in page(signed_in(client, two.actors[0]), "board", found.slug)


def test_a_month_shows_its_own_days_and_none_to_come(client, two, found):
    row = make.measured(found, two.actors[0], days=40)
    month = Month.of(row.on)
    assert "2回" in page(client, "month", found.slug, month)
    assert "何も書かれていません" in page(client, "month", found.slug, month.before)
    page(client, "month", found.slug, Month.of(make.days_ago(-40)), status=404)
    assert client.get(f"/progress/{found.slug}/2026-13/").status_code == 404


def test_before_anything_is_in_force_there_is_no_page(client, two):
    talk = started(Town(two.actors[:2]))
    assert signed_in(client, two.actors[0]).get(f"/progress/{talk.slug}/").status_code == 404


def measure(client, found, **fields):
    told = {"value": "3", "on": "2026年11月1日", "word": "のこることば"}
    return client.post(reverse("progress:goal", args=[found.slug, short(found)]), told | fields)


def test_a_number_is_written_as_people_write_it(client, two, found):
    response = measure(signed_in(client, two.actors[0]), found, value="２.5", on="令和8年11月1日")
    assert response.status_code == 302
    assert Measurement.objects.get().reading == Reading(Decimal("2.5"), make.days_ago(0).replace(2026, 11, 1))


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"value": "たくさん"}, 400),
        ({"value": "-1"}, 400),
        ({"on": "2999年1月1日"}, 400),
        ({"instead": "99"}, 409),
    ],
)
def test_a_number_that_is_refused_gives_back_what_was_typed(client, two, found, fields, status):
    response = measure(signed_in(client, two.actors[0]), found, **fields)
    assert response.status_code == status
    assert "のこることば" in response.content.decode()
    assert not Measurement.objects.exists()


def test_a_number_is_corrected_from_the_table(client, two, found):
    row = make.measured(found, two.actors[0], value="30")
    signed_in(client, two.actors[1])
    address = reverse("progress:goal", args=[found.slug, short(found)])
    form = client.get(f"{address}?instead={row.pk}").content.decode()
    assert f'name="instead" value="{row.pk}"' in form
    assert measure(client, found, value="3", on=row.on.isoformat(), instead=row.pk).status_code == 302
    assert "書きなおす前の数" in client.get(address).content.decode()


def note(client, found, **fields):
    outcome = next(iter(queries.outcomes_of(found)))
    told = {"outcome": outcome, "on": "2026-11-01", "text": "のこることば"}
    return client.post(reverse("progress:notes", args=[found.slug]), told | fields)


def test_a_note_with_a_photo_is_read_by_all(client, two, found):
    picture = upload("川.jpg", jpeg_with_place())
    assert note(signed_in(client, two.actors[0]), found, photo=picture, alt="川の写真").status_code == 302
    kept = Note.objects.get()
    client.logout()
    assert "川の写真" in page(client, "notes", found.slug)
    handed_out(client, found, kept)


@pytest.mark.parametrize(
    "fields", [{"quote": "楽しい"}, {"consented": "on"}, {"alt": "川"}, {"outcome": "x"}, {"on": ""}]
)
def test_a_note_that_is_refused_gives_back_what_was_typed(client, two, found, fields):
    response = note(signed_in(client, two.actors[0]), found, **fields)
    assert response.status_code == 400
    assert "のこることば" in response.content.decode()


def handed_out(client, found, note):
    response = client.get(reverse("progress:photo", args=[found.slug, note.pk]))
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")


def test_a_photo_for_the_table_or_of_a_hidden_entry_is_not_handed_out(client, two, found):
    inner = make.noted(found, two.actors[0], public=False, picture=make.photo())
    shown = make.noted(found, two.actors[0], picture=make.photo())
    page(client, "photo", found.slug, inner.pk, status=404)
    handed_out(client, found, shown)
    hide(found, shown.entry, ground=Ground.RIGHTS, by=two.actors[0])
    page(client, "photo", found.slug, shown.pk, status=404)
    signed_in(client, two.actors[1])
    handed_out(client, found, inner)


def test_a_note_is_taken_back_from_the_page_by_its_party(client, two, found):
    kept = make.noted(found, two.actors[0])
    address = reverse("progress:notes", args=[found.slug])
    assert signed_in(client, two.actors[1]).post(address, {"withdraw": kept.pk}).status_code == 403
    assert signed_in(client, two.actors[0]).post(address, {"withdraw": kept.pk}).status_code == 302
    assert client.post(address, {"withdraw": kept.pk}).status_code == 409
    assert "まだ、何も書かれていません" in page(client, "notes", found.slug)


def move(client, found, **fields):
    told = {"task": make.task_of(found).key, "seen": "0", "state": "troubled", "word": "人が足りません"}
    return client.post(reverse("progress:tasks", args=[found.slug]), told | fields)


def test_trouble_is_seen_at_the_table_and_nowhere_else(client, two, found):
    assert move(signed_in(client, two.actors[1]), found).status_code == 302
    inside = page(client, "tasks", found.slug)
    assert "人が足りません" in inside
    client.logout()
    for name in ("tasks", "board"):
        text = page(client, name, found.slug)
        assert "人が足りません" not in text
        assert "こまって" not in text


def test_a_move_from_an_older_page_gives_the_word_back(client, two, found):
    make.moved(found, two.actors[0])
    response = move(signed_in(client, two.actors[1]), found)
    assert response.status_code == 409
    text = response.content.decode()
    assert "先に知らせました" in text
    assert re.search(r"<textarea[^>]*>人が足りません</textarea>", text)
    assert Move.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"state": "lost"}, 400), ({"seen": "x"}, 400), ({"task": "x"}, 409), ({"word": ""}, 400)],
)
def test_a_move_that_cannot_be_meant_is_refused_in_words(client, two, found, fields, status):
    response = move(signed_in(client, two.actors[0]), found, **fields)
    assert response.status_code == status
    assert not Move.objects.exists()


def test_strangers_write_nothing(client, two, found):
    for by in (None, two.actors[2]):
        if by:
            signed_in(client, by)
        assert measure(client, found).status_code == 403
        assert note(client, found).status_code == 403
        assert move(client, found).status_code == 403


def test_a_day_that_passed_is_said_in_business_days(client, found):
    assert re.search(r"すぎました", page(client, "board", found.slug))
    assert re.search(r"すぎました", page(client, "tasks", found.slug))


@records(QUIET)
def went_quiet(found, *, by):
    write_entry(QUIET, found, by=by, since=make.days_ago(50))


def test_the_coordinators_see_who_has_gone_quiet(client, two, found):
    from wanowa.kernel.actors import SYSTEM  # noqa: PLC0415 - used once

    went_quiet(found, by=SYSTEM)
    page(signed_in(client, two.actors[0]), "quiet", status=403)
    sign_in(client, PersonFactory(is_coordinator=True))
    assert found.title in page(client, "quiet")
    assert "しばらく動きのない取組が、1つあります" in client.get("/me/").content.decode()
    make.measured(found, two.actors[0])
    assert found.title not in page(client, "quiet")


def test_what_waits_for_me_is_on_my_page(client, two, found):
    text = signed_in(client, two.actors[0]).get("/me/").content.decode()
    assert "役割：見回り" in text
    make.moved(found, two.actors[0], State.DONE)
    assert "役割：見回り" not in client.get("/me/").content.decode()
    assert "役割：見回り" not in signed_in(client, two.actors[1]).get("/me/").content.decode()


def test_the_page_of_the_collaboration_says_how_far_it_is(client, two, found):
    address = reverse("collaborations:collaboration", args=[found.slug])
    assert "まだ数がありません" in client.get(address).content.decode()
    make.measured(found, two.actors[0], value="6")
    assert "目標にちょうどとどきました" in client.get(address).content.decode()


def test_pages_cost_the_same_for_two_and_for_twenty(client, two, found, django_assert_num_queries):
    addresses = [
        reverse("progress:board", args=[found.slug]),
        reverse("progress:goal", args=[found.slug, short(found)]),
        reverse("progress:tasks", args=[found.slug]),
        reverse("progress:notes", args=[found.slug]),
        reverse("collaborations:collaboration", args=[found.slug]),
    ]
    signed_in(client, two.actors[0])

    def grow(first, last):
        for number in range(first, last):
            row = make.measured(
                found, two.actors[number % 2], value=str(number), days=number, word="ひとこと"
            )
            make.noted(found, two.actors[number % 2])
            make.moved(found, two.actors[0], State.TROUBLED, "こまりました")
            if number % 2:
                services.remeasure(row, Reading(row.value + 1, row.on), by=two.actors[0])

    grow(0, 2)
    costs = []
    for address in addresses:
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        costs.append(len(counted))
    grow(2, 20)
    for address, cost in zip(addresses, costs, strict=True):
        with django_assert_num_queries(cost):
            assert client.get(address).status_code == 200


def test_the_list_of_the_quiet_costs_the_same_for_two_and_for_twenty(client, two, django_assert_num_queries):
    from wanowa.kernel.actors import SYSTEM  # noqa: PLC0415 - used once

    people = Town(two.actors[:2])
    sign_in(client, PersonFactory(is_coordinator=True))
    for _ in range(2):
        went_quiet(make.running(people), by=SYSTEM)
    with CaptureQueriesContext(connection) as counted:
        client.get("/progress/quiet/")
    for _ in range(10):
        went_quiet(make.running(people), by=SYSTEM)
    with django_assert_num_queries(len(counted)):
        assert client.get("/progress/quiet/").content.count(b"task-title") == 12


def test_looking_changes_nothing(client, two, found):
    make.noted(found, two.actors[0])
    signed_in(client, two.actors[0])
    for name in ("board", "tasks", "notes"):
        with CaptureQueriesContext(connection) as asked:
            page(client, name, found.slug)
        assert not [one for one in asked if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
