"""Nothing of a person stays in the desk, the scheme and the introductions: every column of words is planted and swept.

What becomes of a column is read from personal_fields.toml, as the privacy page says it; the sweep holds it to that.
"""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core import mail
from django.core.files.base import ContentFile
from django.db import connection, models, transaction
from django.utils import timezone

from wanowa.consultations import services as desk_services
from wanowa.consultations.models import Case
from wanowa.consultations.tests.factories import told
from wanowa.guideline.rules import Kind
from wanowa.introductions import services as meeting
from wanowa.introductions.models import Introduction, Remark, Side
from wanowa.introductions.rules import Given
from wanowa.introductions.tests.factories import in_days, pair, wished
from wanowa.kernel.actors import Actor
from wanowa.kernel.files import Accepted
from wanowa.parties.tests.factories import party_with
from wanowa.people.models import User
from wanowa.people.queries import holdings
from wanowa.people.services import data, erase
from wanowa.proposals.models import (
    Answer,
    Attachment,
    Award,
    Check,
    Continuation,
    Decision,
    Inquiry,
    Message,
    Objection,
    Partner,
    Pitch,
    Proposal,
    Recording,
    Sheet,
    Statement,
    Wording,
)
from wanowa.proposals.queries.judging.evidence import judging_matches_the_record
from wanowa.proposals.rules.naming import GONE, TAKEN_OUT
from wanowa.proposals.services import forgetting, gate, seeds
from wanowa.proposals.services import judging as scheme
from wanowa.proposals.tests.judging import announced, opened, verdict
from wanowa.search.models import Document
from wanowa.search.services import rebuild

pytestmark = pytest.mark.django_db
SWEPT = ("consultations", "introductions", "proposals")
NAME, PARTY = "雨宮 つばき", "つばき写真室"
KINDS = (models.TextField, models.CharField, models.BinaryField, models.JSONField, ArrayField)

NO_WORDS = {
    "consultations.Case": {"number", "passphrase", "category"},
    "proposals.Seed": {"number", "words"},
    "proposals.Proposal": {"receipt"},
    "proposals.Declaration": {"related"},
}
"""Columns that hold numbers, keys of a list, and words that we draw."""
GOES = {
    "consultations.Case": {"text", "name", "contact", "email", "next_action", "closing"},
    "consultations.Handover": {"reason", "answer"},
    "consultations.Message": {"body"},
    "consultations.Attachment": {"name", "file"},
    "consultations.Access": {"purpose"},
    "introductions.Introduction": {"purpose", "hope", "dates", "trial", "next_action"},
    "introductions.Side": {"given"},
    "introductions.Remark": {"body"},
    "proposals.Seed": {"text", "name", "email"},
    "proposals.SeedMessage": {"body"},
    "proposals.Proposal": {"title"},
    "proposals.Answer": {"text"},
    "proposals.Wording": {"text"},
    "proposals.Partner": {"word"},
    "proposals.Message": {"body"},
    "proposals.Statement": {"text"},
    "proposals.Attachment": {"name", "file"},
    "proposals.Inquiry": {"answer"},
    "proposals.Pitch": {"text"},
    "proposals.Recording": {"name", "file"},
    "proposals.Objection": {"text"},
    "proposals.Sheet": {"envelope"},
}
"""Her own words, and what was said about her worry: gone with her."""
NAMELESS = {
    "proposals.Check": {"content"},
    "proposals.Inquiry": {"text"},
    "proposals.Minutes": {"text"},
    "proposals.Decision": {"reasons"},
    "proposals.Objection": {"answer"},
    "proposals.Award": {"reason"},
    "proposals.Continuation": {"note"},
}
"""Official: the sentence stays, her name does not."""
STAYS = {
    "proposals.Reviewer": {"capacity"},
    "proposals.Capacity": {"note"},
    "proposals.Need": {"title", "text", "reason"},
    "proposals.Sheet": {"content"},
}
"""In what capacity somebody judged, a department's own words, and what was sealed: another text breaks its seal."""


def columns():
    """Return every personal column that can hold words, by table and by what the privacy page says becomes of it."""
    found = {"goes": {}, "nameless": {}, "stays": {}}
    for holding in holdings():
        if holding.label.split(".")[0] not in SWEPT:
            continue
        for one in holding.fields:
            column = holding.column(one.name)
            words = isinstance(column, (*KINDS, models.FileField)) and not column.choices
            if words and one.name not in NO_WORDS.get(holding.label, ()):
                nameless = "名前は登録を消すまで" in one.retention
                goes = "登録を消すまで" in one.retention and not nameless
                fate = "nameless" if nameless else "goes" if goes else "stays"
                found[fate].setdefault(holding.label, set()).add(one.name)
    return found


def test_every_column_of_words_is_swept_and_its_fate_is_told():
    """A new column fails here until the sweep plants it and the privacy page says what becomes of it."""
    assert columns() == {"goes": GOES, "nameless": NAMELESS, "stays": STAYS}


