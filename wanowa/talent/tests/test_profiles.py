"""Registering, tiers and consents, hiding, leaving: what is told is sealed, and seen by nobody without consent."""

import itertools

import pytest
from django.db import DatabaseError, transaction

from wanowa.kernel import keyrings
from wanowa.kernel.actors import Actor
from wanowa.kernel.envelopes import Unopened
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.people.services import erase, export
from wanowa.people.tests.factories import PersonFactory
from wanowa.talent import queries, services
from wanowa.talent.models import Consent, Listing, Profile
from wanowa.talent.rules import HIGHEST, Channel, Field, Purpose, Tier, Told
from wanowa.talent.tests.factories import ALL, WIDE, coordinator, on_paper, registered, told

pytestmark = pytest.mark.django_db


def test_what_is_told_comes_back_to_the_person_and_lies_sealed_in_the_table():
    profile = registered()
    assert queries.everything(profile) == {field: value for field, value in ALL.items() if value}
    row = Profile.objects.filter(pk=profile.pk).values(*[field.value for field in Field]).get()
    kept = b"".join(bytes(value) for value in row.values())
    assert kept
    for value in ALL.values():
        assert not value or value.encode() not in kept


def test_a_sealed_value_opens_in_its_own_place_only():
    """Swapped between people, between rows and between columns: 1,000 pairs, none opens (trust.md §4.7)."""
    people = [registered(reviewed=False, name=f"人{number}") for number in range(12)]
    cells = [(profile, field) for profile in people for field in Field if getattr(profile, field.value)]
    pairs = list(itertools.islice(itertools.permutations(cells, 2), 1000))
    assert len(pairs) == 1000
    opened = 0
    for (one, field), (other, there) in pairs:
        try:
            keyrings.fetch(other.key).unseal(
                bytes(getattr(one, field.value)), place=queries.place(other, there)
            )
            opened += 1
        except Unopened:
            continue
    assert opened == 0
    one, field = cells[0]
    assert keyrings.fetch(one.key).unseal(bytes(getattr(one, field.value)), place=queries.place(one, field))


def test_without_the_key_nothing_opens_again():
    profile = registered()
    keyrings.destroy(profile.key)
    with pytest.raises(Unopened):
        queries.everything(profile)


@pytest.mark.parametrize("field", list(HIGHEST))
def test_no_field_can_be_seen_more_widely_than_its_highest_tier(field):
    for tier in Tier:
        values = ALL | {field: ALL[field] or "和光 花子"} | {Field.METHOD: "phone"}
        values |= {Field.CONTACT: "048-464-0000"}
        words = Told(values, WIDE | {field: tier}, may_call=True)
        by = Actor(PersonFactory().pk)
        if tier > HIGHEST[field] or (tier == Tier.V0 and field in {Field.NAME, Field.SKILLS, Field.METHOD}):
            with pytest.raises(Invalid):
                services.register(words, by=by)
        else:
            assert services.register(words, by=by).pk


def test_a_tier_becomes_a_consent_for_it_and_every_narrower_one():
    profile = registered(tiers=WIDE | {Field.SKILLS: Tier.V3})
    given = {(one.purpose, one.field) for one in queries.current(profile)}
    assert {("desk", "skills"), ("parties", "skills"), ("public", "skills"), ("desk", "name")} <= given
    assert not any(field in {"contact", "reading"} for _purpose, field in given)


def test_a_lower_tier_withdraws_at_once_and_the_consent_stays_on_record():
    profile = registered()
    assert Field.AREA in queries.fields_shown([profile], queries.PARTY)[profile.pk]
    services.change(profile, told(tiers=WIDE | {Field.AREA: Tier.V1}), by=Actor(profile.person_id))
    assert Field.AREA not in queries.fields_shown([profile], queries.PARTY)[profile.pk]
    withdrawn = Consent.objects.get(profile=profile, purpose=Purpose.PARTIES, field=Field.AREA)
    assert withdrawn.withdrawn_at is not None


def test_a_changed_text_of_the_consent_asks_again(monkeypatch):
    profile = registered()
    from wanowa.talent.rules import consent  # noqa: PLC0415 - the table that the test changes

    changed = dict(consent.TEXTS) | {Purpose.PARTIES: "べつの文です。"}
    monkeypatch.setattr(consent, "TEXTS", changed)
    assert queries.fields_shown([profile], queries.PARTY)[profile.pk] == frozenset()
    assert queries.fields_shown([profile], queries.DESK)[profile.pk]


@pytest.mark.parametrize(
    "change",
    ["text = 'x'", "field = 'area'", "expires_at = now()", "withdrawn_at = NULL", "channel = 'paper'"],
)
def test_the_database_refuses_to_rewrite_a_consent(change):
    from django.db import connection  # noqa: PLC0415 - only here

    profile = registered()
    services.change(profile, told(tiers=WIDE | {Field.AREA: Tier.V0}), by=Actor(profile.person_id))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE talent_consent SET {change} WHERE withdrawn_at IS NOT NULL")


