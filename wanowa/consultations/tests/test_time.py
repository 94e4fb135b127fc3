"""As time passes: late days are written down once, people are asked once, and after three years nothing is left."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from wanowa.consultations import queries, services
from wanowa.consultations.models import Access, Case, Message, Tally
from wanowa.consultations.rules import forgotten_from
from wanowa.consultations.tests.factories import brought, closed, holder, told
from wanowa.consultations.verbs import FOLLOWED_UP, FORGOTTEN, NOT_REACHED, OVERDUE
from wanowa.kernel import keyrings
from wanowa.kernel.actors import PUBLIC, SYSTEM, Actor
from wanowa.kernel.calendar import next_business_day
from wanowa.kernel.envelopes import Unopened
from wanowa.kernel.errors import Refused
from wanowa.kernel.files import accept
from wanowa.kernel.tests.upload_samples import pdf
from wanowa.people.services import erase
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.models import Entry, Opening
from wanowa.record.queries import case_of
from wanowa.talent.services import sweep_keys

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def at(day):
    """Return noon in Japan on a day."""
    return time_machine.travel(timezone.make_aware(datetime.combine(day, time(12))), tick=False)


def count(verb, case):
    return Entry.objects.filter(case=case_of(case), verb=verb.name).count()


def test_a_late_day_is_written_down_once_and_a_new_day_anew(desk):
    case = brought()
    due = case.due_on
    with at(due):
        assert services.note_overdue() == 0
    with at(due + A_DAY):
        assert (services.note_overdue(), services.note_overdue()) == (1, 0)
        later = next_business_day(due + A_DAY)
        services.answer(case, body="おそくなりました。", due_on=later, by=holder(case))
        assert services.note_overdue() == 0
    with at(later + A_DAY):
        assert (services.note_overdue(), services.note_overdue()) == (1, 0)
    assert count(OVERDUE, case) == 2
    closed(case)
    with at(due + 30 * A_DAY):
        assert services.note_overdue() == 0


def test_four_weeks_after_the_end_she_is_asked_once(desk, django_capture_on_commit_callbacks):
    person = PersonFactory()
    case = closed(brought(person))
    end = timezone.localdate()
    mail.outbox = []
    with at(end + 27 * A_DAY):
        assert services.ask_follow_ups() == 0
    with at(end + 28 * A_DAY), django_capture_on_commit_callbacks(execute=True):
        assert (services.ask_follow_ups(), services.ask_follow_ups()) == (1, 0)
    assert count(FOLLOWED_UP, case) == 1
    assert [letter.to for letter in mail.outbox] == [[person.email]]


def to_call(*told_of):
    """Return cases that were closed and asked about, in this order."""
    made = [closed(brought(contact=contact)) for contact in told_of]
    for case in made:
        services.ask(Case.objects.get(pk=case.pk), by=SYSTEM)
    return made


def test_who_can_be_called_is_on_the_list_and_nobody_else_first_asked_first(desk):
    first, _without, last = to_call("048-464-0001", "", "048-464-0002")
    before = closed(brought(contact="048-464-0003"))
    assert queries.queue_of(queries.reader_of(desk.pk)).to_call == [first, last]
    services.confirm_address(first, email="hanako@example.jp", by=PUBLIC)
    assert queries.queue_of(queries.reader_of(desk.pk)).to_call == [last]
    with pytest.raises(Refused, match="電話で"):
        services.note_unreached(before, by=Actor(desk.pk))


def test_after_three_calls_on_three_days_or_four_weeks_nobody_calls_any_more(desk):
    called, forgotten = to_call("048-464-0001", "048-464-0002")
    today, by = timezone.localdate(), Actor(desk.pk)
    for days in range(3):
        with at(today + days * A_DAY):
            assert queries.queue_of(queries.reader_of(desk.pk)).to_call == [called, forgotten]
            services.note_unreached(called, by=by)
            with pytest.raises(Refused, match="べつの日"):
                services.note_unreached(called, by=by)
    with at(today + 3 * A_DAY):
        assert queries.queue_of(queries.reader_of(desk.pk)).to_call == [forgotten]
    assert count(NOT_REACHED, called) == 3
    with at(today + 29 * A_DAY):
        assert queries.queue_of(queries.reader_of(desk.pk)).to_call == []
    services.speak(called, body="まだ困っています。", by=PUBLIC)
    assert Case.objects.get(pk=called.pk).calls == 0


def test_three_years_after_the_end_nothing_is_left_but_a_count(
    desk, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path / "media"
    person = PersonFactory()
    file = accept(SimpleUploadedFile("案.pdf", pdf()))
    case = services.open_case(told(category="green"), files=[file], by=Actor(person.pk)).case
    services.open_reading(case, by=Actor(desk.pk))
    services.speak(case, body="もうひとつ", by=Actor(person.pk))
    closed(case)
    last = forgotten_from(timezone.localdate(), 3)
    key = Case.objects.get(pk=case.pk).key
    with at(last - A_DAY):
        assert services.forget_old() == 0
        assert keyrings.fetch(key)
    with at(last), django_capture_on_commit_callbacks(execute=True):
        assert (services.forget_old(), services.forget_old()) == (1, 0)
    assert not Case.objects.exists()
    assert not Message.objects.exists()
    assert not Access.objects.exists()
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
    with pytest.raises(Unopened):
        keyrings.fetch(key)
    assert list(Tally.objects.values_list("category", "outcome", "count")) == [("green", "information", 1)]
    entries = Entry.objects.filter(case=f"consultations.case/{case.pk}")
    assert entries.filter(verb=FORGOTTEN.name).count() == 1
    assert not Opening.objects.filter(entry__in=entries, value=str(person.pk)).exists()


def test_a_case_that_is_open_is_never_forgotten(desk):
    case = brought()
    with at(timezone.localdate() + 2000 * A_DAY):
        assert services.forget_old() == 0
    assert Case.objects.filter(pk=case.pk).exists()


def test_reads_of_a_case_that_stays_open_go_after_three_years(desk):
    services.open_reading(brought(), by=Actor(desk.pk))
    with at(timezone.localdate() + 1094 * A_DAY):
        assert services.forget_accesses() == 0
    with at(timezone.localdate() + 1097 * A_DAY):
        assert services.forget_accesses() == 1


def test_when_she_erases_herself_her_cases_go_with_her_and_others_stay(
    desk, django_capture_on_commit_callbacks
):
    person = PersonFactory()
    mine, other = brought(person), brought(PersonFactory())
    with django_capture_on_commit_callbacks(execute=True):
        erase(person, by=Actor(person.pk))
    assert list(Case.objects.all()) == [other]
    with pytest.raises(Unopened):
        keyrings.fetch(mine.key)
    assert queries.own(other).read(other, "text")


def test_the_sweep_of_stray_keys_leaves_those_of_cases(desk):
    case = brought()
    stray = keyrings.make()
    with at(timezone.localdate() + 3 * A_DAY):
        assert sweep_keys() == 1
    assert queries.own(case).read(case, "text")
    with pytest.raises(Unopened):
        keyrings.fetch(stray)


def test_her_export_holds_her_words_and_what_she_was_told_and_no_note(desk):
    person = PersonFactory()
    case = brought(person, text="わたしの相談")
    services.answer(case, body="あなたへの返事", by=holder(case))
    services.note(case, body="内側だけのメモ", by=holder(case))
    services.open_reading(case, by=Actor(desk.pk))
    exported = repr(queries.export_of(person))
    assert "わたしの相談" in exported
    assert "あなたへの返事" in exported
    assert desk.name in exported
    assert "内側だけのメモ" not in exported
    assert queries.export_of(PersonFactory()) == {"cases": []}
