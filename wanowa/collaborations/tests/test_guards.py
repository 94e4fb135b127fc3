"""The last line: what the database refuses to the application and to its owner, and what verify finds after it.

Every column of the three tables is tried; those that may change are named here, with why.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from tests.evidence import asked
from wanowa.collaborations import services
from wanowa.collaborations.models import Collaboration, Consent, Participation, Version
from wanowa.collaborations.tests import factories as make
from wanowa.collaborations.verbs import TOOK_EFFECT
from wanowa.kernel.actors import Actor
from wanowa.record.queries import case_of, history
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db

NO_PROMISE = {
    "created_at": "when the row was made, told by the record",
    "updated_at": "when any column was saved",
    "continuing_since": "a note of the city's on older years, no part of the agreement",
    "demonstration": "whether this is a town to try things out",
}
"""Columns of a collaboration that hold nothing anybody agreed on."""
DERIVED = {"search_key": "how lists find it", "latest_number": "counts offers; may grow, never shrink"}
"""Columns of a collaboration that verify compares, and that the database lets services write."""
OUTCOMES = {
    Version: {"in_force_at", "closed_at", "closed_by"},
    Consent: {"withdrawn_at"},
}
"""The columns of an open version and its consents that are written later, once."""
ROLES = ("app", "owner")


@pytest.fixture
def told():
    """Return one with a version sent back, one in force with a consent taken back, and one that waits."""
    people = make.town(3)
    first = make.offered(people)
    collaboration = first.collaboration
    services.send_back(collaboration, reason="費用を見なおしたい", by=people.actors[1])
    draft = make.written(collaboration, people, purpose="湧き水をこどもに残す。")
    second = services.offer(collaboration, revision=draft.revision, by=people.actors[0])
    services.consent(collaboration, seen=second.fingerprint, by=people.actors[1])
    services.retract(collaboration, by=people.actors[1])
    for actor in people.actors[1:]:
        services.consent(collaboration, seen=second.fingerprint, by=actor)
    services.begin_amendment(collaboration, by=people.actors[2])
    draft = make.written(collaboration, people, purpose="湧き水を町に残す。")
    services.offer(collaboration, revision=draft.revision, by=people.actors[2])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return Collaboration.objects.get(pk=collaboration.pk)


@pytest.fixture
def run():
    """Return a function that runs SQL in one role and says whether any row was changed."""

    def attempt(role, statement, *values):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                if role == "app":
                    cursor.execute(f"SET LOCAL ROLE {settings.DATABASE_APP_ROLE}")
                cursor.execute(statement, values)
                changed = cursor.rowcount
                transaction.set_rollback(True)
        except DatabaseError as error:
            return "syntax" in str(error)  # a slip of the test's own must not look like a refusal
        return changed > 0

    return attempt


def another_party():
    return make.town(1).parties[0]


def others(field: models.Field, value: object) -> list[object]:
    """Return values that a column of this type could hold instead."""
    return [other for other in _others(field, value) if other != value]


def _others(field: models.Field, value: object) -> Iterator[object]:  # noqa: C901 - one case a type
    if value is not None and field.null:
        yield None
    match field:
        case models.JSONField():
            yield from (Jsonb(content) for content in altered(value))
        case models.ForeignKey() | models.OneToOneField():
            rows = field.related_model.objects.exclude(pk=value).order_by("-pk")
            yield from rows.values_list("pk", flat=True)[:2]
        case models.BooleanField():
            yield not value
        case models.IntegerField():
            yield from ((value or 0) + 1, (value or 0) + 1000)
            if value:
                yield value - 1
        case models.DateTimeField():
            now = value or timezone.now()
            yield from (now + timedelta(days=1), now - timedelta(microseconds=1))
        case models.DateField():
            yield (value or date(2026, 4, 1)) + timedelta(days=1)
        case _ if isinstance(value, list):
            yield from (value[1:], [*value, value[0] + 1000], [value[0], *value[:-1]])
        case _ if field.choices:
            yield from (str(key) for key, _label in field.flatchoices if key != value)
        case _:
            yield from (f"{value}。", str(value)[1:], str(value).swapcase() + " ")


def altered(content: object) -> Iterator[object]:
    """Yield the JSON with one thing changed: every text, number and list in it, one after the other."""
    match content:
        case dict():
            for key, value in content.items():
                yield from ({**content, key: other} for other in altered(value))
        case list():
            for place, value in enumerate(content):
                yield content[:place] + content[place + 1 :]
                yield from ([*content[:place], other, *content[place + 1 :]] for other in altered(value))
            yield [*content, *content[:1]] if content else ["付け足し"]
        case bool() | None:
            yield 1
        case int():
            yield from (content + 1, -content - 1)
        case str():
            yield f"{content}。ただし、費用は相手がもつ。"
            if content:
                yield from (content[1:], content.replace(content[0], "　", 1))


def columns(model) -> list[models.Field]:
    return list(model._meta.concrete_fields)


def statement(row: models.Model, field: models.Field) -> str:
    table, key = row._meta.db_table, row._meta.pk.column
    return f'UPDATE {table} SET "{field.column}" = %s WHERE {key} = {row.pk}'


def settled(told) -> list[models.Model]:
    """Return the rows that are decided: versions in force and closed, and every consent to them."""
    versions = [version for version in told.versions.all() if not version.is_open]
    assert len(versions) == 2
    return [*versions, *Consent.objects.filter(version__in=versions)]


@pytest.mark.parametrize("role", ROLES)
def test_no_column_of_a_decided_version_or_consent_changes(told, run, role):
    tried = 0
    for row in settled(told):
        for field in columns(type(row)):
            for value in others(field, getattr(row, field.attname)):
                assert not run(role, statement(row, field), value), (row, field.name, value)
                tried += 1
    assert tried > 300


@pytest.mark.parametrize("role", ROLES)
def test_an_open_version_and_its_consents_only_take_their_outcome(told, run, role):
    version = told.versions.get(in_force_at=None, closed_at=None)
    for row in (version, *version.consents.all()):
        for field in columns(type(row)):
            if field.name in OUTCOMES[type(row)]:
                continue
            for value in others(field, getattr(row, field.attname)):
                assert not run(role, statement(row, field), value), (row, field.name, value)


@pytest.mark.parametrize("role", ROLES)
def test_a_collaboration_says_what_its_version_in_force_says(told, run, role):
    for field in columns(Collaboration):
        if field.name in NO_PROMISE | DERIVED:
            continue
        for value in others(field, getattr(told, field.attname)):
            assert not run(role, statement(told, field), value), (field.name, value)
    assert not run(role, f"UPDATE collaborations_collaboration SET latest_number = 1 WHERE id = {told.pk}")


@pytest.mark.parametrize("role", ROLES)
def test_nothing_agreed_is_deleted_or_emptied(told, run, role):
    for table in ("consent", "version", "collaboration"):
        assert not run(role, f"DELETE FROM collaborations_{table}")
        assert not run(role, f"TRUNCATE collaborations_{table} CASCADE")
    assert not run(role, "TRUNCATE parties_party CASCADE")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("status", "other"),
    [
        ("talking", "idea"),
        ("talking", "active"),
        ("withdrawn", "talking"),
        ("offered", "active"),
        ("idea", "offered"),
    ],
)
def test_no_sql_leads_round_the_talks(run, role, status, other):
    """A status that says agreed needs a version in force; what was given up does not come back."""
    collaboration = make.started(make.town(2))
    way = {"talking": ["talking"], "withdrawn": ["withdrawn"], "offered": ["talking", "offered"], "idea": []}[
        status
    ]
    for step in way:
        Collaboration.objects.filter(pk=collaboration.pk).update(status=step)
    assert not run(
        role, f"UPDATE collaborations_collaboration SET status = '{other}' WHERE id = {collaboration.pk}"
    )


INSERT = """INSERT INTO collaborations_version
    (collaboration_id, number, change, content, concerned, reason, fingerprint, offered_by_id, offered_at,
     in_force_at, closed_at, closed_by_id)
    VALUES (%s, %s, %s, %s, %s, '', %s, %s, now(), {}, {}, {})"""


@pytest.mark.parametrize("role", ROLES)
def test_no_version_leaves_out_a_party_it_binds_or_bound(told, run, role):
    services.send_back(told, reason="場所をあける", by=_actor(told))
    bound = told.in_force.concerned
    content = told.in_force.content

    def insert(
        concerned, parties, outcome=("NULL", "NULL", "NULL"), *, change="amend", collaboration=told.pk
    ):
        text = {**content, "parties": parties} if parties is not None else {}
        values = (collaboration, 99, change, Jsonb(text), concerned, "f" * 64, bound[0])
        return run(role, INSERT.format(*outcome), *values)

    assert insert(bound, bound), "the test itself must be able to insert a version"
    assert not insert(bound[:2], bound)
    assert not insert(bound[1:], bound[1:]), "a party of the agreement in force is left out"
    assert not insert(bound, bound[:1]), "an agreement with oneself"
    assert not insert(bound, [bound[0], bound[0]]), "an agreement with oneself, counted twice"
    assert not insert(bound, None)
    assert not insert(bound, bound, ("now()", "NULL", "NULL"))
    assert not insert(bound, bound, ("NULL", "now()", str(bound[0])))
    assert not insert(bound, bound, change="surprise")


def _actor(told):
    version = told.versions.get(in_force_at=None, closed_at=None)
    consent = version.consents.get()
    return Actor(consent.person_id, consent.party_id)


@pytest.mark.parametrize("role", ROLES)
def test_nothing_takes_effect_before_the_last_consent(told, run, role):
    version = told.versions.get(in_force_at=None, closed_at=None)
    now = "UPDATE collaborations_version SET in_force_at = now() WHERE id = %s"
    point = "UPDATE collaborations_collaboration SET in_force_id = %s WHERE id = %s"
    assert not run(role, now, version.pk)
    assert not run(role, point, version.pk, told.pk)
    everybody = told.in_force.consents.filter(withdrawn_at=None)
    given = version.consents.get()
    for consent in everybody.exclude(party_id=given.party_id)[:1]:
        services.consent(told, seen=version.fingerprint, by=Actor(consent.person_id, consent.party_id))
    assert not run(role, now, version.pk), "one consent is still missing"


@pytest.mark.parametrize("role", ROLES)
def test_no_consent_is_given_where_it_does_not_belong(told, run, role):
    insert = """INSERT INTO collaborations_consent
        (version_id, party_id, person_id, fingerprint, given_at, withdrawn_at) VALUES (%s, %s, %s, %s, now(), {})"""
    version = told.versions.get(in_force_at=None, closed_at=None)
    given = version.consents.get()
    other = told.in_force.consents.filter(withdrawn_at=None).exclude(party_id=given.party_id).first()
    right = (version.pk, other.party_id, other.person_id, version.fingerprint)
    assert run(role, insert.format("NULL"), *right), "the test itself must be able to consent"
    assert not run(role, insert.format("NULL"), told.in_force_id, *right[1:3], told.in_force.fingerprint)
    assert not run(role, insert.format("NULL"), *right[:3], told.in_force.fingerprint)
    assert not run(role, insert.format("NULL"), version.pk, another_party(), *right[2:])
    assert not run(role, insert.format("NULL"), *right[:2], given.person_id, version.fingerprint)
    assert not run(
        role, insert.format("NULL"), version.pk, given.party_id, other.person_id, version.fingerprint
    )
    assert not run(role, insert.format("now()"), *right)


@pytest.fixture
def unguarded(told):
    """Switch the guards off, as only the owner of the database can."""
    assert verify().clean
    with connection.cursor() as cursor:
        for table in ("version", "consent", "collaboration", "participation"):
            cursor.execute(f"ALTER TABLE collaborations_{table} DISABLE TRIGGER USER")
    return told


def found(case, statement, *values) -> bool | None:
    """Return whether verify names the case after a change; None when a constraint refuses even the owner."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            assert cursor.rowcount, statement
            with asked("collaborations"):
                problems = verify().problems
            transaction.set_rollback(True)
    except DatabaseError:
        return None
    return any(problem.case == case for problem in problems)


