"""The last line after the reveal: what the database refuses, whoever asks, and what verify finds."""

import pytest
from django.db import connection, transaction

from wanowa.activities.tests.test_guards import ROLES, refused
from wanowa.collaborations.tests.factories import town
from wanowa.evaluations.services.approving import approve, offer_statement, send_statement_back
from wanowa.evaluations.services.commenting import enter_comment
from wanowa.evaluations.services.reflecting import give_reason
from wanowa.evaluations.tests import reflecting
from wanowa.evaluations.tests.reflecting import offered, published
from wanowa.kernel.actors import Actor
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db

CASES = {
    "publish without a text": "UPDATE evaluations_round SET status = 'published', published_at = now()",
    "bring a text into force without everybody": "UPDATE evaluations_statement SET in_force_at = now()",
    "change an offered text": """UPDATE evaluations_statement SET content = '{"well": "x"}'""",
    "drop somebody from the circle": "UPDATE evaluations_statement SET concerned = concerned[1:1]",
    "delete a text": "DELETE FROM evaluations_statement",
    "move a consent to another party": "UPDATE evaluations_approval SET party_id = party_id + 1",
    "say yes for a resident": "UPDATE evaluations_approval SET shows_own = NOT shows_own",
    "delete a consent": "DELETE FROM evaluations_approval",
    "rewrite a reason": "UPDATE evaluations_reason SET text = 'ちがう'",
    "move a reason": "UPDATE evaluations_reason SET criterion = 'other'",
    "delete a reason": "DELETE FROM evaluations_reason",
    "empty the reasons": "TRUNCATE evaluations_reason",
    "empty the texts": "TRUNCATE evaluations_statement CASCADE",
    "empty the consents": "TRUNCATE evaluations_approval",
}
AFTERWARDS = {
    "unpublish": "UPDATE evaluations_round SET status = 'revealed', published_at = NULL",
    "close what is in force": "UPDATE evaluations_statement SET in_force_at = NULL",
    "take a consent back": "UPDATE evaluations_approval SET withdrawn_at = now()",
    "rewrite a comment": "UPDATE evaluations_comment SET text = 'ちがう'",
    "delete a comment": "DELETE FROM evaluations_comment",
    "empty the comments": "TRUNCATE evaluations_comment",
}


@pytest.fixture
def people():
    return town(2)


@pytest.fixture
def waiting(people):
    found = reflecting.told(people)
    give_reason(found, criterion=found.asked[0].key, text="わけ", by=people.actors[0])
    offered(found, people)
    return found


@pytest.fixture
def done(people):
    found = published(people)
    desk = Actor(PersonFactory(is_coordinator=True).pk)
    enter_comment(found, body="懇話会", text="意見", source="会議録", said_on=found.until, by=desk)
    return found


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.usefixtures("waiting")
def test_the_database_itself_refuses(role):
    assert [name for name, statement in CASES.items() if not refused(role, statement)] == []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.usefixtures("done")
def test_what_is_published_stays(role):
    assert [name for name, statement in AFTERWARDS.items() if not refused(role, statement)] == []


@pytest.mark.usefixtures("waiting")
def test_the_words_of_a_reason_can_be_erased_by_the_application():
    assert not refused("app", "UPDATE evaluations_reason SET text = ''")


def without_guards(table, statement):
    """Do something as an intruder who owns the tables."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        assert cursor.rowcount > 0
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


INTRUSIONS = {
    "a text": (
        "statement",
        "UPDATE evaluations_statement SET content = jsonb_set(content, '{well}', '\"x\"')",
    ),
    "who was asked": ("statement", "UPDATE evaluations_statement SET concerned = concerned[1:1]"),
    "when it was offered": ("statement", "UPDATE evaluations_statement SET offered_at = now()"),
    "that it is in force": ("statement", "UPDATE evaluations_statement SET in_force_at = NULL"),
    "a consent": ("statement", "UPDATE evaluations_approval SET given_at = now()"),
    "a yes to show": ("statement", "UPDATE evaluations_approval SET shows_own = NOT shows_own"),
    "that it is public": (
        "published",
        "UPDATE evaluations_round SET status = 'revealed', published_at = NULL",
    ),
    "when it was published": ("published", "UPDATE evaluations_round SET published_at = now()"),
    "a comment": ("comment", "UPDATE evaluations_comment SET text = 'ちがう'"),
    "the day of a comment": ("comment", "UPDATE evaluations_comment SET said_on = '2020-01-01'"),
    "that there is a comment": ("comment", "DELETE FROM evaluations_comment"),
    "a reason": ("reason", "UPDATE evaluations_reason SET text = 'ちがう'"),
    "that a reason has words": ("reason", "UPDATE evaluations_reason SET text = ''"),
    "that there is a reason": ("reason", "DELETE FROM evaluations_reason"),
}


def test_verify_finds_what_an_intruder_changed(people):
    found = reflecting.told(people)
    give_reason(found, criterion=found.asked[0].key, text="わけ", by=people.actors[0])
    offered(found, people)
    send_statement_back(found, reason="もう一度", by=people.actors[1])
    again = offer_statement(found, revision=1, by=people.actors[0])
    found = approve(found, seen=again.fingerprint, by=people.actors[1])
    desk = Actor(PersonFactory(is_coordinator=True).pk)
    enter_comment(found, body="懇話会", text="意見", source="会議録", said_on=found.until, by=desk)
    assert verify().clean
    unseen = []
    for name, (kind, statement) in INTRUSIONS.items():
        with transaction.atomic():
            without_guards(statement.split()[2 if statement.startswith("DELETE") else 1], statement)
            if kind not in {problem.kind for problem in verify().problems}:
                unseen.append(name)
            transaction.set_rollback(True)
    assert unseen == []
    assert verify().clean
