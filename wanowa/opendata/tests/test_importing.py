"""Taking files in: whole or not at all, the groups' own words untouched, and out again as they came."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.kernel.languages import speaking
from wanowa.opendata import services
from wanowa.opendata.models import Import, PortalRecord
from wanowa.opendata.queries import Preview, facts_of
from wanowa.opendata.rules import COLUMNS, OWN_COLUMN, Encoding, Status, Target
from wanowa.opendata.tests.files import bring, group, number, take_in
from wanowa.parties import services as parties
from wanowa.parties.models import Party
from wanowa.parties.services import Naming, Profile
from wanowa.parties.tests.factories import PartyFactory, party_with
from wanowa.people.tests.factories import PersonFactory
from wanowa.record.services import verify

pytestmark = pytest.mark.django_db


def test_groups_appear_with_what_the_portal_says_and_nobody_in_them(desk):
    done = take_in(desk, group(1), group(2))
    assert (done.status, done.new, done.changed, done.same) == (Status.DONE, 2, 0, 0)
    party = Party.objects.get(corporate_number=number(1))
    assert (party.kind, party.founded_year, party.memberships.count()) == ("citizen", 2011, 0)
    assert dict(facts_of(party))["主たる事務所の所在地"].endswith("広沢1番5号")
    assert "見本 太郎" not in str(facts_of(party))
    assert verify().clean


def test_the_same_file_again_changes_nothing(desk):
    take_in(desk, group(1), group(2))
    before = list(Party.objects.order_by("pk").values())
    again = take_in(desk, group(1), group(2))
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    assert list(Party.objects.order_by("pk").values()) == before


def test_a_faulty_row_keeps_the_whole_file_out(desk):
    one = bring(desk, group(1), group(2, 法人番号="1234567890123"))
    with pytest.raises(Invalid, match="1 か所"):
        services.confirm(one, seen=Preview(one).seen, by=desk)
    assert not Party.objects.exists()


def test_what_fails_halfway_leaves_nothing_and_says_why(desk, monkeypatch):
    one = bring(desk, group(1), group(2))
    begun = services.confirm(one, seen=Preview(one).seen, by=desk)
    real = parties.list_group

    def fails_at_the_second(*arguments, **how):
        if Party.objects.exists():
            raise Refused("この名前は使えません。")
        return real(*arguments, **how)

    monkeypatch.setattr(parties, "list_group", fails_at_the_second)
    failed = services.take_in(begun, by=desk)
    assert (failed.status, failed.trouble) == (Status.READ, "この名前は使えません。")
    assert not Party.objects.exists()


def test_why_it_failed_is_kept_in_japanese_whatever_language_the_desk_reads(desk, monkeypatch):
    one = bring(desk, group(1))
    begun = services.confirm(one, seen=Preview(one).seen, by=desk)

    def fails(*_arguments, **_how):
        raise Refused(gettext("すべて"))

    monkeypatch.setattr(parties, "list_group", fails)
    with speaking("en"):
        assert gettext("すべて") == "All"
        assert services.take_in(begun, by=desk).trouble == "すべて"


def test_what_members_wrote_is_never_overwritten(desk):
    ours, (boss,) = party_with(name="わたしたちの名前", corporate_number=number(1), fields=["town"])
    take_in(desk, group(1))
    ours.refresh_from_db()
    assert (ours.name, ours.fields) == ("わたしたちの名前", ["town"])
    assert ours.portal_record.columns["法人名称"] == group(1)["法人名称"]
    with pytest.raises(Refused, match="メンバー"):
        parties.relist(ours, Naming("別の名前"), Profile(), by=desk)
    assert boss


def test_a_group_that_nobody_joined_follows_the_portal(desk):
    take_in(desk, group(1))
    changed = take_in(desk, group(1, 法人名称="特定非営利活動法人あたらしい名前"))
    assert (changed.new, changed.changed) == (0, 1)
    assert Party.objects.get().name == "特定非営利活動法人あたらしい名前"


def test_a_first_representative_is_invited_by_the_desk_alone(desk):
    take_in(desk, group(1))
    party = Party.objects.get()
    stranger = Actor(PersonFactory().pk)
    tokens = []
    with pytest.raises(Forbidden):
        parties.invite_first(party, "a@example.jp", link=str, by=stranger)
    with pytest.raises(Invalid):
        parties.invite_first(party, "だれか", link=str, by=desk)
    invitation = parties.invite_first(
        party, "Boss@example.jp", link=lambda token: tokens.append(token) or token, by=desk
    )
    assert mail.outbox[-1].to == ["boss@example.jp"]
    boss = PersonFactory(email="boss@example.jp")
    parties.accept_invitation(invitation, by=Actor(boss.pk))
    assert party.memberships.get().role == "representative"
    with pytest.raises(Refused):
        parties.invite_first(party, "other@example.jp", link=str, by=desk)


def test_a_group_without_members_cannot_be_invited_to_a_collaboration(desk):
    from wanowa.collaborations import services as table  # noqa: PLC0415 - only here

    take_in(desk, group(1))
    ours, (boss,) = party_with()
    with pytest.raises(Invalid):
        table.start(
            title="花の道",
            summary="花",
            purpose="花",
            invited=[Party.objects.get(corporate_number=number(1)).pk],
            by=Actor(boss.pk, ours.pk),
        )


def test_only_the_desk_may_bring_map_confirm_drop_and_take_out(desk):
    one, stranger = bring(desk, group(1)), Actor(PersonFactory().pk)
    for act in (
        lambda: bring(stranger, group(1)),
        lambda: services.remap(one, {Target.NAME: 0}, only_here=True, by=stranger),
        lambda: services.confirm(one, seen="", by=stranger),
        lambda: services.drop(one, by=stranger),
        lambda: services.export(by=stranger),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_preview_that_grew_old_is_a_conflict(desk):
    first, second = bring(desk, group(1)), bring(desk, group(1), group(2))
    seen = Preview(second).seen
    services.take_in(services.confirm(first, seen=Preview(first).seen, by=desk), by=desk)
    with pytest.raises(Conflict):
        services.confirm(second, seen=seen, by=desk)


def test_a_shrunken_file_is_asked_about(desk):
    take_in(desk, *(group(place) for place in range(10)))
    with pytest.raises(Refused, match="3 が、ファイルにありません"):
        take_in(desk, *(group(place) for place in range(7)))
    assert take_in(desk, *(group(place) for place in range(7)), even_if_shrunk=True).same == 7
    assert Party.objects.count() == 10


def test_the_database_lets_one_file_at_a_time_be_taken_in(desk):
    one, other = bring(desk, group(1)), bring(desk, group(2))
    services.confirm(one, seen=Preview(one).seen, by=desk)
    with pytest.raises(Conflict, match="別のファイル"):
        services.confirm(other, seen=Preview(other).seen, by=desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Import.objects.filter(pk=other.pk).update(status=Status.UNDER_WAY)


def test_our_own_file_comes_back_unchanged(desk):
    take_in(desk, group(1, 法人名称="=1+1の会"), group(2, 代表者氏名="＋の 人"), group(3, 代表者氏名="'=x"))
    PartyFactory(name="法人でない会", fields=["town", "culture"])
    raw, lost = services.export(by=desk)
    assert lost == {}
    text = raw.decode("utf-8-sig")
    assert text.startswith(",".join(COLUMNS[:3]))
    assert OWN_COLUMN in text.splitlines()[0]
    assert "'=1+1の会" in text
    before = (
        list(Party.objects.order_by("pk").values()),
        list(PortalRecord.objects.values("party", "columns")),
    )
    one = services.bring("わたしたちの.csv", raw, by=desk)
    plan = Preview(one).plan
    assert (plan.faults, plan.new, plan.changed, plan.same) == ((), (), (), 4)
    services.take_in(services.confirm(one, seen=Preview(one).seen, by=desk), by=desk)
    assert before == (
        list(Party.objects.order_by("pk").values()),
        list(PortalRecord.objects.values("party", "columns")),
    )


def test_an_old_encoding_lists_what_it_lost(desk):
    take_in(desk, group(1, 法人名称="𠮷野の会"))
    raw, lost = services.export(Encoding.CP932, by=desk)
    assert lost == {"𠮷": "〓"}
    assert "〓野の会" in raw.decode("cp932")


def test_bytes_are_forgotten_once_taken_in_dropped_or_a_day_old(desk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        done, waiting = take_in(desk, group(1)), bring(desk, group(2))
        dropped = services.drop(bring(desk, group(3)), by=desk)
    kept = waiting.file.path
    assert not done.file
    assert not dropped.file
    assert services.forget_files() == 0
    with (
        time_machine.travel(timezone.now() + timedelta(hours=25), tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert services.forget_files() == 1
    waiting.refresh_from_db()
    assert (waiting.status, bool(waiting.file)) == (Status.DROPPED, False)
    assert not Path(kept).exists()


def test_the_plan_costs_the_same_for_2_and_for_200(desk, django_assert_num_queries):
    few, many = bring(desk, group(1), group(2)), bring(desk, *(group(place) for place in range(200)))
    take_in(desk, *(group(place) for place in range(100)))
    for one in (few, many):
        with django_assert_num_queries(2):
            assert Preview(one).plan.faults == ()
