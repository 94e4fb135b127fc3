"""The pages of the desk: coming back without an account, nothing typed is lost, and the same cost for 2 and 20 rows."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wanowa.consultations import services
from wanowa.consultations.models import Case
from wanowa.consultations.rules import Channel
from wanowa.consultations.tests.factories import (
    WORRY,
    answered,
    brought,
    closed,
    department,
    holder,
    offered,
)
from wanowa.consultations.views import asking
from wanowa.consultations.views.holding import FORMS
from wanowa.consultations.views.saying import SAID
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.eras import day_label
from wanowa.kernel.tests.upload_samples import pdf
from wanowa.people.tests.factories import PersonFactory, sign_in

pytestmark = pytest.mark.django_db
INDEX, DESK = reverse("consultations:index"), reverse("consultations:desk")
RECEIPT, LOOK = reverse("consultations:receipt"), reverse("consultations:look")


def held(case):
    return reverse("consultations:held", args=[case.number])


def own(case):
    return reverse("consultations:case", args=[case.number])


def asked(client, **typed):
    """Send the form without an account; return number and passphrase from the receipt."""
    page = client.post(INDEX, {"text": WORRY, "language": "ja"} | typed, follow=True)
    assert page.status_code == 200
    return re.findall(r"<dd[^>]*><strong>(.+?)</strong>", page.content.decode())


def test_somebody_without_an_account_comes_back_with_number_and_passphrase(client, desk):
    number, words = asked(client)
    client.cookies.clear()
    assert client.get(reverse("consultations:case", args=[number])).status_code == 404
    wrong = client.post(LOOK, {"number": number, "words": "ねこ ねこ ねこ ねこ"})
    assert wrong.status_code == 400
    assert number in wrong.content.decode()
    assert Case.objects.get().tries == 1
    opened = client.post(LOOK, {"number": number.replace("-", ""), "words": words}, follow=True)
    assert WORRY in opened.content.decode()


def test_the_code_out_of_the_mail_confirms_the_address_and_three_wrong_ones_do_not(client, desk):
    mail.outbox = []
    asked(client, email="hanako@example.jp")
    code = re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE).group()
    assert client.post(RECEIPT, {"code": "x"}).status_code == 400
    assert client.post(RECEIPT, {"code": code}).status_code == 302
    assert bytes(Case.objects.get().email)
    asked(client, email="hanako@example.jp")
    code = re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE).group()
    wrong = str((int(code) + 1) % 10**6).zfill(6)
    assert [client.post(RECEIPT, {"code": wrong}).status_code for _ in range(3)] == [400] * 3
    assert client.post(RECEIPT, {"code": code}).status_code == 409
    assert not bytes(Case.objects.latest("pk").email)


def test_a_receipt_closes_after_an_hour_and_its_session_holds_no_passphrase(client, desk, monkeypatch):
    _number, words = asked(client)
    assert words not in repr(dict(client.session))
    monkeypatch.setattr(asking, "HOUR", -1)
    assert client.get(RECEIPT).status_code == 302
    assert client.post(RECEIPT, {"code": "123456"}).status_code == 409


def test_what_was_typed_comes_back_with_a_sentence(client, desk):
    page = client.post(INDEX, {"text": "", "name": "はなこ", "email": "x", "language": "ja"})
    assert page.status_code == 400
    assert "はなこ" in page.content.decode()
    assert "聞きたいことを書いてください" in page.content.decode()
    file = SimpleUploadedFile("a.exe", b"MZ")
    page = client.post(INDEX, {"text": WORRY, "language": "ja", "attachments": file})
    assert page.status_code == 400
    assert WORRY in page.content.decode()
    four = [SimpleUploadedFile(f"{n}.pdf", pdf()) for n in range(4)]
    assert client.post(INDEX, {"text": WORRY, "language": "ja", "attachments": four}).status_code == 400
    assert not Case.objects.exists()


def test_without_anybody_at_the_desk_the_words_stay_in_the_form(client, db):
    page = client.post(INDEX, {"text": WORRY, "language": "ja"})
    assert page.status_code == 409
    assert WORRY in page.content.decode()


def test_the_code_on_paper_is_counted_as_its_own_way_in(client, desk):
    assert 'name="from" value="paper"' in client.get(f"{INDEX}?from=paper").content.decode()
    asked(client, **{"from": "paper"})
    assert Case.objects.get().channel == Channel.PAPER


def test_a_person_with_an_account_finds_her_case_and_a_file_in_it(client, desk):
    person = PersonFactory()
    sign_in(client, person)
    client.post(INDEX, {"text": WORRY, "language": "vi", "attachments": SimpleUploadedFile("案.pdf", pdf())})
    case = Case.objects.get()
    assert (case.person, case.language) == (person, "vi")
    client.session.flush()
    sign_in(client, person)
    assert case.number in client.get(INDEX).content.decode()
    page = client.get(own(case)).content.decode()
    link = re.search(r'href="(/consultations/cases/[^"]+/files/\d+/)"', page).group(1)
    assert b"".join(client.get(link).streaming_content) == pdf()
    sign_in(client, PersonFactory())
    assert client.get(own(case)).status_code == client.get(link).status_code == 404


def test_both_sides_see_who_refused_and_why_and_that_a_day_is_over(client, desk):
    person = PersonFactory()
    case = brought(person)
    party, officer = department(name="環境課")
    services.refuse(offered(case, party)[0], reason="県の担当です。", by=officer)
    Case.objects.filter(pk=case.pk).update(due_on="2026-01-05")
    services.open_reading(case, by=Actor(desk.pk))
    for reader, url in ((person, own(case)), (desk, held(case))):
        sign_in(client, reader)
        page = client.get(url).content.decode()
        for said in ("環境課", "県の担当です。", party.memberships.get().person.name, "期限がすぎています"):
            assert said in page


def test_every_deed_on_the_page_of_a_case_is_done_and_typing_errors_lose_nothing(client, desk):
    case, other = brought(), brought()
    party, _officer = department()
    sign_in(client, desk)
    client.post(held(case), {"act": "open"})
    wrong = client.post(held(case), {"act": "answer", "body": "だいじな返事", "due_on": "きのう"})
    assert wrong.status_code == 400
    assert "だいじな返事" in wrong.content.decode()
    past = client.post(held(case), {"act": "answer", "body": "だいじな返事", "due_on": "2020-01-01"})
    assert past.status_code == 400
    for act, data in {
        "answer": {"body": "返事です"},
        "plan": {"next_action": "聞く"},
        "note": {"body": "メモ"},
        "sort": {"category": "green"},
        "pass": {"to": [party.pk], "reason": "わけ"},
        "link": {"number": other.number},
        "unlink": {"number": other.number},
        "withdraw": {},
    }.items():
        sent = data | ({"handover": case.handovers.get().pk} if act == "withdraw" else {})
        answer = client.post(held(case), {"act": act} | sent)
        assert answer.status_code == 302, act
    assert client.post(held(case), {"act": "withdraw", "handover": "x"}).status_code == 409
    assert client.post(held(case), {"act": "surprise"}).status_code == 400
    assert client.post(held(case), {"act": "close", "outcome": "information", "words": ""}).status_code == 400
    assert client.post(held(case), {"act": "passphrase"}, follow=True).status_code == 200
    assert (
        client.post(held(case), {"act": "close", "outcome": "information", "words": "まとめ"}).status_code
        == 302
    )
    assert client.post(held(case), {"act": "after", "helped": "solved"}).status_code == 302
    assert Case.objects.get(pk=case.pk).helped == "solved"


def test_every_deed_has_a_sentence_of_its_own_and_taking_over_says_whose_it_is_now(client, desk):
    assert set(SAID) == set(FORMS) | {"open", "accept", "withdraw", "unlink", "unreached"}
    case = answered()
    sentences = [say(case) for say in SAID.values()]
    assert len(set(sentences)) == len(sentences)
    assert all(len(one) > len("しました。") for one in sentences)
    party, officer = department()
    handover = offered(case, party)[0]
    sign_in(client, party.memberships.get(person=officer.person).person)
    client.post(held(case), {"act": "open"})
    page = client.post(held(case), {"act": "accept", "handover": handover.pk}, follow=True).content.decode()
    assert "引き受けました。いまから、あなたが担当です。" in page
    assert "ひらいて読む" not in page
    assert case.accesses.filter(person=officer.person).count() == 1


def test_nobody_answers_the_telephone_and_the_list_says_how_often(client, desk):
    case = closed(brought(contact="048-464-0000", category="green"))
    services.ask(Case.objects.get(pk=case.pk), by=PUBLIC)
    services.open_reading(case, by=Actor(desk.pk))
    sign_in(client, desk)
    assert "048-464-0000" in client.get(held(case)).content.decode()
    page = client.post(held(case), {"act": "unreached"}, follow=True).content.decode()
    assert "あと2回かけるか" in page
    assert "つながらなかった電話：1回" in client.get(DESK).content.decode()
    assert client.post(held(case), {"act": "unreached"}).status_code == 409


def test_rows_are_told_apart_by_kind_way_in_and_day(client, desk):
    brought(category="green")
    brought(category="money", by=Actor(desk.pk), channel=Channel.PHONE)
    sign_in(client, desk)
    for url in (DESK, reverse("consultations:work")):
        page = client.get(url).content.decode()
        assert f"公園、花、みどり　画面から　{day_label(timezone.localdate())}受付" in page
        assert "お金、助成　電話で" in page


def test_a_caller_is_written_down_and_the_receipt_is_for_her(client, desk):
    sign_in(client, desk)
    url = reverse("consultations:new")
    without = client.post(url, {"text": WORRY, "language": "ja", "channel": "phone"})
    assert without.status_code == 400
    page = client.post(
        url, {"text": WORRY, "language": "ja", "channel": "phone", "consented": "on"}, follow=True
    )
    assert "相談した人に渡して" in page.content.decode()
    case = Case.objects.get()
    assert case.entered_by == desk
    assert client.get(own(case)).status_code == 404


def test_the_card_is_a_pdf_with_the_way_in(client, desk):
    sign_in(client, desk)
    assert client.get(reverse("consultations:card")).content.startswith(b"%PDF")


def test_my_page_tells_what_waits_at_the_desk(client, desk):
    case = brought()
    party, officer = department()
    offered(case, party)
    sign_in(client, desk)
    assert "担当している相談が、1件あります" in client.get(reverse("home:me")).content.decode()
    sign_in(client, party.memberships.get(person=officer.person).person)
    assert "引き継ぎを、1件たのまれています" in client.get(reverse("home:me")).content.decode()


def cost(client, url):
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_the_list_costs_the_same_for_two_and_for_twenty(client, desk):
    other = PersonFactory(is_coordinator=True)
    sign_in(client, desk)
    costs = []
    for rows in (2, 18):
        for _ in range(rows):
            brought()
        costs.append(cost(client, DESK))
    assert Case.objects.filter(owner=other).exists()
    assert costs[0] == costs[1] <= 35


def test_the_page_of_a_case_costs_the_same_for_two_and_for_twenty(client, desk):
    person = PersonFactory()
    case = brought(person)
    by = holder(case)
    services.open_reading(case, by=by)
    party, officer = department()
    costs = {}
    for rows in (2, 18):
        for _ in range(rows):
            services.answer(case, body="返事", by=by)
            services.speak(case, body="はい", by=PUBLIC)
            services.refuse(offered(case, party)[0], reason="わけ", by=officer)
            brought()
            services.open_reading(case, by=by)
        for reader, url in ((person, own(case)), (desk, held(case))):
            sign_in(client, reader)
            costs.setdefault(url, []).append(cost(client, url))
    assert [two == twenty for two, twenty in costs.values()] == [True, True]
