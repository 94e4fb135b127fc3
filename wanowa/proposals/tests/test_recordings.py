"""The pitch as a recording, and files in front of reviewers: who hears and sees what, and until when."""

import io
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Refused
from wanowa.kernel.files import DurableStorage, accept_recording
from wanowa.kernel.tests.upload_samples import mp3, mp4, pdf, upload
from wanowa.people.models import User
from wanowa.people.services import export
from wanowa.people.tests.factories import sign_in
from wanowa.proposals.models import Attachment, Objection, Pitch, Recording
from wanowa.proposals.services import forgetting
from wanowa.proposals.services import judging as services
from wanowa.proposals.tests.judging import announced, bench, checked, scoring
from wanowa.proposals.verbs import RECORDED, UNRECORDED
from wanowa.record.queries import history

pytestmark = pytest.mark.django_db
WORDS = "花で道を明るくします。"


def sound(name="花の話.mp3", frames=80):
    return accept_recording(upload(name, mp3(frames)))


def recorded(made, at=0, **options):
    services.pitch(made.fresh(at), text=WORDS, recording=sound(**options), by=made.proposers[at])
    return Recording.objects.get(pitch__proposal=made.proposals[at])


def attached(made, name="見取り図.pdf"):
    row = Attachment(
        proposal=made.proposals[0],
        person_id=made.proposers[0].person,
        name=name,
        media_type="application/pdf",
        digest="0" * 64,
    )
    row.file.save(name, ContentFile(pdf()), save=False)
    row.save()
    return row


def browser(actor):
    return sign_in(Client(), User.objects.get(pk=actor.person))


def at(name, *args):
    return reverse(f"proposals:{name}", args=args)


def answer_the_objection(made):
    if Objection.objects.filter(answered_at__isnull=True).exists():
        services.answer_objection(made.fresh(), answer="確かめました。", changed=False, by=made.desk)


def status_of(actor, address):
    """Return what is answered, and close what was opened for it."""
    answer = browser(actor).get(address)
    if answer.streaming:
        assert b"".join(answer)
    return answer.status_code


def is_kept(recording):
    return DurableStorage().exists(recording.file.name)


def test_a_reviewer_hears_the_pitch_and_reads_the_same_beside_it():
    made = scoring(1, 1, blind=False)
    typed = {
        "answer": "pitch",
        "pitch-text": WORDS,
        "pitch-recording": SimpleUploadedFile("花の話.mp3", mp3()),
    }
    proposal, proposer = made.proposals[0].pk, browser(made.proposers[0])
    assert proposer.post(at("outcome", proposal), typed).status_code == 302
    reviewer, address = browser(made.reviewers[0]), at("recording", proposal)
    page = reviewer.get(at("review", proposal)).text
    assert f'<audio controls preload="metadata" src="{address}"' in page
    assert page.index(WORDS) < page.index("<audio")
    assert "media-src 'self'" in reviewer.get(at("review", proposal))["Content-Security-Policy"]
    answer = reviewer.get(address, headers={"Range": "bytes=0-1"})
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (206, mp3()[:2], "audio/mpeg")
    assert b"".join(reviewer.get(address)) == mp3()
    assert "花の話.mp3" in proposer.get(at("outcome", proposal)).text


@pytest.mark.parametrize(
    ("name", "content", "player"),
    [("花.m4a", mp4(b"soun"), "<audio"), ("花.mp4", mp4(b"soun", b"vide"), "<video"), ("花.pdf", pdf(), "")],
)
def test_each_kind_is_played_or_handed_out_as_what_it_is(name, content, player):
    made = scoring(1, 1, blind=False)
    accepted = accept_recording(upload(name, content))
    services.pitch(made.fresh(), text=WORDS, recording=accepted, by=made.proposers[0])
    reviewer = browser(made.reviewers[0])
    page = reviewer.get(at("review", made.proposals[0].pk)).text
    assert [tag for tag in ("<audio", "<video") if tag in page] == ([player] if player else [])
    assert name in page
    answer = reviewer.get(at("recording", made.proposals[0].pk))
    assert (answer["Content-Type"], b"".join(answer)) == (accepted.media_type, accepted.content)
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_recording_never_comes_without_words_and_a_wrong_one_loses_none():
    made = scoring(1, 1, blind=False)
    page, proposer = at("outcome", made.proposals[0].pk), browser(made.proposers[0])
    typed = {"answer": "pitch", "pitch-text": "", "pitch-recording": SimpleUploadedFile("a.mp3", mp3())}
    assert proposer.post(page, typed).status_code == 400
    typed |= {"pitch-text": WORDS, "pitch-recording": SimpleUploadedFile("a.mp3", b"<html>")}
    wrong = proposer.post(page, typed)
    assert (wrong.status_code, WORDS in wrong.text, "拡張子が合いません" in wrong.text) == (400, True, True)
    assert not Pitch.objects.exists()