def canary(label, column):
    return f"カナリア{label.replace('.', '')}{column}"


def official(label, column):
    return f"{canary(label, column)}：雨宮委員は{PARTY}の人です。雨宮　つばきさんに聞きました。"


def own(model, **more):
    """Return her own words for a new row of a table, as its columns."""
    label = model._meta.label
    told = {name: canary(label, name) for name in GOES.get(label, set()) - {"file", "email", "envelope"}}
    return told | {name: official(label, name) for name in NAMELESS.get(label, ())} | more


@contextmanager
def unguarded():
    """Plant rows that services make only over months; the erasure itself runs under all guards."""
    tables = [model._meta.db_table for model in apps.get_app_config("proposals").get_models()]
    with connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            sql.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            sql.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        sql.execute("SET CONSTRAINTS ALL DEFERRED")


def filed(model, **more):
    row = model(**own(model, media_type="application/pdf", digest="0" * 64, **more))
    row.file.save("a.pdf", ContentFile(canary(model._meta.label, "file").encode()), save=False)
    row.save()


def judged(her):
    """Plant the scheme: her idea, her proposal with all that belongs to it, and what was written about it."""
    made = opened(1, 1, blind=False, authors=[her])
    person, at = {"person_id": her.person}, timezone.now()
    said = official("proposals.Decision", "reasons")
    scheme.prepare(made.proposals[0], verdict=verdict(reasons=said), seen=0, by=made.desk)
    scheme.keep_minutes(made.round, text=official("proposals.Minutes", "text"), by=made.desk)
    scheme.announce(made.round, by=made.desk)
    scheme.file_objection(made.fresh(), text=canary("proposals.Objection", "text"), by=her)
    answer = official("proposals.Objection", "answer")
    scheme.answer_objection(made.fresh(), answer=answer, changed=False, by=made.desk)
    award = Award.objects.get()
    gate.reduce(award, offered=1, reason="雨宮つばきさんへ、少なくしたいです。", by=made.desk)
    gate.cancel(award, reason=official("proposals.Award", "reason"), by=made.desk)
    with unguarded():
        proposal, desk = made.fresh(), made.desk.person
        Proposal.objects.filter(pk=proposal.pk).update(**own(Proposal))
        Answer.objects.filter(proposal=proposal).update(**own(Answer))
        Wording.objects.create(
            answer=proposal.answers.first(), revision=9, party_id=her.party, at=at, **own(Wording), **person
        )
        elsewhere = announced(1, 1).fresh()
        Partner.objects.create(
            proposal=elsewhere, party_id=her.party, state="offered", **own(Partner), **person
        )
        for model, moment in ((Message, {"said_at": at}), (Statement, {})):
            model.objects.create(proposal=elsewhere, party_id=her.party, **own(model), **moment, **person)
        filed(Attachment, proposal=proposal, **person)
        filed(Recording, pitch=Pitch.objects.create(proposal=proposal, **own(Pitch), **person), **person)
        Inquiry.objects.create(
            proposal=proposal,
            reviewer=made.round.reviewers.first(),
            asked_at=at,
            answered_at=at,
            answered_by_id=her.person,
            **own(Inquiry),
        )
        why = {"money": {"met": False, "why": official("proposals.Check", "content")}}
        checked = {"content": why, "admitted": False, "checked_at": at, "person_id": desk}
        Check.objects.create(proposal=proposal, **checked)
        year = {"fiscal_year": 2026, "continues": True, "noted_at": at, "person_id": desk}
        Continuation.objects.create(award=award, **own(Continuation), **year)
        reviewer = elsewhere.round.reviewers.create(person_id=her.person, capacity="市民", appointed_at=at)
        envelope = canary("proposals.Sheet", "envelope").encode()
        Sheet.objects.create(reviewer=reviewer, proposal=elsewhere, envelope=envelope)
    email = User.objects.get(pk=her.person).email
    seed = seeds.plant(
        **{name: canary("proposals.Seed", name) for name in ("text", "name")}, email=email, by=her
    )
    seeds.ask(seed, body=canary("proposals.SeedMessage", "body"), by=her)
    return made


def met_somebody(her, party):
    """Plant an introduction that a group asked her for: both sides' words are between these two."""
    two = pair()
    given = Given(name=canary("introductions.Side", "given"), phone="048-464-1111", times="")
    found = wished(two, second=party)
    found = meeting.accept(found, given=given, until=in_days(30), by=her)
    Introduction.objects.filter(pk=found.pk).update(**own(Introduction))
    side = Side.objects.get(introduction=found, party=party)
    Remark.objects.create(
        side=side, kind="report", person_id=her.person, said_at=timezone.now(), **own(Remark)
    )
    return side


def brought_a_worry(her):
    """Plant a case with a file; whatever else is written into its room is deleted with it, and sealed anyway."""
    label = "consultations.Case"
    words = told(**{name: canary(label, name) for name in ("text", "name")})
    file = Accepted(canary("consultations.Attachment", "name"), "application/pdf", b"%PDF")
    return desk_services.open_case(words, files=[file], by=Actor(her.person)).case


