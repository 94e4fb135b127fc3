"""The last line: what the database refuses to the application and to its owner, and what verify finds after it."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from wanowa.contributions import queries, services
from wanowa.contributions.models import Answer, Contribution, Line, Receipt
from wanowa.contributions.rules import Status, standing
from wanowa.contributions.tests import factories as make
from wanowa.kernel.files import Accepted
from wanowa.kernel.tests.upload_samples import pdf
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db
ROLES = ("app", "owner")


def refused(role, statement, *values):
    """Run SQL in one role, look at the deferred guards as a commit would; say whether the database refused it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if role == "app":
                cursor.execute(f"SET LOCAL ROLE {settings.DATABASE_APP_ROLE}")
            cursor.execute(statement, values)
            assert cursor.rowcount != 0, "the statement met no row"
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            if role == "app":
                cursor.execute("RESET ROLE")
    except DatabaseError:
        return True
    return False


@pytest.fixture
def told():
    """Make an entry of each status, with a receipt and answers."""
    collaboration, people = make.table(2)
    us, other = people.actors
    receipt = Accepted("領収書.pdf", "application/pdf", pdf())
    make.given(collaboration, make.hours(us.party), us, other, receipt=receipt)
    services.dispute(services.give(collaboration, make.hours(us.party), by=us), word="ちがう", by=other)
    services.give(collaboration, make.yen(900, giver=us.party), by=us)
    return collaboration, us, other


CONFIRM = (
    "UPDATE contributions_contribution SET status = 'confirmed', settled_at = now() WHERE status = 'waiting'"
)
LINE = (
    "INSERT INTO contributions_line (contribution_id, holder, party_id, amount)"
    " SELECT id, 'pot', NULL, 5 FROM contributions_contribution WHERE number = 1"
)
STATEMENTS = {
    "an entry counts without a yes": (CONFIRM, Contribution),
    "a dispute is forgotten": (
        "UPDATE contributions_contribution SET status = 'waiting' WHERE status = 'disputed'",
        Contribution,
    ),
    "a line more": (LINE, Line),
    "an amount changes": ("UPDATE contributions_contribution SET amount = amount + 1", Contribution),
    "a day changes": ('UPDATE contributions_contribution SET "on" = "on" - 1', Contribution),
    "fewer are asked": ("UPDATE contributions_contribution SET asked = '{}'", Contribution),
    "a confirmed one is withdrawn": (
        "UPDATE contributions_contribution SET status = 'withdrawn' WHERE status = 'confirmed'",
        Contribution,
    ),
    "a line changes": ("UPDATE contributions_line SET amount = amount * 2", Line),
    "a line is another's": ("UPDATE contributions_line SET party_id = party_id + 1", Line),
    "a line vanishes": ("DELETE FROM contributions_line", Line),
    "all lines vanish": ("TRUNCATE contributions_line", Line),
    "an entry vanishes": ("DELETE FROM contributions_contribution", Contribution),
    "all entries vanish": ("TRUNCATE contributions_contribution CASCADE", Contribution),
    "a no becomes a yes": ("UPDATE contributions_answer SET yes = true", Answer),
    "an answer vanishes": ("DELETE FROM contributions_answer", Answer),
    "all answers vanish": ("TRUNCATE contributions_answer", Answer),
    "a receipt is another": ("UPDATE contributions_receipt SET digest = repeat('0', 64)", Receipt),
    "a receipt vanishes": ("DELETE FROM contributions_receipt", Receipt),
    "all receipts vanish": ("TRUNCATE contributions_receipt", Receipt),
    "the writer answers": (
        (
            "INSERT INTO contributions_answer (contribution_id, party_id, person_id, yes, told, at)"
            " SELECT id, party_id, person_id, true, 1, now() FROM contributions_contribution WHERE number = 3"
        ),
        Answer,
    ),
    "a yes in silence": (
        (
            "INSERT INTO contributions_answer (contribution_id, party_id, person_id, yes, told, at)"
            " SELECT c.id, a.party_id, a.person_id, true, 1, now() FROM contributions_contribution c,"
            " contributions_answer a WHERE c.number = 3 AND a.contribution_id <> c.id LIMIT 1"
        ),
        Answer,
    ),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("what", STATEMENTS)
def test_the_database_refuses(told, role, what):
    statement, model = STATEMENTS[what]
    before = list(model.objects.order_by("pk").values())
    assert refused(role, statement)
    assert list(model.objects.order_by("pk").values()) == before


ENTRY = (
    'INSERT INTO contributions_contribution (collaboration_id, number, way, resource, amount, unit, "on", ages,'
    " task, asked, everybody, status, party_id, person_id, told, written_at, people)"
    ' SELECT collaboration_id, number + %s, way, resource, amount, unit, "on", ages, task, asked, everybody,'
    " 'waiting', party_id, person_id, told, written_at, people FROM contributions_contribution WHERE number = 3"
)
TWO_LINES = (
    "INSERT INTO contributions_line (contribution_id, holder, party_id, amount)"
    " SELECT new.id, l.holder, l.party_id, l.amount + %s FROM contributions_contribution new,"
    " contributions_line l JOIN contributions_contribution old ON old.id = l.contribution_id"
    " WHERE new.number = 4 AND old.number = 3"
)


@pytest.mark.parametrize(
    ("skipped", "more", "wrong"), [(1, 0, False), (2, 0, True), (1, 1, True), (1, None, True)]
)
def test_an_entry_has_the_next_number_and_two_lines_that_cancel_out(told, skipped, more, wrong):
    lines = "" if more is None else f"; {TWO_LINES.replace('%s', str(more))}"
    assert refused("owner", ENTRY.replace("%s", str(skipped)) + lines) is wrong


def without_guards(statement):
    """Change a row as only the owner of the database could: with every trigger switched off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in (Contribution, Line, Answer):
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        for model in (Contribution, Line, Answer):
            cursor.execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contributions_contribution SET amount = 999 WHERE number = 1",
        "UPDATE contributions_line SET amount = amount * 3",
        "UPDATE contributions_line SET party_id = NULL, holder = 'outside' WHERE holder = 'party'",
        "UPDATE contributions_contribution SET status = 'confirmed', settled_at = now() WHERE number = 2",
        "UPDATE contributions_contribution SET task = '別の仕事'",
        "UPDATE contributions_answer SET yes = true",
        "DELETE FROM contributions_answer",
        "UPDATE contributions_contribution SET number = 9 WHERE number = 3",
    ],
)
def test_verify_finds_what_was_changed_behind_the_guards(told, statement):
    assert verify().clean
    without_guards(statement)
    found = [problem for problem in verify().problems if problem.kind == "ledger"]
    assert found, statement


def test_the_database_and_the_rules_say_the_same(told):
    collaboration, *_people = told
    for entry in queries.entries_of(collaboration):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT contributions_standing(c) FROM contributions_contribution c WHERE id = %s", [entry.pk]
            )
            (said,) = cursor.fetchone()
        own = standing(entry.asked, queries.said_to(entry), everybody=entry.everybody)
        assert said == own == Status(entry.status)
