"""A party is founded, described, renamed and closed."""

import pytest
from django.db import IntegrityError, connection, transaction

from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.parties import queries, services, verbs
from wanowa.parties.models import Membership, Party
from wanowa.parties.rules import Role
from wanowa.parties.services import Naming, Profile
from wanowa.parties.tests.factories import MembershipFactory, PartyFactory, party_with
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.queries import history, narrate

pytestmark = pytest.mark.django_db


def actor(person, party=None):
    return Actor(person=person.pk, party=party.pk if party else None)


def verbs_of(party):
    return [entry.verb for entry in history(party)]


def test_the_founder_is_the_first_representative():
    person = PersonFactory()
    party = services.found(Kind.LOCAL, Naming("新倉自治会", "にいくらじちかい"), by=actor(person))

    assert party.slug == "新倉自治会"
    assert queries.role_in(party.pk, person.pk) == Role.REPRESENTATIVE
    assert verbs_of(party) == [verbs.FOUNDED.name]
    assert [moment.sentence for moment in narrate(history(party))] == ["新倉自治会が参加しました"]


def test_two_parties_of_one_name_get_two_addresses():
    first, second = (
        services.found(Kind.CITIZEN, Naming("花の会"), by=actor(PersonFactory())) for _ in range(2)
    )
    assert (first.slug, second.slug) == ("花の会", "花の会-2")


@pytest.mark.parametrize("name", ["new", "invitations", "New"])
def test_a_name_that_is_a_page_does_not_take_its_address(name):
    assert services.found(Kind.CITIZEN, Naming(name), by=actor(PersonFactory())).slug == f"{name.lower()}-2"


def test_the_address_of_a_person_does_not_carry_the_name():
    party = services.found(Kind.RESIDENT, Naming("佐藤 花子"), by=actor(PersonFactory()))
    assert "佐藤" not in party.slug


def test_a_person_is_one_party_of_their_own():
    person = PersonFactory()
    services.found(Kind.RESIDENT, Naming("佐藤"), by=actor(person))
    with pytest.raises(Refused, match="もう個人として"):
        services.found(Kind.RESIDENT, Naming("佐藤"), by=actor(person))
    assert Party.objects.count() == 1


@pytest.mark.parametrize("kind", [Kind.CITY, Kind.NATION])
def test_only_the_desk_opens_public_offices(kind):
    with pytest.raises(Forbidden, match="窓口"):
        services.found(kind, Naming("環境課"), by=actor(PersonFactory()))
    assert services.found(kind, Naming("環境課"), by=actor(PersonFactory(is_coordinator=True)))


def test_nobody_takes_a_name_that_looks_like_a_city_department():
    PartyFactory(kind=Kind.CITY, name="環境課")
    with pytest.raises(Invalid, match="市の部署"):
        services.found(Kind.CITIZEN, Naming("環境 課。"), by=actor(PersonFactory()))


