"""Nobody reads without a trace (T21), nothing of a case is public (T22), no mail holds a word of it (T23)."""

import re
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import wanowa.consultations
from wanowa.consultations import queries, services
from wanowa.consultations.models import Access, Case
from wanowa.consultations.queries import sight
from wanowa.consultations.rules import Channel, Help, Outcome, Sight
from wanowa.consultations.services.letters import LETTERS
from wanowa.consultations.tests.factories import brought, department, held_by, holder, offered, told
from wanowa.guideline.queries import pack
from wanowa.kernel import keyrings
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.errors import Forbidden, Invalid
from wanowa.kernel.files import accept
from wanowa.kernel.tests.upload_samples import pdf
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.record.models import Entry, Opening

pytestmark = pytest.mark.django_db
CANARY = "カナリヤ"
WORDS = {name: f"{CANARY}{name}" for name in ("text", "name", "contact", "reason", "answer", "body", "note")}
DESK = reverse("consultations:desk")
MAILS = Path(wanowa.consultations.__file__).parent / "templates" / "consultations" / "mail"


def held(case):
    return reverse("consultations:held", args=[case.number])


@pytest.fixture
def opened(monkeypatch):
    """Return the ids of cases whose key is fetched, in order: whatever is read of a case, its key comes first."""
    fetched: list[int] = []
    fetch = keyrings.fetch

    def watched(name):
        fetched.extend(Case.objects.filter(key=name).values_list("pk", flat=True))
        return fetch(name)

    monkeypatch.setattr(keyrings, "fetch", watched)
    return fetched


def unlogged(client, person, url, opened):
    """Return the cases that a page opened for a reader who stands in no log for them."""
    opened.clear()
    assert client.get(url).status_code in {200, 403, 404}
    logged = Access.objects.filter(person=person, until__gt=timezone.now()).values_list("case_id", flat=True)
    return set(opened) - set(logged)


def everybody(desk):
    """Return a case with a file, and everybody of the city around it: holder, asked, coordinator, department."""
    party, officer = department()
    file = accept(SimpleUploadedFile("案.pdf", pdf()))
    case = services.open_case(told(), files=[file], by=Actor(PersonFactory().pk)).case
    offered(case, party)
    other = PersonFactory(is_coordinator=True)
    stranger = department()[1]
    people = [desk, type(desk).objects.get(pk=officer.person), other]
    return case, [*people, type(desk).objects.get(pk=stranger.person)]


def pages_of(case):
    attachment = reverse("consultations:attachment", args=[case.number, case.files.get().pk])
    own = reverse("consultations:case", args=[case.number])
    return [held(case), attachment, own, DESK, reverse("home:me"), reverse("consultations:index")]


def test_no_page_opens_a_case_for_somebody_of_the_city_who_is_not_in_its_log(desk, client, opened):
    case, people = everybody(desk)
    for person in people:
        sign_in(client, person)
        for url in pages_of(case):
            assert unlogged(client, person, url, opened) == set()
        client.post(held(case), {"act": "open"})
        for url in pages_of(case):
            assert unlogged(client, person, url, opened) == set()
    assert {one.person for one in Access.objects.all()} == set(people[:2])


def test_a_page_that_reads_without_the_log_is_found(desk, client, opened, monkeypatch):
    case = brought()
    sign_in(client, desk)
    assert unlogged(client, desk, held(case), opened) == set()
    now = timezone.now()
    unsaved = Access(case=case, person=desk, sight=Sight.OWNER, at=now, until=now + timedelta(hours=1))
    monkeypatch.setattr(sight, "_open", lambda *_args: unsaved)
    assert unlogged(client, desk, held(case), opened) == {case.pk}


def test_whoever_is_not_assigned_sees_no_case_and_no_difference(desk, client):
    case, people = everybody(desk)
    nothing = reverse("consultations:held", args=["0000-0000"])
    for person in (*people[2:], PersonFactory(), PersonFactory(is_staff=True)):
        sign_in(client, person)
        assert client.get(held(case)).status_code == client.get(nothing).status_code == 404
        assert client.post(held(case), {"act": "open"}).status_code == 404
    assert not Access.objects.exists()


def test_the_list_of_the_desk_holds_no_word_of_any_case(desk, client):
    brought(text=WORDS["text"])
    sign_in(client, desk)
    page = client.get(DESK).content.decode()
    assert "はじめての返事" in page
    assert CANARY not in page


def test_in_haste_a_coordinator_opens_a_case_with_a_reason_and_all_are_told(
    desk, client, django_capture_on_commit_callbacks
):
    person, other, third = PersonFactory(), *(PersonFactory(is_coordinator=True) for _ in range(2))
    case = brought(person, text=WORDS["text"])
    with pytest.raises(Invalid, match="わけ"):
        services.break_glass(case, purpose=" ", by=Actor(other.pk))
    with pytest.raises(Forbidden):
        services.break_glass(case, purpose="いそぎ", by=department()[1])
    sign_in(client, other)
    mail.outbox = []
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(DESK, {"number": case.number, "purpose": "けがの心配"}, follow=True)
    assert WORDS["text"] in answer.content.decode()
    assert {letter.to[0] for letter in mail.outbox} == {person.email, desk.email, third.email}
    assert client.post(held(case), {"act": "answer", "body": "x"}).status_code == 403
    sign_in(client, person)
    page = client.get(reverse("consultations:case", args=[case.number])).content.decode()
    assert "けがの心配" in page
    assert other.name in page


