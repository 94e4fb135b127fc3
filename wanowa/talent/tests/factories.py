"""People in the bank to test with, made through the services, as they would do it themselves."""

from datetime import timedelta

from django.utils import timezone

from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.parties.models import Party
from wanowa.parties.tests.factories import party_with
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory
from wanowa.talent import services
from wanowa.talent.models import Look, Profile, Request
from wanowa.talent.queries import person_behind, pseudonym
from wanowa.talent.rules import Channel, Field, Tier, Told

ALL = {
    Field.SKILLS: "pruning,gardening",
    Field.EXPERIENCE: "公園の木を10年切ってきました。",
    Field.AREA: "north",
    Field.TIMES: "saturday,sunday",
    Field.REWARD: "costs",
    Field.AGE_BAND: "65-74",
    Field.NAME: "木村 きよし",
    Field.READING: "きむら きよし",
    Field.METHOD: "mail",
    Field.CONTACT: "",
    Field.GUARDIAN: "",
}
WIDE = {
    Field.SKILLS: Tier.V2,
    Field.EXPERIENCE: Tier.V2,
    Field.AREA: Tier.V2,
    Field.TIMES: Tier.V2,
    Field.REWARD: Tier.V2,
    Field.AGE_BAND: Tier.V1,
    Field.NAME: Tier.V1,
    Field.METHOD: Tier.V1,
    Field.GUARDIAN: Tier.V1,
}
WORDS = services.Words("駅前の花植えを手伝ってください。", "3月7日の午前", "和光市駅の南口", "ありません")


def told(
    *,
    tiers: dict[Field, Tier] | None = None,
    may_call: bool = False,
    checked_first: bool = False,
    **changed: str,
) -> Told:
    """Return what somebody tells; by default everything that may be is seen by parties."""
    values = ALL | {Field(name): value for name, value in changed.items()}
    return Told(values, WIDE if tiers is None else tiers, may_call=may_call, checked_first=checked_first)


def registered(person: User | None = None, *, reviewed: bool = True, **changed: object) -> Profile:
    """Return somebody with an account who is in the bank, her text reviewed."""
    person = person or PersonFactory()
    profile = services.register(told(**changed), by=Actor(person.pk))
    return (
        services.review(profile, accept=True, by=coordinator())
        if reviewed and profile.experience
        else profile
    )


def on_paper(**changed: object) -> Profile:
    """Return somebody without an account, whom a coordinator registered from paper."""
    given = {"method": "phone", "contact": "048-464-0000", "may_call": True} | changed
    return services.register(told(**given), channel=Channel.PAPER, by=coordinator())


def coordinator() -> Actor:
    """Return a coordinator."""
    return Actor(PersonFactory(is_coordinator=True).pk)


def department(**fields: object) -> tuple[Party, Actor]:
    """Return a city department and who acts for it: it may always look."""
    party, (person,) = party_with(kind=Kind.CITY, **fields)
    return party, Actor(person.pk, party.pk)


def looked(by: Actor, **changed: object) -> Look:
    """Return a look for whoever can prune."""
    given = {"purpose": "花植えの手伝いをさがしています。", "skills": ["pruning"]} | changed
    return services.look(by=by, **given)


def asked(profile: Profile, by: Actor) -> Request:
    """Return a request to somebody who was found."""
    look = looked(by)
    while person_behind(look, pseudonym(profile.pk, by.party)) != profile:
        assert look.last is not None, "nobody is found who can be asked"
        look = services.look(purpose=look.purpose, skills=look.skills, after=look, by=by)
    return services.ask(look, profile, WORDS, by=by)


def accepted(profile: Profile, by: Actor, *fields: Field) -> Request:
    """Return a request that the person accepted, handing these fields over for a month."""
    return services.accept(
        asked(profile, by),
        hand_over=fields,
        until=timezone.localdate() + timedelta(days=30),
        channel=Channel.WEB,
        by=Actor(profile.person_id),
    )
