"""Correcting, redacting, hiding an entry together: nothing by one side alone, and the database agrees."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from wanowa.collaborations import queries, services
from wanowa.collaborations.models import Measure
from wanowa.collaborations.rules import Change, Remedy
from wanowa.collaborations.tests import factories as make
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.record import services as record
from wanowa.record.models import Opening
from wanowa.record.queries import history, narrate
from wanowa.record.rules import Ground
from wanowa.record.services import verify

REASON = "この記録には、ほかの人のことが書いてあります。"


@pytest.fixture
def town(db):
    return make.town(3)


@pytest.fixture
def active(town):
    """Return a collaboration in force of which a version was sent back before, with a reason."""
    version = make.offered(town)
    collaboration = version.collaboration
    services.send_back(collaboration, reason="山田さんの電話は090です。", by=town.actors[1])
    draft = queries.draft_of(collaboration)
    version = services.offer(collaboration, revision=draft.revision, by=town.actors[0])
    for actor in town.actors[1:]:
        services.consent(collaboration, seen=version.fingerprint, by=actor)
    collaboration.refresh_from_db()
    return collaboration


@pytest.fixture
def sent_back(active):
    return history(active).get(verb="collaborations.version.sent_back").number


def propose(collaboration, target, by, remedy=Remedy.HIDE, **options):
    ground = None if remedy is Remedy.CORRECT else Ground.RIGHTS
    options = {"ground": ground, "reason": REASON, "note": "正しくは3月です。"} | options
    return services.propose_measure(collaboration, target=target, remedy=remedy, by=by, **options)


def moment_of(collaboration, number):
    return next(one for one in narrate(history(collaboration)) if one.number == number)


def test_hiding_takes_effect_with_the_last_yes_and_not_before(active, sent_back, town):
    measure = propose(active, sent_back, town.actors[0])
    assert not services.assent(measure, by=town.actors[1]).settled
    assert not moment_of(active, sent_back).hidden
    assert services.assent(measure, by=town.actors[2]).settled == history(active).last().number
    assert moment_of(active, sent_back).hidden == "権利の侵害"
    assert history(active).last().party is None, "it is nobody's alone"
    assert verify().clean


def test_redacting_deletes_the_words_and_nothing_else(active, sent_back, town):
    measure = propose(active, sent_back, town.actors[0], Remedy.REDACT, field="reason")
    for actor in town.actors[1:]:
        services.assent(measure, by=actor)
    kept = Opening.objects.filter(entry__case=history(active).first().case, entry__number=sent_back)
    assert list(kept.values_list("field", flat=True)) == ["actor.person"]
    assert verify().clean


def test_a_correction_stands_beside_the_entry_for_everybody(active, town):
    measure = propose(active, 1, town.actors[0], Remedy.CORRECT)
    for actor in town.actors[1:]:
        services.assent(measure, by=actor)
    first = narrate(history(active, public_only=True))[0]
    assert [correction.note for correction in first.corrections] == ["正しくは3月です。"]
    assert verify().clean


def test_one_no_leaves_everything_as_it_is(active, sent_back, town):
    measure = propose(active, sent_back, town.actors[0])
    services.assent(measure, by=town.actors[1])
    services.reject_measure(measure, by=town.actors[2])
    for act in (services.assent, services.reject_measure, services.withdraw_measure):
        with pytest.raises(Refused, match="もう出ています"):
            act(measure, by=town.actors[0])
    assert not moment_of(active, sent_back).hidden
    assert propose(active, sent_back, town.actors[1]).is_open, "it can be proposed again"
    assert verify().clean


def test_a_proposal_is_withdrawn_by_whoever_made_it(active, town):
    measure = propose(active, 1, town.actors[0])
    with pytest.raises(Forbidden, match="提案した主体だけ"):
        services.withdraw_measure(measure, by=town.actors[1])
    with pytest.raises(Refused, match="取り下げる"):
        services.reject_measure(measure, by=town.actors[0])
    assert services.withdraw_measure(measure, by=town.actors[0]).closed_by_id == town.parties[0]


def test_nobody_says_yes_twice_or_for_two_parties(active, town):
    measure = propose(active, 1, town.actors[0])
    with pytest.raises(Refused, match="もう賛成"):
        services.assent(measure, by=town.actors[0])
    both = MembershipFactory(party_id=town.parties[1], person_id=town.actors[0].person).person
    with pytest.raises(Refused, match="ひとりで2つの主体"):
        services.assent(measure, by=Actor(both.pk, town.parties[1]))
    assert measure.assents.count() == 1


def test_only_who_speaks_for_a_seated_party_proposes_and_answers(active, town):
    measure = propose(active, 1, town.actors[0])
    member = MembershipFactory(party_id=town.parties[1], role=Role.MEMBER).person
    stranger = make.town(1).actors[0]
    for by in (Actor(member.pk, town.parties[1]), stranger):
        with pytest.raises(Forbidden):
            services.assent(measure, by=by)
        with pytest.raises(Forbidden):
            propose(active, 2, by)
    assert measure.assents.count() == 1


@pytest.mark.parametrize(
    ("remedy", "options", "sentence"),
    [
        (Remedy.HIDE, {"reason": " "}, "わけを書いて"),
        (Remedy.HIDE, {"ground": None}, "理由を"),
        (Remedy.HIDE, {"ground": Ground.REQUEST}, "理由を"),
        (Remedy.HIDE, {"ground": Ground.EXPIRED}, "理由を"),
        (Remedy.CORRECT, {"note": "\n"}, "正しくは"),
        (Remedy.REDACT, {"field": "note"}, "消せることば"),
        (Remedy.REDACT, {"field": "actor.person"}, "消せることば"),
        (Remedy.REDACT, {"field": ""}, "消せることば"),
    ],
)
def test_what_is_incomplete_is_refused_with_a_sentence(active, sent_back, town, remedy, options, sentence):
    with pytest.raises(Invalid, match=sentence):
        propose(active, sent_back, town.actors[0], remedy, **options)
    assert not Measure.objects.exists()


def test_what_cannot_be_is_refused(active, sent_back, town):
    with pytest.raises(Refused, match="番号の記録はありません"):
        propose(active, 999, town.actors[0])
    propose(active, 1, town.actors[0])
    with pytest.raises(Refused, match="もう返事を待っています"):
        propose(active, 1, town.actors[1])
    hidden = propose(active, sent_back, town.actors[0])
    for actor in town.actors[1:]:
        hidden = services.assent(hidden, by=actor)
    with pytest.raises(Refused, match="見えなくできません"):
        propose(active, hidden.settled, town.actors[0])


def test_whoever_sits_alone_proposes_nothing(town):
    idea = make.started(town)
    with pytest.raises(Refused, match="席についている主体は1つ"):
        propose(idea, 1, town.actors[0])


def test_a_table_that_changed_asks_again(active, town):
    measure = propose(active, 1, town.actors[0])
    draft = services.begin_leaving(active, by=town.actors[2])
    draft = make.Draft.objects.get(pk=draft.pk)
    draft.content = replace(
        make.complete(draft.terms),
        title=active.title,
        summary=active.summary,
        purpose=active.in_force.terms.purpose,
    ).content()
    draft.save()
    version = services.offer(active, revision=draft.revision, by=town.actors[2])
    assert version.change == Change.LEAVE
    for actor in town.actors[:2]:
        services.consent(active, seen=version.fingerprint, by=actor)
    with pytest.raises(Conflict, match="顔ぶれ"):
        services.assent(measure, by=town.actors[1])
    services.withdraw_measure(measure, by=town.actors[0])
    again = propose(active, 1, town.actors[0])
    assert services.assent(again, by=town.actors[1]).settled


def test_a_correction_whose_words_were_redacted_does_not_take_effect(active, town):
    measure = propose(active, 1, town.actors[0], Remedy.CORRECT)
    services.assent(measure, by=town.actors[1])
    record.redact_person(town.actors[0].person, ground=Ground.REQUEST)
    with pytest.raises(Refused, match="訂正のことばが消されて"):
        services.assent(measure, by=town.actors[2])
    assert Measure.objects.get().is_open
    assert verify().clean


def test_agreements_verify_when_everybody_had_her_name_redacted(active, town):
    propose(active, 1, town.actors[0])
    for actor in town.actors:
        assert record.redact_person(actor.person, ground=Ground.REQUEST) > 3
    assert not Opening.objects.filter(entry__case__startswith="collaborations").exists()
    assert verify().clean


def test_what_waits_for_an_answer_is_found_in_one_query(active, town, django_assert_num_queries):
    for number in range(1, 6):
        propose(active, number, town.actors[0])
    with django_assert_num_queries(1):
        waiting = list(queries.measures_awaiting([active.pk], [town.parties[1]]))
    assert [measure.target for measure in waiting] == [1, 2, 3, 4, 5]
    assert not queries.measures_awaiting([active.pk], [town.parties[0]])


# What the database refuses


def refused(statement, match):
    with pytest.raises(DatabaseError, match=match), transaction.atomic(), connection.cursor() as sql:
        sql.execute(statement)


@pytest.mark.parametrize(
    ("statement", "match"),
    [
        ("UPDATE collaborations_measure SET settled = 1", "has not said yes"),
        ("UPDATE collaborations_measure SET target = 2", "what is proposed never changes"),
        ("UPDATE collaborations_measure SET concerned = '{1}'", "what is proposed never changes"),
        ("UPDATE collaborations_measure SET closed_at = now()", "somebody closes"),
        ("DELETE FROM collaborations_measure", "never deleted"),
        ("TRUNCATE collaborations_measure CASCADE", "never deleted|an assent stays"),
        ("UPDATE collaborations_assent SET given_at = now()", "an assent stays"),
        ("DELETE FROM collaborations_assent", "an assent stays"),
        ("TRUNCATE collaborations_assent", "an assent stays"),
        (
            """INSERT INTO collaborations_assent (measure_id, party_id, person_id, given_at)
            SELECT m.id, p.id, u.id, now() FROM collaborations_measure m, parties_party p, people_user u
            WHERE p.name = 'よその会' LIMIT 1""",
            "by a party it asks",
        ),
        (
            """INSERT INTO collaborations_measure (collaboration_id, target, remedy, field, ground, concerned, proposed,
            proposed_by_id, proposed_at) SELECT collaboration_id, 2, remedy, field, ground, concerned[1:2], 99,
            proposed_by_id, proposed_at FROM collaborations_measure""",
            "sits at the table but is not asked",
        ),
    ],
)
def test_the_database_refuses_a_measure_without_everybody(active, town, statement, match):
    make.party_with(name="よその会")
    propose(active, 1, town.actors[0])
    with connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refused(statement, match)


def test_what_was_decided_is_immutable(active, town):
    measure = propose(active, 1, town.actors[0])
    for actor in town.actors[1:]:
        services.assent(measure, by=actor)
    refused("UPDATE collaborations_measure SET settled = NULL", "immutable")
    refused(
        f"UPDATE collaborations_measure SET closed_at = now(), closed_by_id = {town.parties[0]}", "immutable"
    )


# What verify says


def kinds():
    return sorted({problem.kind for problem in verify().problems})


def test_hiding_by_one_side_alone_is_reported(active, town):
    record.hide(active, 1, ground=Ground.LAW, by=town.actors[0])
    assert kinds() == ["alone"]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE collaborations_measure SET ground = 'law'", "measure"),
        ("UPDATE collaborations_measure SET target = 2", "measure"),
        ("UPDATE collaborations_measure SET settled = NULL", "alone"),
        ("UPDATE collaborations_assent SET given_at = now() + interval '1 second'", "measure"),
        (
            "UPDATE collaborations_assent SET person_id = (SELECT min(person_id) FROM collaborations_assent)",
            "measure",
        ),
        ("DELETE FROM collaborations_assent; DELETE FROM collaborations_measure", "missing"),
    ],
)
def test_a_measure_that_was_tampered_with_is_reported(active, town, statement, expected):
    measure = propose(active, 1, town.actors[0])
    for actor in town.actors[1:]:
        services.assent(measure, by=actor)
    assert kinds() == []
    with connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("collaborations_measure", "collaborations_assent"):
            sql.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        sql.execute("ALTER TABLE collaborations_assent DROP CONSTRAINT assent_one_person_one_party")
        sql.execute(statement)
    assert expected in kinds()