def test_an_open_glass_and_an_open_reading_end(desk):
    case, other = brought(), PersonFactory(is_coordinator=True)
    services.break_glass(case, purpose="いそぎ", by=Actor(other.pk))
    services.open_reading(case, by=Actor(desk.pk))
    assert queries.case_for(case.number, queries.reader_of(other.pk)) == (case, Sight.GLASS)
    Access.objects.update(until=timezone.now())
    assert queries.case_for(case.number, queries.reader_of(other.pk)) is None
    assert queries.reading(case, desk.pk, Sight.OWNER) is None


def test_a_department_that_refused_reads_no_more(desk):
    party, officer = department()
    case = brought()
    asked = offered(case, party)[0]
    access = services.open_reading(case, by=officer)
    assert access.party == party
    services.refuse(asked, reason="わけ", by=officer)
    assert queries.case_for(case.number, queries.reader_of(officer.person)) is None
    with pytest.raises(Forbidden):
        services.open_reading(case, by=officer)


SIGHTS = {
    # who: (the worry, its file, how to reach her, what was said, the note)
    "owner": (True, True, True, True, True),
    "deputy": (True, True, True, True, True),
    "glass": (True, True, True, True, True),
    "asked": (True, False, False, False, False),
    "asked and took it over": (True, True, True, True, True),
    "of another department": (False, False, False, False, False),
}


@pytest.mark.parametrize("who", SIGHTS)
def test_everybody_of_the_city_reads_what_her_right_lets_her_read_and_no_more(desk, client, who):
    file = accept(SimpleUploadedFile(f"{CANARY}file.pdf", pdf()))
    words = {name: WORDS[name] for name in ("text", "name", "contact")}
    case = services.open_case(told(**words), files=[file], by=PUBLIC).case
    by, today = Actor(desk.pk), timezone.localdate()
    services.confirm_address(case, email="canary@example.jp", by=PUBLIC)
    services.answer(case, body=WORDS["body"], by=by)
    services.note(case, body=WORDS["note"], by=by)
    (party, officer), deputy = department(), PersonFactory(is_coordinator=True)
    services.set_absence(desk, deputy, since=today, until=today, by=by)
    asked = services.offer(case, to=[party], reason=WORDS["reason"], by=by)[0]
    reader = {"owner": by, "deputy": Actor(deputy.pk), "of another department": department()[1]}.get(
        who, officer
    )
    if who == "glass":
        reader = Actor(PersonFactory(is_coordinator=True).pk)
        services.break_glass(case, purpose="けがの心配", by=reader)
    person = type(desk).objects.get(pk=reader.person)
    sign_in(client, person)
    client.post(held(case), {"act": "open"})
    if who == "asked and took it over":
        services.accept(asked, by=officer)
    page = client.get(held(case)).content.decode()
    attached = client.get(reverse("consultations:attachment", args=[case.number, case.files.get().pk]))
    text, content, reached, said, note = SIGHTS[who]
    assert (WORDS["text"] in page, attached.status_code == 200) == (text, content)
    for word in (WORDS["name"], WORDS["contact"], "canary@example.jp"):
        assert (word in page) is reached, word
    assert (WORDS["body"] in page, WORDS["note"] in page) == (said, note)
    assert (WORDS["reason"] in page) is text
    assert (f"{CANARY}file" in page) is content
    assert Access.objects.filter(case=case, person=person).count() == (1 if text else 0)


@pytest.mark.parametrize("column", ["name", "contact", "email", "next_action", "closing"])
def test_the_vault_itself_refuses_who_is_only_asked(desk, column):
    party, officer = department()
    case = services.open_case(told(contact="048-464-0000"), by=PUBLIC).case
    offered(case, party)
    access = services.open_reading(case, by=officer)
    opened = queries.opened_for(access, case, Sight.OFFERED)
    assert opened.read(case, "text")
    with pytest.raises(Forbidden, match="引き受けると"):
        opened.read(case, column)
    assert queries.opened_for(access, case, Sight.OWNER).read(case, "contact") == "048-464-0000"


def test_likeness_is_told_only_among_the_cases_one_may_read(desk):
    party, officer = department()
    mine, other = brought(), held_by(brought(), party, officer)
    alone = queries.reader_of(desk.pk)
    assert queries.alike(mine, alone) == []
    theirs = brought()
    assert queries.alike(mine, alone) == [theirs]
    assert queries.alike(other, queries.reader_of(officer.person)) == []
    with pytest.raises(Forbidden):
        services.link(mine, other, by=Actor(desk.pk))
    services.link(mine, theirs, by=Actor(desk.pk))
    assert queries.linked(mine, alone) == [theirs]
    assert queries.alike(mine, alone) == []


