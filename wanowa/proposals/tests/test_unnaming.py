"""A name goes out of official texts and nothing else does: the rule, and what the database refuses."""

import doctest

import pytest
from django.db import DatabaseError, transaction

from wanowa.people.models import User
from wanowa.proposals.models import Check, Decision, Inquiry, Minutes, Objection, Proposal
from wanowa.proposals.queries.judging.evidence import judging_matches_the_record
from wanowa.proposals.rules import naming
from wanowa.proposals.rules.naming import GONE, TAKEN_OUT, without_names
from wanowa.proposals.services import judging as services
from wanowa.proposals.services import unnaming
from wanowa.proposals.services.unnaming import rounds_around, take_name_out
from wanowa.proposals.tests.judging import announced, opened, verdict
from wanowa.proposals.verbs import NAMES_TAKEN_OUT, REASONS_TAKEN_OUT
from wanowa.record.queries import history

M = TAKEN_OUT


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("和光 花子さん", ["和光 花子"], f"{M}さん"),
        ("和光花子と和光　花子", ["和光 花子"], f"{M}と{M}"),
        ("和光市の花子さんと、和光さん", ["和光 花子"], f"和光市の{M}さんと、{M}さん"),
        ("和光市の公園", ["和光 花子"], "和光市の公園"),
        ("Ann LEE said", ["Ann Lee"], f"{M} said"),
        ("Joann Leech said", ["Ann Lee"], "Joann Leech said"),
        ("髙橋 由紀 様", ["高橋 由紀"], f"{M} 様"),
        ("森林の森 林さん", ["森 林"], f"森林の{M}さん"),
        ("（a|b）100%_\\", ["a|b", ""], "（a|b）100%_\\"),
        ("ひまわり写真室の人", ["ひまわり写真室", "和光 花子"], f"{M}の人"),
    ],
)
def test_a_name_goes_and_the_words_around_it_stay(text, names, left):
    assert without_names(text, names) == left


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(naming).failed == 0


def refused(change):
    """Tell whether the database refuses a change because something stays; nothing of the change does."""
    try:
        with transaction.atomic():
            change()
            transaction.set_rollback(True)
    except DatabaseError as fault:
        return "stays" in str(fault)
    return False


@pytest.mark.django_db
def test_the_database_lets_a_name_go_and_nothing_else():
    made = announced(1, 1)
    said = "高木委員は、100%賛成_しました。"
    rows = {
        Minutes: Minutes.objects.create(
            judging=made.round.judging, text=said, person_id=made.desk.person, kept_at=made.round.opened_at
        ),
        Decision: Decision.objects.get(),
        Check: Check.objects.get(),
    }
    minutes = Minutes.objects.filter(pk=rows[Minutes].pk)
    for wrong in (
        "",
        "反対しました。",
        said.replace("賛成", ""),
        f"{M}は、100%反対_しました。",
        f"{M}委員は、100x賛成y",
    ):
        assert refused(lambda text=wrong: minutes.update(text=text)), wrong
    assert not refused(lambda: minutes.update(text=said.replace("高木", M)))
    assert refused(lambda: minutes.update(person_id=made.reviewers[0].person))
    assert refused(minutes.delete)
    assert refused(lambda: Decision.objects.update(reasons="ちがうわけ"))
    assert refused(lambda: Decision.objects.update(amount=1))
    assert not refused(lambda: Decision.objects.update(reasons=rows[Decision].reasons.replace("効果", M)))
    assert refused(lambda: Check.objects.update(content={}))


@pytest.mark.django_db
def test_what_was_said_goes_only_with_its_proposal():
    made = announced(1, 1)
    services.file_objection(made.fresh(), text="数がちがいます。", by=made.proposers[0])
    objection = Objection.objects.filter(proposal=made.proposals[0])
    inquiry = Inquiry.objects.create(
        proposal=made.proposals[0],
        reviewer=made.round.reviewers.get(),
        text="いつですか。",
        asked_at=made.round.opened_at,
        answer="春です。",
        answered_at=made.round.opened_at,
        answered_by_id=made.proposers[0].person,
    )
    answers = Inquiry.objects.filter(pk=inquiry.pk)
    assert refused(lambda: objection.update(text=GONE))
    assert refused(lambda: answers.update(answer=GONE))
    Proposal.objects.filter(pk=made.proposals[0].pk).update(forgotten_at=made.round.opened_at)
    assert refused(lambda: objection.update(text="別のことば"))
    assert refused(lambda: answers.update(text=GONE)), "the question is the reviewer's"
    assert not refused(lambda: objection.update(text=GONE))
    assert not refused(lambda: answers.update(answer=GONE))


@pytest.mark.django_db
def test_a_decision_without_a_name_is_told_to_the_record_and_another_one_is_found():
    made = opened(1, 1)
    reviewer = User.objects.get(pk=made.reviewers[0].person)
    services.prepare(
        made.proposals[0],
        verdict=verdict(reasons=f"{reviewer.name}委員がすすめました。"),
        seen=0,
        by=made.desk,
    )
    services.announce(made.round, by=made.desk)
    take_name_out(reviewer, rounds_around(reviewer))
    take_name_out(reviewer, rounds_around(reviewer))
    assert Decision.objects.get().reasons == f"{M}委員がすすめました。"
    assert list(judging_matches_the_record()) == []
    told = [entry.verb for entry in history(made.proposals[0])].count(REASONS_TAKEN_OUT.name)
    assert (told, history(made.round).last().verb) == (1, NAMES_TAKEN_OUT.name)
    Decision.objects.update(reasons=f"{M}すすめました。")
    assert {one.kind for one in judging_matches_the_record()} == {"decision"}


@pytest.mark.django_db
def test_a_name_stays_in_rounds_that_somebody_had_nothing_to_do_with():
    made, stranger = announced(1, 1), announced(1, 1).reviewers[0]
    person = User.objects.get(pk=stranger.person)
    Minutes.objects.create(
        judging=made.round.judging,
        text=f"{person.name}さんの話",
        person_id=made.desk.person,
        kept_at=made.round.opened_at,
    )
    take_name_out(person, rounds_around(person))
    assert Minutes.objects.get().text == f"{person.name}さんの話"


def test_every_official_text_is_looked_at_once_so_that_the_record_counts_right():
    assert len(set(unnaming._TEXTS)) == len(unnaming._TEXTS)