def test_verify_finds_every_change_that_the_owner_of_the_database_makes(unguarded):
    case, mutations = case_of(unguarded), 0
    versions = unguarded.versions.all()
    rows = [unguarded, *versions, *Consent.objects.filter(version__in=versions)]
    for row in rows:
        for field in columns(type(row)):
            if field.name in NO_PROMISE or (isinstance(row, Consent) and field.primary_key):
                continue
            for value in others(field, getattr(row, field.attname)):
                caught = found(case, statement(row, field), value)
                assert caught is not False, (row, field.name, value)
                mutations += caught is True
    print(f"{mutations} mutations of agreements, all found")  # noqa: T201 - the proof's number
    assert mutations >= 500


def test_verify_names_the_entry_of_a_text_that_was_changed(unguarded):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE collaborations_version SET content = jsonb_set(content, '{purpose}', '\"別の目的\"') WHERE id = %s",
            [unguarded.in_force_id],
        )
    [problem] = [one for one in verify().problems if one.kind == "changed"]
    assert problem.number == history(unguarded).get(verb=TOOK_EFFECT.name).number


@pytest.mark.parametrize("table", ["consent", "version", "collaboration"])
def test_verify_finds_rows_that_were_removed_or_slipped_in(unguarded, table):
    case = case_of(unguarded)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM collaborations_{table}")
        for (pk,) in cursor.fetchall():
            assert found(case, f"DELETE FROM collaborations_{table} WHERE id = %s", pk)


def test_verify_finds_a_party_pushed_from_or_added_to_the_table(unguarded):
    case = case_of(unguarded)
    seat = Participation.objects.filter(collaboration=unguarded).first()
    change = "UPDATE collaborations_participation SET seat = 'left' WHERE id = %s"
    assert found(case, change, seat.pk)
    assert found(
        case, "UPDATE collaborations_participation SET party_id = %s WHERE id = %s", another_party(), seat.pk
    )
