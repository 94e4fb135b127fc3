"""Beginning with a form, choosing posts, taking proposed texts over, and the gauge, as pages answer."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wanowa.collaborations import services
from wanowa.collaborations.models import Collaboration, Draft
from wanowa.collaborations.rules import PROPOSALS, Bring, Clause, Task, mark
from wanowa.collaborations.tests import factories as make
from wanowa.guideline.rules import Form, Kind
from wanowa.kernel.errors import Invalid
from wanowa.people.models import User
from wanowa.people.tests.factories import sign_in
from wanowa.web.caching import shelf

pytestmark = pytest.mark.django_db


def browser(actor):
    return sign_in(Client(), User.objects.get(pk=actor.person))


def typed(people, **more):
    return {
        "party": people.parties[0],
        "title": "坂の上の文庫",
        "summary": "本を持ちよって、坂の上に小さな棚をつくります。",
        "purpose": "本のある道をつくる。",
        "invited": [people.parties[1]],
        **more,
    }


def read(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def two():
    return make.town(2)


def checked(page, name):
    return re.findall(rf'<input type="radio" name="{name}" value="(\w*)"[^>]*checked', page)


def test_an_address_brings_the_area_and_the_form_along(two):
    page = read(browser(two.actors[0]).get("/collaborations/new/?area=B&form=subsidy"))
    assert (checked(page, "area"), checked(page, "form")) == (["B"], ["subsidy"])
    assert "<details open>" in page
    plain = read(browser(two.actors[0]).get("/collaborations/new/"))
    assert (checked(plain, "area"), checked(plain, "form")) == ([""], [""])
    assert "<details open>" not in plain


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("area=Z", "活動領域："),
        ("form=festival", "形態："),
        ("area=B&form=accord", "領域Bには、この形態がありません"),
        ("area=%E2%80%AE", "活動領域："),
    ],
)
def test_a_wrong_choice_in_the_address_is_named(two, query, word):
    page = read(browser(two.actors[0]).get(f"/collaborations/new/?{query}"), 400)
    assert word in page
    assert 'name="title"' in page


def test_an_idea_begins_with_the_text_of_its_form(two):
    answer = browser(two.actors[0]).post("/collaborations/new/", typed(two, form="subsidy"))
    assert answer.status_code == 302
    draft = Draft.objects.get()
    assert (draft.terms.area, draft.terms.form, draft.terms.ownership) == ("B", "subsidy", "citizens")
    assert [task.what for task in draft.terms.roles] == [str(what) for what in PROPOSALS[Form.SUBSIDY].tasks]


def test_an_idea_may_leave_area_and_form_open(two):
    assert browser(two.actors[0]).post("/collaborations/new/", typed(two)).status_code == 302
    assert (Draft.objects.get().terms.area, Draft.objects.get().terms.form) == ("", "")


def test_a_form_of_another_area_is_refused_and_everything_typed_stays(two):
    page = read(
        browser(two.actors[0]).post("/collaborations/new/", typed(two, area="D", form="endorsement")), 400
    )
    assert "領域Dには、この形態がありません" in page
    assert "坂の上の文庫" in page
    assert (checked(page, "area"), checked(page, "form")) == (["D"], ["endorsement"])
    assert not Collaboration.objects.exists()
    with pytest.raises(Invalid):
        services.start(
            title="文庫",
            summary="棚",
            purpose="道",
            invited=two.parties[1:],
            area="D",
            form="endorsement",
            by=two.actors[0],
        )


def clause(collaboration):
    return f"/collaborations/{collaboration.slug}/terms/form/"


def seen(collaboration):
    return mark(Draft.objects.get(collaboration=collaboration).terms, Clause.FORM)


def test_posts_are_chosen_with_the_form_and_those_of_other_forms_are_not_read(two):
    collaboration = make.talking(two)
    chosen = {
        "seen": seen(collaboration),
        "area": "B",
        "form": "subsidy",
        "subsidy-recipient": two.parties[0],
        "subsidy-grantor": two.parties[1],
        "committee-chair": two.parties[1],
    }
    answer = browser(two.actors[0]).post(clause(collaboration), chosen, follow=True)
    assert "「活動領域と形態」を保存しました。" in read(answer)
    terms = Draft.objects.get().terms
    assert terms.posts == {"recipient": two.parties[0], "grantor": two.parties[1]}
    assert terms.roles == (), "nobody asked for proposals"
    page = read(browser(two.actors[1]).get(clause(collaboration)))
    assert re.search(rf'name="subsidy-grantor"[^§]*?<option value="{two.parties[1]}" selected', page)


def test_a_party_that_does_not_sit_at_the_table_holds_no_post(two):
    collaboration, other = make.talking(two), make.town(1)
    chosen = {"seen": seen(collaboration), "area": "C", "form": "accord", "accord-first": other.parties[0]}
    page = read(browser(two.actors[0]).post(clause(collaboration), chosen), 400)
    assert "協定する主体（甲）：" in page
    assert checked(page, "form") == ["accord"]
    assert Draft.objects.get().terms.form == ""


def test_proposals_fill_only_what_nobody_has_written(two):
    collaboration = make.talking(two)
    draft = Draft.objects.get()
    services.edit(
        collaboration,
        clause=Clause.SAFETY,
        written=replace(draft.terms, safety="かさを持っていきます。"),
        seen=mark(draft.terms, Clause.SAFETY),
        by=two.actors[1],
    )
    chosen = {"seen": seen(collaboration), "area": "B", "form": "endorsement", "proposals": "on"}
    page = read(browser(two.actors[0]).post(clause(collaboration), chosen, follow=True))
    assert "ひな形の文を入れました：役割の分担、期間と進め方、費用とその分担、" in page
    assert "「期間と進め方」の「○○」を、書きかえるか消してください。" in page
    terms = Draft.objects.get().terms
    assert terms.safety == "かさを持っていきます。"
    assert terms.publicity == str(PROPOSALS[Form.ENDORSEMENT].texts[Clause.PUBLICITY])
    assert len(terms.roles) == 3


def test_a_stale_choice_takes_no_proposal_over(two):
    collaboration = make.talking(two)
    chosen = {"seen": "0" * 16, "area": "B", "form": "endorsement", "proposals": "on"}
    read(browser(two.actors[0]).post(clause(collaboration), chosen), 409)
    assert Draft.objects.get().terms.schedule == ""


def test_the_gauge_is_seen_while_writing_before_offering_before_consenting_and_by_everybody(two):
    def tells(page):
        return [word in page for word in ("だれが、どれだけうけもつか", "点数ではありません。", "（24時間）")]

    collaboration = make.talking(two)
    draft = make.written(collaboration, two)
    address = f"/collaborations/{collaboration.slug}/"
    ours, theirs = browser(two.actors[0]), browser(two.actors[1])
    pages = [read(ours.get(f"{address}terms/")), read(ours.get(f"{address}offer/"))]
    version = services.offer(collaboration, revision=draft.revision, by=two.actors[0])
    pages.append(read(theirs.get(f"{address}consent/")))
    services.consent(collaboration, seen=version.fingerprint, by=two.actors[1])
    pages.append(read(Client().get(address)))
    assert [tells(page) for page in pages] == [[True] * 3] * 4


def test_posts_stand_on_the_public_page(two):
    collaboration = make.agreed(two)
    page = read(Client().get(f"/collaborations/{collaboration.slug}/"))
    assert "協定する主体（甲）" in page
    assert "協定書に「甲」と書かれる主体です。" in page


def _tasks(people, count):
    brings = tuple(Bring(party, "people", "人", 3, 100) for party in people.parties)
    return tuple(
        Task(f"こと{place}", people.parties, people.parties[0], "毎月", brings) for place in range(count)
    )


def _costs(people, tasks):
    """Return what each page with the gauge costs in queries."""
    version = make.offered(people, roles=_tasks(people, tasks))
    collaboration = version.collaboration
    visitor = browser(people.actors[1])
    costs = {}

    def cost(page):
        address = f"/collaborations/{collaboration.slug}/{page}"
        read(visitor.get(address))
        shelf.clear()
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert "どれだけうけもつか" in read(visitor.get(address))
        costs[page or "page"] = len(caught)

    cost("terms/")
    cost("consent/")
    for actor in people.actors[1:]:
        services.consent(collaboration, seen=version.fingerprint, by=actor)
    cost("")
    services.begin_amendment(collaboration, by=people.actors[0])
    cost("offer/")
    return costs


def test_the_gauge_costs_no_query_however_many_carry_however_much():
    few, many = make.town(2), make.town(20, [Kind.CITIZEN] * 20)
    assert _costs(few, 2) == _costs(many, 20)
