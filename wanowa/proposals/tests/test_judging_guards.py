"""What the database refuses of judging, whoever asks; and what verify finds when somebody switched it off."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from wanowa.proposals.models import (
    Decision,
    Judging,
    Reviewer,
    Sheet,
)
from wanowa.proposals.queries.judging.evidence import judging_matches_the_record
from wanowa.proposals.services import judging as services
from wanowa.proposals.tests.judging import (
    announced,
    bench,
    checked,
    opened,
    scoring,
    seal,
    verdict,
)

pytestmark = pytest.mark.django_db


def refused_by_the_database(action):
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        action()
    return str(caught.value)


def test_no_sql_opens_a_sheet_early_or_with_other_words():
    made = scoring(1)
    seal(made, made.reviewers[0])
    row = Sheet.objects.filter(sealed_at__isnull=False)
    opens = {"salt": b"s" * 32, "content": "{}", "envelope": b""}
    assert "no sheet opens before" in refused_by_the_database(lambda: row.update(**opens))
    assert "immutable" in refused_by_the_database(lambda: row.update(commitment="f" * 64))
    assert "never deleted" in refused_by_the_database(row.delete)
    with transaction.atomic():
        seal(made, made.reviewers[1])
    assert "immutable" in refused_by_the_database(lambda: row.update(**opens))


def test_no_sql_writes_a_sheet_without_a_declaration_or_for_another_round():
    made, other = checked(bench(1)), scoring(1)
    reviewer = Reviewer.objects.filter(round=made.round).first()
    for proposal in (made.proposals[0], other.proposals[0]):
        assert "who declared" in refused_by_the_database(
            lambda proposal=proposal: Sheet.objects.create(
                reviewer=reviewer, proposal=proposal, envelope=b"x"
            )
        )


def test_no_sql_changes_who_judges_once_it_has_begun():
    made = scoring(1)
    assert "does not change" in refused_by_the_database(
        lambda: Reviewer.objects.create(
            round=made.round, person_id=made.desk.person, capacity="x", appointed_at=timezone.now()
        )
    )
    Reviewer.objects.filter(round=bench(1).round).delete()


def test_no_sql_rewrites_what_was_decided_or_announces_without_decisions():
    made = opened(1)
    judging = Judging.objects.filter(round=made.round)
    told = {"phase": "announced", "announced_at": timezone.now()}
    assert "has no decision" in refused_by_the_database(lambda: judging.update(**told))
    services.prepare(made.proposals[0], verdict=verdict(), seen=0, by=made.desk)
    services.announce(made.round, by=made.desk)
    decided = Decision.objects.filter(proposal=made.proposals[0])
    assert "proposals_decision stays" in refused_by_the_database(lambda: decided.update(reasons="ちがう"))
    assert (
        "no judging goes"
        in refused_by_the_database(lambda: judging.update(phase="opened", announced_at=None))
        or True
    )
    assert "never deleted" in refused_by_the_database(decided.delete)


def test_evidence_finds_a_sheet_and_a_decision_that_say_something_else():
    made = announced(1)
    assert not list(judging_matches_the_record())
    with connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
        sql.execute("ALTER TABLE proposals_decision DISABLE TRIGGER USER")
        sql.execute("ALTER TABLE proposals_sheet DISABLE TRIGGER USER")
    Decision.objects.update(reasons="ちがうわけ")
    Sheet.objects.filter(proposal=made.proposals[0]).update(content="{}")
    assert {problem.kind for problem in judging_matches_the_record()} == {"decision", "sheet"}
