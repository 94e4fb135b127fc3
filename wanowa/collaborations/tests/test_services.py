"""What the verbs change, refuse and leave on record."""

import pytest

from wanowa.collaborations import services, verbs
from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.rules import Change, Status
from wanowa.collaborations.tests import factories as make
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.people.models import User
from wanowa.people.queries import erasure_obstacles
from wanowa.people.services import erase
from wanowa.record.queries import history

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return make.town(2)


@pytest.fixture
def three():
    return make.town(3)


def told(collaboration):
    return [entry.verb for entry in history(collaboration)]


def test_talks_open_and_become_public_when_everybody_invited_has_sat_down(three):
    collaboration = make.started(three)
    services.sit_down(collaboration, by=three.actors[1])
    collaboration.refresh_from_db()
    assert (collaboration.status, collaboration.public_since) == (Status.IDEA, None)

    services.sit_down(collaboration, by=three.actors[2])
    collaboration.refresh_from_db()
    assert collaboration.status == Status.TALKING
    assert collaboration.public_since is not None


def test_an_idea_that_nobody_joins_is_given_up(two):
    collaboration = services.decline(make.started(two), by=two.actors[1])
    assert collaboration.status == Status.WITHDRAWN


def test_the_last_consent_brings_a_version_into_force(two):
    version = make.offered(two)
    assert version.in_force_at is None

    version = services.consent(version.collaboration, seen=version.fingerprint, by=two.actors[1])

    collaboration = Collaboration.objects.get(pk=version.collaboration_id)
    assert version.in_force_at is not None
    assert (collaboration.status, collaboration.in_force_id) == (Status.ACTIVE, version.pk)
    assert (collaboration.area, collaboration.form, collaboration.ownership) == ("C", "accord", "both")
    own = [verb for verb in told(collaboration) if verb.startswith("collaborations.")]
    assert own[-4:] == [
        verbs.OFFERED.name,
        verbs.CONSENTED.name,
        verbs.CONSENTED.name,
        verbs.TOOK_EFFECT.name,
    ]


def test_consent_to_a_text_that_moved_is_a_conflict_and_changes_nothing(two):
    version = make.offered(two)
    before = told(version.collaboration)
    with pytest.raises(Conflict):
        services.consent(version.collaboration, seen="0" * 64, by=two.actors[1])
    assert told(version.collaboration) == before


def test_one_human_cannot_consent_for_both_sides():
    people = make.town(2)
    from wanowa.parties.tests.factories import MembershipFactory  # noqa: PLC0415

    person = people.actors[0].person
    MembershipFactory(party_id=people.parties[1], person_id=person)
    version = make.offered(people)
    with pytest.raises(Refused, match="ひとりで2つの主体"):
        services.consent(version.collaboration, seen=version.fingerprint, by=Actor(person, people.parties[1]))
    version.refresh_from_db()
    assert version.in_force_at is None


def test_an_incomplete_text_cannot_be_offered(two):
    collaboration = make.talking(two)
    with pytest.raises(Invalid):
        services.offer(collaboration, revision=collaboration.draft.revision, by=two.actors[0])
    assert not Version.objects.exists()


def test_a_task_without_a_responsible_party_cannot_be_offered(two):
    """G-22c."""
    collaboration = make.talking(two)
    draft = make.written(collaboration, two)
    task = draft.terms.roles[0]
    loose = draft.terms.__class__.of(
        {**draft.content, "roles": [{**draft.content["roles"][0], "responsible": None}]}
    )
    from wanowa.collaborations.rules import Clause, mark  # noqa: PLC0415

    draft = services.edit(
        collaboration,
        clause=Clause.ROLES,
        written=loose,
        seen=mark(draft.terms, Clause.ROLES),
        by=two.actors[1],
    )
    assert task.responsible is not None
    with pytest.raises(Invalid, match="責任をもつ主体"):
        services.offer(collaboration, revision=draft.revision, by=two.actors[0])


def test_a_third_party_is_refused(three):
    two = make.Town(three.actors[:2])
    version = make.offered(two)
    with pytest.raises(Forbidden):
        services.consent(version.collaboration, seen=version.fingerprint, by=three.actors[2])


def test_sending_back_closes_the_offer_and_talks_go_on(two):
    version = make.offered(two)
    services.send_back(version.collaboration, reason="費用を見なおしたい", by=two.actors[1])
    version.refresh_from_db()
    version.collaboration.refresh_from_db()
    assert version.closed_at is not None
    assert version.collaboration.status == Status.TALKING


def test_a_text_changed_and_changed_back_does_not_revive_a_consent(three):
    first = make.offered(three)
    services.consent(first.collaboration, seen=first.fingerprint, by=three.actors[1])
    services.send_back(first.collaboration, reason="もう一度", by=three.actors[2])
    first.collaboration.refresh_from_db()
    again = services.offer(
        first.collaboration, revision=first.collaboration.draft.revision, by=three.actors[0]
    )
    assert again.content == first.content
    assert again.fingerprint != first.fingerprint
    services.consent(again.collaboration, seen=again.fingerprint, by=three.actors[2])
    again.refresh_from_db()
    assert again.in_force_at is None


