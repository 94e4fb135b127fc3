"""Verifying: what is whole is clean, what was tampered with is named, apps may add evidence of their own."""

import json

import pytest

from wanowa.record.rules import GENESIS, Problem, canonical, content_of, seal, stamp
from wanowa.record.services import register_evidence, verify, verifying
from wanowa.record.tests.factories import FINGERPRINT, OFFERED, RESIDENT, case, offer, pay, tick, unprotected

pytestmark = pytest.mark.django_db


@pytest.fixture
def log():
    """Three cases: of five entries, of two, of one."""
    for pk, length in ((1, 5), (2, 2), (3, 1)):
        for number in range(length):
            (offer, pay, tick)[number % 3](case(pk))


def tamper(statement: str) -> list[tuple[str, int | None, str]]:
    """Change the log as the owner of the database with the triggers off; return where `verify` sees what."""
    with unprotected() as sql:
        sql.execute(statement)
    return [(problem.case, problem.number, problem.kind) for problem in verify().problems]


def test_an_untouched_log_is_clean(log):
    report = verify()
    assert (report.entries, report.cases, report.problems, report.clean) == (8, 3, [], True)


def test_an_empty_log_is_clean():
    assert verify().clean


def test_a_log_longer_than_a_batch_is_read_whole(log, monkeypatch):
    monkeypatch.setattr(verifying, "BATCH", 3)
    assert (verify().entries, verify().cases, verify().clean) == (8, 3, True)


def test_an_altered_entry_is_named_alone(log):
    where = """WHERE "case" = 'auth.group/1' AND number = 2"""
    assert tamper(f"UPDATE record_entry SET party = 99 {where}") == [("auth.group/1", 2, "altered")]


def test_missing_entries_are_named(log):
    assert ("auth.group/1", 3, "gap") in tamper(
        """DELETE FROM record_entry WHERE "case" = 'auth.group/1' AND number IN (3, 4)"""
    )


def test_newest_entries_that_disappeared_are_missed_by_the_head(log):
    found = tamper("""DELETE FROM record_entry WHERE "case" = 'auth.group/1' AND number >= 4""")
    assert ("auth.group/1", 4, "gap") in found


def test_a_case_that_disappeared_but_for_its_head_is_missed(log):
    assert ("auth.group/3", 1, "gap") in tamper("""DELETE FROM record_entry WHERE "case" = 'auth.group/3'""")


def test_a_case_without_its_head_is_named(log):
    found = tamper("""DELETE FROM record_head WHERE "case" = 'auth.group/2'""")
    assert found == [("auth.group/2", 2, "head")]


def test_newest_entries_removed_with_a_head_set_back_need_a_checkpoint_to_be_seen(log):
    """The limit of chains that only the database holds; issue B adds checkpoints."""
    found = tamper("""
        DELETE FROM record_opening USING record_entry e
            WHERE entry_id = e.id AND e."case" = 'auth.group/2' AND number = 2;
        DELETE FROM record_entry WHERE "case" = 'auth.group/2' AND number = 2;
        UPDATE record_head SET (number, digest, last_id, at) =
            (SELECT number, digest, id, at FROM record_entry WHERE "case" = 'auth.group/2')
            WHERE "case" = 'auth.group/2'""")
    assert found == []


def test_a_value_kept_back_that_was_changed_is_found(log):
    found = tamper("""UPDATE record_opening SET value = '12' WHERE entry_id =
        (SELECT id FROM record_entry WHERE "case" = 'auth.group/2' AND number = 1)""")
    assert found == [("auth.group/2", 1, "opening")]


def test_a_value_kept_back_that_disappeared_without_a_ground_is_found(log):
    found = tamper("""DELETE FROM record_opening WHERE entry_id =
        (SELECT id FROM record_entry WHERE "case" = 'auth.group/1' AND number = 2)""")
    assert found == [("auth.group/1", 2, "opening")]


def test_a_verb_nobody_declares_is_named(log):
    where = """WHERE "case" = 'auth.group/3'"""
    assert ("auth.group/3", 1, "verb") in tamper(f"UPDATE record_entry SET verb = 'gone.verb' {where}")


def test_a_problem_reads_in_japanese(log):
    tamper("""UPDATE record_entry SET party = 99 WHERE "case" = 'auth.group/1' AND number = 2""")
    assert [str(p.sentence) for p in verify().problems] == ["2番の記録が、あとから書きかえられています。"]


def test_apps_add_evidence_of_their_own(log, monkeypatch):
    monkeypatch.setattr(verifying, "_evidence", {})
    problem = Problem("auth.group/1", 1, "evidence", "版の中身が、記録した指紋とちがいます。")
    register_evidence("groups", lambda: [problem])
    assert verify().problems == [problem]


def test_verifying_costs_the_same_for_many_cases_as_for_few(log, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(verifying, "_evidence", {})
    with django_assert_num_queries(13):
        verify()
    for pk in range(10, 30):
        tick(case(pk))
    with django_assert_num_queries(13):
        verify()


def test_entries_of_the_first_format_still_verify():
    """A chain begun before the entry's own hash was sealed goes on in the new format."""
    offer(case(1)), offer(case(1))
    with unprotected() as sql:
        sql.execute("SELECT id, at, commitments::text FROM record_entry ORDER BY number LIMIT 1")
        pk, at, commitments = sql.fetchone()
        facts = {"number": 1, "fingerprint": FINGERPRINT}
        first = content_of(
            case="auth.group/1",
            number=1,
            at=stamp(at),
            verb=OFFERED.name,
            party=RESIDENT.party,
            facts=facts,
            commitments=json.loads(commitments),
            version=1,
        )
        old = seal(GENESIS, canonical(first), 1)
        sql.execute("UPDATE record_entry SET version = 1, digest = %s WHERE id = %s", [old, pk])
        sql.execute("""DELETE FROM record_opening WHERE entry_id <> %s""", [pk])
        sql.execute("""DELETE FROM record_entry WHERE id <> %s""", [pk])
        sql.execute("UPDATE record_head SET (number, digest, last_id, at) = (1, %s, %s, %s)", [old, pk, at])
    offer(case(1))
    assert verify().problems == []
