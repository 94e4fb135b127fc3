"""Cases to test with, made through the services, as people would do it themselves."""

from dataclasses import replace

from wanowa.consultations import services
from wanowa.consultations.models import Advice, Case, Handover
from wanowa.consultations.rules import Channel, Outcome, Reply, Told
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.parties.models import Party
from wanowa.parties.tests.factories import party_with
from wanowa.people.models import User

WORRY = "公園の花壇に手が足りません。だれに話せばよいですか。"


def told(**changed: str) -> Told:
    """Return what somebody tells the desk."""
    return Told(**({"text": WORRY, "name": "はなこ"} | changed))


def brought(
    person: User | None = None, *, channel: Channel = Channel.WEB, by: Actor | None = None, **changed: str
) -> Case:
    """Return a case: by somebody with an account, without one, or written down by `by`."""
    actor = by or (Actor(person.pk) if person else PUBLIC)
    made = services.open_case(told(**changed), channel=channel, consented=by is not None, by=actor)
    return made.case


def department(**fields: object) -> tuple[Party, Actor]:
    """Return a department of the city and who acts for it."""
    party, (person,) = party_with(kind=Kind.CITY, **fields)
    return party, Actor(person.pk, party.pk)


def holder(case: Case) -> Actor:
    """Return who holds a case now."""
    now = Case.objects.get(pk=case.pk)
    return Actor(now.owner_id, now.department_id)


def offered(case: Case, *parties: Party) -> list[Handover]:
    """Return the hand-overs by which the holder asks departments."""
    return services.offer(case, to=parties, reason="くわしい課にお願いします。", by=holder(case))


def held_by(case: Case, party: Party, by: Actor) -> Case:
    """Return the case once a department has taken it over."""
    return services.accept(offered(case, party)[0], by=by)


def closed(case: Case, outcome: Outcome = Outcome.INFORMATION) -> Case:
    """Return the case, ended by its holder."""
    return services.close(case, outcome=outcome, words="公園の係を紹介しました。", by=holder(case))


REPLY = Reply("公園の花壇を、みんなで世話できますか", "できます。公園の係が、道具を貸します。", "green")


def reply(**changed: str) -> Reply:
    """Return an answer for everybody."""
    return replace(REPLY, **changed)


def answered(**changed: str) -> Case:
    """Return a case that its holder has opened and answered."""
    case = brought(**changed)
    services.open_reading(case, by=holder(case))
    services.answer(case, body="公園の係に聞きました。", by=holder(case))
    return case


def advised(case: Case, second: Actor, **changed: str) -> Advice:
    """Return an answer that the holder of a case wrote and another released."""
    advice = services.propose_advice(case, reply(**changed), by=holder(case))
    return services.release_advice(advice.wordings.get(), by=second)
