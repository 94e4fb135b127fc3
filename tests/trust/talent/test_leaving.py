"""Who leaves leaves nothing: every personal column of the bank is seeded, and nothing of it is found afterwards."""

import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core import mail
from django.db import connection, models
from django.utils import timezone

from wanowa.kernel.actors import Actor
from wanowa.people.queries import holdings
from wanowa.people.services import erase, export
from wanowa.people.tests.factories import PersonFactory
from wanowa.talent import services
from wanowa.talent.models import Access, Freeze, Listing, Look, Message, Profile, Request
from wanowa.talent.queries import everything
from wanowa.talent.rules import Channel, Field
from wanowa.talent.tests.factories import coordinator, department, looked, told

pytestmark = pytest.mark.django_db
CODED = {
    "Profile": {"number", "channel", "skills", "area", "times", "reward", "age_band", "method"},
    "Consent": {"purpose", "field", "channel"},
    "Look": {"skills", "area", "times"},
    "Listing": {"skills", "area", "times", "reward"},
    "Access": {"fields"},
    "Request": {"handle", "answered_by"},
}
"""Columns that hold a key out of a list, or digits we made: nobody's words."""
OF_THE_DESK = {"Look": {"purpose"}, "Freeze": {"reason"}, "Export": {"reason"}}
"""Words of those who look and of the desk about their own doing; they name nobody in the bank."""


def writable():
    """Return every column of the bank that can hold somebody's words, by table: introspected, so none is forgotten."""
    kinds = (
        models.TextField,
        models.CharField,
        models.BinaryField,
        models.JSONField,
        models.FileField,
        ArrayField,
    )
    found = {}
    for holding in holdings():
        app, _dot, name = holding.label.partition(".")
        if app == "talent":
            columns = {
                field.name
                for field in apps.get_model(holding.label)._meta.concrete_fields
                if isinstance(field, kinds) and field.name in {one.name for one in holding.fields}
            }
            if columns := columns - CODED.get(name, set()) - OF_THE_DESK.get(name, set()):
                found[name] = columns
    return found


SEEDED = {
    "Profile": {"experience", "name", "reading", "contact", "guardian"},
    "Access": {"purpose"},
    "Request": {"purpose", "dates", "place", "reward", "report"},
    "Message": {"body"},
}


def canary(table, column):
    return f"カナリア{table}{column}"


def seed(person):
    """Put a word of its own into every one of them, through the services; return the profile."""
    values = {column: canary("Profile", column) for column in SEEDED["Profile"]}
    profile = services.register(told(**values | {"method": "phone"}, may_call=True), by=Actor(person.pk))
    services.review(profile, accept=True, by=coordinator())
    _office, by = department()
    look = looked(by)
    words = services.Words(*(canary("Request", column) for column in ("purpose", "dates", "place", "reward")))
    request = services.ask(look, profile, words, by=by)
    services.report(request, words=canary("Request", "report"), by=Actor(person.pk))
    until = timezone.localdate() + timedelta(days=9)
    services.accept(
        request, hand_over=[Field.CONTACT, Field.NAME], until=until, channel=Channel.WEB, by=Actor(person.pk)
    )
    services.open_handed(request, by=by)
    services.speak(request, body=canary("Message", "body"), by=Actor(person.pk))
    services.open_profile(profile, purpose=canary("Access", "purpose"), by=coordinator())
    return profile


def everywhere(log):
    """Return every row of every table as text, what lies in folders, every mail and every line of the log."""
    with connection.cursor() as sql:
        sql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in sql.fetchall()]
        text = []
        for table in tables:
            sql.execute(f"SELECT string_agg(row::text, '|') FROM {table} row")
            text.append(sql.fetchone()[0] or "")
    for folder in (settings.MEDIA_ROOT, settings.PERSONAL_KEYS):
        for path in folder.rglob("*"):
            text.append(path.name)
            if path.is_file():
                text.append(path.read_bytes().decode(errors="replace"))
    text += [f"{one.subject}{one.body}{one.to}" for one in mail.outbox]
    return "\n".join([*text, log.text])


@pytest.fixture
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PERSONAL_KEYS = tmp_path / "uploads", tmp_path / "people"


def test_every_column_that_can_hold_words_is_seeded():
    """A new column fails here until the sweep below knows it."""
    assert writable() == SEEDED


@pytest.mark.parametrize("way", ["leave", "erase"])
def test_nothing_is_found_of_who_has_left(way, caplog, own_folders, django_capture_on_commit_callbacks):
    caplog.set_level(logging.DEBUG)
    person = PersonFactory()
    profile = seed(person)
    words = [canary(table, column) for table, columns in SEEDED.items() for column in columns]
    sealed = [canary("Profile", column) for column in SEEDED["Profile"]]
    before = everywhere(caplog)
    assert set(sealed) <= set(everything(profile).values())
    assert [word for word in words if word in before] == [word for word in words if word not in sealed], (
        "what is not sealed lies there before, else the sweep proves nothing"
    )
    key = profile.key
    assert key in before
    with django_capture_on_commit_callbacks(execute=True):
        if way == "leave":
            services.leave(profile, by=Actor(person.pk))
        else:
            erase(person, by=Actor(person.pk))
    after = everywhere(caplog)
    assert [word for word in [*words, key] if word in after] == []
    for model in (Profile, Listing, Request, Message, Access):
        assert not model.objects.exists()


def test_the_record_names_nobody_who_has_left(django_capture_on_commit_callbacks, own_folders):
    from wanowa.record.models import Opening  # noqa: PLC0415 - only here

    person = PersonFactory()
    profile = seed(person)
    mine = Opening.objects.filter(value=str(person.pk), entry__case__startswith="talent.")
    assert mine.exists()
    with django_capture_on_commit_callbacks(execute=True):
        services.leave(profile, by=Actor(person.pk))
    assert not mine.exists()


def test_what_others_hold_stays_theirs(own_folders):
    """A second person in the bank loses nothing when the first one leaves."""
    one, other = seed(PersonFactory()), seed(PersonFactory())
    services.leave(one, by=Actor(one.person_id))
    assert everything(other)[Field.NAME] == canary("Profile", "name")
    assert Look.objects.count() == 2
    assert not Freeze.objects.exists()
    assert export(other.person, by=Actor(other.person_id))
