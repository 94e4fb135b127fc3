"""The same second: a last seal and a last step back, two announcements, two decisions, two starts. Real commits."""

import threading
from datetime import date

from django.db import connection
from django.utils import timezone

from wanowa.collaborations.models import Collaboration
from wanowa.kernel.actors import Actor
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people.tests.factories import PersonFactory
from wanowa.proposals.models import Award, Budget, Judging, Sheet
from wanowa.proposals.queries.judging.evidence import judging_matches_the_record
from wanowa.proposals.rules.judging import Phase
from wanowa.proposals.services import gate
from wanowa.proposals.services import judging as services
from wanowa.proposals.services.judging import scoring as scoring_services
from wanowa.proposals.tests.judging import announced, opened, scoring, seal, verdict
from wanowa.proposals.verbs import ANNOUNCED, SHEETS_OPENED
from wanowa.record.queries import history

ROUNDS = 3


def at_once(*acts):
    """Run all acts in the same moment, each on its own connection; return what each raised, by name."""
    start, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        start.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(type(one).__name__ for one in outcomes)


def last_two(made):
    """Return the two steps after which nothing is awaited: one reviewer seals, the other stands back."""
    proposal = made.fresh()
    return (
        lambda: seal(made, made.reviewers[0]),
        lambda: services.stand_back(proposal, by=made.reviewers[1]),
    )


def test_a_last_seal_and_a_last_step_back_open_the_sheets_once(committed):
    for _round in range(ROUNDS):
        made = scoring(1, 2)
        assert at_once(*last_two(made)) == ["NoneType", "NoneType"]
        assert Judging.objects.get(round=made.round).phase == Phase.OPENED
        assert history(made.round).filter(verb=SHEETS_OPENED.name).count() == 1
        assert Sheet.objects.get(proposal=made.proposals[0]).content
    assert not list(judging_matches_the_record())


def test_without_the_lock_each_waits_for_the_other_and_nothing_opens(committed, monkeypatch):
    """The negative control: both look before the other one is seen, and the round stays closed."""
    made, look = scoring(1, 2), threading.Barrier(2)
    real = scoring_services._complete

    def unlocked_judging(found):
        judging = Judging.objects.get(round=found)
        judging.round = found
        return judging

    def both_look(found):
        complete = real(found)
        look.wait(timeout=20)
        return complete

    for name, other in (
        ("locked_round", lambda found: type(found).objects.get(pk=found.pk)),
        ("locked_judging", unlocked_judging),
        ("_complete", both_look),
    ):
        assert hasattr(scoring_services, name), "what this control switches off has another name"
        monkeypatch.setattr(scoring_services, name, other)
    assert at_once(*last_two(made)) == ["NoneType", "NoneType"]
    assert Judging.objects.get(round=made.round).phase == Phase.SCORING


def test_two_coordinators_decide_and_announce_at_once(committed):
    made = opened(1, 1)
    other = Actor(PersonFactory(is_coordinator=True).pk)
    both = [
        lambda by=by, adopts=adopts: services.prepare(
            made.proposals[0], verdict=verdict(adopts=adopts), seen=0, by=by
        )
        for by, adopts in ((made.desk, True), (other, False))
    ]
    assert at_once(*both) == ["Conflict", "NoneType"]
    told = [lambda by=by: services.announce(made.round, by=by) for by in (made.desk, other)]
    assert at_once(*told) == ["NoneType", "Refused"]
    assert history(made.round).filter(verb=ANNOUNCED.name).count() == 1
    assert Award.objects.count() <= 1
    assert not list(judging_matches_the_record())


def test_a_budget_and_a_start_pressed_twice_count_once(committed):
    made = announced(1, 1)
    award = Award.objects.select_related("proposal").get()
    today: date = timezone.localdate()
    passed = [
        lambda: gate.record_budget(
            fiscal_year=award.fiscal_year, passed_on=today, document="議案第1号", by=made.desk
        )
    ] * 2
    assert at_once(*passed) == ["NoneType", "Refused"]
    assert Budget.objects.count() == 1
    colleague = MembershipFactory(party=made.department).person
    started = [
        lambda by=by: gate.begin(award, by=by)
        for by in (made.official, Actor(colleague.pk, made.department.pk))
    ]
    assert at_once(*started) == ["NoneType", "Refused"]
    assert Collaboration.objects.count() == 1
    assert not list(judging_matches_the_record())