def test_the_database_refuses_to_delete_a_consent_that_counts():
    profile = registered()
    with pytest.raises(DatabaseError), transaction.atomic():
        profile.consents.all().delete()


def test_a_minor_is_seen_by_the_desk_alone_and_has_a_guardian():
    by = Actor(PersonFactory().pk)
    low = {field: min(tier, Tier.V1) for field, tier in WIDE.items()}
    with pytest.raises(Invalid, match="保護者"):
        services.register(told(age_band="minor", tiers=low), by=by)
    with pytest.raises(Invalid, match="協働推進員だけ"):
        services.register(told(age_band="minor", guardian="和光 母、紙で同意"), by=by)
    profile = services.register(told(age_band="minor", guardian="和光 母、紙で同意", tiers=low), by=by)
    assert profile.checked_first
    assert queries.fields_shown([profile], queries.PARTY)[profile.pk] == frozenset()
    assert Field.GUARDIAN in queries.fields_shown([profile], queries.DESK)[profile.pk]
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.create(
            profile=profile,
            purpose=Purpose.PARTIES,
            field=Field.SKILLS,
            text="x",
            channel=Channel.WEB,
            given_at=profile.created_at,
            expires_at=profile.created_at.replace(year=2040),
        )


def test_hiding_hides_everything_from_everybody_at_once():
    profile = registered(tiers=WIDE | {Field.SKILLS: Tier.V3})
    by = Actor(profile.person_id)
    profile = services.hide(profile, by=by)
    for viewer in (queries.DESK, queries.CALLER, queries.PARTY, queries.PUBLIC):
        assert queries.fields_shown([profile], viewer)[profile.pk] == frozenset()
    assert not Listing.objects.filter(profile=profile).exists()
    with pytest.raises(Refused):
        services.open_profile(profile, purpose="電話のため", by=coordinator())
    services.show_again(profile, by=by)
    assert Listing.objects.filter(profile=profile).exists()


def test_one_person_is_in_the_bank_once():
    person = PersonFactory()
    registered(person)
    with pytest.raises(Refused, match="もう登録"):
        services.register(told(), by=Actor(person.pk))


def test_nobody_changes_somebody_else_and_nobody_but_the_desk_writes_paper_down():
    profile, other = registered(), Actor(PersonFactory().pk)
    for deed in (services.hide, services.confirm, services.leave):
        with pytest.raises(Forbidden):
            deed(profile, by=other)
        with pytest.raises(Forbidden):
            deed(profile, channel=Channel.DESK, by=other)
    with pytest.raises(Forbidden):
        services.register(told(), channel=Channel.PAPER, by=other)
    with pytest.raises(Forbidden):
        services.review(profile, accept=True, by=other)


def test_paper_is_registered_with_its_channel_and_who_wrote_it():
    profile = on_paper()
    assert (profile.person_id, profile.channel) == (None, Channel.PAPER)
    assert {one.channel for one in queries.current(profile)} == {Channel.PAPER}
    assert all(one.entered_by_id == profile.entered_by_id for one in queries.current(profile))


def test_a_changed_experience_is_reviewed_again_before_others_read_it():
    profile = registered()
    assert Field.EXPERIENCE in queries.seen([profile], queries.PARTY)[profile.pk]
    profile = services.change(profile, told(experience="べつの文です。"), by=Actor(profile.person_id))
    assert Field.EXPERIENCE not in queries.seen([profile], queries.PARTY)[profile.pk]
    assert Field.EXPERIENCE in queries.seen([profile], queries.DESK)[profile.pk]


def test_the_export_of_a_person_holds_what_she_told():
    profile = registered()
    content = export(profile.person, by=Actor(profile.person_id))
    import io  # noqa: PLC0415 - only here
    import zipfile  # noqa: PLC0415

    text = zipfile.ZipFile(io.BytesIO(content)).read("data.json").decode()
    assert ALL[Field.EXPERIENCE] in text
    assert '"read_by"' in text


@pytest.mark.parametrize("way", ["leave", "erase"])
def test_who_leaves_leaves_nothing_and_her_key_is_destroyed(way, django_capture_on_commit_callbacks):
    profile = registered()
    person, key = profile.person, profile.key
    with django_capture_on_commit_callbacks(execute=True):
        if way == "leave":
            services.leave(profile, by=Actor(person.pk))
        else:
            erase(person, by=Actor(person.pk))
    assert not Profile.objects.exists()
    assert not Consent.objects.exists()
    with pytest.raises(Unopened):
        keyrings.fetch(key)
