"""The pages of checkpoints: what everybody may read and keep, and what comparing says."""

from dataclasses import replace

import pytest

from wanowa.record.models import Entry
from wanowa.record.queries import comparing, keys_text, latest_checkpoint, receipt_of
from wanowa.record.rules.receipts import Receipt
from wanowa.record.rules.words import words_of
from wanowa.record.services import checkpoint
from wanowa.record.tests.factories import case, offer, pay, tick, unprotected
from wanowa.record.tests.signing import Signer, note, statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uncommitted")]


@pytest.fixture
def receipt() -> Receipt:
    """Return the receipt of the second entry of a case."""
    offer(case())
    entry = pay(case())
    checkpoint()
    return receipt_of(entry)


def answer(client, **typed):
    return client.post("/record/compare/", typed)


def test_before_the_first_checkpoint_the_page_says_when_there_will_be_one(client):
    assert "1時間以内につきます" in client.get("/record/checkpoints/").content.decode()
    assert client.get("/checkpoint").status_code == 404
    assert client.get("/record/keys.txt").content == b""


def test_everybody_reads_the_newest_words_and_takes_note_and_keys_home(client, receipt):
    latest = latest_checkpoint()
    page = client.get("/record/checkpoints/").content.decode()
    assert words_of(latest.digest) in page
    newest = client.get("/checkpoint")
    assert newest.content.decode() == latest.note == receipt.note
    assert newest["Content-Type"] == "text/plain; charset=utf-8"
    assert client.get("/record/checkpoints/1/").content == newest.content
    assert client.get("/record/checkpoints/2/").status_code == 404
    assert client.get("/record/keys.txt").content.decode() == keys_text()
    assert not newest.cookies


def test_a_witness_that_has_the_newest_checkpoint_gets_it_once(client, receipt):
    first = client.get("/checkpoint")
    again = client.get("/checkpoint", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    tick(case())
    checkpoint()
    assert client.get("/checkpoint", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_list_costs_the_same_for_two_checkpoints_and_for_twenty(client, django_assert_num_queries):
    for number in range(1, 21):
        tick(case())
        checkpoint()
        if number in {2, 20}:
            with django_assert_num_queries(4):
                client.get("/record/checkpoints/")


def test_earlier_checkpoints_stand_on_the_next_page(client):
    for _ in range(21):
        tick(case())
        checkpoint()
    page = client.get("/record/checkpoints/").content.decode()
    assert "/record/checkpoints/2/" in page
    assert "/record/checkpoints/1/" not in page
    assert "つぎを見る" in page


def test_a_receipt_that_fits_is_told_so(client, receipt):
    page = answer(client, receipt=receipt.text.replace("\n", "\r\n"))
    assert page.status_code == 200
    assert "いまの記録と合っています" in page.content.decode()
    assert (
        "いまの記録と合っています"
        in answer(
            client, case=receipt.case, number=receipt.number, words=receipt.short.replace("　", "")
        ).content.decode()
    )


def test_a_record_that_was_changed_after_the_receipt_is_told(client, receipt):
    with unprotected() as sql:
        sql.execute(
            "UPDATE record_entry SET digest = repeat('a', 64) WHERE \"case\" = 'auth.group/1' AND number = 2"
        )
    page = answer(client, receipt=receipt.text).content.decode()
    assert "いまの記録とちがいます" in page
    assert receipt.short in page


def test_an_entry_that_disappeared_after_the_receipt_is_told(client, receipt):
    with unprotected() as sql:
        sql.execute("DELETE FROM record_opening")
        sql.execute("DELETE FROM record_entry WHERE \"case\" = 'auth.group/1'")
    assert "いまの記録とちがいます" in answer(client, receipt=receipt.text).content.decode()


def test_a_receipt_of_a_stranger_says_nothing(client, receipt):
    forged = note(statement(size=receipt.size), Signer(1))
    page = answer(client, receipt=replace(receipt, note=forged.whole).text)
    assert "何も言えません" in page.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"receipt": "控え"},
        {"receipt": "x" * 30_000},
        {"case": "auth.group/1"},
        {"case": "auth.group/1", "number": "2"},
        {"case": "auth.group/1", "number": "0", "words": "かあ" * 8},
        {"case": "auth.group/1", "number": "9" * 30, "words": "かあ" * 8},
        {"case": "auth.group/1", "number": "に", "words": "かあ" * 8},
        {"case": "auth.group/1", "number": "2", "words": "ちがう言葉"},
    ],
)
def test_what_cannot_be_compared_is_asked_for_again_and_kept(client, receipt, typed):
    page = answer(client, **typed)
    assert page.status_code == 400
    assert "入力を確かめてください" in page.content.decode()
    for text in typed.values():
        assert text in page.content.decode()


def test_words_of_a_case_that_is_not_there_are_answered_like_wrong_words(client, receipt):
    wrong = answer(client, case=receipt.case, number=2, words="かあ" * 8).content.decode()
    nowhere = answer(client, case="auth.group/999", number=2, words="かあ" * 8).content.decode()
    assert "合いませんでした" in wrong
    assert "合いませんでした" in nowhere


def test_comparing_changes_nothing_in_the_record(client, receipt):
    before = list(Entry.objects.values_list())
    answer(client, receipt=receipt.text)
    assert list(Entry.objects.values_list()) == before


class TestReceipts:
    """A receipt is had by whoever may see the case."""

    @pytest.fixture(autouse=True)
    def _readers(self, monkeypatch):
        monkeypatch.setattr(comparing, "_readers", {"auth.group": lambda by, key: key == 1})

    def test_whoever_may_see_the_case_takes_it_home(self, client, receipt):
        page = client.get("/record/receipt/auth.group/1/2/")
        assert Receipt.read(page.content.decode()) == receipt
        assert "attachment" in page["Content-Disposition"]

    @pytest.mark.parametrize(
        "address", ["auth.group/2/1", "auth.group/1/9", "auth.user/1/1", f"auth.group/1/{10**30}"]
    )
    def test_others_learn_nothing(self, client, receipt, address):
        tick(case(2))
        checkpoint()
        assert client.get(f"/record/receipt/{address}/").status_code == 404

    def test_before_a_checkpoint_covers_the_entry_it_says_when(self, client, receipt):
        tick(case(1))
        page = client.get("/record/receipt/auth.group/1/3/")
        assert page.status_code == 409
        assert "1時間ほど" in page.content.decode()
