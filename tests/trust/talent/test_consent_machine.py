"""No page shows a field without a live consent for that viewer at that second: a state machine says what may be seen.

CI plays a fixed set of examples; `WANOWA_NIGHT=1` plays fresh ones. Each control plays one sequence twice,
with every condition and without one, and the model must notice.
"""

import os
from datetime import datetime, timedelta
from itertools import count

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Refused
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.talent import queries, services
from wanowa.talent.models import Consent
from wanowa.talent.queries import sight
from wanowa.talent.rules import HANDED_OVER, HIGHEST, NEEDED, Channel, Field, Purpose, Tier
from wanowa.talent.rules import consent as texts
from wanowa.talent.tests.factories import ALL, coordinator, department, told

NIGHT = bool(os.environ.get("WANOWA_NIGHT"))
EXAMPLES, STEPS = (400, 40) if NIGHT else (6, 14)
WORDS = {
    Field.EXPERIENCE: "カナリアの経験",
    Field.NAME: "カナリアの名前",
    Field.CONTACT: "canary@bank.example",
}
VIEWERS = {Purpose.DESK: queries.DESK, Purpose.PARTIES: queries.PARTY, Purpose.PUBLIC: queries.PUBLIC}
CHOSEN = (Field.SKILLS, Field.EXPERIENCE, Field.AREA, Field.TIMES, Field.REWARD, Field.AGE_BAND)
TIERS = st.fixed_dictionaries(
    {
        field: st.sampled_from(
            [tier for tier in Tier if (tier or field not in NEEDED) and tier <= HIGHEST[field]]
        )
        for field in CHOSEN
    }
)
FIXED = {Field.NAME: Tier.V1, Field.METHOD: Tier.V1}


class Bank(RuleBasedStateMachine):
    """One person, one department, one coordinator; beside them a model of what may be seen."""

    def __init__(self):
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.clock = time_machine.travel(datetime(2026, 5, 1, 3, tzinfo=timezone.get_current_timezone()))
        self.clock.start()
        self.travelled, self.patch = timedelta(), pytest.MonkeyPatch()
        person = PersonFactory()
        self.by, self.desk, (_office, self.officer) = Actor(person.pk), coordinator(), department()
        self.client = sign_in(Client(), User.objects.get(pk=self.officer.person))
        self.tiers = {Field.SKILLS: Tier.V2, Field.EXPERIENCE: Tier.V2} | FIXED
        self.profile = services.register(self._told(), by=self.by)
        self.profile = services.review(self.profile, accept=True, by=self.desk)
        self.given = {each: timezone.now() for each in self._consented()}
        self.stale, self.hidden, self.handed = set(), False, {}
        self.confirm_by, self.request = self.profile.confirm_by, None

    def teardown(self):
        """Undo everything."""
        self.patch.undo()
        self.clock.stop()
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    def _told(self):
        return told(tiers=self.tiers, may_call=True, **{field.value: value for field, value in WORDS.items()})

    def _again(self):
        self.profile.refresh_from_db()

    @rule(tiers=TIERS)
    def choose(self, tiers):
        """Choose anew who sees what: every consent is to today's text again."""
        before, now = self._consented(), timezone.now()
        self.tiers = tiers | FIXED
        services.change(self.profile, self._told(), by=self.by)
        self._again()
        for purpose, field in self._consented():
            if (
                (purpose, field) not in before
                or (purpose, field) in self.stale
                or self._expired(purpose, field)
            ):
                self.given[purpose, field] = now
        self.stale.clear()

    def _consented(self):
        return {
            (purpose, field)
            for field, tier in self.tiers.items()
            for purpose, step in ((Purpose.DESK, 1), (Purpose.PARTIES, 2), (Purpose.PUBLIC, 3))
            if tier >= step
        }

    def _expired(self, purpose, field):
        since = self.given.get((purpose, field))
        return since is None or timezone.now() >= since + texts.LASTS

    @rule()
    def hide_or_show(self):
        """Hide everything, or stop hiding."""
        (services.show_again if self.hidden else services.hide)(self.profile, by=self.by)
        self.hidden = not self.hidden
        self._again()

    @rule(days=st.sampled_from([1, 13, 40, 200, 400]))
    def wait(self, days):
        """Let days pass, and the nightly jobs run on some of them."""
        self.clock.stop()
        now = datetime(2026, 5, 1, 3, tzinfo=timezone.get_current_timezone())
        self.travelled += timedelta(days=days)
        self.clock = time_machine.travel(now + self.travelled)
        self.clock.start()
        self.client = sign_in(Client(), User.objects.get(pk=self.officer.person))
        if days > 13:
            services.hide_unconfirmed()
        services.lapse_requests()
        self._again()

    @rule()
    def confirm(self):
        """Stay another year."""
        self.confirm_by = services.confirm(self.profile, by=self.by).confirm_by
        self._again()

    _texts = count()

    @rule(purpose=st.sampled_from(list(VIEWERS)))
    def reword(self, purpose):
        """Change what people agree to, as the city may."""
        changed = dict(texts.TEXTS) | {purpose: f"文{next(self._texts)}"}
        self.patch.setattr(texts, "TEXTS", changed)
        self.stale |= {(purpose, field) for field in Field}

    @rule(fields=st.sets(st.sampled_from(HANDED_OVER)), days=st.integers(0, 60))
    def ask_and_accept(self, fields, days):
        """Ask for the department, and hand over what the person chooses."""
        try:
            look = services.look(purpose="x", skills=["pruning"], by=self.officer)
            self.request = services.ask(look, self.profile, services.Words("x"), by=self.officer)
        except Refused:
            return
        until = timezone.localdate() + timedelta(days=days)
        services.accept(self.request, hand_over=fields, until=until, channel=Channel.WEB, by=self.by)
        self.handed = {field: until for field in fields if ALL[field] or WORDS.get(field)}

    @precondition(lambda self: self.handed)
    @rule(data=st.data())
    def take_back(self, data):
        """Take back one thing that was handed over."""
        field = data.draw(st.sampled_from(sorted(self.handed)))
        services.take_back(self.request, field, by=self.by)
        del self.handed[field]

    def _visible(self, purpose):
        if self.hidden or timezone.localdate() > self.confirm_by:
            return set()
        return {
            field
            for at, field in self._consented()
            if at == purpose and (at, field) not in self.stale and not self._expired(at, field)
        }

    @invariant()
    def every_viewer_sees_what_is_consented_and_nothing_else(self):
        """Compare each viewer with the model."""
        for purpose, viewer in VIEWERS.items():
            expected = {field for field in self._visible(purpose) if ALL[field] or WORDS.get(field)}
            shown = sight.seen([self.profile], viewer)[self.profile.pk]
            assert set(shown) == expected, f"{purpose}: {set(shown) ^ expected}"
        if self.request is not None:
            gone = self.hidden or timezone.localdate() > self.confirm_by
            expected = (
                set()
                if gone
                else {field for field, until in self.handed.items() if timezone.localdate() <= until}
            )
            assert set(queries.handed_fields(self.request)) == expected

    @invariant()
    def no_page_of_the_party_says_more(self):
        """Look for the words themselves in what the department's browser gets."""
        with transaction.atomic():
            look = services.look(purpose="x", skills=["pruning"], by=self.officer)
            page = self.client.get(reverse("talent:cards", args=[look.pk])).content.decode()
            transaction.set_rollback(True)
        seen = self._visible(Purpose.PARTIES)
        found = Field.SKILLS in seen
        assert (WORDS[Field.EXPERIENCE] in page) == (found and Field.EXPERIENCE in seen)
        assert WORDS[Field.NAME] not in page
        assert WORDS[Field.CONTACT] not in page
        if self.request is not None:
            there = self.client.get(reverse("talent:request", args=[self.request.pk])).content.decode()
            assert WORDS[Field.CONTACT] not in there, "nobody has opened it"


