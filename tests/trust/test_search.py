"""Nobody finds, counts, guesses or is offered what she may not open: search compared with the pages themselves."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from tests.trust.matrix.people import PRINCIPALS
from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.search.models import Document, Word
from wanowa.search.queries import Wanted, find, finding, keys_found, meant, read, reader_of, suggested
from wanowa.search.services import rebuild

pytestmark = pytest.mark.django_db
GATED = {"unproven"}
"""Owes a second factor: led to set one up, at the search like anywhere."""
READERS = [one for one in PRINCIPALS if one not in GATED]
QUERIES = ("", "の", "呼びかけ", "あらまし", "協働", "会", "2026", "取組 目的")


@pytest.fixture
def indexed(city):
    rebuild(lambda kind, done: None)
    return city


def site(city):
    return city.places["site"]["here"]


def actor(city, principal):
    person = city.person(principal, site(city))
    return Actor(person.pk) if person else PUBLIC


def openable(city, principal):
    """Return kind and key of every document whose page opens for a principal."""
    visitor = city.visitor(principal, site(city))
    rows = Document.objects.exclude(kind__in=("guideline", "policy")).values_list("kind", "key", "address")
    return {(kind, key) for kind, key, address in rows if visitor.send("GET", address).status_code == 200}


def always():
    return set(Document.objects.filter(kind__in=("guideline", "policy")).values_list("kind", "key"))


@pytest.mark.parametrize("principal", READERS)
def test_what_is_found_is_what_can_be_opened(principal, indexed):
    may = openable(indexed, principal) | always()
    by = actor(indexed, principal)
    everybody = {}
    for q in QUERIES:
        everybody[q] = keys_found_by_all(q)
        assert keys_found(read(q), by) == everybody[q] & may, q
    assert everybody["呼びかけ"]
    assert everybody[""] == set(Document.objects.values_list("kind", "key"))


def keys_found_by_all(q):
    """Return what a reader would find for whom nothing is hidden."""
    everything = finding.Reader(PUBLIC, tuple(Document.objects.values_list("pk", flat=True)))
    query = finding.read(q)
    condition = finding.Sql.joined([finding.matches(query), everything.sees], " AND ")
    rows = finding.hits.rows(
        finding.Sql(
            f"SELECT d.kind, d.key FROM search_document d WHERE {condition.text}", condition.parameters
        )
    )
    return set(rows)


def test_the_comparison_sees_a_document_that_is_hidden_from_somebody(indexed):
    """Without this, a town in which all is public would prove nothing."""
    hidden = set(Document.objects.filter(public=False).values_list("kind", "key"))
    assert hidden
    assert not hidden & openable(indexed, "anonymous")
    assert hidden & openable(indexed, "representative")
    assert hidden & keys_found(read(""), actor(indexed, "representative"))


def test_an_index_that_was_told_too_much_does_not_tell_it(indexed):
    """The index believes that everybody sits at every table; the app has the last word."""
    stranger = actor(indexed, "stranger")
    before = keys_found(read(""), stranger)
    parties = finding.parties_of(stranger.person)
    Document.objects.filter(public=False).update(parties=list(parties))
    assert keys_found(read(""), stranger) == before


def test_the_same_with_the_last_word_taken_away_is_noticed(indexed, monkeypatch):
    stranger = actor(indexed, "stranger")
    before = keys_found(read(""), stranger)
    Document.objects.filter(public=False).update(parties=list(finding.parties_of(stranger.person)))
    monkeypatch.setattr(finding, "_allowed", lambda by, rows: {pk for pk, _kind, _key in rows})
    assert keys_found(read(""), stranger) > before


def secret(title="ひみつの龍笛計画"):
    """Rename a hidden document in the index, so that its words stand nowhere else."""
    found = Document.objects.filter(public=False, kind="collaborations").order_by("pk").first()
    from wanowa.search.queries import Readable, lexicon  # noqa: PLC0415
    from wanowa.search.services import store  # noqa: PLC0415

    store(
        found.kind,
        [Readable(found.key, title, "", found.address, public=False, parties=tuple(found.parties))],
        lexicon(),
    )
    return title


@pytest.mark.parametrize("q", ["ひみつの龍笛計画", "龍笛", "りゅうてき", "龍笛計", "ひみつの竜笛"])
def test_no_title_count_facet_suggestion_or_question_tells_of_what_is_hidden(q, indexed):
    title = secret()
    mine, theirs = reader_of(actor(indexed, "representative")), reader_of(actor(indexed, "stranger"))
    found = find(Wanted(q=q), theirs)
    assert title not in {one.title for one in found.documents}
    assert all(title not in other for other in meant(read(q), theirs))
    words, documents = suggested(q, theirs)
    assert not words
    assert title not in {one.title for one in documents}
    if not found.query.loose:
        assert found.total == 0
        assert not any(found.counts.values())
    if "龍笛" in q and q != "龍笛計画":
        assert title in {one.title for one in find(Wanted(q=q), mine).documents}
    assert not Word.objects.filter(surface__contains="龍笛").exists(), "words of hidden pages are not learnt"


def test_the_page_of_a_stranger_reads_the_same_whether_it_exists_or_not(indexed):
    visitor = indexed.visitor("stranger", site(indexed))

    def page(q):
        body = visitor.send("GET", f"{reverse('search:results')}?q={q}").body.decode()
        shown = body[body.index("<main") :].replace(escape(q), "")
        return [line for line in shown.splitlines() if "csrfmiddlewaretoken" not in line]

    without = page("ひみつの龍笛計画")
    secret()
    assert page("ひみつの龍笛計画") == without
