"""Rounds being judged in the town: one scored blind, one told that shows names; the resident judges in both.

The first party proposes, city_partner is its department. A stranger was asked to judge too, and has not declared yet;
somebody who is nobody else in the town has sealed.
"""

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.trust.matrix.places import Place, about
from wanowa.kernel.actors import Actor
from wanowa.kernel.files import accept_recording
from wanowa.kernel.tests.upload_samples import mp3, pdf
from wanowa.people.tests.factories import PersonFactory
from wanowa.proposals.models import Attachment
from wanowa.proposals.services import judging as services
from wanowa.proposals.tests.judging import bench, checked, seal, sheet, verdict

FILED = "FILECANARY4c1d"
"""In the name and in the content of the file that goes with each proposal."""
MARKED, SCORED = "MARKCANARY5d2e", "SCORECANARY8ab1"
"""Words in the reasons of a sheet that the resident is writing, and of one that somebody else has sealed."""


def judged(people, parties):
    """Return the two rounds by state."""

    def actor(principal):
        return Actor(people[principal].pk, parties[principal].pk)

    def made(**options):
        return checked(
            bench(
                1,
                **options,
                judges=[people["resident"], people["stranger"], PersonFactory()],
                desk=people["coordinator"],
                office=actor("city_partner"),
                authors=[actor("representative")],
            )
        )

    going, told = made(), made(blind=False)
    recording = accept_recording(SimpleUploadedFile("花の話.mp3", mp3()))
    services.pitch(told.fresh(), text="花で明るく。", recording=recording, by=told.proposers[0])
    for reviewer in (going.reviewers[0], going.reviewers[2]):
        services.declare(going.round, related=(), by=reviewer)
    services.save_sheet(going.fresh(), sheet=sheet(why=MARKED, words=MARKED), seen=0, by=going.reviewers[0])
    seal(going, going.reviewers[2], why=SCORED)
    for reviewer in told.reviewers:
        services.declare(told.round, related=(), by=reviewer)
        seal(told, reviewer)
    services.prepare(told.proposals[0], verdict=verdict(adopts=False), seen=0, by=told.desk)
    services.announce(told.round, by=told.desk)
    services.file_objection(told.fresh(), text="数がちがいます。", by=told.proposers[0])
    return {"scoring": _place("scoring", going), "told": _place("told", told)}


def _attached(made):
    """Put a file with a proposal that is handed in already, and return its number."""
    row = Attachment(
        proposal=made.proposals[0],
        person_id=made.proposers[0].person,
        name=f"{FILED}.pdf",
        media_type="application/pdf",
        digest="0" * 64,
    )
    row.file.save(row.name, ContentFile(pdf(f"% {FILED}".encode())), save=False)
    row.save()
    return row.pk


def _place(state, made):
    proposal = made.proposals[0]
    kwargs = {
        "pk": proposal.pk,
        "attachment": _attached(made),
        "proposals:judging.pk": made.round.pk,
        "proposals:result.pk": made.round.pk,
    }
    undeclared = made.round.reviewers.get(person_id=made.reviewers[1].person)
    return Place(state, kwargs, about(proposal=proposal.pk, reviewer=undeclared.pk))


SHEET = {"score_c1": "4", "why_c1": "わけ", "score_c2": "5", "why_c2": "", "words": "", "seen": "1"}
FORMS = {
    "proposals:reviews": {
        "declare": lambda place, city, own: {"reviewer": place.about.reviewer, "sure": "on"}
    },
    "proposals:review": {
        "keep": lambda place, city, own: SHEET | {"answer": "keep"},
        "seal": lambda place, city, own: SHEET | {"answer": "seal"},
        "ask": lambda place, city, own: {"answer": "ask", "ask-text": "雨の日は？"},
        "stand_back": lambda place, city, own: {"answer": "stand_back"},
    },
    "proposals:judging": {
        "begin": lambda place, city, own: {"answer": "begin"},
        "object": lambda place, city, own: {
            "answer": "one",
            "about": place.about.proposal,
            "changed": "no",
            "amount": "",
            "reply": "確かめました。",
        },
    },
    "proposals:outcome": {
        "pitch": lambda place, city, own: {"answer": "pitch", "pitch-text": "花で明るく。"},
        "unrecord": lambda place, city, own: {"answer": "unrecord"},
        "begin": lambda place, city, own: {"answer": "begin"},
    },
    "proposals:gate": {
        "budget": lambda place, city, own: {
            "answer": "budget",
            "budget-fiscal_year": str(timezone.localdate().year),
            "budget-passed_on": timezone.localdate().isoformat(),
            "budget-document": "議案第1号",
        }
    },
}
"""Address → variant → the fields, as in `forms`."""