@pytest.mark.parametrize(
    ("naming", "profile"),
    [
        (Naming(""), Profile()),
        (Naming("　 "), Profile()),
        (Naming("𠮷"[:1] + "\ud842"), Profile()),
        (Naming("会"), Profile(story="\udfb7")),
        (Naming("会"), Profile(place="a\0b")),
        (Naming("あ" * 121), Profile()),
        (Naming("a\u202eb"), Profile()),
        (Naming("会"), Profile(fields=("magic",))),
        (Naming("会"), Profile(corporate_number="123")),
        (Naming("会"), Profile(founded_year=30000)),
        (Naming("会"), Profile(member_count=-1)),
        (Naming("会"), Profile(story="あ" * 4001)),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(naming, profile):
    with pytest.raises(Invalid) as refusal:
        services.found(Kind.CITIZEN, naming, profile, by=actor(PersonFactory()))
    assert str(refusal.value)
    assert not Party.objects.exists()


def test_a_corporate_number_stands_for_one_party():
    profile = Profile(corporate_number="7000-0120-5000-2")
    party = services.found(Kind.PUBLIC, Naming("福祉会"), profile, by=actor(PersonFactory()))
    assert party.corporate_number == "7000012050002"
    with pytest.raises(Invalid, match="法人番号"):
        services.found(Kind.PUBLIC, Naming("別の会"), profile, by=actor(PersonFactory()))


def test_describing_is_recorded_and_found():
    party, (person,) = party_with(role=Role.MEMBER)
    services.describe(
        party, Profile(good_at="焚き火", fields=("nature", "children")), by=actor(person, party)
    )
    (found,) = queries.directory(queries.Wanted(q="タキビ".replace("タキビ", "焚き火"), field="nature"))
    assert found == party
    assert verbs_of(party) == [verbs.DESCRIBED.name]


def test_a_text_that_moved_under_the_writer_is_kept():
    party, (person,) = party_with()
    seen = party.updated_at.isoformat()
    services.describe(party, Profile(story="先の文"), seen=seen, by=actor(person, party))
    with pytest.raises(Conflict):
        services.describe(party, Profile(story="後の文"), seen=seen, by=actor(person, party))
    party.refresh_from_db()
    assert party.story == "先の文"


def test_a_renamed_party_keeps_its_address_and_its_history():
    party, (person,) = party_with(name="古い会", slug="古い会")
    services.rename(party, Naming("新しい会", "あたらしいかい"), by=actor(person, party))
    party.refresh_from_db()
    assert (party.name, party.slug, party.sort_key) == ("新しい会", "古い会", "あたらしいかい")
    assert "古い会" not in str([entry.facts for entry in history(party)])


def test_a_closed_party_can_no_longer_act():
    party, (person,) = party_with()
    services.close(party, by=actor(person, party))
    with pytest.raises(Forbidden):
        services.describe(party, Profile(), by=actor(person, party))
    assert queries.by_slug(party.slug).closed_at
    assert not queries.directory(queries.Wanted()).exists()


def test_a_party_with_running_work_cannot_close(monkeypatch):
    party, (person,) = party_with()
    monkeypatch.setattr(queries, "_obstacles", [lambda party: "取組が続いています。"])
    with pytest.raises(Refused, match="取組が続いて"):
        services.close(party, by=actor(person, party))
    party.refresh_from_db()
    assert party.closed_at is None


def test_nobody_acts_for_another_party():
    party, _people = party_with()
    _other, (stranger,) = party_with()
    for by in (actor(stranger, party), actor(stranger, _other), actor(stranger), Actor()):
        with pytest.raises(Forbidden):
            services.rename(party, Naming("のっとり"), by=by)
    assert not history(party)


def refuses(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


@pytest.mark.parametrize("change", [{"slug": "x"}, {"kind": "city"}])
def test_the_database_refuses_another_address_or_kind(change):
    party = PartyFactory()
    refuses(lambda: Party.objects.filter(pk=party.pk).update(**change))


@pytest.mark.parametrize(
    "wrong", [{"kind": "king"}, {"fields": ["magic"]}, {"name": ""}, {"corporate_number": "12"}]
)
def test_the_database_refuses_what_is_no_party(wrong):
    refuses(lambda: PartyFactory(**wrong))


def test_the_database_refuses_a_second_person_in_a_resident():
    party, (person,) = party_with(kind=Kind.RESIDENT)
    refuses(lambda: MembershipFactory(party=party))
    refuses(lambda: MembershipFactory(party=party, role=Role.VIEWER))
    refuses(lambda: Membership.objects.filter(party=party, person=person).update(role=Role.MEMBER))


def test_the_database_refuses_overlapping_terms_of_one_person():
    term = MembershipFactory()
    refuses(lambda: MembershipFactory(party=term.party, person=term.person, role=Role.VIEWER))
    MembershipFactory(party=term.party)
    MembershipFactory(person=term.person)


def test_the_database_keeps_its_promises_without_the_platform():
    party = PartyFactory()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE parties_party SET slug = 'x' WHERE id = %s", [party.pk])
