"""The pages of parties: who sees what, what they cost, and what happens to difficult input."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.tests.strings import SAMPLES
from wanowa.kernel.text import as_typed
from wanowa.parties import queries, services
from wanowa.parties.models import Invitation, Membership, Party, Registration
from wanowa.parties.queries import Card
from wanowa.parties.rules import Role
from wanowa.parties.tests.factories import MembershipFactory, PartyFactory, party_with
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.record.models import Entry

pytestmark = pytest.mark.django_db
JAPANESE = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"


def page(response):
    return response.content.decode()


def at(name, party, *more):
    return reverse(f"parties:{name}", args=[party.slug, *more])


def snapshot():
    return [list(model.objects.order_by("pk").values()) for model in (Party, Membership, Invitation, Entry)]


DIRECTORY = "/parties/"


def test_the_directory_lists_parties_in_the_order_of_their_reading(client):
    PartyFactory(name="湧水の会", reading="わきみずのかい")
    PartyFactory(name="アートの会", reading="アートノカイ")
    PartyFactory(name="环境", reading="かんきょう")
    shown = page(client.get(DIRECTORY))
    assert shown.index("アートの会") < shown.index("环境") < shown.index("湧水の会")


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({"q": "ﾕｳｽｲ"}, True),
        ({"q": "ゆうすい こども"}, True),
        ({"q": "ゆうすい 花"}, False),
        ({"kind": "citizen"}, True),
        ({"kind": "company"}, False),
        ({"field": "nature"}, True),
        ({"field": "work"}, False),
        ({"place": "新倉"}, True),
        ({"place": "白子"}, False),
        ({"registered": "on"}, False),
        ({"q": "%"}, False),
    ],
)
def test_the_directory_filters(client, search, found):
    PartyFactory(
        name="湧水の会",
        reading="ゆうすいのかい",
        good_at="こどもの観察会",
        fields=["nature"],
        place="新倉地区",
    )
    response = client.get(DIRECTORY, search)
    assert response.status_code == 200
    assert ("湧水の会" in page(response)) is found
    assert ("条件をすべて外す" in page(response)) is True


def test_an_empty_town_says_how_to_begin(client):
    assert "/parties/new/" in page(client.get(DIRECTORY))


@pytest.mark.parametrize("search", [{"kind": "king"}, {"field": "magic"}, {"q": "あ" * 101}])
def test_a_filter_that_does_not_exist_is_refused_with_a_sentence(client, search):
    response = client.get(DIRECTORY, search)
    assert response.status_code == 400
    assert "入力を確かめてください" in page(response)


@pytest.mark.parametrize("q", [sample.text for sample in SAMPLES][:60])
def test_any_search_is_answered(client, q):
    assert client.get(DIRECTORY, {"q": q}).status_code in {200, 400}


def test_the_directory_costs_the_same_for_two_and_for_twenty(client, django_assert_num_queries):
    for number in (2, 18):
        for _ in range(number):
            PartyFactory(fields=["nature", "town"])
        with django_assert_num_queries(COST_OF_THE_DIRECTORY):
            assert client.get(DIRECTORY, {"q": ""}).status_code == 200


def test_the_directory_goes_on_where_it_stopped(client):
    for letter in JAPANESE:
        PartyFactory(name=f"{letter}の会", reading=letter)
    seen, address = [], DIRECTORY
    while address:
        response = client.get(address)
        shown = page(response)
        seen += [letter for letter in JAPANESE if f"{letter}の会" in shown]
        _before, _sep, rest = shown.partition('rel="next" href="')
        address = rest.partition('"')[0].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == len(JAPANESE)


COST_OF_THE_DIRECTORY = 2
COST_OF_A_PARTY = 9
"""Of them two find out who reads, and three are the cards of other apps."""


def test_the_page_tells_strengths_and_weaknesses_alike(client):
    party = PartyFactory(good_at="こども", hard_for="会計", kind=Kind.LOCAL)
    shown = page(client.get(at("party", party)))
    for word in ("得意なこと", "こども", "苦手なこと", "会計", "地域性", "継続性", "共益性"):
        assert word in shown


def test_the_page_hides_the_contact_note_and_the_members(client):
    party, (person,) = party_with(contact_note="090-0000-0000")
    for reader in (None, PersonFactory(), person):
        if reader:
            sign_in(client, reader)
        shown = page(client.get(at("party", party)))
        assert "090-0000-0000" not in shown
        assert person.email not in shown


def test_members_and_coordinators_read_the_contact_note(client):
    party, (person,) = party_with(contact_note="夜8時からの電話が便利です")
    for reader, door in ((person, "members"), (PersonFactory(is_coordinator=True), "registration")):
        sign_in(client, reader)
        assert "夜8時からの電話" in page(client.get(at(door, party)))


def test_the_page_shows_the_cards_of_other_apps(client, monkeypatch):
    monkeypatch.setattr(queries, "_showcases", [lambda party: [Card("花の道", "/x/", "水やり")]])
    assert "花の道" in page(client.get(at("party", PartyFactory())))


def test_the_page_stays_after_the_party_has_closed(client):
    party = PartyFactory(closed_at=timezone.now())
    assert "活動を終えました" in page(client.get(at("party", party)))


def test_the_page_does_not_exist_for_unknown_addresses(client):
    assert client.get("/parties/ない会/").status_code == 404


@pytest.mark.parametrize("inside", [True, False])
def test_the_page_costs_at_most_nine_queries(client, inside, django_assert_max_num_queries):
    party, (person,) = party_with()
    sign_in(client, person if inside else party_with()[1][0])
    client.get(at("party", party))
    with django_assert_max_num_queries(COST_OF_A_PARTY):
        client.get(at("party", party))


def typed(**more):
    return {"kind": "citizen", "name": "花の会", "reading": "", "alternative_name": ""} | more


def test_a_person_founds_a_party(client):
    person = PersonFactory()
    sign_in(client, person)
    response = client.post("/parties/new/", typed(fields_=["nature"], story="はじめました"), follow=True)
    assert "はじめました" in page(response)
    assert queries.role_in(Party.objects.get().pk, person.pk) == Role.REPRESENTATIVE


def test_a_wrong_form_keeps_everything_typed(client):
    sign_in(client, PersonFactory())
    response = client.post("/parties/new/", typed(corporate_number="123", story="ながい紹介"))
    assert response.status_code == 400
    assert "ながい紹介" in page(response)
    assert "法人番号が正しくありません" in page(response)
    assert not Party.objects.exists()


def test_nobody_founds_a_department_from_home(client):
    sign_in(client, PersonFactory())
    assert 'value="city"' not in page(client.get("/parties/new/"))
    assert client.post("/parties/new/", typed(kind="city")).status_code == 400
    assert not Party.objects.exists()


SENDABLE = [sample for sample in SAMPLES if not any("\ud800" <= letter <= "\udfff" for letter in sample.text)]


@pytest.mark.parametrize("sample", SENDABLE, ids=lambda sample: sample.name)
def test_difficult_strings_come_back_byte_for_byte_or_are_refused_with_a_sentence(client, sample):
    sign_in(client, PersonFactory())
    for field, convert in (("name", str), ("story", as_typed)):
        response = client.post("/parties/new/", typed(name="会") | {field: sample.text})
        party = Party.objects.order_by("-pk").first()
        if response.status_code == 302:
            assert getattr(party, field) == convert(sample.text)
            assert client.get(response["Location"]).status_code == 200
        else:
            assert response.status_code == 400
            assert any(end in page(response) for end in ("ください。", "です。"))
        Membership.objects.all().delete()
        Party.objects.all().delete()


def test_members_describe_their_party(client):
    party, (person,) = party_with(role=Role.MEMBER)
    sign_in(client, person)
    seen = party.updated_at.isoformat()
    response = client.post(at("edit", party), {"good_at": "水やり", "seen": seen}, follow=True)
    assert "水やり" in page(response)


def test_a_conflict_shows_both_texts(client):
    party, (person,) = party_with()
    seen = party.updated_at.isoformat()
    services.describe(party, services.Profile(story="先の文"), by=Actor(person=person.pk, party=party.pk))
    sign_in(client, person)
    response = client.post(at("edit", party), {"story": "後の文", "seen": seen})
    assert response.status_code == 409
    assert "先の文" in page(response)
    assert "後の文" in page(response)
    party.refresh_from_db()
    again = client.post(at("edit", party), {"story": "後の文", "seen": party.updated_at.isoformat()})
    assert again.status_code == 302


def test_a_member_reads_who_is_in_the_party(client, django_assert_max_num_queries):
    party, (person, other) = party_with(people=2)
    viewer = MembershipFactory(party=party, role=Role.VIEWER).person
    sign_in(client, viewer)
    shown = page(client.get(at("members", party)))
    assert person.name in shown
    assert other.name in shown
    assert "招待する" not in shown
    for _ in range(18):
        MembershipFactory(party=party, role=Role.VIEWER)
    with django_assert_max_num_queries(8):
        client.get(at("members", party))


def test_inviting_and_accepting_go_through_the_mail(client):
    party, (boss,) = party_with()
    sign_in(client, boss)
    sent = {"email": "new@example.jp", "role": "member", "starts_on": timezone.localdate()}
    assert client.post(at("invite", party), sent).status_code == 302
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    client.logout()

    assert client.get(link).status_code == 302
    sign_in(client, PersonFactory())
    assert client.post(link).status_code == 403
    person = PersonFactory(email="new@example.jp")
    sign_in(client, person)
    before = snapshot()
    assert "招待を受ける" in page(client.get(link))
    assert snapshot() == before
    client.post(link)
    assert queries.role_in(party.pk, person.pk) == Role.MEMBER
    assert client.get(link).status_code == 404


def test_a_representative_hands_over_on_the_page(client):
    party, (boss,) = party_with()
    mine = Membership.objects.get(person=boss)
    successor = MembershipFactory(party=party, role=Role.MEMBER)
    sign_in(client, boss)
    tomorrow = timezone.localdate() + timedelta(days=1)
    both = {"act": "over", "successor": successor.pk, "email": "a@example.jp", "on": tomorrow}
    assert client.post(at("term", party, mine.pk), both).status_code == 400
    assert client.post(at("term", party, mine.pk), both | {"email": ""}).status_code == 302
    mine.refresh_from_db()
    assert mine.until == timezone.localdate()


def test_the_last_representative_reads_why_they_cannot_leave(client):
    party, (boss,) = party_with()
    mine = Membership.objects.get(person=boss)
    sign_in(client, boss)
    response = client.post(at("term", party, mine.pk), {"act": "end", "last_day": timezone.localdate()})
    assert response.status_code == 409
    assert "引き継いで" in page(response)


def test_a_registration_goes_from_the_party_to_the_label(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    party, (boss,) = party_with(name="花の会")
    year = timezone.localdate().year
    sign_in(client, boss)
    drawn = BytesIO()
    Image.new("RGB", (2, 2)).save(drawn, "PNG")
    paper = SimpleUploadedFile("会則.png", drawn.getvalue())
    assert client.post(at("registration", party), {"fiscal_year": year, "papers": [paper]}).status_code == 302
    registration = Registration.objects.get()
    kept = registration.papers.get()
    download = client.get(at("paper", party, kept.pk))
    assert download["Content-Disposition"].startswith("attachment")
    assert b"PNG" in b"".join(download.streaming_content)

    sign_in(client, PersonFactory(is_coordinator=True))
    assert "登録を決める" in page(client.get(at("registration", party)))
    decision = {"decision": "accept", "reason": "確かめました"}
    assert client.post(at("decide", party, year), decision).status_code == 302
    client.logout()
    assert "登録団体" in page(client.get(at("party", party)))


def test_a_file_that_is_not_what_it_says_is_refused(client):
    party, (boss,) = party_with()
    sign_in(client, boss)
    paper = SimpleUploadedFile("会則.pdf", b"MZ\x90\x00")
    sent = {"fiscal_year": timezone.localdate().year, "note": "ことば", "papers": [paper]}
    response = client.post(at("registration", party), sent)
    assert response.status_code == 400
    assert "ことば" in page(response)
    assert not Registration.objects.exists()


PUBLIC, STRANGER, VIEWER, MEMBER, BOSS, COORDINATOR = range(6)
DOORS = {
    "party": (200, 200, 200, 200, 200, 200),
    "edit": (302, 403, 403, 200, 200, 403),
    "rename": (302, 403, 403, 403, 200, 403),
    "close": (302, 403, 403, 403, 200, 403),
    "members": (302, 404, 200, 200, 200, 404),
    "invite": (302, 404, 403, 403, 200, 404),
    "registration": (302, 404, 200, 200, 200, 200),
}


@pytest.mark.parametrize("who", range(6))
@pytest.mark.parametrize("door", DOORS)
def test_each_door_opens_for_whom_it_should_and_a_denied_knock_changes_nothing(client, door, who):
    party = PartyFactory()
    people = [
        None,
        PersonFactory(),
        *(MembershipFactory(party=party, role=role).person for role in ("viewer", "member")),
        MembershipFactory(party=party).person,
        PersonFactory(is_coordinator=True),
    ]
    if people[who]:
        sign_in(client, people[who])
    before = snapshot()
    assert client.get(at(door, party)).status_code == DOORS[door][who]
    if DOORS[door][who] != 200:
        sent = typed(email="x@example.jp", role="member", starts_on=timezone.localdate())
        reads_only = door == "members" and who
        assert client.post(at(door, party), sent).status_code == (405 if reads_only else DOORS[door][who])
    assert snapshot() == before


def test_another_partys_rows_do_not_open_here(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    mine, (boss,) = party_with()
    theirs, (other,) = party_with()
    term = Membership.objects.get(party=theirs)
    invitation = services.invite(
        theirs,
        "new@example.jp",
        Role.MEMBER,
        starts_on=timezone.localdate(),
        link=str,
        by=Actor(person=other.pk, party=theirs.pk),
    )
    sign_in(client, boss)
    before = snapshot()
    assert client.post(at("term", mine, term.pk), {"act": "end"}).status_code == 404
    assert client.post(at("withdraw", mine, invitation.pk)).status_code == 404
    assert client.post(at("withdraw", theirs, invitation.pk)).status_code == 404
    assert client.get(at("paper", theirs, 1)).status_code == 404
    assert client.get(at("decide", theirs, 2026)).status_code == 404
    assert snapshot() == before
