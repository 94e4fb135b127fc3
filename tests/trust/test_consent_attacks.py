"""Ways round consent that somebody might try: each was possible or a crash once, or is near to what was."""

import pytest
import time_machine
from django.utils import timezone

from wanowa.collaborations import services
from wanowa.collaborations.models import Collaboration, Draft, JoinRequest
from wanowa.collaborations.rules import Change, Clause, Share, Status, mark, problems
from wanowa.collaborations.tests import factories as make
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties.models import Party
from wanowa.parties.services import close
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    return make.town(3)


@pytest.fixture
def joining(three):
    """Two parties in force, the third about to join."""
    collaboration = make.agreed(make.Town(three.actors[:2]))
    request = services.ask_to_join(collaboration, message="手伝えます", by=three.actors[2])
    services.accept_request(request, by=three.actors[0])
    return collaboration


def suspended(collaboration, people):
    version = services.propose_turn(collaboration, change=Change.SUSPEND, reason="休む", by=people[0])
    services.consent(collaboration, seen=version.fingerprint, by=people[1])


def test_a_newcomer_cannot_act_for_a_table_it_does_not_sit_at_yet(three, joining):
    newcomer, fourth = three.actors[2], make.town(1).actors[0]
    request = services.ask_to_join(joining, message="わたしも", by=fourth)
    with pytest.raises(Forbidden):
        services.propose_turn(joining, change=Change.END, reason="終わらせる", by=newcomer)
    with pytest.raises(Forbidden):
        services.decline_request(request, answer="いりません", by=newcomer)


def test_an_offer_made_over_an_earlier_draft_is_a_conflict(three):
    """A reads an amendment; meanwhile B drops it and begins to leave. A's button must not offer B's leaving."""
    collaboration = make.agreed(three)
    read = services.begin_amendment(collaboration, by=three.actors[0]).revision
    services.drop_change(collaboration, by=three.actors[1])
    services.begin_leaving(collaboration, by=three.actors[1])
    make.written(collaboration, make.Town((three.actors[0], three.actors[2])))
    for revision in (read, 0, read + 1):
        with pytest.raises(Conflict):
            services.offer(collaboration, revision=revision, by=three.actors[0])


def test_nobody_is_let_in_while_the_others_rest(three, joining):
    suspended(joining, three.actors)
    draft = make.written(joining, three)
    with pytest.raises(Refused, match="休止中"):
        services.offer(joining, revision=draft.revision, by=three.actors[0])
    assert not joining.versions.filter(in_force_at=None, closed_at=None).exists()


def test_the_end_leaves_nothing_to_be_decided(three, joining):
    version = services.propose_turn(joining, change=Change.END, reason="終わる", by=three.actors[0])
    services.consent(joining, seen=version.fingerprint, by=three.actors[1])
    assert not Draft.objects.exists()
    assert JoinRequest.objects.get().state == JoinRequest.State.DECLINED
    with pytest.raises(Refused):
        services.drop_change(joining, by=three.actors[0])


def test_what_was_given_up_is_not_rewritten(three):
    collaboration = make.talking(make.Town(three.actors[:2]))
    services.stand_up(collaboration, by=three.actors[1])
    terms = Draft.objects.get().terms
    with pytest.raises(Refused):
        services.edit(
            collaboration,
            clause=Clause.TITLE,
            written=make.complete(terms, title="べつの題名"),
            seen=mark(terms, Clause.TITLE),
            by=three.actors[0],
        )
    assert Collaboration.objects.get().title == "湧水のみち"


def test_a_bound_party_cannot_vanish_and_lock_the_others_in(three, joining):
    for actor in three.actors:
        with pytest.raises(Refused, match="湧水のみち"):
            close(Party.objects.get(pk=actor.party), by=actor)


def test_a_leaver_leaves_no_words_in_the_new_agreement(three):
    collaboration = make.agreed(three)
    terms = services.begin_leaving(collaboration, by=three.actors[2]).terms
    with pytest.raises(Refused):
        services.edit(
            collaboration,
            clause=Clause.AIMS,
            written=make.complete(terms, aims={three.parties[2]: "わたしのねらい"}),
            seen=mark(terms, Clause.AIMS),
            by=three.actors[2],
        )


def test_a_text_that_could_never_take_effect_cannot_be_offered(three):
    terms = Draft.objects.get(collaboration=make.talking(three)).terms
    for broken in (
        {"starts": "来年の春"},
        {"ends": "2027-3-31"},
        {"shares": (*make.complete(terms).shares, Share(1, 5))},
    ):
        assert problems(make.complete(terms, **broken))


def test_a_title_of_endless_emoji_is_refused_with_a_sentence(three):
    with pytest.raises(Invalid, match="題名が長すぎます"):
        services.start(
            title="👨‍👩‍👧‍👦" * 60,
            summary="家族",
            purpose="家族",
            invited=three.parties[1:],
            by=three.actors[0],
        )


def test_one_person_consents_for_one_party_even_after_taking_it_back(three):
    """The offerer changes sides in between: what counts are the living consents, each by another person."""
    person = three.actors[0].person
    MembershipFactory(party_id=three.parties[1], person_id=person)
    version = make.offered(three)
    with pytest.raises(Refused):
        services.consent(version.collaboration, seen=version.fingerprint, by=Actor(person, three.parties[1]))
    services.retract(version.collaboration, by=three.actors[0])
    with pytest.raises(Refused):
        services.consent(version.collaboration, seen=version.fingerprint, by=Actor(person, three.parties[1]))
    version.collaboration.refresh_from_db()
    assert version.collaboration.status == Status.TALKING


def test_verify_stays_clean_when_the_clock_is_set_back(three):
    """Entries then share one moment; consent, taking back and consenting again must still be told apart."""
    version = make.offered(three)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        clock.shift(-3600)
        for _ in range(3):
            services.consent(version.collaboration, seen=version.fingerprint, by=three.actors[1])
            services.retract(version.collaboration, by=three.actors[1])
    assert verify().clean
