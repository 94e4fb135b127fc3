"""The shelf and the files: who gets what, under which name, at what cost."""

from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wanowa.collaborations import services as table
from wanowa.collaborations.rules import Clause, mark
from wanowa.collaborations.tests.factories import complete, offered, started, talking
from wanowa.guideline.rules import Form, Kind
from wanowa.kernel.actors import SYSTEM
from wanowa.papers import queries, services
from wanowa.papers.models import Issue
from wanowa.papers.tests import agreements as make
from wanowa.people.models import User
from wanowa.press.printing import NotPrinted
from wanowa.press.reading import faults
from wanowa.press.tests.text import needs_poppler, text_of

pytestmark = pytest.mark.django_db


def drain():
    while services.issue_new():
        pass


def signed_in(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.person))
    return client


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def shelf(collaboration, number="") -> str:
    return f"/papers/{collaboration.slug}/{number and f'{number}/'}"


def amended(collaboration, people):
    draft = table.begin_amendment(collaboration, by=people.actors[0])
    text = complete(draft.terms, purpose="湧き水とホタルを残す。")
    draft = table.edit(
        collaboration,
        clause=Clause.PURPOSE,
        written=text,
        seen=mark(draft.terms, Clause.PURPOSE),
        by=people.actors[0],
    )
    version = table.offer(collaboration, revision=draft.revision, by=people.actors[0])
    for actor in people.actors[1:]:
        table.consent(collaboration, seen=version.fingerprint, by=actor)
    return version


def test_everybody_gets_the_issued_file_with_a_japanese_name_and_shut_in(client):
    collaboration = make.in_form(Form.ACCORD, make.town(2))
    drain()
    answer = client.get(f"{shelf(collaboration, 1)}accord/")
    pdf = body(answer)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    named = unquote(answer["Content-Disposition"].partition("''")[2])
    assert named == "湧水のみちの手入れ_協定書_第1版.pdf"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    with Issue.objects.get().file.open("rb") as file:
        assert pdf == file.read()


def test_before_it_is_issued_the_same_bytes_are_handed_over_and_nothing_is_stored(client):
    collaboration = make.in_form(Form.SUBSIDY, make.town(2))
    address = f"{shelf(collaboration, 1)}budget/"
    early = body(client.get(address))
    assert "いま作っています" in client.get(shelf(collaboration)).content.decode()
    assert not Issue.objects.exists()
    drain()
    assert body(client.get(address)) == early
    assert "いま作っています" not in client.get(shelf(collaboration)).content.decode()


def test_the_shelf_says_what_each_paper_is_for_and_that_it_is_no_signature(client):
    collaboration = make.in_form(Form.ENDORSEMENT, make.town(2))
    page = client.get(shelf(collaboration)).content.decode()
    for words in (
        *("後援承認申請書", "事業計画書", "収支予算書", "様式第1号", "催しの後援をお願いする申請書です。"),
        *(
            "これは、法律の電子署名ではありません。",
            "手で書くところ：日付、代表者、住所、連絡先",
            "印刷のしかた",
        ),
    ):
        assert words in page, words


def test_the_pages_of_a_collaboration_and_of_a_version_lead_to_the_papers(client):
    collaboration = make.in_form(Form.ACCORD, make.town(2))
    home = client.get(f"/collaborations/{collaboration.slug}/").content.decode()
    assert f'href="{shelf_address(collaboration)}"' in home
    page = client.get(f"/collaborations/{collaboration.slug}/versions/1/").content.decode()
    assert f'href="{shelf_address(collaboration)}1/"' in page


def shelf_address(collaboration) -> str:
    return reverse("papers:papers", args=[collaboration.slug])


def test_papers_stay_out_of_the_short_story_and_in_the_whole_one(client):
    collaboration = make.in_form(Form.SUBSIDY, make.town(2))
    drain()
    told = "書類「収支予算書」ができました"
    assert told not in client.get(f"/collaborations/{collaboration.slug}/").content.decode()
    assert told in client.get(f"/collaborations/{collaboration.slug}/log/").content.decode()


def test_an_earlier_text_keeps_its_papers(client):
    people = make.town(2)
    collaboration = make.in_form(Form.ACCORD, people)
    drain()
    first = body(client.get(f"{shelf(collaboration, 1)}accord/"))
    amended(collaboration, people)
    drain()
    page = client.get(shelf(collaboration)).content.decode()
    assert "第2版を、書類の形にした" in page
    assert "第1版の書類" in page
    assert "これは、前の内容の書類です。" in client.get(shelf(collaboration, 1)).content.decode()
    assert body(client.get(f"{shelf(collaboration, 1)}accord/")) == first
    assert body(client.get(f"{shelf(collaboration, 2)}accord/")) != first