def test_a_blind_round_takes_words_alone_and_says_so_before_the_choice():
    made = scoring(1, 1)
    with pytest.raises(Refused, match="声や顔で"):
        recorded(made)
    assert not Pitch.objects.exists()
    proposer, page = browser(made.proposers[0]), at("outcome", made.proposals[0].pk)
    shown = proposer.get(page).text
    assert "声や顔で分かるので、文だけで伝えます。" in shown
    assert 'type="file"' not in shown
    typed = {"answer": "pitch", "pitch-text": WORDS, "pitch-recording": SimpleUploadedFile("a.mp3", mp3())}
    proposer.post(page, typed)
    assert not Recording.objects.exists()


def test_the_database_takes_no_recording_in_a_blind_round():
    made = scoring(1, 1)
    pitch = services.pitch(made.fresh(), text=WORDS, by=made.proposers[0])
    row = Recording(
        pitch=pitch, person_id=made.proposers[0].person, name="a.mp3", media_type="audio/mpeg", digest="0"
    )
    with pytest.raises(DatabaseError, match="a blind round takes no recording"), transaction.atomic():
        row.save()


def test_the_last_recording_counts_and_the_earlier_file_is_gone(django_capture_on_commit_callbacks):
    made = scoring(1, 1, blind=False)
    first = recorded(made)
    assert recorded(made).pk == first.pk, "the same one again is no new one"
    with django_capture_on_commit_callbacks(execute=True):
        second = recorded(made, frames=90)
    assert not is_kept(first)
    assert is_kept(second)
    with pytest.raises(Forbidden):
        services.unrecord(second, by=made.official)
    with django_capture_on_commit_callbacks(execute=True):
        services.unrecord(second, by=made.proposers[0])
    assert not is_kept(second)
    assert Pitch.objects.get().text == WORDS
    story = history(made.proposals[0]).filter(verb__in=[RECORDED.name, UNRECORDED.name])
    told = [entry.facts["file"] for entry in story.order_by("number")]
    assert told == [first.digest, second.digest, second.digest]


def test_after_the_questions_a_recording_neither_comes_nor_goes():
    made = scoring(1, 1, blind=False, later=-15)
    with pytest.raises(Refused, match="質問の期間が終わった"):
        recorded(made)
    assert "unrecord" not in browser(made.proposers[0]).get(at("outcome", made.proposals[0].pk)).text


@pytest.mark.parametrize("blind", [True, False])
def test_files_are_opened_to_reviewers_exactly_where_names_are(blind):
    made = checked(bench(1, 2, blind=blind))
    file = attached(made)
    page, address = at("review", made.proposals[0].pk), at("file", made.proposals[0].pk, file.pk)
    reads, stands_back = made.reviewers
    assert status_of(reads, address) == 404, "she has not declared"
    services.declare(made.round, related=(), by=reads)
    services.declare(made.round, related=[made.proposals[0].party_id], by=stands_back)
    assert status_of(reads, address) == (404 if blind else 200)
    assert (file.name in browser(reads).get(page).text) is not blind
    assert status_of(stands_back, address) == 404
    assert status_of(made.proposers[0], address) == 200


def test_her_own_voice_is_in_her_file_and_goes_with_her(django_capture_on_commit_callbacks):
    made = scoring(2, 1, blind=False)
    mine, other = recorded(made), recorded(made, at=1)
    person = User.objects.get(pk=mine.person_id)
    with zipfile.ZipFile(io.BytesIO(export(person, by=Actor(person.pk)))) as file:
        assert file.read(f"proposals/{mine.pk}-花の話.mp3") == mp3()
        assert len(file.namelist()) == 3
    with django_capture_on_commit_callbacks(execute=True):
        forgetting.forget_person(person, by=Actor(person.pk))
    assert list(Recording.objects.all()) == [other]
    assert (is_kept(mine), is_kept(other)) == (False, True)


def test_a_recording_goes_90_days_after_the_result_unless_an_objection_waits(
    django_capture_on_commit_callbacks,
):
    made = announced(1, 1, blind=False)
    row = Pitch.objects.create(proposal=made.proposals[0], text=WORDS, person_id=made.proposers[0].person)
    recording = Recording(
        pitch=row, person_id=row.person_id, name="a.mp3", media_type="audio/mpeg", digest="0"
    )
    recording.file.save("a.mp3", ContentFile(mp3()), save=False)
    recording.save()
    services.file_objection(made.fresh(), text="数がちがいます。", by=made.proposers[0])
    for day, answered, left in ((91, False, 1), (89, True, 1), (91, True, 0)):
        with (
            time_machine.travel(timezone.now() + timedelta(days=day), tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            if answered:
                answer_the_objection(made)
            forgetting.forget_what_is_over()
        assert Recording.objects.count() == left, day
    assert not is_kept(recording)
