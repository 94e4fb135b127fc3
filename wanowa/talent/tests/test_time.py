"""As time passes: reminders once each, hidden at once, deleted after 90 days; texts, reads and stray keys go."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from wanowa.kernel import keyrings
from wanowa.kernel.actors import Actor
from wanowa.kernel.envelopes import Unopened
from wanowa.talent import queries, services
from wanowa.talent.models import Access, Consent, Export, Look, Profile, Request
from wanowa.talent.rules import Field, Tier
from wanowa.talent.tests.factories import (
    WIDE,
    accepted,
    asked,
    coordinator,
    department,
    looked,
    registered,
    told,
)

pytestmark = pytest.mark.django_db


def noon(day):
    """Return noon in Japan on a day."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def test_the_yearly_confirmation_from_the_first_reminder_to_the_last_trace(
    django_capture_on_commit_callbacks,
):
    profile = registered()
    due, key = profile.confirm_by, profile.key
    reminded = []
    for left in range(70, -1, -1):
        with time_machine.travel(noon(due - timedelta(days=left))):
            reminded += [left] * services.remind_of_confirmation()
            reminded += [left] * services.remind_of_confirmation()
            assert services.hide_unconfirmed() == 0
    assert reminded == [60, 30, 7]
    with time_machine.travel(noon(due)):
        assert queries.fields_shown([profile], queries.PARTY)[profile.pk]
    with time_machine.travel(noon(due + timedelta(days=1))):
        assert queries.fields_shown([profile], queries.PARTY)[profile.pk] == frozenset()
        assert (services.hide_unconfirmed(), services.hide_unconfirmed()) == (1, 0)
        assert services.delete_unconfirmed() == 0
    with time_machine.travel(noon(due + timedelta(days=90))):
        assert services.delete_unconfirmed() == 0
    with (
        time_machine.travel(noon(due + timedelta(days=91))),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert (services.delete_unconfirmed(), services.delete_unconfirmed()) == (1, 0)
    assert not Profile.objects.exists()
    with pytest.raises(Unopened):
        keyrings.fetch(key)


def test_a_clock_that_jumps_a_year_reminds_nobody_late_and_hides():
    profile = registered()
    with time_machine.travel(noon(profile.confirm_by + timedelta(days=20))):
        assert services.remind_of_confirmation() == 0
        assert services.hide_unconfirmed() == 1


def test_who_confirms_late_is_back_for_a_year():
    profile = registered()
    due = profile.confirm_by
    with time_machine.travel(noon(due + timedelta(days=5))):
        services.hide_unconfirmed()
        services.confirm(profile, by=Actor(profile.person_id))
        profile.refresh_from_db()
        assert profile.confirm_by == due.replace(year=due.year + 1)
        assert queries.fields_shown([profile], queries.PARTY)[profile.pk]


def test_a_consent_ends_by_itself_after_three_years():
    profile = registered()
    Profile.objects.update(confirm_by=profile.confirm_by.replace(year=2040))
    profile.refresh_from_db()
    with time_machine.travel(timezone.now() + timedelta(days=365 * 3 - 1)):
        assert queries.fields_shown([profile], queries.DESK)[profile.pk]
    with time_machine.travel(timezone.now() + timedelta(days=365 * 3 + 1)):
        assert queries.fields_shown([profile], queries.DESK)[profile.pk] == frozenset()


def test_texts_of_requests_go_in_their_time_and_counts_stay():
    profile, (_office, by) = registered(), department()
    vain, done = asked(profile, by), accepted(profile, department()[1])
    services.speak(done, body="よろしくお願いします。", by=Actor(profile.person_id))
    now = timezone.now()
    for days, gone in ((14 + 89, []), (14 + 91, [vain]), (364, [vain]), (366, [vain, done])):
        with time_machine.travel(now + timedelta(days=days)):
            services.lapse_requests()
            services.forget_texts()
        empty = {one.pk for one in Request.objects.filter(purpose="")}
        assert empty == {one.pk for one in gone}
    assert [message.body for message in queries.said_about(done)] == [""]


def test_reads_go_after_three_years_and_withdrawn_consents_too():
    profile, (_office, by) = registered(), department()
    looked(by)
    services.change(profile, told(tiers=WIDE | {Field.AREA: Tier.V0}), by=Actor(profile.person_id))
    standing = Consent.objects.filter(withdrawn_at__isnull=True).count()
    with time_machine.travel(timezone.now() + timedelta(days=365 * 3 - 1)):
        assert (services.forget_accesses(), services.forget_consents()) == (0, 0)
    with time_machine.travel(timezone.now() + timedelta(days=365 * 3 + 1)):
        assert services.forget_accesses() == 1
        assert services.forget_consents() == 2
    assert not Access.objects.exists()
    assert not Look.objects.exists()
    assert Consent.objects.count() == standing


def test_the_monthly_digest_goes_to_who_was_read_once():
    profile = registered()
    registered()
    looked(department()[1], area="north")
    Access.objects.exclude(profile=profile).delete()
    mail.outbox.clear()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert services.mail_digests() == 1
        assert services.mail_digests() == 0
    assert mail.outbox[0].to == [profile.person.email]
    assert "1回" in mail.outbox[0].body


def test_a_key_that_a_crash_left_behind_is_swept_after_a_day_and_no_other():
    profile, stray = registered(), keyrings.make()
    assert services.sweep_keys() == 0
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert services.sweep_keys() == 1
    assert keyrings.fetch(profile.key)
    with pytest.raises(Unopened):
        keyrings.fetch(stray)


def test_an_export_is_forgotten_after_a_year():
    services.ask_for_export(reason="点検", by=coordinator())
    with time_machine.travel(timezone.now() + timedelta(days=367)):
        assert services.forget_exports() == 1
    assert not Export.objects.exists()


def test_an_answer_by_mail_after_the_days_is_too_late():
    request = asked(registered(), department()[1])
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        services.lapse_requests()
        request.refresh_from_db()
        assert (request.status, request.token_digest, request.settled) == ("lapsed", "", True)
