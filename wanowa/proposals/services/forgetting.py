"""What becomes of a person's words when she is erased, and of ideas and wordings when their time is over."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from wanowa.kernel.actors import Actor
from wanowa.kernel.files import drop_file
from wanowa.parties.rules import ALONE
from wanowa.people.models import User
from wanowa.people.queries import least_busy
from wanowa.proposals.models import (
    Answer,
    Award,
    Inquiry,
    Message,
    Objection,
    Partner,
    Pitch,
    Proposal,
    Recording,
    Seed,
    SeedMessage,
    Sheet,
    Statement,
    Wording,
)
from wanowa.proposals.queries.judging import over_recordings
from wanowa.proposals.queries.seeds import seeds_under_way
from wanowa.proposals.rules.judging import AwardStatus
from wanowa.proposals.rules.lifecycle import PROPOSAL, Move, SeedStatus, Status
from wanowa.proposals.rules.naming import GONE
from wanowa.proposals.services.judging import delete_recording
from wanowa.proposals.services.unnaming import rounds_around, take_name_out
from wanowa.proposals.verbs import FORGOTTEN, PASSED_ON, SEED_FORGOTTEN
from wanowa.record.services import write
from wanowa.record.services.unrecorded import unrecorded
from wanowa.search.services import forget as forget_documents

KEPT = timedelta(days=365)
"""How long after its end an idea, and the single wordings of a proposal, are kept."""
RECORDING_KEPT = timedelta(days=90)
"""How long a voice or a face is kept after the result of its round is told, or its proposal has ended otherwise."""


@unrecorded("runs inside the erasure, which is recorded; what is erased here is recorded too")
def forget_person(person: User, *, by: Actor) -> None:
    """Erase a person's ideas, the proposals of her own party of one, and what she said in rooms.

    What she wrote into a proposal of a group is the group's, but not a recording: it may be her voice. What she sealed
    as a reviewer stays, what she had not sealed goes. Official texts stay without her name. Ideas that she held as a
    coordinator go to another.
    """
    rounds = rounds_around(person)
    for seed in Seed.objects.filter(Q(person=person) | Q(email=person.email), forgotten_at__isnull=True):
        _forget_seed(seed, by)
    own = Proposal.objects.filter(person=person, party__kind__in=ALONE, forgotten_at__isnull=True)
    for proposal in own.select_for_update(of=("self",)).order_by("pk"):
        _forget_proposal(proposal, by)
    for recording in Recording.objects.filter(person=person):
        delete_recording(recording)
    Message.objects.filter(person=person, party__kind__in=ALONE).update(body=GONE)
    Statement.objects.filter(person=person, party__kind__in=ALONE).delete()
    Partner.objects.filter(person=person, party__kind__in=ALONE).update(word="")
    Sheet.objects.filter(reviewer__person=person, sealed_at__isnull=True).delete()
    take_name_out(person, rounds)
    _pass_on_all(person, by)


def _forget_seed(seed: Seed, by: Actor) -> None:
    told = write(SEED_FORGOTTEN, seed, by=Actor(by.person))
    seed.text, seed.name, seed.email, seed.person_id = GONE, "", "", None
    seed.forgotten_at = told.at
    if seed.status != SeedStatus.GROWN:
        seed.status, seed.settled_at = SeedStatus.SETTLED, told.at
        seed.answered_at = seed.answered_at or told.at
    seed.save()
    seed.messages.update(body=GONE)


def _forget_proposal(proposal: Proposal, by: Actor) -> None:
    told = write(FORGOTTEN, proposal, by=Actor(by.person, proposal.party_id))
    proposal.forgotten_at, proposal.title, proposal.calling_at = told.at, "", None
    if Move.WITHDRAW in PROPOSAL.allowed(Status(proposal.status)):
        proposal.status, proposal.settled_at = Status.WITHDRAWN, told.at
    proposal.save()
    Answer.objects.filter(proposal=proposal).update(text="")
    Wording.objects.filter(answer__proposal=proposal).delete()
    for recording in Recording.objects.filter(pitch__proposal=proposal):
        delete_recording(recording)
    Pitch.objects.filter(proposal=proposal).delete()
    for attachment in proposal.attachments.all():
        drop_file(attachment.file)
        attachment.delete()
    _forget_what_was_judged(proposal)
    forget_documents("proposals", [f"p{proposal.pk}"])


def _forget_what_was_judged(proposal: Proposal) -> None:
    """Put a sentence that says so where the proposer spoke while her proposal was judged."""
    Inquiry.objects.filter(proposal=proposal).exclude(answer="").update(answer=GONE)
    Objection.objects.filter(proposal=proposal).update(text=GONE)
    Award.objects.filter(proposal=proposal, status=AwardStatus.DECLINED).update(reason=GONE)


def _pass_on_all(person: User, by: Actor) -> None:
    """Let another coordinator hold the ideas of one who goes, as long as there is one."""
    for seed in seeds_under_way().filter(owner=person).order_by("pk"):
        other = least_busy(seeds_under_way(), without=person.pk)
        if other is None:
            return
        write(PASSED_ON, seed, by=Actor(by.person))
        seed.owner = other
        seed.save()


@unrecorded("what is over for a year is forgotten by a clock; the record keeps that it happened")
def forget_what_is_over() -> int:
    """Delete ideas a year after their end, wordings a year after a proposal was settled, and recordings.

    Returns how many rows.
    """
    before = timezone.now() - KEPT
    over = Seed.objects.filter(settled_at__lt=before, proposals__isnull=True)
    gone = SeedMessage.objects.filter(seed__in=over).delete()[0] + over.delete()[0]
    settled = Q(answer__proposal__settled_at__lt=before)
    recordings = over_recordings(timezone.now() - RECORDING_KEPT)
    for recording in recordings:
        delete_recording(recording)
    return gone + len(recordings) + Wording.objects.filter(settled).delete()[0]
