"""Before the reveal nobody finds a word of a sealed evaluation, nor of another side's draft, anywhere (T09).

Every principal of the matrix opens every address there is, around a round in which one side has sealed and another has
drafted; bundles and personal files are unpacked, mails, logs and every table of the database are read. Controls switch
off the envelope and the guard, and the same sweep must find the words. So it is with the sheets of reviewers.
"""

import io
import zipfile
from dataclasses import replace
from hashlib import sha256

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse

from tests.trust.matrix.addresses import addresses
from tests.trust.matrix.evaluations import DRAFTED, SEALED
from tests.trust.matrix.judging import MARKED, SCORED
from tests.trust.matrix.people import PRINCIPALS
from tests.trust.matrix.places import Place
from tests.trust.matrix.policy import rows
from tests.trust.matrix.trial import Cell, send
from wanowa.evaluations import queries, services
from wanowa.evaluations.queries import desk
from wanowa.evaluations.rules import Sketch, Status
from wanowa.evaluations.tests.factories import filled
from wanowa.evaluations.views import filling
from wanowa.kernel.actors import Actor
from wanowa.notices.services import deliver, mail_receipts, mail_waiting
from wanowa.people.services import export
from wanowa.proposals.models import Proposal
from wanowa.proposals.queries.judging import reading
from wanowa.proposals.services import judging
from wanowa.proposals.tests.judging import sheet as written
from wanowa.proposals.views import reviewing
from wanowa.record.queries import history

pytestmark = pytest.mark.django_db
OURS = [address for address in addresses() if address.row == address.name]
WORDS = (DRAFTED, SEALED, MARKED, SCORED)
ABOUT_THE_TABLE = {"collaboration", "round"}
ELSEWHERE = ("anonymous", "coordinator", "staff", "representative", "partner", "city_partner")
"""Who opens what has nothing to do with the table: nobody else could be shown more there than one of these."""
OWN = {"viewer", "member", "representative"}
"""Who belongs to the party that has drafted."""
OWN_PAGES = {"evaluations:answer", "evaluations:seal"}
"""Where they read their own drafts."""


def going(city):
    """Return the place of the round that is being filled in."""
    return city.places["round"]["open"]


def around_the_round(city, address):
    """Return the places at which to open an address: as near to the open round as it can come."""
    kind = rows()[address.name].get("object", "site")
    first = next(iter(city.places[kind].values()))
    if kind not in ABOUT_THE_TABLE:
        return [first]
    there = going(city)
    near = {**first.kwargs, **there.kwargs}
    if "number" not in address.parameters or kind == "round":
        return [Place("open", near, there.about)]
    told = history(there.about.collaboration).filter(verb__startswith="evaluations.evaluation.")
    numbers = told.values_list("number", flat=True)
    named = {name for name in near if name.endswith(".number")}
    return [
        Place("open", {**near, **dict.fromkeys(named, number), "number": number}, there.about)
        for number in numbers
    ]


def pages(city, principals=PRINCIPALS, space=""):
    """Yield what every principal is answered at every address, or at those of one app."""
    for address in (address for address in OURS if address.name.startswith(space)):
        for place in around_the_round(city, address):
            near = place.about is going(city).about or place.about is city.places["judged"]["scoring"].about
            for principal in principals if near else set(principals).intersection(ELSEWHERE):
                cell = Cell(address, place, principal, "GET")
                yield address.name, principal, send(cell, city).body


def staff_pages(city):
    """Yield what a superuser is answered in the staff tables, one by one as the site lists them."""
    visitor = city.visitor("staff", city.places["site"]["here"])
    index = reverse("admin:index")
    yield "admin", "staff", visitor.send("GET", index).body
    for address in addresses():
        if address.name.startswith("admin:") and not address.parameters:
            yield address.name, "staff", visitor.send("GET", reverse(address.name)).body


def unpacked(body):
    """Return an answer as bytes to search in; a ZIP with everything that is in it."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        return b"\n".join(unpacked(file.read(name)) for name in file.namelist())


def found_in(body):
    whole = unpacked(body)
    return {word for word in WORDS if word.encode() in whole}


def seen_on(answers):
    """Return who read which of the words where, beyond a party's own drafts."""
    return {
        (where, who, word)
        for where, who, body in answers
        for word in found_in(body)
        if not (word == DRAFTED and who in OWN and where in OWN_PAGES)
        and not (word == MARKED and (where, who) == ("proposals:review", "resident"))
    }


def everything_stored():
    """Return every row of every table as text, with bytes in hex: what an operator, a dump, a backup has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            yield table, "\n".join(row for (row,) in cursor.fetchall())


def stored(words=WORDS):
    """Return which of the words lie readable in which table, as text or as bytes."""
    return {
        (table, word)
        for table, text in everything_stored()
        for word in words
        if word in text or word.encode().hex() in text
    }


@pytest.fixture
def undone(city):
    """Let a test write in the town, and take it back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def actor(city, principal):
    return Actor(city.people[principal].pk, city.parties[principal].pk)


@pytest.fixture
def found(city):
    return going(city).about.round


