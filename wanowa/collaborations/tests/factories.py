"""Collaborations to test with, made through the services, as people would."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wanowa.collaborations import services
from wanowa.collaborations.models import Collaboration, Draft, Version
from wanowa.collaborations.rules import Bring, Clause, Goal, Outcome, Share, Task, Terms, mark
from wanowa.guideline.rules import POSTS, Form, Kind, Post
from wanowa.kernel.actors import Actor
from wanowa.parties.tests.factories import party_with

KINDS = (Kind.CITIZEN, Kind.CITY, Kind.COMPANY, Kind.LOCAL, Kind.RESIDENT, Kind.PUBLIC)

SECOND = (*(Post.SECOND, Post.SECOND_OPERATOR, Post.CLIENT, Post.SUPPORTER, Post.GRANTOR, Post.ENDORSER),)
"""The posts that the second party holds; the first answers for what is done and holds the others."""


@dataclass(frozen=True)
class Town:
    """Some parties, each with one representative who acts."""

    actors: tuple[Actor, ...]

    @property
    def parties(self) -> tuple[int, ...]:
        """The ids of the parties."""
        return tuple(actor.required_party for actor in self.actors)


def town(count: int = 2, kinds: Sequence[Kind] = KINDS) -> Town:
    """Return `count` parties of different kinds with a representative each."""
    made = [party_with(kind=kind) for kind in kinds[:count]]
    return Town(tuple(Actor(people[0].pk, party.pk) for party, people in made))


def complete(terms: Terms, **changed: object) -> Terms:
    """Return `terms` with everything in it that an offer needs, whatever the form among `changed`."""
    first, second = terms.parties[0], terms.parties[:2][-1]
    form = str(changed.get("form", "accord"))
    place = (Bring(second, "place", "集会室"),) if form == "cooperation" else ()
    brings = (Bring(first, "people", "見回る人", 24, None), *place)
    full = replace(
        terms,
        title=terms.title or "湧水のみち",
        summary=terms.summary or "湧き水を見回ります。",
        purpose=terms.purpose or "湧き水を次の世代に残す。",
        goals=(Goal("観察会をひらく", 6, "回", "2027-03-31"),),
        outcomes=(Outcome("こども", "湧き水を案内できる", "聞き取り"),),
        roles=(Task("見回り", terms.parties, first, "毎月末", brings),),
        aims=dict.fromkeys(terms.parties, "まちをよくしたい。"),
        area="C",
        form=form,
        posts={
            str(post.key): second if post.key in SECOND else first
            for post in (POSTS[Form(form)] if form else ())
        },
        ownership="both",
        starts="2026-04-01",
        ends="2027-03-31",
        schedule=terms.schedule or "毎月第1土曜に集まります。",
        cost=terms.cost or "会費から出します。",
        shares=tuple(Share(party, 10_000) for party in terms.parties),
    )
    return replace(full, **changed)


def started(people: Town, *, title: str = "湧水のみち") -> Collaboration:
    """Return an idea that the first party put before all others."""
    return services.start(
        title=title,
        summary="湧き水を見回ります。",
        purpose="湧き水を次の世代に残す。",
        invited=people.parties[1:],
        by=people.actors[0],
    )


def talking(people: Town, *, title: str = "湧水のみち") -> Collaboration:
    """Return a collaboration at whose table everybody sits."""
    collaboration = started(people, title=title)
    for actor in people.actors[1:]:
        collaboration = services.sit_down(collaboration, by=actor)
    return collaboration


def written(collaboration: Collaboration, people: Town, **changed: object) -> Draft:
    """Write every clause of the draft, each party its own aim, and return the draft."""
    draft = Draft.objects.get(collaboration=collaboration)
    text = complete(draft.terms, **changed)
    for clause in (*(c for c in Clause if c not in {Clause.PARTIES, Clause.OWNERSHIP, Clause.AIMS}),):
        draft = services.edit(
            collaboration, clause=clause, written=text, seen=mark(draft.terms, clause), by=people.actors[0]
        )
    for actor in people.actors:
        if actor.party in draft.terms.parties:
            seen = mark(draft.terms, Clause.AIMS)
            draft = services.edit(collaboration, clause=Clause.AIMS, written=text, seen=seen, by=actor)
    return draft


def offered(people: Town, **changed: object) -> Version:
    """Return a first version that the first party has offered."""
    collaboration = talking(people)
    draft = written(collaboration, people, **changed)
    return services.offer(collaboration, revision=draft.revision, by=people.actors[0])


def agreed(people: Town, **changed: object) -> Collaboration:
    """Return a collaboration in force."""
    version = offered(people, **changed)
    for actor in people.actors[1:]:
        services.consent(version.collaboration, seen=version.fingerprint, by=actor)
    version.collaboration.refresh_from_db()
    return version.collaboration
