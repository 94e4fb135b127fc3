"""The demonstration town is full, honest, and stays as it is when it is built again."""

import csv
from collections import Counter
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.test import TestCase
from django.utils import timezone
from django.utils.translation import _trans, get_language, gettext, override

from wanowa.activities.models import Activity, Answer, Suggestion
from wanowa.activities.queries import checklist, missing
from wanowa.activities.rules import Question
from wanowa.cli import town
from wanowa.cli.town import building, content, growing, playing
from wanowa.cli.town.wording import Wording
from wanowa.collaborations.models import Collaboration, JoinRequest, Message, Restatement, Version
from wanowa.collaborations.models import Question as Asked
from wanowa.collaborations.queries import waiting_for
from wanowa.collaborations.rules import Change, Status, first_draft, problems
from wanowa.consultations.models import Absence, Case, Handover, Satisfied
from wanowa.consultations.queries import (
    month_report,
    outcome_of,
    reader_of,
    released,
    ways_of,
    work_of,
)
from wanowa.consultations.rules import LEADS, Outcome, Passing
from wanowa.consultations.rules import Channel as Way
from wanowa.consultations.rules import Status as Stand
from wanowa.contributions.models import Contribution
from wanowa.contributions.verbs import DRIFT_NOTICED
from wanowa.evaluations.models import Round
from wanowa.evaluations.queries.published import comparison
from wanowa.guideline.queries import pack
from wanowa.guideline.rules import Area, Form, Kind
from wanowa.introductions.models import Introduction
from wanowa.introductions.rules import Status as IntroductionStatus
from wanowa.kernel import text
from wanowa.kernel.actors import Actor
from wanowa.kernel.calendar import is_business_day
from wanowa.kernel.eras import fiscal_year_label, fiscal_year_of
from wanowa.papers.models import Issue
from wanowa.papers.queries import unissued
from wanowa.parties.models import Party, Registration
from wanowa.people.models import User
from wanowa.people.queries import stands_for
from wanowa.record.models import Entry
from wanowa.record.services import verify

FACTS = Path(__file__).parents[4] / "shared/data/guideline/proposal_scheme_adopted.csv"
WRITTEN = content.read()
MARK = "\N{WHITE SQUARE}"


def quiet(what, done, total):
    """Report to nobody."""