def eventful(desk):
    """Return a case to which everything has happened, with a canary in every field."""
    party, officer = department()
    case = services.open_case(
        told(**{name: WORDS[name] for name in ("text", "name", "contact")}), by=PUBLIC
    ).case
    services.confirm_address(case, email="canary@example.jp", by=PUBLIC)
    by = Actor(desk.pk)
    asked = services.offer(case, to=[party], reason=WORDS["reason"], by=by)[0]
    services.refuse(asked, reason=WORDS["answer"], by=officer)
    services.answer(case, body=WORDS["body"], next_action=WORDS["body"], by=by)
    services.note(case, body=WORDS["note"], by=by)
    services.speak(case, body=WORDS["body"], by=PUBLIC)
    services.break_glass(case, purpose=WORDS["reason"], by=Actor(PersonFactory(is_coordinator=True).pk))
    Case.objects.filter(pk=case.pk).update(due_on=timezone.localdate() - timedelta(days=9))
    services.note_overdue()
    first, second = department(), department()
    offers = services.offer(case, to=[first[0], second[0]], reason=WORDS["reason"], by=by)
    services.accept(offers[0], by=first[1])
    services.close(case, outcome=Outcome.IMPOSSIBLE, words=WORDS["body"], by=first[1])
    services.ask(Case.objects.get(pk=case.pk), by=PUBLIC)
    services.tell_how_it_is(case, helped=Help.BETTER, words=WORDS["body"], by=PUBLIC)
    return Case.objects.get(pk=case.pk)


def test_no_mail_of_the_desk_holds_a_word_of_a_case(desk, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("wanowa.people.services.mail._spend", lambda *_args: True)
    mail.outbox = []
    with django_capture_on_commit_callbacks(execute=True):
        case = eventful(desk)
        services.send_code(email="canary@example.jp")
        services.send_link(Case.objects.get(number=case.number))
    subjects = {letter.subject for letter in mail.outbox}
    assert len(subjects) == len(LETTERS)
    for letter in mail.outbox:
        assert CANARY not in letter.subject + letter.body
        assert desk.name not in letter.subject + letter.body


def test_the_templates_of_mails_can_say_nothing_but_links_and_codes():
    assert {path.stem for path in MAILS.glob("*.txt")} == set(LETTERS)
    for path in MAILS.glob("*.txt"):
        assert set(re.findall(r"{{\s*(\S+)\s*}}", path.read_text(encoding="utf-8"))) <= {"link", "code"}


def test_neither_record_nor_receipts_nor_notices_hold_a_word_of_it(desk, client):
    eventful(desk)
    client.post(
        reverse("consultations:index"), {"text": WORDS["text"], "language": "ja", "idempotency_key": "k" * 32}
    )
    assert CANARY not in repr(list(Entry.objects.values()))
    assert CANARY not in repr(list(Opening.objects.values()))
    with connection.cursor() as cursor:
        for table in ("web_submission", "people_session", "notices_notice", "search_document"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            rows = " ".join(row for (row,) in cursor)
            assert CANARY not in rows
            assert CANARY.encode().hex() not in rows


def crawl(first, most=120):
    """Return every page of this site that leads from here to there without an account, by its path."""
    client, pages, waiting = Client(), {}, list(first)
    while waiting and len(pages) < most:
        url = waiting.pop(0)
        path = urlsplit(url).path
        if path in pages:
            continue
        response = client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        pages[path] = body.decode("utf-8", "replace")
        waiting += [
            link
            for link in re.findall(r'(?:href|src)="(/[^"#]*)"', pages[path])
            if not link.startswith("/static/")
        ]
    return pages


def test_nothing_of_a_case_stands_on_any_public_page(desk):
    case = eventful(desk)
    starts = [
        "/",
        "/begin/",
        "/consultations/",
        "/opendata/",
        "/record/",
        f"/search/?q={CANARY}",
        "/robots.txt",
    ]
    pages = crawl([*starts, f"/search/?q={case.number}"])
    assert len(pages) > 30
    assert [path for path, page in pages.items() if told_in(page)] == []
    assert [path for path, page in pages.items() if case.number in page and path != "/search/"] == []


def told_in(page):
    """Return the words of the case that a page holds; the search page gives back only what was searched for."""
    return [word for word in WORDS.values() if word in page]


def test_the_crawl_finds_a_leak(desk, monkeypatch):
    case = eventful(desk)
    leaking = {"category": [{"key": "leak", "label": queries.own(case).read(case, "text")}]}
    practice = import_module("wanowa.consultations.queries.practice")
    monkeypatch.setattr(practice, "pack", lambda: replace(pack(), consultations=leaking))
    assert told_in(crawl(["/consultations/"], most=1)["/consultations/"]) == [WORDS["text"]]


def test_a_case_written_down_at_the_counter_opens_for_nobody_by_account(desk, client):
    case = brought(by=Actor(desk.pk), channel=Channel.COUNTER)
    sign_in(client, desk)
    assert client.get(reverse("consultations:case", args=[case.number])).status_code == 404
    assert holder(case) == Actor(desk.pk)
