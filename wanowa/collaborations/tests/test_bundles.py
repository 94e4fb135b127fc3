"""Bundles of real collaborations: whole, the same bytes twice, and nothing in them that is not for their reader."""

import json
from contextlib import contextmanager

import pytest
from django.db import connection
from django.urls import reverse

from wanowa.collaborations import services
from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.tests.factories import Town, agreed, started, talking, town
from wanowa.kernel.actors import SYSTEM
from wanowa.people.models import User
from wanowa.people.tests.factories import sign_in
from wanowa.record import services as record
from wanowa.record.models import Entry
from wanowa.record.queries import case_of, receipt_of
from wanowa.record.rules import Ground
from wanowa.record.rules.bundles import verify
from wanowa.record.services import bundle, bundling, checkpoint, checkpoints

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uncommitted(settings, tmp_path, monkeypatch):
    """Let checkpoints seal what a test wrote in its transaction; forget bundles made before."""

    @contextmanager
    def same_connection():
        yield connection

    settings.LOG_KEY = tmp_path / "keys" / "log-key"
    monkeypatch.setattr(checkpoints, "_as_committed", same_connection)
    bundling._kept.clear()


@pytest.fixture
def people() -> Town:
    return town(3)


@pytest.fixture
def collaboration(people) -> Collaboration:
    """Return an agreed collaboration under a checkpoint."""
    made = agreed(people)
    checkpoint()
    return made


def opened(raw: bytes) -> verify.Bundle:
    return verify.Bundle(verify.unpack(raw))


def taken(collaboration: Collaboration, **more: object) -> verify.Bundle:
    return opened(bundle(case_of(collaboration), collaboration.title, **more))


def test_a_bundle_of_an_agreed_collaboration_is_verified(collaboration):
    found = taken(collaboration)
    assert found.findings == []
    assert len(found.entries) == Entry.objects.filter(case=case_of(collaboration)).count()
    assert found.head["number"] == len(found.entries)


def test_the_same_state_gives_the_same_bytes(collaboration):
    first = bundle(case_of(collaboration), collaboration.title)
    bundling._kept.clear()
    assert bundle(case_of(collaboration), collaboration.title) == first


def test_the_agreed_text_is_inside_and_is_what_was_agreed(collaboration):
    found = taken(collaboration)
    (path,) = [name for name in found.files if name.startswith("files/")]
    assert path.endswith("-version-1.json")
    assert json.loads(found.files[path])["content"]["title"] == collaboration.title


def test_outsiders_do_not_learn_who_was_invited_or_declined():
    """Decision 9: nobody is exposed by saying no. The steps keep their place in the chain by their hash."""
    people = town(3)
    made = started(people)
    services.sit_down(made, by=people.actors[1])
    services.decline(made, by=people.actors[2])
    checkpoint()
    found, whole = taken(made), taken(made, inside={people.parties[0]})
    assert found.findings == whole.findings == []
    assert found.digests == whole.digests
    readable = [entry for entry in found.entries.values() if "log" in entry]
    assert people.parties[2] not in {entry["actor"]["party"] for entry in readable}
    assert all("invited" not in entry["public"] for entry in readable)
    assert json.loads(found.files["names.json"]).get(str(people.parties[2])) is None
    assert "collaborations.party.declined" in {entry.get("type") for entry in whole.entries.values()}
    assert "collaborations.party.declined" not in found.files["index.html"].decode()


def test_nobody_gets_what_another_party_kept_back(collaboration, people):
    persons = {one["value"] for one in taken(collaboration, inside={people.parties[0]}).openings}
    assert persons == {str(people.actors[0].person)}
    assert taken(collaboration).openings == []
    everybody = taken(collaboration, inside=set(people.parties)).openings
    assert {one["value"] for one in everybody} == {str(actor.person) for actor in people.actors}


def test_what_was_corrected_redacted_and_hidden_verifies_at_home(
    collaboration, people, django_capture_on_commit_callbacks
):
    record.correct(collaboration, 1, note="正しくは3月です。", by=SYSTEM)
    correction = record.correct(collaboration, 2, note="消える訂正", by=SYSTEM)
    record.hide(collaboration, 4, ground=Ground.LAW, by=SYSTEM)
    assert "消える訂正" in taken(collaboration).files["index.html"].decode()
    with django_capture_on_commit_callbacks(execute=True):
        record.redact(collaboration, correction.number, "note", ground=Ground.RIGHTS, by=SYSTEM)
    assert not bundling._kept, "what held the words is not kept ready"
    record.redact_person(people.actors[0].person, ground=Ground.REQUEST)
    checkpoint()
    for found in (taken(collaboration), taken(collaboration, inside=set(people.parties))):
        assert found.findings == []
        assert "消える訂正" not in found.files["index.html"].decode()
        notes = [one for one in found.openings if one["field"] == "note"]
        assert [json.loads(one["value"]) for one in notes] == ["正しくは3月です。"]
    persons = {one["value"] for one in taken(collaboration, inside=set(people.parties)).openings}
    assert str(people.actors[0].person) not in persons


def test_a_bundle_before_the_first_checkpoint_says_that_it_lacks_one(people):
    assert [one.code for one in taken(talking(people)).findings] == [verify.INCOMPLETE]


