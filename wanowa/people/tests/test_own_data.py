"""A person's settings, data and drafts: theirs alone, complete in the export, gone after the erasure."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.people import queries, services
from wanowa.people.models import Draft, Session, User
from wanowa.people.rules import DRAFTS_A_PERSON
from wanowa.people.services import data
from wanowa.people.tests.factories import PersonFactory
from wanowa.people.verbs import ERASED, EXPORTED
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    cache.clear()
    person = PersonFactory()
    client.force_login(person)
    return person


def everything_in_the_database():
    """Every row of every table as text; sessions and forms decoded, so that nothing hides in an encoding."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        text = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            text += [row for (row,) in cursor.fetchall()]
    text += [json.dumps(session.get_decoded(), ensure_ascii=False) for session in Session.objects.all()]
    return "\n".join(text)


def settings_of(person, **changes):
    fields = {name: getattr(person, name) for name in ("name", "reading", "language", "text_size", "theme")}
    return fields | changes


def test_settings_are_kept_and_dress_the_pages(client, person):
    changed = settings_of(
        person,
        name="高木 ひかり",
        reading="たかぎ ひかり",
        theme="dark",
        text_size="large",
        reduced_motion="on",
    )
    answer = client.post("/people/settings/", changed)
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.name, person.theme, person.text_size, person.reduced_motion) == (
        "高木 ひかり",
        "dark",
        "large",
        True,
    )
    page = client.get("/people/settings/").content.decode()
    assert 'data-theme="dark"' in page
    assert 'data-text="large"' in page


def test_another_browser_gets_the_look_when_its_person_signs_in(client):
    person = PersonFactory(theme="dark")
    page = client.post("/people/sign-in/", {"email": person.email})
    client.post(page.url, {"code": re.search(r"\d{3}-\d{3}", mail.outbox[0].body).group()})
    assert "theme-dark" in client.cookies["look"].value


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "あ" * 41},
        {"name": "花\u202e子"},
        {"reading": "花子"},
        {"language": "xx"},
        {"theme": "<script>"},
        {"text_size": "x" * 9999},
    ],
)
def test_wrong_settings_change_nothing_and_are_shown_again(client, person, wrong):
    answer = client.post("/people/settings/", settings_of(person, **wrong))
    assert answer.status_code == 400
    assert "入力を確かめてください" in answer.content.decode()
    assert User.objects.get().name == person.name


def test_a_name_of_forty_letters_counts_as_people_count(person):
    family = "👨‍👩‍👧‍👦" * 20
    services.change_settings(person, by=Actor(person=person.pk), name=family)
    with pytest.raises(ValidationError):
        services.change_settings(person, by=Actor(person=person.pk), name=family * 3)


def test_nobody_else_reaches_a_persons_settings_data_or_erasure(person):
    other = Actor(person=PersonFactory().pk)
    for act in (services.export, services.erase, services.change_settings):
        with pytest.raises(Forbidden):
            act(person, by=other)


@pytest.mark.parametrize(
    "address", ["settings", "export", "erase", "drafts", "address", "safety", "confirm", "sign-out"]
)
def test_pages_of_ones_own_lead_visitors_to_the_sign_in_page(client, address):
    answer = client.get(f"/people/{address}/")
    assert answer.status_code == 302


def fill(person):
    """Put a canary into every personal column of `person`'s own tables; return the canaries."""
    canary = iter(f"canary{number}x" for number in range(1000))
    planted = []

    def text():
        planted.append(next(canary))
        return planted[-1]

    person.name, person.reading = text(), text()
    person.email = f"{text()}@example.jp"
    person.save()
    EmailAddress.objects.filter(user=person).update(email=person.email)
    EmailAddress.objects.create(user=person, email=f"{text()}@example.jp", verified=False)
    Authenticator.objects.create(user=person, type="totp", data={"secret": text()})
    Draft.objects.create(
        person=person, address=f"/{text()}/", fields={"body": [text()]}, saved_at=timezone.now()
    )
    return planted


