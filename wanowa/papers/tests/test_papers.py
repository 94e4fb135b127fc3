"""G-25, G-26: from consent to paper in all eight forms, with names that are hard to print."""

import hashlib
from dataclasses import replace

import pytest
from django.utils import timezone, translation

from wanowa.collaborations.rules import Clause
from wanowa.guideline.rules import Form, Ownership, PaperKind
from wanowa.kernel import eras
from wanowa.papers import queries, services
from wanowa.papers.models import Issue
from wanowa.papers.rules import FACTS, PAPERS
from wanowa.papers.tests import agreements as make
from wanowa.press.reading import facts_of, faults
from wanowa.press.tests.text import fonts_of, needs_poppler, squeezed, text_of

pytestmark = pytest.mark.django_db

WHOLE = {
    *(PaperKind.COMMITTEE_RULES, PaperKind.ACCORD, PaperKind.OPERATION_ACCORD, PaperKind.MEMORANDUM),
    *(PaperKind.CONTRACT_SPECIFICATION, PaperKind.SPECIFICATION, PaperKind.PROJECT_PLAN),
}
"""Papers that hold the whole text."""
FORMS_AND_PAPERS = [(form, kind) for form, kinds in PAPERS.items() for kind in kinds]


def file_of(issue: Issue) -> bytes:
    with issue.file.open("rb") as file:
        return file.read()


def drain() -> None:
    while services.issue_new():
        pass


def test_every_form_and_every_kind_has_its_place():
    assert set(PAPERS) == set(Form)
    assert {kind for kinds in PAPERS.values() for kind in kinds} == set(PaperKind) == set(FACTS)


@pytest.mark.parametrize("form", list(Form))
def test_consent_in_each_form_issues_its_papers_and_each_is_sound(form):
    collaboration = make.in_form(form, make.town(3))
    drain()
    issues = list(Issue.objects.filter(version=collaboration.in_force))
    assert [issue.kind for issue in issues] == list(PAPERS[form])
    for issue in issues:
        pdf = file_of(issue)
        assert faults(pdf) == []
        facts = facts_of(pdf)
        assert (facts.archive, facts.accessible, facts.language) == ("2A", "1", "ja-JP")
        assert (hashlib.sha256(pdf).hexdigest(), len(pdf)) == (issue.digest, issue.size)


@needs_poppler
@pytest.mark.parametrize(("form", "kind"), FORMS_AND_PAPERS)
def test_a_paper_can_be_read_by_machines_whole(form, kind, settings):
    settings.PUBLIC_URL = "https://wanowa.example.jp"
    collaboration = make.in_form(form, make.town(3))
    version = collaboration.in_force
    agreement = queries.agreement_of(version)
    pdf = queries.paper(agreement, kind)
    text = text_of(pdf)
    title = "和光市後援承認申請書" if kind is PaperKind.ENDORSEMENT_APPLICATION else kind.label
    for words in (title, version.terms.title, version.fingerprint, f"第{version.number}版"):
        assert squeezed(str(words)) in text, words
    assert f"https://wanowa.example.jp/collaborations/{collaboration.slug}/versions/1/" in text
    assert eras.era_date(timezone.localdate()) in text
    assert "注記" not in text, "these names need no remark"
    assert make.HARD_NAMES[0] in text
    for row in fonts_of(pdf):
        assert row[-5] == "yes", row


@needs_poppler
@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_every_clause_of_the_terms_stands_on_the_paper(kind):
    form = next(form for form, kinds in PAPERS.items() if kind in kinds)
    version = make.in_form(form, make.town(3)).in_force
    terms, text = version.terms, text_of(queries.paper(queries.agreement_of(version), kind))
    told = {
        Clause.TITLE: [terms.title, terms.summary],
        Clause.PURPOSE: [terms.purpose],
        Clause.GOALS: ["観察会をひらく", "6回", "令和9年3月31日"],
        Clause.OUTCOMES: ["こども", "湧き水を案内できる", "聞き取り"],
        Clause.ROLES: ["毎月の見回りと水質のしらべ", "毎月末", "案内の配布", "令和8年10月31日"],
        Clause.FORM: [form.label],
        Clause.SCHEDULE: ["令和8年4月1日から令和9年3月31日まで", *terms.schedule.split("\n")],
        Clause.OWNERSHIP: [Ownership(terms.ownership).label],
        Clause.SAFETY: [terms.safety],
        Clause.PERSONAL_DATA: [terms.personal_data],
        Clause.PUBLICITY: [terms.publicity],
        Clause.CHANGES: [terms.changes],
    }
    if kind is not PaperKind.PROJECT_PLAN:  # its money stands in the budget beside it
        told[Clause.COST] = ["60,000円", "120,000円", terms.cost]
    if kind is not PaperKind.SPECIFICATION:  # they stand in the role sheet beside it
        told[Clause.AIMS] = ["まちをよくしたい。"]
        told[Clause.ROLES] += ["24時間", "12,000円", "見回る人", "保険料"]
    missing = [
        (clause, words)
        for clause, all_words in told.items()
        for words in all_words
        if squeezed(str(words)) not in text
    ]
    assert missing == []


@pytest.mark.parametrize("form", list(Form))
def test_what_is_set_on_the_spot_is_what_is_issued_byte_for_byte(form):
    version = make.in_form(form, make.town(2)).in_force
    before = {kind: queries.paper(queries.agreement_of(version), kind) for kind in PAPERS[form]}
    drain()
    after = {issue.kind: file_of(issue) for issue in Issue.objects.filter(version=version)}
    assert after == before


def test_the_language_of_whoever_asks_changes_nothing():
    version = make.in_form(Form.ACCORD, make.town(2)).in_force
    japanese = queries.paper(queries.agreement_of(version), PaperKind.ACCORD)
    with translation.override("en"):
        assert queries.paper(queries.agreement_of(version), PaperKind.ACCORD) == japanese


def test_forty_tasks_six_parties_and_empty_clauses_are_set_and_sound():
    names = tuple(f"{number}" + "和光の湧水と緑をみんなで育てる協議会" * 6 for number in range(4))
    people = make.town(4, names)
    crowded = queries.paper(
        queries.agreement_of(make.crowded(Form.ACCORD, people).in_force), PaperKind.ACCORD
    )
    assert faults(crowded) == []
    assert facts_of(crowded).pages > 10
    agreement = queries.agreement_of(make.in_form(Form.SUBSIDY, people).in_force)
    sparse = replace(agreement, terms=make.bare(agreement.terms, posts={}))
    for kind in PAPERS[Form.SUBSIDY]:
        assert faults(queries.paper(sparse, kind)) == []
