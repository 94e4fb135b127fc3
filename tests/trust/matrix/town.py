"""A small town with an object in every state that matters, and every principal standing somewhere in it."""

from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.trust.matrix import (
    activities,
    consultations,
    contributions,
    evaluations,
    exchange,
    introductions,
    judging,
    progress,
    proposals,
    reflections,
    talent,
)
from tests.trust.matrix.people import PRINCIPALS, Visitor
from tests.trust.matrix.places import Place
from wanowa.collaborations import services
from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.rules import Clause, Remedy, mark
from wanowa.collaborations.tests import factories
from wanowa.collaborations.tests.factories import Town
from wanowa.guideline.rules import Kind
from wanowa.guideline.tests import samples
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_of
from wanowa.kernel.files import accept
from wanowa.notices.queries import off_address
from wanowa.opendata.queries import Preview
from wanowa.opendata.tests.files import bring, group, take_in
from wanowa.parties import services as parties
from wanowa.parties.models import Membership, Party, Registration
from wanowa.parties.rules import RegistrationStatus, Role
from wanowa.parties.tests.factories import LONG_AGO, MembershipFactory, party_with
from wanowa.people.services import demo_link
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.rules import Ground
from wanowa.record.services import checkpoints
from wanowa.record.tests.conftest import same_connection
from wanowa.search.services import add_synonyms

COLLABORATIONS = ("idea", "talking", "offered", "active", "joining")
PARTIES = ("open", "closed")
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


@dataclass
class City:
    """Everything: the persons by principal, their parties, the places by kind and state, open browsers."""

    people: dict[str, object]
    parties: dict[str, Party]
    places: dict[str, dict[str, Place]]
    sights: dict[str, list] = field(default_factory=dict)
    """The forms on the pages of an address, once somebody asked for them (see walk.py)."""
    forms: dict[tuple, object] = field(default_factory=dict)
    """Each different form that was met (see test_bad_input.py)."""
    signed_in: float = 0
    """When everybody was last signed in, by the clock that only goes on."""
    _visitors: dict[tuple[int | None, bool], Visitor] = field(default_factory=dict)

    def person(self, principal, place):
        """Return who stands for a principal at a place."""
        return place.people.get(principal) or self.people.get(principal)

    def visitor(self, principal, place):
        """Return the browser of a principal at a place."""
        person = self.person(principal, place)
        key = (person.pk if person else None, principal != "unproven")
        if key not in self._visitors:
            self._visitors[key] = Visitor(person, proven=key[1])
        return self._visitors[key]

    def open_browsers(self):
        """Sign everybody in now, so that a trial's undoing does not take sessions away."""
        self._visitors.clear()
        self.signed_in = monotonic()
        for places in self.places.values():
            for place in places.values():
                for principal in PRINCIPALS:
                    self.visitor(principal, place)


def build():
    """Return the town. Costs a few hundred statements, once a module."""
    samples.two_editions()
    people, own = _people()
    places = {
        "site": {"here": Place("here", {"search:remove.pk": _same_words(people)}, SimpleNamespace())},
        "demo": {state: Place(state, {}, SimpleNamespace()) for state in ("off", "on")},
        "collaboration": _collaborations(people, own),
        "party": _parties(people, own),
        "activity": activities.activities(people, own),
        "answering": activities.answering(people, own),
        "listing": exchange.listings(people, own),
        "progress": progress.progress(people, own),
        "round": evaluations.rounds(people, own),
        "listed": _listed(people),
        "ledger": contributions.ledgers(people, own, PDF),
        "told": reflections.told_rounds(people, own),
        "import": _imports(people),
        "introduction": introductions.introductions(people, own),
        "asking": talent.asking(people, own),
        "bank": talent.bank(people, own),
        "scheme": proposals.scheme(people, own),
        "judged": judging.judged(people, own),
        "case": consultations.cases(people, own, PDF),
    }
    places["advice"] = consultations.advice(people, own, places["case"])
    city = City(people, own, places)
    _seal_the_record()
    city.open_browsers()
    return city


