"""Rounds being judged in the small town: before anybody read, scored with names, open, told with less money offered."""

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from wanowa.kernel.actors import Actor
from wanowa.kernel.files import accept_recording
from wanowa.kernel.tests.upload_samples import mp3, pdf
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory
from wanowa.proposals.models import Attachment, Award
from wanowa.proposals.rules.judging import CheckItem, Finding
from wanowa.proposals.services import gate
from wanowa.proposals.services import judging as services
from wanowa.proposals.tests.judging import (
    FINE,
    Bench,
    announced,
    bench,
    checked,
    opened,
    scoring,
    seal,
    verdict,
)

LONG = "駅前の通りに、季節の花を植えます。水やりは、近くの学校と自治会が、曜日を決めて交代でします。"


def judging(paths: dict[str, str], people: dict[str, User], us: Actor, officer: Actor) -> None:
    """Make them, and note where each lies."""
    people["judge"] = PersonFactory(name="審 査子")
    around = {"judges": [people["judge"]], "desk": people["coordinator"], "office": officer}
    around |= {"authors": [us, us], "text": LONG * 2}
    checking = bench(2, **around)
    lacking = {**FINE, CheckItem.PAPERS.value: Finding(met=False, why="見積書をつけてください。")}
    services.check(checking.proposals[1], findings=lacking, by=checking.desk)
    undeclared = checked(bench(1, **around | {"judges": [people["judge"], PersonFactory()]}))
    going = scoring(2, blind=False, **around | {"judges": [people["judge"], PersonFactory()]})
    recording = accept_recording(SimpleUploadedFile("花の通りの話.mp3", mp3()))
    services.pitch(going.fresh(), text=LONG, recording=recording, by=us)
    _attach(going, us)
    inquiry = services.inquire(going.fresh(), text="雨の日は、どうしますか。", by=going.reviewers[0])
    services.answer_inquiry(inquiry, text="次の日にします。わこう湧水の会が決めます。", by=us)
    services.inquire(going.fresh(), text="だれが水をやりますか。", by=going.reviewers[1])
    seal(going, going.reviewers[0], 1)
    over = opened(2, **around)
    services.keep_minutes(over.round, text=LONG, by=over.desk)
    services.prepare(over.proposals[0], verdict=verdict(reasons=LONG), seen=0, by=over.desk)
    told = announced(2, **around)
    services.file_objection(told.fresh(1), text=LONG, by=us)
    award = Award.objects.get(proposal=told.proposals[0])
    gate.reduce(award, offered=50_000, reason="予算が減りました。", by=told.desk)
    for name, made in {"checking": checking, "scoring": going, "opened": over, "told": told}.items():
        _note(paths, f"j_{name}", made)
    paths["j_award"] = str(award.pk)
    paths["j_undeclared"] = f"/proposals/reviews/{undeclared.proposals[0].pk}/"


def _attach(made: Bench, us: Actor) -> None:
    """Put a file with a proposal that is handed in already."""
    row = Attachment(
        proposal=made.proposals[0],
        person_id=us.required_person,
        name="駅前の通りの見取り図.pdf",
        media_type="application/pdf",
        digest="0" * 64,
    )
    row.file.save(row.name, ContentFile(pdf()), save=False)
    row.save()


def _note(paths: dict[str, str], name: str, made: Bench) -> None:
    paths[name] = f"/proposals/rounds/{made.round.pk}/"
    for at, proposal in enumerate(made.proposals, 1):
        paths[f"{name}_{at}"] = str(proposal.pk)
