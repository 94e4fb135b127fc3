"""People join, change roles, leave and hand over; the party is never without a representative."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.parties import queries, services, verbs
from wanowa.parties.models import Invitation, Membership
from wanowa.parties.rules import ALLOWED, Act, Role
from wanowa.parties.services import Naming, Profile
from wanowa.parties.tests.factories import LONG_AGO, MembershipFactory, PartyFactory, party_with
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.models import Entry, Opening
from wanowa.record.queries import history
from wanowa.record.services import verify
from wanowa.record.verbs import VALUE_REDACTED

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def today():
    return timezone.localdate()


def actor(person, party=None):
    return Actor(person=person.pk, party=party.pk if party else None)


def link(token):
    return f"https://example.jp/parties/invitations/{token}/"


def invite(party, by, email="new@example.jp", role=Role.MEMBER, **more):
    more.setdefault("starts_on", today())
    return services.invite(party, email, role, link=link, by=actor(by, party), **more)


def token_mailed():
    return re.search(r"invitations/([^/]+)/", mail.outbox[-1].body)[1]


def representatives(party, day):
    return {
        term.person_id
        for term in Membership.objects.filter(party=party, role=Role.REPRESENTATIVE)
        if term.holds_on(day)
    }


def test_an_invitation_leads_its_reader_into_the_party():
    party, (boss,) = party_with()
    invite(party, boss, email="New@Example.jp ")
    person = PersonFactory(email="new@example.jp")
    waiting = queries.invitation_of(token_mailed())

    term = services.accept_invitation(waiting, by=actor(person))

    assert (term.role, term.since, term.until) == (Role.MEMBER, today(), None)
    assert Invitation.objects.get().email == ""
    assert mail.outbox[0].to == ["new@example.jp"]
    told = [verbs.INVITED.name, verbs.JOINED.name, VALUE_REDACTED.name]
    assert [entry.verb for entry in history(party)] == told
    assert not Opening.objects.filter(field="email").exists(), "the address is of no use any more"
    assert verify().clean


def test_neither_the_token_nor_the_address_nor_the_person_stands_in_the_log():
    party, (boss,) = party_with()
    invite(party, boss)
    person = PersonFactory(email="new@example.jp")
    services.accept_invitation(queries.invitation_of(token_mailed()), by=actor(person))
    for entry in Entry.objects.all():
        kept = f"{entry.facts} {entry.commitments}"
        assert "new@example.jp" not in kept
        assert token_mailed() not in kept
        assert "person" not in entry.facts
    assert token_mailed() not in str(Invitation.objects.values())


def test_an_invitation_opens_once():
    party, (boss,) = party_with()
    invitation = invite(party, boss)
    person = PersonFactory(email="new@example.jp")
    services.accept_invitation(invitation, by=actor(person))
    with pytest.raises(Refused, match="もう使えません"):
        services.accept_invitation(invitation, by=actor(person))
    assert queries.invitation_of(token_mailed()) is None


def test_an_invitation_opens_for_its_address_only():
    party, (boss,) = party_with()
    invitation = invite(party, boss)
    with pytest.raises(Forbidden, match="別のメールアドレス"):
        services.accept_invitation(invitation, by=actor(PersonFactory()))
    assert Membership.objects.filter(party=party).count() == 1


def test_an_invitation_ends_after_fourteen_days():
    party, (boss,) = party_with()
    invitation = invite(party, boss)
    person = PersonFactory(email="new@example.jp")
    with time_machine.travel(timezone.now() + timedelta(days=14, seconds=1)):
        with pytest.raises(Refused):
            services.accept_invitation(invitation, by=actor(person))
        assert queries.invitation_of(token_mailed()) is None


def test_an_invitation_that_was_taken_back_no_longer_opens():
    party, (boss,) = party_with()
    invitation = invite(party, boss)
    services.withdraw_invitation(invitation, by=actor(boss, party))
    with pytest.raises(Refused):
        services.accept_invitation(invitation, by=actor(PersonFactory(email="new@example.jp")))
    with pytest.raises(Refused):
        services.withdraw_invitation(invitation, by=actor(boss, party))


def test_one_person_is_invited_once_at_a_time():
    party, (boss, other) = party_with(people=2)
    invite(party, boss)
    with pytest.raises(Refused, match="もう招待"):
        invite(party, other, email="NEW@example.jp")
    assert len(mail.outbox) == 1


def test_a_member_is_not_invited_again():
    party, (boss, other) = party_with(people=2)
    with pytest.raises(Refused, match="もうメンバー"):
        invite(party, boss, email=other.email)


def test_one_address_gets_few_invitations_a_day():
    for _ in range(3):
        party, (boss,) = party_with()
        invite(party, boss)
    party, (boss,) = party_with()
    with pytest.raises(Refused, match="明日"):
        invite(party, boss)
    assert len(mail.outbox) == 3
    assert not party.invitations.exists()


def test_who_was_removed_does_not_come_back_by_an_old_link():
    party, (boss, leaver) = party_with(people=2)
    invitation = invite(party, leaver, email="second@example.jp")
    term = Membership.objects.get(person=leaver)
    services.end_term(term, last_day=today() - DAY, by=actor(boss, party))
    with pytest.raises(Refused):
        services.accept_invitation(invitation, by=actor(PersonFactory(email="second@example.jp")))


@pytest.mark.parametrize("days", [1, 30])
def test_a_handover_leaves_no_day_without_a_representative(days):
    party, (boss,) = party_with()
    successor = MembershipFactory(party=party, role=Role.MEMBER)
    day = today() + days * DAY
    services.hand_over(Membership.objects.get(person=boss), successor, on=day, by=actor(boss, party))

    assert representatives(party, day - DAY) == {boss.pk}
    assert representatives(party, day) == {successor.person_id}
    assert queries.first_unrepresented_day(party.pk) is None
    with time_machine.travel(datetime.combine(day, datetime.min.time(), UTC)):
        assert queries.role_in(party.pk, boss.pk) is None
        assert queries.role_in(party.pk, successor.person_id) == Role.REPRESENTATIVE


def test_a_handover_to_somebody_invited_is_settled_when_they_accept():
    party, (boss,) = party_with()
    outgoing = Membership.objects.get(person=boss)
    day = today() + 5 * DAY
    invitation = invite(party, boss, starts_on=day, hands_over=outgoing)
    assert queries.first_unrepresented_day(party.pk) is None
    outgoing.refresh_from_db()
    assert outgoing.until is None

    person = PersonFactory(email="new@example.jp")
    with time_machine.travel(timezone.now() + 7 * DAY):
        services.accept_invitation(invitation, by=actor(person))
        assert representatives(party, today()) == {person.pk}
        assert representatives(party, today() - DAY) == {boss.pk}


def test_a_handover_needs_a_coming_day_and_another_person():
    party, (boss,) = party_with()
    mine = Membership.objects.get(person=boss)
    viewer = MembershipFactory(party=party, role=Role.VIEWER)
    by = actor(boss, party)
    for successor, day in [(viewer, today()), (viewer, today() - DAY), (mine, today() + DAY)]:
        with pytest.raises(Invalid):
            services.hand_over(mine, successor, on=day, by=by)
    with pytest.raises(Invalid, match="代表だけ"):
        services.hand_over(viewer, mine, on=today() + DAY, by=by)


def test_the_last_representative_cannot_leave():
    party, (boss,) = party_with()
    MembershipFactory(party=party, role=Role.MEMBER)
    term = Membership.objects.get(person=boss)
    for act in (
        lambda: services.end_term(term, last_day=today(), by=actor(boss, party)),
        lambda: services.end_term(term, last_day=today() + 400 * DAY, by=actor(boss, party)),
        lambda: services.change_role(term, Role.VIEWER, on=today(), by=actor(boss, party)),
    ):
        with pytest.raises(Refused, match="引き継いで"):
            act()
    term.refresh_from_db()
    assert (term.role, term.until) == (Role.REPRESENTATIVE, None)
    assert not history(party)


def test_a_new_role_begins_on_its_day():
    party, (boss,) = party_with()
    term = MembershipFactory(party=party, role=Role.VIEWER)
    day = today() + 10 * DAY
    changed = services.change_role(term, Role.MEMBER, on=day, by=actor(boss, party))
    term.refresh_from_db()
    assert (term.role, term.since, term.until) == (Role.VIEWER, LONG_AGO, day - DAY)
    assert (changed.role, changed.since, changed.until) == (Role.MEMBER, day, None)


def test_a_member_leaves_alone_but_removes_nobody():
    party, _people = party_with()
    mine = MembershipFactory(party=party, role=Role.MEMBER)
    other = MembershipFactory(party=party, role=Role.VIEWER)
    with pytest.raises(Forbidden):
        services.end_term(other, last_day=today(), by=actor(mine.person, party))
    services.end_term(mine, last_day=today() - DAY, by=actor(mine.person, party))
    assert queries.role_in(party.pk, mine.person_id) is None


def test_a_resident_stays_one_person():
    party, (person,) = party_with(kind=Kind.RESIDENT)
    term = Membership.objects.get(party=party)
    by = actor(person, party)
    for act in (
        lambda: invite(party, person),
        lambda: services.end_term(term, last_day=today(), by=by),
        lambda: services.change_role(term, Role.VIEWER, on=today(), by=by),
    ):
        with pytest.raises(Refused, match="個人の主体"):
            act()


def acts(party, term, other):
    """Every act, done by whoever holds `term`, as (act, callable)."""
    by = actor(term.person, party)
    next_week = timezone.localdate() + 7 * DAY
    return {
        Act.DESCRIBE: lambda: services.describe(party, Profile(story="x"), by=by),
        Act.RENAME: lambda: services.rename(party, Naming("別の名"), by=by),
        Act.APPLY: lambda: services.apply_for_registration(party, 2026, by=by),
        Act.INVITE: lambda: invite(party, term.person),
        Act.CHANGE_ROLE: lambda: services.change_role(other, Role.MEMBER, on=next_week, by=by),
        Act.END_TERM: lambda: services.end_term(other, last_day=next_week, by=by),
        Act.HAND_OVER: lambda: services.hand_over(
            Membership.objects.get(party=party, person__name="本人"), other, on=next_week, by=by
        ),
        Act.CLOSE: lambda: services.close(party, by=by),
    }


LAST_SECOND = datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC)
"""2026-03-31 23:59:59 in Japan."""


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.SEE_MEMBERS])
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("starts", "now"), [(False, 0), (False, 1), (True, 0), (True, 1)])
def test_rights_change_with_the_second_of_the_fiscal_year(role, act, starts, now):
    """A term until 31 March ends, and a term from 1 April begins, at midnight in Japan."""
    with time_machine.travel(LAST_SECOND + timedelta(seconds=now), tick=False):
        party = PartyFactory()
        MembershipFactory(party=party, person__name="本人")
        other = MembershipFactory(party=party, role=Role.VIEWER)
        dates = {"since": date(2026, 4, 1)} if starts else {"until": date(2026, 3, 31)}
        term = MembershipFactory(party=party, role=role, **dates)
        in_term = bool(now) if starts else not now
        allowed = in_term and role in ALLOWED[act]
        before = (list(Membership.objects.values()), list(party.__class__.objects.values()))
        if act is Act.APPLY and allowed:
            assert acts(party, term, other)[act]().fiscal_year == 2026
        elif allowed:
            acts(party, term, other)[act]()
            assert history(party)
        else:
            with pytest.raises(Forbidden):
                acts(party, term, other)[act]()
            assert (list(Membership.objects.values()), list(party.__class__.objects.values())) == before
            assert not history(party)