def _seal_the_record():
    """Make a checkpoint, so that there are receipts; over this connection, because nothing is committed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoints, "_as_committed", same_connection)
        checkpoints.checkpoint()


def _people():
    people = {
        "anonymous": None,
        "resident": PersonFactory(),
        "coordinator": PersonFactory(is_coordinator=True),
        "staff": PersonFactory(is_staff=True, is_superuser=True),
    }
    kinds = {
        "representative": Kind.CITIZEN,
        "partner": Kind.COMPANY,
        "city_partner": Kind.CITY,
        "stranger": Kind.LOCAL,
        "city": Kind.CITY,
        "invited": Kind.PUBLIC,
        "newcomer": Kind.NATION,
    }
    own = {}
    for principal, kind in kinds.items():
        own[principal], (people[principal],) = party_with(kind=kind)
    own["home"] = own["representative"]
    own["bystander"], _neighbours = party_with()
    people |= _inside(own["home"])
    people["unproven"] = MembershipFactory(party=own["city_partner"]).person
    return people, own


def _inside(party):
    """Return the other people of a party: those who write, those who read, and one whose term is over."""
    yesterday = timezone.localdate() - timedelta(days=1)
    return {
        "member": MembershipFactory(party=party, role=Role.MEMBER).person,
        "viewer": MembershipFactory(party=party, role=Role.VIEWER).person,
        "ex_representative": MembershipFactory(party=party, since=LONG_AGO, until=yesterday).person,
    }


def _collaborations(people, own):
    def actor(principal):
        return Actor(people[principal].pk, own[principal].pk)

    three = Town(tuple(actor(name) for name in ("representative", "partner", "city_partner")))

    def invite(collaboration):
        services.invite(collaboration, party=own["invited"].pk, by=three.actors[0])

    def ask(collaboration, principal="newcomer"):
        return services.ask_to_join(collaboration, message="手伝えます。", by=actor(principal))

    idea = services.start(
        title="呼びかけ",
        summary="あらまし",
        purpose="めざすこと",
        invited=[*three.parties[1:], own["invited"].pk],
        by=three.actors[0],
    )
    for each in three.actors[1:]:
        services.sit_down(idea, by=each)
    talking = factories.talking(three)
    factories.written(talking, three)
    invite(talking)
    offered = factories.talking(three)
    draft = factories.written(offered, three)
    invite(offered)
    services.offer(offered, revision=draft.revision, by=three.actors[0])
    active, joining = factories.agreed(three), factories.agreed(three)
    waiting = ask(active)
    accepted = ask(joining)
    services.accept_request(accepted, by=three.actors[0])
    requests = {"active": waiting.pk, "joining": accepted.pk}
    made = {"idea": idea, "talking": talking, "offered": offered, "active": active, "joining": joining}
    return {
        state: _about(state, Collaboration.objects.get(pk=one.pk), three.actors[0], requests.get(state, 0))
        for state, one in made.items()
    }


def _about(state, collaboration, speaker, request):
    question = services.ask(collaboration, body="いつですか", by=speaker)
    restated = _restated(collaboration, speaker)
    message = services.speak(collaboration, body="話です", by=speaker)
    file = services.attach(message, accepted=accept(SimpleUploadedFile("案.pdf", PDF)), by=speaker)
    draft = getattr(collaboration, "draft", None)
    measure = services.propose_measure(
        collaboration, target=1, remedy=Remedy.HIDE, ground=Ground.LAW, reason="法令のため。", by=speaker
    )
    version = collaboration.versions.order_by("-number").first()
    kwargs = {
        "slug": collaboration.slug,
        "clause": "purpose",
        "number": 1,
        "remedy": "hide",
        "about": f"message-{message.pk}",
        "collaborations:propose_measure.number": 2,
        "collaborations:answer_request.pk": request,
        "collaborations:attachment.pk": file.pk,
        "record:receipt.label": "collaborations.collaboration",
        "record:receipt.key": collaboration.pk,
    }
    about = SimpleNamespace(
        collaboration=collaboration,
        draft=draft,
        version=version,
        message=message,
        request=request,
        file=file,
        measure=measure.pk,
        question=question.pk,
        restated=restated.pk,
    )
    return Place(state, kwargs, about)


def _restated(collaboration, speaker):
    """Return how a party understood the purpose: of the text in preparation, else of the one in force."""
    draft = getattr(collaboration, "draft", None)
    return services.restate_clause(
        collaboration,
        clause=Clause.PURPOSE,
        draft=draft is not None,
        seen=mark((draft or collaboration.in_force).terms, Clause.PURPOSE),
        body="次の世代のためですね",
        by=speaker,
    )


def _parties(people, own):
    """Return an open and a closed party with people of their own in the four roles."""
    found = {state: _party(state, people, own) for state in PARTIES}
    closed = found["closed"].about.party
    closed.invitations.all().delete()
    closed.registrations.filter(status=RegistrationStatus.APPLIED).delete()
    Party.objects.filter(pk=closed.pk).update(closed_at=timezone.now())
    return found


def _party(state, people, own):
    party, (boss,) = party_with(name=f"{state}の会", contact_note="090-0000-0000")
    inside = {"representative": boss} | _inside(party)
    by = Actor(boss.pk, party.pk)
    tokens = []
    invitation = parties.invite(
        party,
        people["invited"].email,
        Role.MEMBER,
        starts_on=timezone.localdate(),
        link=lambda token: tokens.append(token) or token,
        by=by,
    )
    year = fiscal_year_of(timezone.localdate())
    past = Registration.objects.create(
        party=party, fiscal_year=year - 1, status="accepted", reason="よし", decided_at=timezone.now()
    )
    paper = past.papers.create(
        name="会則.pdf", media_type="application/pdf", file=ContentFile(PDF, "会則.pdf")
    )
    Registration.objects.create(party=party, fiscal_year=year)
    term = Membership.objects.get(party=party, person=inside["member"])
    kwargs = {
        "slug": party.slug,
        "token": tokens[0],
        "year": year,
        "parties:term.pk": term.pk,
        "parties:withdraw.pk": invitation.pk,
        "parties:paper.pk": paper.pk,
    }
    return Place(state, kwargs, SimpleNamespace(party=party, year=year, term=term), inside)


def _imports(people):
    """Return a file that waits for its last look, and one that was taken in."""
    desk = Actor(people["coordinator"].pk)
    done, read = take_in(desk, group(7), group(1)), bring(desk, group(2))
    seen = {"read": Preview(read).seen, "done": ""}
    return {
        state: Place(
            state,
            {"opendata:preview.pk": one.pk, "opendata:report.pk": one.pk},
            SimpleNamespace(seen=seen[state]),
        )
        for state, one in {"read": read, "done": done}.items()
    }


def _same_words(people):
    """Return the key of words that the desk let mean the same."""
    return add_synonyms(["花だん", "花畑"], by=Actor(people["coordinator"].pk)).pk


def _listed(people):
    """Return a group that nobody has joined."""
    take_in(Actor(people["coordinator"].pk), group(7))
    party = Party.objects.get(name=group(7)["法人名称"])
    return {"listed": Place("listed", {"slug": party.slug}, SimpleNamespace(party=party))}


KEYS = {"form": "accord", "area": "C", "kind": "citizen", "principle": "equality", "ownership": "both"}
EDITION = 2
"""The version of the guideline in addresses: the second, so that there is one before it."""


def arguments(address, place, city):
    """Return the values of an address's parameters at a place."""
    own = {
        name.partition(".")[2]: value
        for name, value in place.kwargs.items()
        if name.startswith(f"{address.name}.")
    }
    special = {
        "guideline": {"key": KEYS.get(address.name.partition(":")[2]), "number": EDITION},
        "papers": {"kind": "accord"},
        "notices:off": {"token": off_address(city.people["resident"].pk).split("/")[-2]},
        "people:demo": {"token": demo_link(city.people["resident"]).split("/")[-2]},
        "mfa_remove_webauthn": {"pk": 1},
        "mfa_edit_webauthn": {"pk": 1},
        "record:note": {"number": 1},
        "web:language": {"language": "en"},
        "web:asset": {"digest": "0", "name": "wanowa.css"},
    }
    known = place.kwargs | own
    known |= special.get(address.name, special.get(address.name.partition(":")[0], {}))
    return {name: known[name] for name in address.parameters}
