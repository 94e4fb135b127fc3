"""The pages of a ledger: who sees what, what they cost, and that nothing typed is lost."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wanowa.collaborations.tests.factories import started, town
from wanowa.contributions import services
from wanowa.contributions.models import Contribution, Receipt
from wanowa.contributions.rules import Status, Way
from wanowa.contributions.tests import factories as make
from wanowa.kernel.tests.upload_samples import pdf
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.models import User
from wanowa.people.tests.factories import sign_in
from wanowa.web.caching import shelf

pytestmark = pytest.mark.django_db


def browser(actor):
    return sign_in(Client(), User.objects.get(pk=actor.person))


def read(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def two():
    return make.table(2)


def address(collaboration, page=""):
    return f"/contributions/{collaboration.slug}/{page}"


def typed(party, **more):
    return {"time": "2", "people": "3", "on": "令和8年9月12日", "whose": party, "note": "草取り", **more}


def test_time_is_written_and_confirmed_by_the_other_side(two):
    collaboration, people = two
    us, other = people.actors
    answer = browser(us).post(address(collaboration, "new/hours/"), typed(us.party))
    assert answer.status_code == 302
    entry = Contribution.objects.get()
    assert (entry.amount, entry.people, entry.on, entry.status) == (360, 3, make.DAY, Status.WAITING)
    theirs = browser(other)
    assert "返事を待つ記録が、1件" in read(theirs.get(address(collaboration)))
    listed = read(theirs.get(address(collaboration, "entries/")))
    assert "6時間" in listed
    assert "2時間×3人" in listed
    assert theirs.post(address(collaboration, "entries/1/"), {"answer": "confirm"}).status_code == 302
    public = read(Client().get(address(collaboration)))
    assert "これまでは、すべて" in public
    assert "6時間" in public


def test_the_form_begins_with_today_and_what_was_written_last(two):
    collaboration, people = two
    us = people.actors[0]
    services.give(collaboration, make.hours(us.party, 90, people=4), by=us)
    page = read(browser(us).get(address(collaboration, "new/hours/")))
    assert f'value="{timezone.localdate().isoformat()}"' in page
    assert 'value="1時間30分"' in page
    assert re.search(r'name="people"[^>]*value="4"|value="4"[^>]*name="people"', page)


@pytest.mark.parametrize(
    ("sort", "fields", "way", "amount"),
    [
        ("gave", {"yen": "1.5万円", "whose": 0}, Way.GAVE, 15_000),
        ("spent", {"yen": "1,200円"}, Way.SPENT, 1_200),
        ("passed", {"yen": "800", "giver": 0, "taker": 1}, Way.PASSED, 800),
        ("returned", {"yen": "300", "whose": 0}, Way.RETURNED, 300),
        ("things", {"resource": "goods", "count": "3", "unit": "台", "whose": 0}, Way.GAVE, 3),
    ],
)
def test_each_thing_that_happens_has_its_form(two, sort, fields, way, amount):
    collaboration, people = two
    sent = {key: people.parties[value] if value in {0, 1} else value for key, value in fields.items()}
    client = browser(people.actors[0])
    assert read(client.get(address(collaboration, f"new/{sort}/")))
    answer = client.post(address(collaboration, f"new/{sort}/"), {"on": "2026-09-12", **sent})
    assert answer.status_code == 302, answer.content.decode()
    entry = Contribution.objects.get()
    assert (entry.way, entry.amount) == (way, amount)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"time": "ふたつ"}, "時間として読めません"),
        ({"time": "25"}, "24時間まで"),
        ({"people": "0"}, "1以上"),
        ({"on": "2126-01-01"}, "まだ来ていない日"),
        ({"on": "あした"}, "あした"),
        ({"whose": "999999"}, "一つえらんでください"),
        ({"children": "9"}, "年代ごとの人数"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(two, wrong, sentence):
    collaboration, people = two
    us = people.actors[0]
    page = read(browser(us).post(address(collaboration, "new/hours/"), typed(us.party, **wrong)), 400)
    assert sentence in page
    assert "草取り" in page
    assert Contribution.objects.count() == 0


def test_a_receipt_is_handed_to_the_table_and_to_nobody_else(two):
    collaboration, people = two
    us, other = people.actors
    file = SimpleUploadedFile("領収書.pdf", pdf())
    sent = {"yen": "500", "on": "2026-09-12", "receipt": file}
    assert browser(us).post(address(collaboration, "new/spent/"), sent).status_code == 302
    got = browser(other).get(address(collaboration, "entries/1/receipt/"))
    assert b"".join(got.streaming_content) == pdf()
    assert got["Content-Security-Policy"] == "sandbox; default-src 'none'"
    stranger = browser(town(1).actors[0])
    assert stranger.get(address(collaboration, "entries/1/receipt/")).status_code == 404
    assert Receipt.objects.get().digest


def test_a_file_that_is_no_receipt_is_refused_and_the_amount_stays(two):
    collaboration, people = two
    file = SimpleUploadedFile("領収書.exe", b"MZ")
    sent = {"yen": "500", "on": "2026-09-12", "receipt": file}
    page = read(browser(people.actors[0]).post(address(collaboration, "new/spent/"), sent), 400)
    assert "送れるのは PDF" in page
    assert 'value="500"' in page


def test_an_outsider_sees_the_sums_and_none_of_the_entries(two):
    collaboration, people = two
    us, other = people.actors
    make.given(collaboration, make.hours(us.party), us, other, note="ひみつの草取り")
    make.given(collaboration, make.yen(77_000, giver=us.party), us)
    for client in (Client(), browser(town(1).actors[0])):
        page = read(client.get(address(collaboration)))
        assert "2時間" in page
        assert "77,000" not in page
        assert "ひみつ" not in page
        assert "決めた形に合っていますか" not in page
    stranger = browser(town(1).actors[0])
    for page in ("entries/", "entries/1/", "entries/table/", "new/hours/"):
        assert stranger.get(address(collaboration, page)).status_code == 404


def test_before_an_agreement_there_is_no_ledger():
    people = town(2)
    idea = started(people)
    assert browser(people.actors[0]).get(address(idea)).status_code == 404


def test_a_reader_of_a_party_reads_and_has_no_button(two):
    collaboration, people = two
    us, other = people.actors
    services.give(collaboration, make.hours(us.party), by=us)
    person = MembershipFactory(party_id=other.party, role=Role.VIEWER).person
    client = sign_in(Client(), person)
    page = read(client.get(address(collaboration, "entries/")))
    assert 'name="answer"' not in page
    assert client.get(address(collaboration, "new/hours/")).status_code == 403
    assert client.post(address(collaboration, "entries/1/"), {"answer": "confirm"}).status_code == 403


@pytest.mark.parametrize(
    ("sent", "status", "sentence"),
    [
        ({"answer": "dispute", "word": ""}, 400, "入力してください"),
        ({"answer": "nothing"}, 400, "ボタンをもう一度"),
        ({"answer": "withdraw"}, 403, "書いた主体だけ"),
        ({"answer": "undo", "reason": "まちがい"}, 409, "確かめずみの記録だけ"),
        ({"answer": "confirm", "as_party": "1" * 30}, 302, ""),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_words(two, sent, status, sentence):
    collaboration, people = two
    us, other = people.actors
    services.give(collaboration, make.hours(us.party), by=us)
    answer = browser(other).post(address(collaboration, "entries/1/"), sent)
    assert sentence in read(answer, status)


def test_the_word_of_a_dispute_is_read_by_both_sides_and_undoing_by_both(two):
    collaboration, people = two
    us, other = people.actors
    services.give(collaboration, make.hours(us.party), by=us)
    ours, theirs = browser(us), browser(other)
    theirs.post(address(collaboration, "entries/1/"), {"answer": "dispute", "word": "2人でした。"})
    for client in (ours, theirs):
        assert "2人でした。" in read(client.get(address(collaboration, "entries/")))
    assert ours.post(address(collaboration, "entries/1/"), {"answer": "withdraw"}).status_code == 302
    services.give(collaboration, make.hours(us.party), by=us)
    theirs.post(address(collaboration, "entries/2/"), {"answer": "confirm"})
    answer = ours.post(address(collaboration, "entries/2/"), {"answer": "undo", "reason": "2回目"})
    assert answer.status_code == 302
    assert "3番が、この記録を取り消します" in read(theirs.get(address(collaboration, "entries/2/")))


def _own_parts_left_out(page):
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\n\s*\n", "\n", re.sub(r"<form.*?</form>", "", main, flags=re.DOTALL))


def test_both_sides_see_identical_bytes(two):
    collaboration, people = two
    us, other = people.actors
    make.given(collaboration, make.hours(us.party), us, other, note="草取り")
    services.dispute(
        services.give(collaboration, make.yen(900, giver=us.party), by=other), word="ちがう", by=us
    )
    services.give(collaboration, make.yen(100, Way.SPENT), by=us)
    pages = [
        _own_parts_left_out(read(browser(actor).get(address(collaboration, "entries/"))))
        for actor in people.actors
    ]
    assert pages[0] == pages[1]
    assert "草取り" in pages[0]


def test_pages_cost_the_same_for_two_and_for_twenty(two):
    collaboration, people = two
    us, other = people.actors
    clients = {"in": browser(us), "out": Client()}
    pages = [
        ("in", ""),
        ("in", "entries/"),
        ("in", "entries/1/"),
        ("in", "entries/table/"),
        ("in", "new/hours/"),
        ("out", ""),
    ]

    def grow(count):
        for place in range(count):
            make.given(collaboration, make.hours(us.party), us, other, note=f"草取り{place}")
            services.dispute(
                services.give(collaboration, make.goods(us.party), by=us), word="ちがう", by=other
            )

    def cost():
        found = []
        for who, page in pages:
            shelf.clear()
            clients[who].get(address(collaboration, page))
            shelf.clear()
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert clients[who].get(address(collaboration, page)).status_code == 200
            found.append(len(queries))
        return found

    grow(1)
    few = cost()
    grow(9)
    assert cost() == few
    assert max(few) <= 20, few


def test_the_table_holds_every_entry_and_no_formula(two):
    collaboration, people = two
    us, other = people.actors
    make.given(collaboration, make.hours(us.party), us, other, note="=HYPERLINK(1)")
    services.give(collaboration, make.yen(900, giver=us.party), by=us)
    answer = browser(other).get(address(collaboration, "entries/table/"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows] == ["番号", "1", "2"]
    assert "'=HYPERLINK(1)" in rows[1]
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_the_page_of_a_collaboration_leads_to_its_ledger(two):
    collaboration, _people = two
    page = read(Client().get(f"/collaborations/{collaboration.slug}/"))
    assert (
        f'href="{Client().get(address(collaboration)).request["PATH_INFO"]}' in page
        or "出しあい（時間" in page
    )


def test_drift_is_told_to_the_table_with_its_figures_and_the_navigator(two):
    collaboration, people = make.table(2, area="C", form="joint_operation")
    make.drifting(collaboration, people)
    page = read(browser(people.actors[0]).get(address(collaboration)))
    assert "決めた形に合っていますか" in page
    early, _people = two
    services.give(early, make.hours(_people.parties[0]), by=_people.actors[0])
    assert "まだ、早すぎて言えません" in read(browser(_people.actors[0]).get(address(early)))