def test_the_export_holds_every_classified_column_of_the_person(client, person):
    planted = fill(person)
    session = client.session
    session["note"] = "canary"
    session.save()
    answer = client.post("/people/export/")
    assert answer.headers["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert sorted(archive.namelist()) == ["data.html", "data.json"]
    tables = json.loads(archive.read("data.json"))["tables"]
    for holding in queries.holdings():
        if not holding.owner or not holding.rows_of(person).exists():
            continue
        rows = tables[holding.label]["rows"]
        assert len(rows) == holding.rows_of(person).count()
        assert set(rows[0]) == {field.name for field in holding.fields if field.export}
    text, page = (archive.read(name).decode() for name in ("data.json", "data.html"))
    secret = Authenticator.objects.get().data["secret"]
    for value in planted:
        assert (value in text) is (value != secret)
        assert (value in page) is (value != secret)
    assert history(person).last().verb == EXPORTED.name


def test_the_export_holds_what_other_apps_registered(person, monkeypatch):
    monkeypatch.setattr(data, "_exports", {"places": lambda asked: {"bookings": [asked.pk]}})
    archive = zipfile.ZipFile(io.BytesIO(services.export(person, by=Actor(person=person.pk))))
    assert json.loads(archive.read("data.json"))["more"] == {"places": {"bookings": [person.pk]}}


def test_after_an_erasure_no_canary_is_left_in_any_table(client, person):
    planted = fill(person)
    elsewhere = Client()
    elsewhere.force_login(User.objects.get(pk=person.pk))
    session = elsewhere.session
    session["typed"] = planted[0]
    session.save()
    before = everything_in_the_database()
    assert all(value in before for value in planted), "the sweep must be able to see"
    answer = client.post("/people/erase/", {"word": "消します"})
    assert answer.status_code == 200
    after = everything_in_the_database()
    assert [value for value in planted if value in after] == []
    person.refresh_from_db()
    assert not person.is_active
    assert elsewhere.get("/people/settings/").status_code == 302
    assert history(person).last().verb == ERASED.name
    assert verify().clean


def test_the_address_of_an_erased_person_can_sign_up_again(client, person):
    email = person.email
    client.post("/people/erase/", {"word": "「消します」"})
    mail.outbox.clear()
    page = client.post("/people/sign-up/", {"email": email, "name": "和光"})
    client.post(page.url, {"code": re.search(r"\d{3}-\d{3}", mail.outbox[0].body).group()})
    assert User.objects.get(email=email).pk != person.pk


@pytest.mark.parametrize("word", ["", "けします", "消しません", "x" * 10_000])
def test_an_erasure_needs_the_typed_word(client, person, word):
    assert client.post("/people/erase/", {"word": word}).status_code == 400
    person.refresh_from_db()
    assert person.erased_at is None


def test_an_erasure_waits_for_what_must_happen_first(client, person, monkeypatch):
    monkeypatch.setattr(queries, "_obstacles", [lambda asked: ["先に、次の代表を決めてください。"]])
    assert "先に、次の代表を決めてください。" in client.get("/people/erase/").content.decode()
    answer = client.post("/people/erase/", {"word": "消します"})
    assert answer.status_code == 409
    with pytest.raises(Refused, match="次の代表"):
        services.erase(person, by=Actor(person=person.pk))
    person.refresh_from_db()
    assert person.erased_at is None


def test_an_erasure_calls_what_other_apps_registered_and_fails_with_it(person, monkeypatch):
    def forget(asked, by):
        raise RuntimeError(asked.pk)

    monkeypatch.setattr(data, "_erasures", [forget])
    with pytest.raises(RuntimeError):
        services.erase(person, by=Actor(person=person.pk))
    person.refresh_from_db()
    assert person.erased_at is None


def test_a_draft_is_kept_found_and_discarded(client, person):
    typed = {
        "address": "/collaborations/new/",
        "title": "湧水の\r\nみち",
        "role": ["a", "b"],
        "csrfmiddlewaretoken": "t",
        "idempotency_key_": "k",
        "password": "p",
        "code": "1",
        "file": "f",
        "empty": "",
    }
    assert client.post("/people/drafts/", typed).status_code == 204
    kept = queries.draft_of(person, "/collaborations/new/")
    assert kept == {"title": ["湧水の\r\nみち"], "role": ["a", "b"]}
    assert queries.draft_of(PersonFactory(), "/collaborations/new/") is None
    client.post("/people/drafts/", {"address": "/collaborations/new/", "title": "二度目"})
    assert queries.draft_of(person, "/collaborations/new/") == {"title": ["二度目"]}
    services.discard_draft(person, "/collaborations/new/")
    assert queries.draft_of(person, "/collaborations/new/") is None


def test_a_person_has_fifty_drafts_and_the_oldest_goes(client, person):
    for number in range(DRAFTS_A_PERSON + 1):
        services.save_draft(person, f"/{number}/", {"body": ["x"]})
    assert Draft.objects.filter(person=person).count() == DRAFTS_A_PERSON
    assert queries.draft_of(person, "/0/") is None


def test_too_large_a_draft_is_refused(client, person):
    answer = client.post("/people/drafts/", {"address": "/x/", "body": "あ" * 100_000})
    assert answer.status_code == 413
    assert not Draft.objects.exists()


@pytest.mark.parametrize("address", ["", "x", "//evil.example/", "/" + "x" * 300, "/\x00"])
def test_a_draft_without_a_page_is_refused_with_a_sentence(client, person, address):
    answer = client.post("/people/drafts/", {"address": address, "body": "x"})
    assert answer.status_code == 400


def test_drafts_are_forgotten_after_ninety_days(person):
    services.save_draft(person, "/x/", {"body": ["x"]})
    with time_machine.travel(timezone.now() + timedelta(days=89)):
        assert services.forget_old_drafts() == 0
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert services.forget_old_drafts() == 1


def test_the_privacy_page_prints_every_classified_column(client):
    page = client.get("/people/privacy/").content.decode()
    for holding in queries.holdings():
        for field in holding.fields:
            assert field.purpose in page
    assert str(apps.get_model("people.User")._meta.get_field("email").verbose_name) in page