def everywhere_in_tables():
    """Return every row of every table as one text."""
    with connection.cursor() as sql:
        sql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        text = []
        for (table,) in sql.fetchall():
            sql.execute(f"SELECT string_agg(row::text, '|') FROM {table} row")
            text.append(sql.fetchone()[0] or "")
    return "\n".join(text)


def everywhere():
    """Return every row of every table, every name and content in our folders, and every mail, as one text."""
    text = [everywhere_in_tables()]
    for folder in (settings.MEDIA_ROOT, settings.PERSONAL_KEYS):
        for path in folder.rglob("*"):
            text += [path.name, path.read_bytes().decode(errors="replace") if path.is_file() else ""]
    return "\n".join([*text, *(f"{one.subject}{one.body}{one.to}" for one in mail.outbox)])


def seen(text, planted):
    """Return which canaries stand in a text: as they are, as JSON, as bytes in hexadecimal digits."""
    return {
        (label, name)
        for label, names in planted.items()
        for name in names
        if canary(label, name) in text or canary(label, name).encode().hex() in text
    }


@pytest.fixture
def town(settings, tmp_path, django_capture_on_commit_callbacks):
    """Plant everything about one person; return her, her round, and what lies sealed."""
    settings.MEDIA_ROOT, settings.PERSONAL_KEYS = tmp_path / "uploads", tmp_path / "people"
    party, (person,) = party_with(kind=Kind.RESIDENT, name=PARTY)
    User.objects.filter(pk=person.pk).update(name=NAME)
    her = Actor(person.pk, party.pk)
    with django_capture_on_commit_callbacks(execute=True):
        made, side, case = judged(her), met_somebody(her, party), brought_a_worry(her)
    rebuild(lambda _kind, _count: None)
    mail.outbox.clear()
    return User.objects.get(pk=person.pk), made, side, case


SEALED = {label: names for label, names in GOES.items() if label.startswith("consultations.")}
OPEN = {
    label: names for label, names in GOES.items() if label not in SEALED and label != "introductions.Side"
}


def test_nothing_of_an_erased_person_stays_but_official_sentences_without_her_name(
    town, monkeypatch, as_app, django_capture_on_commit_callbacks
):
    person, made, side, case = town
    before = everywhere()
    planted = {label: names - {"email"} for label, names in OPEN.items()}
    assert seen(before, planted) == {(label, name) for label, names in planted.items() for name in names}
    assert canary("proposals.Proposal", "title") in "".join(Document.objects.values_list("title", flat=True))
    assert {case.key, side.key} <= kept_keys()
    assert seen(before, SEALED) == set(), "what is sealed is read by nobody without its key"
    for app in SWEPT:
        assert left_when_it_forgets_nobody(person, app, monkeypatch) == {app}, "the sweep must be able to see"
    with django_capture_on_commit_callbacks(execute=True), as_app():
        erase(person, by=Actor(person.pk))
    after = everywhere()
    assert seen(after, GOES) == set()
    assert seen(after, NAMELESS) == {(label, name) for label, names in NAMELESS.items() for name in names}
    for name in (NAME, "雨宮", "つばき", PARTY, person.email):
        assert name in before
        assert name not in after
    assert after.count(TAKEN_OUT) >= 3 * len(NAMELESS)
    assert Objection.objects.get().text == Inquiry.objects.get().answer == GONE
    assert {case.key, side.key} & kept_keys() == set()
    reasons = Decision.objects.get(proposal=made.proposals[0]).reasons
    assert reasons.startswith(canary("proposals.Decision", "reasons"))
    assert list(judging_matches_the_record()) == []


def kept_keys():
    return {path.name for path in settings.PERSONAL_KEYS.iterdir()}


def left_when_it_forgets_nobody(person, app, monkeypatch):
    """Return the apps in whose tables something is left of her when one of them forgets nobody; all is undone then."""
    kept = [one for one in data._erasures if not one.__module__.startswith(f"wanowa.{app}")]
    assert len(kept) == len(data._erasures) - 1
    with monkeypatch.context() as patch, transaction.atomic():
        patch.setattr(data, "_erasures", kept)
        erase(person, by=Actor(person.pk))
        after, cases = everywhere_in_tables(), Case.objects.count()
        transaction.set_rollback(True)
    left = {label.split(".")[0] for label, _name in seen(after, OPEN)}
    assert ("雨宮" in after) is (app == "proposals")
    return left | ({"consultations"} if cases else set())


def test_an_erasure_that_names_nobody_changes_no_official_text(django_capture_on_commit_callbacks):
    made = announced(1, 1)
    before = Decision.objects.get().reasons
    with django_capture_on_commit_callbacks(execute=True):
        forgetting.forget_person(User.objects.get(pk=made.reviewers[0].person), by=made.reviewers[0])
    assert Decision.objects.get().reasons == before
