"""The pages of the desk: nobody else finds them, nothing is written before the last button."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wanowa.opendata import queries, tasks
from wanowa.opendata.models import Import
from wanowa.opendata.queries import Preview
from wanowa.opendata.rules import Status
from wanowa.opendata.tests.files import bring, file_of, group, number, take_in
from wanowa.opendata.views import bringing
from wanowa.parties.models import Party
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory, sign_in

pytestmark = pytest.mark.django_db
GROUPS = "/opendata/groups/"


@pytest.fixture
def browser(client, desk):
    return sign_in(client, User.objects.get(pk=desk.person))


def send(browser, raw, **fields):
    return browser.post(GROUPS, {"file": SimpleUploadedFile("gyousei.csv", raw), **fields})


def test_a_file_is_read_looked_at_and_taken_in(browser):
    response = send(browser, file_of([group(1), group(2, 主たる事務所の所在地="東京都")], "cp932"))
    address = response["Location"]
    shown = browser.get(address).content.decode()
    assert "特定非営利活動法人わこうの会1" in shown
    assert "わこうの会2" not in shown
    assert not Party.objects.exists()
    one = Import.objects.get()
    assert browser.post(address, {"act": "confirm", "seen": Preview(one).seen}).status_code == 302
    assert "取りこみ済み" in browser.get(address).content.decode()
    party = Party.objects.get(corporate_number=number(1))
    page = browser.get(party.get_absolute_url()).content.decode()
    assert "まだ、だれも参加していません" in page
    assert "広沢1番5号" in page
    assert "見本 太郎" not in page


def test_a_bad_file_is_answered_with_a_sentence(browser):
    for raw, says in ((b"", "空です"), (b"\xff\xfe\xff", "文字コード"), (b"a,b\n1,2\n\x81", "文字コード")):
        response = send(browser, raw)
        assert response.status_code == 400
        assert says in response.content.decode()
    assert send(browser, file_of([group(1)]), encoding="klingon").status_code == 400
    assert not Import.objects.exists()


def test_faults_are_shown_and_can_be_taken_home(browser):
    address = send(browser, file_of([group(1, 法人番号="1"), group(2, 法人名称="=1+1")]))["Location"]
    page = browser.get(address)
    assert "法人番号が正しくありません" in page.content.decode()
    assert "この内容で取りこむ" not in page.content.decode()
    assert browser.post(address, {"act": "confirm", "seen": "x"}).status_code in {400, 409}
    report = browser.get(f"{address}report.csv")
    assert report["Content-Type"] == "text/csv; charset=utf-8"
    assert "法人番号が正しくありません" in report.content.decode("utf-8-sig")
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "The corporate number is wrong" in browser.get(address).content.decode()
    english = browser.get(f"{address}report.csv")
    assert (english.content, english["Content-Disposition"]) == (
        report.content,
        report["Content-Disposition"],
    )


def test_the_mapping_can_be_changed_and_what_was_chosen_stays(browser):
    raw = file_of([{"なまえ": "はなの会", "場所": "和光市本町"}], header=("なまえ", "場所"))
    address = send(browser, raw, encoding="utf-8")["Location"]
    assert browser.post(address, {"act": "map"}).status_code == 400
    assert browser.post(address, {"act": "map", "column_name": "7"}).status_code == 400
    assert browser.post(address, {"act": "map", "column_name": "0", "column_address": "1"}).status_code == 302
    assert "はなの会" in browser.get(address).content.decode()


@pytest.mark.parametrize("act", ["", "burn"])
def test_an_unknown_button_is_answered_with_a_sentence(browser, act):
    address = send(browser, file_of([group(1)]))["Location"]
    assert browser.post(address, {"act": act}).status_code == 400


def test_many_groups_are_left_to_the_worker(browser, desk, monkeypatch):
    monkeypatch.setattr(bringing, "AT_ONCE", 1)
    address = send(browser, file_of([group(1), group(2)]))["Location"]
    one = Import.objects.get()
    browser.post(address, {"act": "confirm", "seen": Preview(one).seen})
    assert "いま取りこんでいます" in browser.get(address).content.decode()
    assert browser.post(address, {"act": "drop"}).status_code == 409
    tasks.take_in(one.pk, desk.person)
    one.refresh_from_db()
    assert (one.status, Party.objects.count()) == (Status.DONE, 2)


def test_the_groups_are_handed_out_on_record(browser, desk):
    take_in(desk, group(1, 法人名称="𠮷野の会"))
    address = reverse("opendata:table")
    assert "𠮷 → 〓" in browser.get(address).content.decode()
    answer = browser.post(address, {"encoding": "utf-8"})
    assert "𠮷野の会" in answer.content.decode("utf-8-sig")
    assert "filename*" in answer["Content-Disposition"]
    assert browser.post(address, {"encoding": "latin"}).status_code == 400


@pytest.mark.parametrize("name", ["opendata:groups", "opendata:table"])
def test_for_others_the_pages_do_not_exist(client, name):
    sign_in(client, PersonFactory())
    assert client.get(reverse(name)).status_code == 404


def test_a_party_without_members_can_be_given_its_first_representative(browser, desk, mailoutbox):
    take_in(desk, group(1))
    address = reverse("parties:first", args=[Party.objects.get().slug])
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"email": "だれか"}).status_code == 400
    assert browser.post(address, {"email": "boss@example.jp"}).status_code == 302
    assert mailoutbox[-1].to == ["boss@example.jp"]


def test_the_list_costs_the_same_for_2_and_for_12(browser, desk, django_assert_num_queries):
    costs = []
    for more in (2, 10):
        for place in range(more):
            bring(desk, group(place))
        browser.get(GROUPS)
        with django_assert_num_queries(3) as counted:
            browser.get(GROUPS)
        costs.append(len(counted))
    assert len(set(costs)) == 1
    assert len(queries.recent()) == 12
