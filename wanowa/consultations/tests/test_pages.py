"""The pages of the desk: who opens them, what they cost, and that nothing typed is lost."""

import re

import pytest
from django.urls import reverse

from wanowa.consultations.tests.factories import WORRY, brought, department
from wanowa.people.tests.factories import sign_in

pytestmark = pytest.mark.django_db
INDEX = reverse("consultations:index")


def held(case):
    return reverse("consultations:held", args=[case.number])


def receipt_of(client, **typed):
    """Send the form without an account; return the page with number and passphrase."""
    page = client.post(INDEX, {"text": WORRY, "language": "ja"} | typed, follow=True)
    assert page.status_code == 200
    return page.content.decode()


def test_somebody_without_an_account_asks_and_comes_back_with_number_and_passphrase(client, desk):
    page = receipt_of(client)
    number, words = re.findall(r"<dd><strong>(.+?)</strong>", page)
    client.cookies.clear()
    wrong = client.post(reverse("consultations:look"), {"number": number, "words": "ねこ ねこ ねこ ねこ"})
    assert wrong.status_code == 400
    assert number in wrong.content.decode()
    opened = client.post(reverse("consultations:look"), {"number": number, "words": words}, follow=True)
    assert WORRY in opened.content.decode()


def test_pages(client, desk):
    case = brought(email="") if False else brought()
    sign_in(client, desk)
    assert client.get(reverse("consultations:desk")).status_code == 200
    page = client.get(held(case)).content.decode()
    assert WORRY not in page
    page = client.post(held(case), {"act": "open"}, follow=True).content.decode()
    assert WORRY in page
    party, _officer = department()
    for act, data in {
        "answer": {"body": "返事です"},
        "plan": {"next_action": "聞く"},
        "note": {"body": "メモ"},
        "sort": {"category": "green"},
        "pass": {"to": [party.pk], "reason": "わけ"},
    }.items():
        answer = client.post(held(case), {"act": act} | data)
        assert answer.status_code == 302, (act, answer.content.decode())
    client.get(held(case))
    for name in ("new", "rota", "card"):
        assert client.get(reverse(f"consultations:{name}")).status_code == 200
    answer = client.post(held(case), {"act": "close", "outcome": "information", "words": "w"})
    assert answer.status_code == 302
    client.get(held(case))
