"""How the desk reaches somebody: what she adds later, codes asked for again, links that end, files of both sides."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from wanowa.consultations import queries, services
from wanowa.consultations.models import Attachment, Case
from wanowa.consultations.queries import Link
from wanowa.consultations.rules import MOST_FILES_IN_A_CASE
from wanowa.consultations.tests.factories import WORRY, brought, holder, told
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.errors import Refused
from wanowa.kernel.files import accept
from wanowa.kernel.tests.upload_samples import pdf
from wanowa.people.tests.factories import PersonFactory, sign_in

pytestmark = pytest.mark.django_db
INDEX, LOOK = reverse("consultations:index"), reverse("consultations:look")
RECEIPT = reverse("consultations:receipt")


def page_of(case):
    return reverse("consultations:case", args=[case.number])


def code():
    """Return the code of the last mail."""
    return re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE).group()


def fresh(case):
    return Case.objects.get(pk=case.pk)


def file(name="案.pdf"):
    return accept(SimpleUploadedFile(name, pdf()))


def test_an_address_and_a_number_can_be_added_later_and_the_code_shows_whose_it_is(client, desk):
    client.post(INDEX, {"text": WORRY, "language": "ja"})
    case = Case.objects.get()
    assert client.post(page_of(case), {"act": "contact", "contact": "なし"}).status_code == 400
    assert client.post(page_of(case), {"act": "contact", "contact": "048-464-0000"}).status_code == 302
    assert client.post(page_of(case), {"act": "code", "code": "123456"}).status_code == 409
    client.post(page_of(case), {"act": "address", "email": "hanako@example.jp"})
    assert not bytes(fresh(case).email)
    wrong = str((int(code()) + 1) % 10**6).zfill(6)
    assert client.post(page_of(case), {"act": "code", "code": wrong}).status_code == 400
    page = client.post(page_of(case), {"act": "code", "code": code()}, follow=True).content.decode()
    assert "hanako@example.jp" in page
    assert "048-464-0000" in page
    assert fresh(case).email_confirmed_at is not None
    other = brought()
    assert client.post(page_of(other), {"act": "contact", "contact": "1"}).status_code == 404


def test_a_code_of_one_case_confirms_no_address_of_another(client, desk):
    client.post(INDEX, {"text": WORRY, "language": "ja", "email": "hanako@example.jp"})
    first, sent = Case.objects.get(), code()
    client.post(INDEX, {"text": WORRY, "language": "ja"})
    second = Case.objects.exclude(pk=first.pk).get()
    assert client.post(page_of(second), {"act": "code", "code": sent}).status_code == 409
    assert client.post(page_of(first), {"act": "code", "code": sent}).status_code == 302
    assert [bool(bytes(fresh(one).email)) for one in (first, second)] == [True, False]


def test_after_a_quarter_of_an_hour_the_receipt_sends_a_new_code(client, desk):
    client.post(INDEX, {"text": WORRY, "language": "ja", "email": "hanako@example.jp"})
    first = code()
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert client.post(RECEIPT, {"code": first}).status_code == 409
        assert "数字をもう一度送る" in client.get(RECEIPT).content.decode()
        client.post(RECEIPT, {"act": "again"})
        second = code()
        assert client.post(RECEIPT, {"code": second}).status_code == 302
    assert bytes(Case.objects.get().email)


def linked(case):
    """Return what stands in the mail for a case now."""
    return queries.link_of(fresh(case))


def token_of(link):
    return link.rstrip("/").rpartition("/")[2]


def test_a_new_passphrase_or_another_address_closes_every_link_of_before(client, desk):
    case = brought()
    services.confirm_address(case, email="hanako@example.jp", by=PUBLIC)
    old = linked(case)
    assert queries.followed(token_of(old)) == (Link.OPEN, case)
    services.change_passphrase(case, by=holder(case))
    newer = linked(case)
    services.confirm_address(case, email="hanako2@example.jp", by=PUBLIC)
    for link in (old, newer):
        assert queries.followed(token_of(link)) == (Link.CLOSED, None)
        page = client.post(link)
        assert page.status_code == 410
        assert "番号で見る" in page.content.decode()
    assert client.get(page_of(case)).status_code == 404
    assert client.post(linked(case)).status_code == 302


def test_an_old_link_opens_nothing_and_leads_to_a_new_one_at_the_same_address(client, desk):
    case = brought()
    services.confirm_address(case, email="hanako@example.jp", by=PUBLIC)
    link, mail.outbox = linked(case), []
    with time_machine.travel(timezone.now() + timedelta(days=29), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert "古くなりました" in client.get(link).content.decode()
        client.post(link, {"act": "again"})
        assert client.get(page_of(case)).status_code == 404
        (letter,) = mail.outbox
        assert letter.to == ["hanako@example.jp"]
        fresh_link = re.search(r"/consultations/with/\S+", letter.body).group()
        assert client.post(fresh_link, follow=True).status_code == 200


def test_an_address_typed_at_the_counter_opens_the_case_only_with_the_words(client, desk):
    sign_in(client, desk)
    typed = {
        "text": WORRY,
        "language": "ja",
        "channel": "counter",
        "consented": "on",
        "email": "typo@example.jp",
    }
    page = client.post(reverse("consultations:new"), typed, follow=True).content.decode()
    number, words = re.findall(r"<dd[^>]*><strong>(.+?)</strong>", page)
    case, stranger = Case.objects.get(), client.__class__()
    link = linked(case)
    there = stranger.post(link)
    assert there.url.startswith(LOOK)
    assert "はじめてです" in stranger.get(there.url).content.decode()
    assert stranger.get(page_of(case)).status_code == 404
    wrong = {"number": number, "words": "ねこ", "with": token_of(link)}
    assert stranger.post(LOOK, wrong).status_code == 400
    assert fresh(case).email_confirmed_at is None
    assert stranger.post(LOOK, wrong | {"words": words}).status_code == 302
    assert client.__class__().post(link, follow=True).status_code == 200
    assert fresh(case).email_confirmed_at is not None


def test_an_empty_field_says_what_belongs_there(client, desk):
    page = client.post(LOOK, {"number": ""}).content.decode()
    assert "受付のときの、8けたの数字です。" in page
    assert "受付のときの、4つのことばです。" in page
    assert "入力してください" not in page


def test_the_words_alone_confirm_no_address(client, desk):
    made = services.open_case(told(), by=PUBLIC)
    services.confirm_address(made.case, email="typo@example.jp", shown=False, by=PUBLIC)
    for token in ("", token_of(linked(brought()))):
        client.post(LOOK, {"number": made.case.number, "words": made.passphrase, "with": token})
        assert fresh(made.case).email_confirmed_at is None


def test_both_sides_add_files_to_what_they_say_and_a_note_has_none_for_her(client, desk):
    person = PersonFactory()
    case = brought(person)
    sign_in(client, person)
    upload = SimpleUploadedFile("花壇.pdf", pdf())
    client.post(page_of(case), {"act": "speak", "body": "写真です。", "attachments": upload})
    services.open_reading(case, by=holder(case))
    sign_in(client, desk)
    held = reverse("consultations:held", args=[case.number])
    answer = {"act": "answer", "body": "地図です。", "attachments": SimpleUploadedFile("地図.pdf", pdf())}
    assert client.post(held, answer).status_code == 302
    for reader, url in ((desk, held), (person, page_of(case))):
        sign_in(client, reader)
        page = client.get(url).content.decode()
        assert "花壇.pdf" in page
        assert "地図.pdf" in page
        for link in re.findall(r'href="(/consultations/cases/[^"]+/files/\d+/)"', page):
            assert b"".join(client.get(link).streaming_content) == pdf()
    assert [bool(one.message_id) for one in Attachment.objects.all()] == [True, True]


def test_a_case_holds_a_dozen_files_and_what_is_too_much_loses_no_words(client, desk):
    person = PersonFactory()
    case = services.open_case(told(), files=[file()] * 3, by=Actor(person.pk)).case
    for _ in range((MOST_FILES_IN_A_CASE - 3) // 3):
        services.speak(case, body="はい", files=[file()] * 3, by=PUBLIC)
    sign_in(client, person)
    typed = {"act": "speak", "body": "だいじな続き", "attachments": SimpleUploadedFile("x.pdf", pdf())}
    page = client.post(page_of(case), typed)
    assert page.status_code == 409
    assert "だいじな続き" in page.content.decode()
    assert case.files.count() == MOST_FILES_IN_A_CASE
    with pytest.raises(Refused):
        services.answer(case, body="はい", files=[file()], by=holder(case))


def test_of_a_number_that_is_taken_back_no_print_stays(desk):
    case = brought(contact="048-464-0000")
    assert fresh(case).contact_print == queries.contact_print_of("048-464-0000")
    services.change_contact(case, contact="", by=PUBLIC)
    assert fresh(case).contact_print == ""
    services.confirm_address(case, email="hanako@example.jp", by=PUBLIC)
    services.change_contact(case, contact="048-464-0001", by=PUBLIC)
    services.change_contact(case, contact="", by=PUBLIC)
    assert fresh(case).contact_print == queries.contact_print_of("hanako@example.jp")