def state() -> dict[str, str]:
    """Return a fingerprint of every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t")
            found[table] = cursor.fetchone()[0]
    return found


@contextmanager
def marked():
    """Speak a language in which every word begins with a mark."""
    names = ("gettext", "pgettext", "ngettext", "npgettext")
    real = {name: getattr(_trans, name) for name in names}

    def marking(say):
        return lambda *words: MARK + say(*words) if get_language() == "en" else say(*words)

    with override("en"), ExitStack() as stack:
        for name, say in real.items():
            stack.enter_context(patch.object(_trans, name, marking(say)))
        yield


def kept_with(text):
    """Return the tables in which a text stands."""
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f'SELECT exists(SELECT FROM "{table}" t WHERE strpos(t::text, %s) > 0)', [text])
            found += [table] if cursor.fetchone()[0] else []
    return found


def texts_of(model):
    for row in model.objects.all():
        for field in model._meta.concrete_fields:
            value = getattr(row, field.attname)
            if isinstance(value, str):
                yield value
            elif isinstance(value, dict):
                yield from strings_in(value)


def strings_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_in(inner)


class TestTheTown(TestCase):
    """What stands in the town once it is built; the class builds it once, as the role of pages and worker.

    Everybody in it reads another language, whose every word is marked: what is kept must show no mark.
    """

    @classmethod
    def setUpTestData(cls):
        with connection.cursor() as cursor, marked():
            cls.heard = gettext("協働")
            cursor.execute(f"SET ROLE {settings.DATABASE_APP_ROLE}")
            cls.visitors = town.build("S", quiet)
            cursor.execute("RESET ROLE")

    def test_whatever_is_kept_is_japanese_whatever_language_the_acting_person_reads(self):
        assert self.heard == f"{MARK}協働"
        assert kept_with(MARK) == []

    def test_a_word_kept_in_the_language_of_a_reader_is_found(self):
        with marked():
            Party.objects.filter(pk=Party.objects.earliest("pk").pk).update(good_at=gettext("協働"))
        assert kept_with(MARK) == ["parties_party"]

    def test_six_look_backs_of_several_years_are_published_and_one_waits_sealed(self):
        rounds = Round.objects.select_related("collaboration")
        done = rounds.filter(status="published")
        assert done.count() >= 6
        assert len({fiscal_year_of(found.until) for found in done}) >= 3
        assert rounds.filter(status="revealed").count() == 1
        waiting = rounds.get(status="open")
        assert 0 < waiting.evaluations.count() < len(waiting.concerned)
        assert comparison().whole
        assert comparison().forms

    def test_the_town_has_forty_parties_of_all_seven_kinds(self):
        kinds = Counter(Party.objects.filter(is_demo=True).values_list("kind", flat=True))
        assert kinds.total() >= 40
        assert set(kinds) == set(Kind.values)
        assert kinds[Kind.RESIDENT] >= 5

    def test_every_party_says_what_it_does_well_and_what_it_finds_hard(self):
        silent = Party.objects.filter(is_demo=True, good_at="") | Party.objects.filter(
            is_demo=True, hard_for=""
        )
        assert list(silent.values_list("name", flat=True)) == ["提案団体（実演）"]
        assert not Party.objects.filter(is_demo=True, reading="").exists()

    def test_the_town_shows_every_stage_form_and_area(self):
        invented = Collaboration.objects.filter(
            slug__in=[story.slug for story in content.read().stories], demonstration=True
        )
        assert invented.count() == len(content.read().stories) >= 24
        assert set(invented.values_list("status", flat=True)) == set(Status.values)
        assert set(invented.values_list("form", flat=True)) == {*Form.values, ""}
        assert set(invented.exclude(area="").values_list("area", flat=True)) == set(Area.values)

    def test_changes_wait_for_consent_in_every_way(self):
        waiting = set(
            Version.objects.filter(in_force_at=None, closed_at=None).values_list("change", flat=True)
        )
        assert waiting == {Change.START, Change.AMEND, Change.LEAVE, Change.RESUME, Change.END}
        assert JoinRequest.objects.filter(state=JoinRequest.State.WAITING).count() >= 2
        assert JoinRequest.objects.filter(state=JoinRequest.State.JOINED).exists()
        assert Version.objects.filter(change=Change.AMEND, in_force_at__isnull=False).exists()

    def test_parties_of_many_kinds_act_alone_and_the_city_answers_for_itself(self):
        own, city = (Activity.objects.filter(area=area, demonstration=True) for area in (Area.A, Area.E))
        assert own.count() >= 12
        assert len(set(own.values_list("party__kind", flat=True))) >= 5
        assert city.count() >= 3
        left = {len(missing(checklist(activity))) for activity in city}
        assert {0, len(Question)} < left
        assert own.filter(watches__isnull=False).distinct().count() >= 6
        assert own.filter(status="ended").exists()
        assert set(Suggestion.objects.values_list("status", flat=True)) == {"waiting", "accepted"}
        assert Suggestion.objects.get(status="accepted").collaboration.public_since

    def test_the_seventeen_projects_stand_as_the_guideline_tells_them(self):
        for project in pack().scheme.projects:
            found = Collaboration.objects.get(title=project.title)
            assert found.continuing_since == (project.year if project.continues else None)
            assert found.status == (Status.ACTIVE if project.continues else Status.ENDED)
            assert found.summary.startswith(fiscal_year_label(project.year))
            assert found.demonstration
            assert found.summary.endswith("（実演）")

    def test_what_is_invented_about_the_projects_says_so(self):
        for project in pack().scheme.projects:
            terms = Collaboration.objects.get(title=project.title).in_force.terms
            said = [
                terms.purpose,
                terms.schedule,
                terms.cost,
                terms.safety,
                terms.personal_data,
                terms.publicity,
            ]
            said += [terms.changes, *terms.aims.values(), *(goal.what for goal in terms.goals)]
            said += [task.what for task in terms.roles]
            assert [sentence for sentence in said if "（実演）" not in sentence] == []

    def test_pairs_are_introduced_and_stand_in_every_state_a_day_can_bring(self):
        found = list(Introduction.objects.filter(demonstration=True))
        never = {IntroductionStatus.LAPSED}  # silence takes fourteen days
        assert len(found) == 33
        assert {one.status for one in found} == set(IntroductionStatus) - never

    def test_building_again_changes_nothing(self):
        before, entries = state(), Entry.objects.count()
        again = town.build("S", quiet)
        assert state() == before
        assert Entry.objects.count() == entries
        assert [visitor.name for visitor in again] == [visitor.name for visitor in self.visitors]

    def test_ten_ledgers_are_kept_and_one_collaboration_drifts(self):
        kept = Contribution.objects.filter(status="confirmed").values("collaboration").distinct()
        assert kept.count() >= 10
        assert set(Contribution.objects.values_list("status", flat=True)) == {
            "waiting",
            "disputed",
            "confirmed",
        }
        told = Entry.objects.filter(verb=DRIFT_NOTICED.name)
        assert [entry.facts for entry in told] == [{"looks_like": "committee"}]

    def test_everything_agreed_has_its_papers(self):
        agreed = Version.objects.filter(in_force_at__isnull=False)
        assert [version.pk for version in agreed if unissued(version)] == []
        assert len(set(Issue.objects.values_list("kind", flat=True))) > 12

    def test_a_year_of_worries_came_to_the_desk_in_every_state_by_every_way_in(self):
        cases = Case.objects.filter(demonstration=True)
        assert cases.count() >= 60
        for field, known in (("status", Stand), ("channel", Way), ("outcome", [*Outcome, ""])):
            assert set(cases.values_list(field, flat=True)) == set(known), field
        assert set(Handover.objects.values_list("status", flat=True)) == set(Passing)
        between = Handover.objects.filter(to_person__is_coordinator=True)
        assert set(between.values_list("status", flat=True)) == set(Passing)
        days = [
            timezone.localdate() - timezone.localdate(one)
            for one in cases.values_list("created_at", flat=True)
        ]
        assert max(days).days > 330
        assert cases.filter(overdue_for__isnull=False).exists()
        assert cases.exclude(overdue_for=None).count() < cases.exclude(status=Stand.CLOSED).count()
        assert cases.filter(owner__isnull=False).count() == cases.count()
        assert released().count() == 10
        assert all(one.proposed_by_id != one.released_by_id for one in released())
        last = timezone.localdate() - timedelta(days=45)
        assert month_report(last.replace(day=1)).total >= 5

    def test_every_worry_that_led_on_leads_somewhere(self):
        desk = Actor(User.objects.filter(is_coordinator=True).earliest("pk").pk)
        led = [case for case in Case.objects.all() if case.outcome in LEADS]
        assert len(led) == 27
        for case in led:
            assert outcome_of(ways_of(case, desk)) == case.outcome

    def test_the_days_of_the_desk_are_open_days_and_its_thanks_come_over_the_year(self):
        days = Case.objects.exclude(status=Stand.CLOSED).values_list("due_on", flat=True)
        assert [day for day in days if not is_business_day(day)] == []
        assert Satisfied.objects.values("month").distinct().count() >= 8
        rated = Case.objects.filter(rated=True).count()
        assert Satisfied.objects.aggregate(people=Sum("count"))["people"] == rated

    def test_one_coordinator_is_away_today_and_the_other_stands_for_her(self):
        absence = Absence.objects.filter(since__lte=timezone.localdate()).get()
        assert absence.person_id in stands_for(absence.deputy_id)
        work = work_of(reader_of(absence.deputy_id))
        details = [line.detail for _lane, lane in work.board for line in lane]
        assert any(f"{absence.person.name}さんの代わり" in detail for detail in details)

    def test_the_log_of_the_town_verifies(self):
        report = verify()
        assert report.clean, report.problems[:3]
        assert report.entries > 1000

    def test_every_text_could_have_been_typed(self):
        wrong = {
            value: text.problems(value, multiline=True)
            for model in (
                *(User, Party, Registration, Collaboration, Version, Message, JoinRequest),
                *(Activity, Suggestion, Answer),
            )
            for value in texts_of(model)
            if text.problems(value, multiline=True)
        }
        assert wrong == {}

    def test_no_two_written_collaborations_say_the_same(self):
        stories = content.read().stories
        for clause in ("title", "summary", "purpose"):
            said = [getattr(story, clause) for story in stories]
            assert len(set(said)) == len(said)
        for clause in ("schedule", "cost", "safety", "personal_data"):
            said = [story.text[clause] for story in stories if clause in story.text]
            assert len(set(said)) == len(said)

    def test_thirteen_visitors_have_doors_of_their_own(self):
        assert len({visitor.path for visitor in self.visitors}) == len(self.visitors) == 13
        assert [visitor.name for visitor in self.visitors] == [
            name for name, _about, _person in town.demo_people()
        ]

    def test_questions_wait_are_answered_and_declined_and_restatements_are_confirmed(self):
        tables = Collaboration.objects.filter(messages__question__isnull=False).distinct()
        assert tables.count() >= 5
        assert set(Asked.objects.values_list("status", flat=True)) == {"open", "answered", "declined"}
        assert {"confirmed", "waiting", "different"} == set(
            Restatement.objects.values_list("status", flat=True)
        )
        confirmed = Restatement.objects.filter(status="confirmed")
        assert confirmed.values("message__collaboration").distinct().count() >= 4

    def test_whoever_has_an_offer_to_answer_finds_it(self):
        for key in ("kozo", "lan", "masaru", "naoto", "ishii", "morita"):
            person = User.objects.get(email=f"{key}@example.jp")
            assert waiting_for(Actor(person=person.pk)), key

    def test_names_with_variants_and_a_long_name_occur(self):
        names = set(User.objects.values_list("name", flat=True))
        assert {"𠮷野 勝", "髙橋 由紀", "渡邉\U000e0100 耕造", "山﨑 直人"} <= names
        assert max(len(name) for name in Party.objects.values_list("name", flat=True)) > 40


@pytest.mark.skipif(not FACTS.exists(), reason="the tables of the guideline are not beside this repository")
def test_the_facts_are_the_ones_of_the_guideline():
    with FACTS.open(encoding="utf-8") as rows:
        told = [
            (int(row["fiscal_year"]), row["proposed_by"], row["title"], row["continues"] == "yes")
            for row in csv.DictReader(rows)
        ]
    kept = pack().scheme.projects
    assert [(p.year, p.proposed_by.value, p.title, p.continues) for p in kept] == told
    with FACTS.with_name("proposal_scheme_applications.csv").open(encoding="utf-8") as rows:
        numbers = [
            tuple(int(row[name]) if row[name] else None for name in ("fiscal_year", "citizen", "city"))
            for row in csv.DictReader(rows, fieldnames=("fiscal_year", "era", "citizen", "city"))
            if row["fiscal_year"].isdigit()
        ]
    assert [(year.year, year.citizen, year.city) for year in pack().scheme.years] == numbers


@pytest.mark.django_db
def test_an_interrupted_building_is_finished_the_next_time(monkeypatch):
    few = content.Town(WRITTEN.people, WRITTEN.settlers, WRITTEN.stories[:2])
    monkeypatch.setattr(building.content, "read", lambda: few)
    monkeypatch.setattr(building.scheme, "stories", lambda year: ())
    monkeypatch.setattr(playing.Play, "consent", lambda play, by=(): 1 / 0)
    with pytest.raises(ZeroDivisionError):
        town.build("S", quiet)
    assert Collaboration.objects.count() == 0, "half a story was kept"
    entries = Entry.objects.filter(case__startswith="parties.").count()
    monkeypatch.undo()
    monkeypatch.setattr(building.content, "read", lambda: few)
    monkeypatch.setattr(building.scheme, "stories", lambda year: ())
    town.build("S", quiet)
    told = Collaboration.objects.filter(title__in=[story.title for story in few.stories])
    assert told.count() == 2, "introductions may have begun others"
    assert Entry.objects.filter(case__startswith="parties.").count() == entries


def test_growth_makes_names_and_titles_only_once():
    grown = growing.grow(100)
    everything = [
        [story.title for story in grown.stories],
        [settler.name for settler in grown.settlers if settler.kind is not Kind.RESIDENT],
        [person.email for person in grown.people],
    ]
    for names in everything:
        assert len(set(names)) == len(names)
    assert len(grown.stories) + len(WRITTEN.stories) >= 2400
    assert len(grown.settlers) + len(WRITTEN.settlers) >= 4000


def test_growth_is_the_same_on_every_machine():
    assert growing.grow(10) == growing.grow(10)


def test_a_grown_collaboration_never_asks_one_person_to_answer_twice():
    grown = growing.grow(10)
    speakers = {settler.key: settler.speaker for settler in (*grown.settlers, *WRITTEN.settlers)}
    for story in grown.stories:
        assert len({speakers[key] for key in story.parties}) == len(story.parties)


def test_every_grown_text_of_every_form_can_be_offered():
    stories = growing.grow(5).stories
    for story in stories:
        ids = {key: place for place, key in enumerate(story.parties, 1)}
        begun = first_draft(story.title, story.summary, ids.values(), story.purpose, form=story.text["form"])
        assert problems(Wording(ids).apply(begun, story.text)) == [], story.text["form"]
    assert {story.text["form"] for story in stories} == set(Form.values)