def test_newest_steps_wait_for_the_next_checkpoint(collaboration, people):
    covered = taken(collaboration).head["number"]
    services.begin_amendment(collaboration, by=people.actors[0])
    found = taken(collaboration)
    assert found.findings == []
    assert (found.head["number"], len(found.entries) > covered) == (covered, True)
    checkpoint()
    assert taken(collaboration).head["number"] == len(found.entries)


def test_a_receipt_of_the_platform_fits_its_bundle(collaboration):
    entry = Entry.objects.filter(case=case_of(collaboration)).order_by("-number").first()
    assert verify.hold_against(taken(collaboration), receipt_of(entry).text) == []


def test_corrections_hidings_and_redactions_are_told_and_verified(collaboration, people):
    """What was withdrawn stays withdrawn in a bundle, and the verifiers know that it may be missing."""
    by, case = people.actors[0], case_of(collaboration)
    correction = record.correct(collaboration, 1, note="日にちは、11月23日でした", by=by)
    wrong = record.correct(collaboration, 1, note="これは見せないことば", by=by)
    record.hide(collaboration, wrong.number, ground=Ground.RIGHTS, by=by)
    record.redact(collaboration, 1, "actor.person", ground=Ground.RIGHTS, by=by)
    checkpoint()
    found = taken(collaboration)
    assert found.findings == []
    shown = {(one["seq"], json.loads(one["value"])) for one in found.openings}
    assert shown == {(correction.number, "日にちは、11月23日でした")}
    raw = bundle(case, collaboration.title)
    assert "これは見せないことば".encode() not in raw
    whole = taken(collaboration, inside={people.parties[0]})
    assert whole.findings == []
    assert (1, "actor.person") not in {(one["seq"], one["field"]) for one in whole.openings}


def test_making_a_bundle_costs_the_same_for_many_steps_as_for_few(
    collaboration, people, django_assert_num_queries
):
    def made() -> None:
        bundling._kept.clear()
        bundle(case_of(collaboration), collaboration.title)

    made()
    with django_assert_num_queries(14):
        made()
    for _ in range(10):
        services.begin_amendment(collaboration, by=people.actors[0])
        services.drop_change(collaboration, by=people.actors[0])
    checkpoint()
    with django_assert_num_queries(14):
        made()


def test_a_bundle_made_before_is_given_again_until_something_moves(
    collaboration, people, django_assert_num_queries
):
    first = bundle(case_of(collaboration), collaboration.title)
    with django_assert_num_queries(2):
        assert bundle(case_of(collaboration), collaboration.title) is first
    services.begin_amendment(collaboration, by=people.actors[0])
    second = bundle(case_of(collaboration), collaboration.title)
    assert second != first
    checkpoint()
    assert bundle(case_of(collaboration), collaboration.title) != second


def test_the_bundles_kept_have_a_budget(collaboration, monkeypatch):
    monkeypatch.setattr(bundling, "BUDGET", 10)
    bundle(case_of(collaboration), collaboration.title)
    assert len(bundling._kept) == 0


def test_a_step_of_the_first_format_that_is_not_public_is_kept_back_by_giving_no_bundle(
    collaboration, people, monkeypatch
):
    """Its entry would have to be shown whole: so outsiders get a sentence, and the parties still get everything."""
    monkeypatch.setattr(bundling, "OPEN", 2)
    with pytest.raises(bundling.Refused, match="古い形の記録"):
        taken(collaboration)
    assert taken(collaboration, inside={people.parties[0]}).findings == []


# Pages


def person(people: Town, place: int) -> User:
    return User.objects.get(pk=people.actors[place].person)


def test_everybody_may_take_a_public_history_home(client, collaboration):
    page = client.get(reverse("collaborations:log", args=[collaboration.slug]))
    assert reverse("collaborations:take_home", args=[collaboration.slug]) in page.content.decode()
    page = client.get(reverse("collaborations:take_home", args=[collaboration.slug]))
    assert "束を受け取る" in page.content.decode()
    assert "全部入り" not in page.content.decode()
    answer = client.get(reverse("collaborations:bundle", args=[collaboration.slug]))
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith("attachment")
    assert opened(answer.getvalue()).findings == []


def test_only_those_at_the_table_get_every_step(client, collaboration, people):
    address = reverse("collaborations:whole_bundle", args=[collaboration.slug])
    assert client.get(address).status_code == 302
    sign_in(client, person(people, 1))
    found = opened(client.get(address).getvalue())
    assert found.findings == []
    assert all("log" in entry for entry in found.entries.values())
    stranger = town(1)
    sign_in(client, User.objects.get(pk=stranger.actors[0].person))
    assert client.get(address).status_code == 404


def test_what_is_not_public_yet_cannot_be_taken_home(client, people):
    hidden = started(people)
    for name in ("take_home", "bundle", "whole_bundle"):
        sign_in(client, User.objects.get(pk=town(1).actors[0].person))
        assert client.get(reverse(f"collaborations:{name}", args=[hidden.slug])).status_code == 404
    sign_in(client, person(people, 0))
    assert client.get(reverse("collaborations:whole_bundle", args=[hidden.slug])).status_code == 200