def test_an_offerer_who_takes_back_closes_the_offer(two):
    version = services.retract(make.offered(two).collaboration, by=two.actors[0])
    version.collaboration.refresh_from_db()
    assert version.closed_at is not None
    assert version.collaboration.status == Status.TALKING


def test_an_amendment_binds_only_when_everybody_has_consented(two):
    collaboration = make.agreed(two)
    first = collaboration.in_force
    services.begin_amendment(collaboration, by=two.actors[1])
    draft = make.written(collaboration, two, purpose="べつの目的")
    version = services.offer(collaboration, revision=draft.revision, by=two.actors[1])
    collaboration.refresh_from_db()
    assert collaboration.in_force == first

    services.consent(collaboration, seen=version.fingerprint, by=two.actors[0])
    collaboration.refresh_from_db()
    assert collaboration.in_force == version
    assert collaboration.status == Status.ACTIVE


def test_a_newcomer_is_in_only_with_everybody_and_its_own_consent(three):
    collaboration = make.agreed(make.Town(three.actors[:2]))
    request = services.ask_to_join(collaboration, message="手伝えます", by=three.actors[2])
    services.accept_request(request, by=three.actors[0])
    draft = make.written(collaboration, three)
    version = services.offer(collaboration, revision=draft.revision, by=three.actors[2])
    services.consent(collaboration, seen=version.fingerprint, by=three.actors[0])
    collaboration.refresh_from_db()
    assert set(collaboration.in_force.terms.parties) == set(three.parties[:2])

    services.consent(collaboration, seen=version.fingerprint, by=three.actors[1])
    collaboration.refresh_from_db()
    request.refresh_from_db()
    assert set(collaboration.in_force.terms.parties) == set(three.parties)
    assert request.state == request.State.JOINED


def test_a_leaver_and_those_who_stay_all_consent(three):
    collaboration = make.agreed(three)
    services.begin_leaving(collaboration, by=three.actors[2])
    draft = make.written(collaboration, make.Town(three.actors[:2]))
    version = services.offer(collaboration, revision=draft.revision, by=three.actors[2])
    assert set(version.concerned) == set(three.parties)
    for actor in three.actors[:2]:
        services.consent(collaboration, seen=version.fingerprint, by=actor)
    collaboration.refresh_from_db()
    assert set(collaboration.in_force.terms.parties) == set(three.parties[:2])
    assert collaboration.participations.get(party_id=three.parties[2]).seat == "left"


@pytest.mark.parametrize(
    ("change", "status"), [(Change.SUSPEND, Status.SUSPENDED), (Change.END, Status.ENDED)]
)
def test_a_turn_needs_everybody(two, change, status):
    collaboration = make.agreed(two)
    version = services.propose_turn(collaboration, change=change, reason="人手がたりない", by=two.actors[1])
    collaboration.refresh_from_db()
    assert collaboration.status == Status.ACTIVE
    services.consent(collaboration, seen=version.fingerprint, by=two.actors[0])
    collaboration.refresh_from_db()
    assert collaboration.status == status


def test_an_edit_of_a_clause_somebody_else_moved_is_a_conflict(two):
    from wanowa.collaborations.rules import Clause, mark  # noqa: PLC0415

    collaboration = make.talking(two)
    draft = collaboration.draft
    seen = mark(draft.terms, Clause.PURPOSE)
    services.edit(
        collaboration,
        clause=Clause.PURPOSE,
        written=make.complete(draft.terms, purpose="一"),
        seen=seen,
        by=two.actors[0],
    )
    with pytest.raises(Conflict):
        services.edit(
            collaboration,
            clause=Clause.PURPOSE,
            written=make.complete(draft.terms, purpose="二"),
            seen=seen,
            by=two.actors[1],
        )
    draft.refresh_from_db()
    assert draft.terms.purpose == "一"


def test_two_parties_may_edit_two_clauses_at_once(two):
    from wanowa.collaborations.rules import Clause, mark  # noqa: PLC0415

    collaboration = make.talking(two)
    old = collaboration.draft.terms
    for clause, actor in ((Clause.PURPOSE, two.actors[0]), (Clause.SAFETY, two.actors[1])):
        services.edit(
            collaboration,
            clause=clause,
            written=make.complete(old, purpose="一", safety="二"),
            seen=mark(old, clause),
            by=actor,
        )
    collaboration.draft.refresh_from_db()
    assert (collaboration.draft.terms.purpose, collaboration.draft.terms.safety) == ("一", "二")


def test_both_sides_read_the_same_bytes(two):
    """G-22a."""
    version = make.offered(two)
    services.ask(version.collaboration, body="費用はだれが出しますか", by=two.actors[1])
    from wanowa.collaborations import queries  # noqa: PLC0415

    read = [
        [
            (message.body, message.party_id)
            for message in queries.messages_in(
                queries.by_slug([actor.party], version.collaboration.slug).collaboration
            )
        ]
        for actor in two.actors
    ]
    assert read[0] == read[1] != []


def test_nobody_is_erased_while_the_others_need_her_consent():
    people = make.town(2, (Kind.RESIDENT, Kind.CITIZEN))
    make.agreed(people, title="花の道")
    person = User.objects.get(pk=people.actors[0].person)
    assert any("花の道" in sentence for sentence in erasure_obstacles(person))
    with pytest.raises(Refused, match="花の道"):
        erase(person, by=Actor(person.pk))