def play(examples):
    """Run the machine."""
    run_state_machine_as_test(
        Bank,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=not NIGHT,
            print_blob=True,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_nothing_is_shown_without_a_live_consent():
    play(EXAMPLES)


def hidden(bank):
    bank.hide_or_show()


def withdrawn(bank):
    bank.choose({field: Tier.V1 if field in NEEDED else Tier.V0 for field in CHOSEN})


def reworded(bank):
    bank.reword(Purpose.PARTIES)


def unconfirmed(bank):
    bank.wait(400)


def expired(bank):
    for _year in range(4):
        bank.confirm()
        bank.wait(364)
    bank.confirm()


CONTROLS = {
    hidden: "profile__hidden_at__isnull",
    withdrawn: "withdrawn_at__isnull",
    reworded: "text__in",
    unconfirmed: "profile__confirm_by__gte",
    expired: "expires_at__gt",
}


@pytest.mark.django_db
@pytest.mark.parametrize("happens", CONTROLS, ids=lambda happens: happens.__name__)
@pytest.mark.parametrize("on", [True, False], ids=["on", "off"])
def test_the_machine_notices_when_a_condition_is_off(happens, on, monkeypatch):
    """The same sequence twice: with every condition nothing is wrong, without that one something is seen."""
    bank = Bank()
    true = sight.live

    def loose(viewer, now):
        wanted = {
            "purpose__in": viewer.purposes,
            "given_at__lte": now,
            "withdrawn_at__isnull": True,
            "text__in": [texts.digest_of(purpose) for purpose in viewer.purposes],
            "expires_at__gt": now,
            "profile__hidden_at__isnull": True,
            "profile__confirm_by__gte": timezone.localdate(now),
        }
        del wanted[CONTROLS[happens]]
        return Consent.objects.filter(**wanted)

    try:
        bank.every_viewer_sees_what_is_consented_and_nothing_else()
        monkeypatch.setattr(sight, "live", true if on else loose)
        happens(bank)
        if on:
            bank.every_viewer_sees_what_is_consented_and_nothing_else()
        else:
            with pytest.raises(AssertionError):
                bank.every_viewer_sees_what_is_consented_and_nothing_else()
    finally:
        bank.teardown()