@needs_poppler
def test_those_inside_see_previews_marked_as_such_and_nobody_else_sees_them(client):
    people = make.town(2, kinds=(Kind.CITIZEN, Kind.LOCAL))  # city staff would owe a second factor first
    version = offered(people)
    collaboration = version.collaboration
    address = f"{shelf(collaboration, 1)}accord/"
    assert client.get(address).status_code == 404
    assert client.get(shelf(collaboration, 1)).status_code == 404
    assert "書類は、まだありません。" in client.get(shelf(collaboration)).content.decode()
    inside = signed_in(people.actors[1])
    assert "案を見る" in inside.get(shelf(collaboration)).content.decode()
    answer = inside.get(address)
    text = text_of(body(answer))
    assert "同意を待つ案です。" in text
    assert version.fingerprint in text
    assert unquote(answer["Content-Disposition"]).endswith("_協定書_第1版_案.pdf")
    assert not Issue.objects.exists()


@needs_poppler
def test_a_draft_can_be_seen_as_paper_by_those_inside_only():
    people = make.town(2, kinds=(Kind.CITIZEN, Kind.LOCAL))
    collaboration = talking(people)
    draft = collaboration.draft
    text = complete(draft.terms, form="accord", area="C", ownership="both")
    table.edit(
        collaboration,
        clause=Clause.FORM,
        written=text,
        seen=mark(draft.terms, Clause.FORM),
        by=people.actors[0],
    )
    inside, outside = signed_in(people.actors[1]), signed_in(make.town(1).actors[0])
    address = f"/papers/{collaboration.slug}/draft/accord/"
    pdf = body(inside.get(address))
    assert "下書きの案です。" in text_of(pdf)
    assert faults(pdf) == []
    assert outside.get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert inside.get(f"/papers/{collaboration.slug}/draft/budget/").status_code == 404


def test_an_idea_that_only_its_table_knows_has_no_shelf_for_others(client):
    collaboration = started(make.town(2))
    assert client.get(shelf(collaboration)).status_code == 404


@pytest.mark.parametrize(
    "path", ["1/nothing/", "1/budget/", "2/accord/", "99999999999/accord/", "2/", "99999999999/"]
)
def test_a_paper_that_does_not_exist_is_told_as_such(client, path):
    collaboration = make.in_form(Form.ACCORD, make.town(2))
    assert client.get(f"{shelf(collaboration)}{path}").status_code == 404


def test_a_withdrawn_file_is_set_anew_and_the_shelf_says_why(client):
    collaboration = make.in_form(Form.ACCORD, make.town(2))
    drain()
    services.withdraw(Issue.objects.get(), by=SYSTEM)
    assert "消しました" in client.get(shelf(collaboration)).content.decode()
    assert faults(body(client.get(f"{shelf(collaboration, 1)}accord/"))) == []


def test_a_paper_that_cannot_be_set_is_refused_with_a_sentence(client, monkeypatch):
    def broken(agreement, kind):
        raise NotPrinted("no")

    collaboration = make.in_form(Form.ACCORD, make.town(2))
    monkeypatch.setattr(queries, "paper", broken)
    answer = client.get(f"{shelf(collaboration, 1)}accord/")
    assert answer.status_code == 409
    assert "少し待ってから" in answer.content.decode()


def _cost(client, path) -> int:
    """Return the queries of a second visit, the file read to its end both times."""
    for _visit in range(2):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
            if answer.streaming:
                body(answer)
    return len(asked)


def test_the_shelf_costs_the_same_for_two_versions_and_for_twenty():
    people = make.town(2)
    collaboration = make.in_form(Form.SUBSIDY, people)
    inside = signed_in(people.actors[0])
    amended(collaboration, people)
    drain()
    two = _cost(inside, shelf(collaboration))
    for _ in range(18):
        amended(collaboration, people)
    drain()
    assert _cost(inside, shelf(collaboration)) == two <= 9


def test_a_paper_costs_the_same_for_two_parties_and_for_four():
    few, many = make.in_form(Form.ACCORD, make.town(2)), make.in_form(Form.ACCORD, make.town(4))
    client = Client()
    assert _cost(client, f"{shelf(few, 1)}accord/") == _cost(client, f"{shelf(many, 1)}accord/") <= 7
    drain()
    assert _cost(client, f"{shelf(few, 1)}accord/") == _cost(client, f"{shelf(many, 1)}accord/") <= 4