def test_no_page_of_anybody_shows_a_word_before_the_reveal(city, caplog):
    answers = [*pages(city), *staff_pages(city)]
    assert {where for where, _who, _body in answers} >= {address.name for address in OURS}
    assert {who for where, who, _body in answers if where == "evaluations:answer"} == set(PRINCIPALS)
    assert seen_on(answers) == set()
    own = {where for where, who, body in answers if who in OWN and DRAFTED in body.decode(errors="replace")}
    assert own == OWN_PAGES, "the sweep finds what is there to be found"
    sheet = {who for where, who, body in answers if where == "proposals:review" and MARKED.encode() in body}
    assert sheet == {"resident"}, "who writes a sheet reads it"
    assert not any(word in caplog.text for word in WORDS)


def test_no_table_holds_a_readable_word_before_the_reveal(city):
    assert stored() == set()


def test_no_personal_file_and_no_mail_holds_a_word_before_the_reveal(city, undone):
    for principal, person in city.people.items():
        if person is not None:
            file = export(person, by=Actor(person=person.pk))
            assert found_in(file) == set(), principal
    mail.outbox.clear()
    deliver()
    mail_waiting()
    mail_receipts()
    assert mail.outbox
    assert not any(word in str(one.message()) for one in mail.outbox for word in WORDS)


def test_the_receipt_of_a_form_does_not_tell_an_answer_to_who_tries_them_all(city, undone, found):
    visitor = city.visitor("city_partner", going(city))
    address = reverse("evaluations:answer", args=[found.collaboration.slug, found.number, "equality"])
    typed = {"choice": "1", "words": "", "seen": "0", "idempotency_key": "k" * 24}
    assert visitor.send("POST", address, typed).status_code == 302
    fields = [(name, [typed[name]]) for name in ("choice", "seen", "words")]
    tried = sha256(repr((fields, [])).encode()).hexdigest()
    assert len(digest_of(typed["idempotency_key"])) == len(tried)
    assert digest_of(typed["idempotency_key"]) != tried


def digest_of(key):
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest FROM web_submission WHERE key = %s", [key])
        return cursor.fetchone()[0]


def test_after_the_reveal_the_table_reads_exactly_what_was_sealed(city, undone, found):
    mine, last = actor(city, "representative"), actor(city, "city_partner")
    filled(found, last, words="さいごの主体のことば")
    services.seal(found, seen=queries.desk_of(found, mine).mark, by=mine)
    opened = services.seal(found, seen=queries.desk_of(found, last).mark, by=last)
    assert opened.status == Status.REVEALED
    sides = {side.party.id: side for side in queries.revealed(opened).sides}
    assert {answer.words for answer in sides[mine.party].answers.values()} == {DRAFTED}
    assert {answer.words for answer in sides[city.parties["partner"].pk].answers.values()} == {SEALED}
    assert ("evaluations_evaluation", SEALED) in stored()
    address = reverse("evaluations:results", args=[found.collaboration.slug, found.number])
    for principal, words in (
        ("partner", {DRAFTED, SEALED}),
        ("city_partner", {DRAFTED, SEALED}),
        ("stranger", set()),
    ):
        assert found_in(city.visitor(principal, going(city)).send("GET", address).body) == words
    person = city.people["partner"]
    assert found_in(export(person, by=Actor(person=person.pk))) == {SEALED}


def test_without_the_envelope_the_sweep_finds_the_words_in_the_database(city, undone, found, monkeypatch):
    monkeypatch.setattr(desk, "close", lambda text, *, place: text)
    monkeypatch.setattr(desk, "unclose", lambda text, *, place: text)
    by = actor(city, "city_partner")
    services.save_draft(found, key="equality", sketch=Sketch("3", DRAFTED), seen=0, by=by)
    assert stored() == {("evaluations_draft", DRAFTED)}


def test_without_the_guard_the_sweep_finds_another_sides_draft(city, undone, monkeypatch):
    drafted = city.parties["representative"].pk
    monkeypatch.setattr(desk, "require_own_side", lambda *_: None)
    monkeypatch.setattr(
        filling, "_own", lambda place: replace(place, actor=Actor(place.actor.person, drafted))
    )
    assert seen_on(pages(city, ("city_partner",), "evaluations:")) == {
        (page, "city_partner", DRAFTED) for page in OWN_PAGES
    }


def test_without_the_envelope_the_sweep_finds_a_reviewers_words_in_the_database(city, undone, monkeypatch):
    assert hasattr(reading, "close"), "what this control switches off has another name"
    monkeypatch.setattr(reading, "close", lambda text, *, place: text)
    monkeypatch.setattr(reading, "unclose", lambda envelope, *, place: b'{"marks": {}, "words": ""}')
    proposal = Proposal.objects.select_related("round").get(
        pk=city.places["judged"]["scoring"].about.proposal
    )
    by = Actor(city.people["resident"].pk)
    judging.save_sheet(proposal, sheet=written(why=MARKED), seen=1, by=by)
    assert stored() == {("proposals_sheet", MARKED)}


def test_without_the_guard_the_sweep_finds_another_reviewers_sheet(city, undone, monkeypatch):
    proposal = Proposal.objects.select_related("round").get(
        pk=city.places["judged"]["scoring"].about.proposal
    )
    own = proposal.round.reviewers.get(person=city.people["resident"])
    assert hasattr(reviewing.queries, "reviewer_in"), "what this control switches off has another name"
    monkeypatch.setattr(reviewing.queries, "reviewer_in", lambda found, person: own)
    assert seen_on(pages(city, ("stranger",), "proposals:review")) == {
        ("proposals:review", "stranger", MARKED)
    }
