"""The introductions of the small town: one to answer, one in which both want to meet, one that went on as more."""

from datetime import timedelta

from django.utils import timezone

from wanowa.exchange.tests import factories as exchange
from wanowa.introductions import services
from wanowa.introductions.models import Introduction
from wanowa.introductions.rules import Given, Origin
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.parties.models import Party
from wanowa.parties.tests.factories import party_with

PURPOSE = "駅前の花だんを、いっしょに手入れできる人に会いたいです。土の入れかえから、水やりの当番までを考えています。"


def introductions(paths: dict[str, str], us: Actor, officer: Actor, desk: Actor) -> None:
    """Make them, and note where each lies."""
    ours, office = (Party.objects.get(pk=by.party) for by in (us, officer))
    neighbours, (person,) = party_with(name="白子川の水べを歩く会")
    walker = Actor(person.pk, neighbours.pk)
    day = timezone.localdate() + timedelta(days=6)
    need = exchange.listing(us, side="need", title="草むしりの手伝い", text="庭です。", day=day, minutes=60)
    exchange.listing(walker, title="草むしりができます", text="庭の手入れ。")
    exchange.listing(us, side="need", title="点字の訳をたのみたい", text="ぬばたま")
    given = Given(
        name="和光 花子", phone="048-464-1111", mail="hanako@example.jp", times="平日の夕方", desk=True
    )
    until = timezone.localdate() + timedelta(days=30)

    def begun(first: Party, second: Party, by: Actor, **more: object) -> Introduction:
        told = {"purpose": PURPOSE * 2, "hope": PURPOSE, "dates": "12月の土曜の午前", "origin": Origin.DESK}
        return services.introduce(first=first, second=second, by=by, **told | more)

    to_answer = begun(office, ours, desk, need=need)
    together = begun(neighbours, ours, walker, given=given, until=until)
    services.accept(together, given=given, until=until, by=us)
    services.report(together, words="約束の時間に、来ませんでした。", by=us)
    friends, (friend,) = party_with(name="みなみの読み聞かせ")
    joined = begun(ours, friends, us)
    services.accept(joined, given=Given(), by=Actor(friend.pk, friends.pk))
    services.try_out(joined, what="1回だけ、水やりをする。", day=day, by=us)
    services.join(joined, title="花だんと絵本", summary="花だんのそばで、絵本を読みます。", by=us)
    Introduction.objects.filter(pk=joined.pk).update(follow_up_on=timezone.localdate())
    services.follow_up(joined, by=SYSTEM)
    services.look_back(
        joined, afterwards="goes_on", words="毎週、会っています。", by=Actor(friend.pk, friends.pk)
    )
    rows = {"to_answer": to_answer, "introduced": together, "joined": joined}
    paths |= {name: row.get_absolute_url() for name, row in rows.items()}
