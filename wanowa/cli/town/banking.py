"""People come into the talent bank, on the web and on paper, in every state; departments ask five of them."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.utils import timezone

from wanowa.cli.town.content import Person, Table, table
from wanowa.cli.town.settling import DESK
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.people.models import User
from wanowa.talent import services
from wanowa.talent.models import Profile
from wanowa.talent.queries import everything
from wanowa.talent.rules import Channel, Field, Method, Tier, Told

CHOSEN = (Field.SKILLS, Field.EXPERIENCE, Field.AREA, Field.TIMES)
FIXED = {Field.NAME: Tier.V1, Field.METHOD: Tier.V1, Field.AGE_BAND: Tier.V1, Field.GUARDIAN: Tier.V1}


def pieces(people: Mapping[str, Person], actors: Mapping[str, Actor]) -> list[Callable[[], None]]:
    """Return what fills the bank, unless it is filled: one piece, because people on paper have no other mark."""
    return [lambda: _fill(people, actors)]


def _fill(people: Mapping[str, Person], actors: Mapping[str, Actor]) -> None:
    if Profile.objects.filter(demonstration=True).exists():
        return
    written = table("talent.toml")
    users = User.objects.in_bulk([person.email for person in people.values()], field_name="email")
    desk = Actor(users[people[DESK].email].pk)
    members = {}
    for row in written["member"]:
        user = users[people[row["person"]].email] if "person" in row else None
        members[row.get("person", row.get("name"))] = _register(row, user, desk)
    for row in written["request"]:
        _ask(row, members[row["member"]], actors[row["party"]])


def _register(row: Table, user: User | None, desk: Actor) -> Profile:
    values = {field: row.get(field.value, "") for field in Field}
    if user is None:
        values |= {Field.METHOD: Method.LETTER.value, Field.CONTACT: "和光市のお試しの住所"}
    else:
        values |= {Field.NAME: user.name, Field.READING: user.reading, Field.METHOD: Method.MAIL.value}
    tiers = {field: Tier(tier) for field, tier in zip(CHOSEN, row["tiers"], strict=True)} | FIXED
    profile = services.register(
        Told(values, tiers, may_call=user is None),
        channel=Channel(row.get("channel", "web")),
        demonstration=True,
        by=desk if user is None else Actor(user.pk),
    )
    _bring_to(row.get("state", ""), profile, desk)
    return profile


def _bring_to(state: str, profile: Profile, desk: Actor) -> None:
    """Let a profile be hidden, overdue, or given back; its text is reviewed unless it is to wait for that."""
    if state != "review" and everything(profile).get(Field.EXPERIENCE):
        services.review(profile, accept=state != "return", by=desk)
    if state == "hide":
        services.hide(profile, by=Actor(profile.person_id))
    elif state == "overdue":
        services.become_overdue(profile, by=SYSTEM)


def _ask(row: Table, profile: Profile, by: Actor) -> None:
    skills = everything(profile)[Field.SKILLS].split(",")
    look = services.look(purpose=row["purpose"], skills=skills, by=by)
    words = services.Words(row["purpose"], row["dates"], row["place"], row["reward"])
    request = services.ask(look, profile, words, by=by)
    person = Actor(profile.person_id)
    match row["answer"]:
        case "accept":
            until = timezone.localdate() + timedelta(days=60)
            services.accept(
                request, hand_over=[Field.NAME, Field.READING], until=until, channel=Channel.WEB, by=person
            )
            services.speak(request, body="よろしくお願いします。長ぐつで行きます。", by=person)
            services.speak(request, body="ありがとうございます。雨の日は、次の週にします。", by=by)
        case "decline":
            services.decline(request, channel=Channel.WEB, by=person)
        case "later":
            services.postpone(request, channel=Channel.WEB, by=person)
        case "report":
            services.report(request, words="同じお願いが、電話でも何度も来ました。", by=person)
