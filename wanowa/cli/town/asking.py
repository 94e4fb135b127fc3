"""People bring worries to the desk over a year, in every state and by every way in; ten answers become public.

Each is told, answered, handed over, led on and ended by the services. The process log says that it was done now; the
case's own days are then moved to where they are written, so that the year of the desk can be seen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from wanowa.cli.town.content import Person, Table, table
from wanowa.cli.town.introducing import go_on
from wanowa.cli.town.settling import DESK
from wanowa.collaborations.models import Collaboration
from wanowa.consultations import services
from wanowa.consultations.models import Access, Case, Message, Satisfied
from wanowa.consultations.rules import BY_HAND, Channel, Help, Outcome, Passing, Rating, Reply, Status, Told
from wanowa.kernel.actors import PUBLIC, SYSTEM, Actor
from wanowa.kernel.calendar import add_business_days, next_business_day
from wanowa.parties.models import Party
from wanowa.people.models import User
from wanowa.proposals.queries.rounds import open_rounds
from wanowa.proposals.services import seeds, writing

ANSWERED_AFTER, CLOSED_AFTER, ASKED_AFTER = 1, 6, 34
"""Days from a worry to its first answer, to its end, and to the question how it is."""
SECOND = "dep-collaboration"
"""The department whose speaker releases what the coordinator wrote."""
COLLEAGUE = "hayashi"
"""The other coordinator: cases are handed to her, and she is away for some days."""
AWAY_DAYS = 3


def pieces(people: Mapping[str, Person], actors: Mapping[str, Actor]) -> list[Callable[[], None]]:
    """Return what fills the desk, unless it is filled: one piece, because worries have no other mark."""
    return [lambda: _fill(people, actors)]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is there while the worries come in."""

    users: Mapping[str, User]
    """Everybody of the town, by key."""
    actors: Mapping[str, Actor]
    """Who speaks for each party."""

    @property
    def by(self) -> Actor:
        """The coordinator."""
        return Actor(self.users[DESK].pk)


def _fill(people: Mapping[str, Person], actors: Mapping[str, Actor]) -> None:
    if Case.objects.filter(demonstration=True).exists():
        return
    written = table("consultations.toml")
    users = User.objects.in_bulk([person.email for person in people.values()], field_name="email")
    desk = Desk({key: users[one.email] for key, one in people.items() if one.email in users}, actors)
    _plan(desk)
    made = []
    for row in written["case"]:
        person = desk.users[row["who"]] if "who" in row else None
        case = _bring(row, Actor(person.pk) if person else PUBLIC, desk.by)
        _hold(row, case, desk)
        made.append(case)
    for row in written["answer"]:
        reply = Reply(row["question"], row["text"], row["kind"])
        advice = services.propose_advice(made[row["after"]], reply, demonstration=True, by=desk.by)
        services.release_advice(advice.wordings.get(), by=Actor(actors[SECOND].required_person))
    for row, case in zip(written["case"], made, strict=True):
        _move(row, case)
    _spread(written["case"])
    services.note_overdue()


def _plan(desk: Desk) -> None:
    """Say who is on duty, and who stands for whom: today for the colleague, next month for the coordinator."""
    here, colleague, today = desk.users[DESK], desk.users[COLLEAGUE], timezone.localdate()
    services.set_duty(here, since=today, until=today + timedelta(days=60), by=desk.by)
    services.set_absence(
        colleague, here, since=today, until=today + timedelta(days=AWAY_DAYS), by=Actor(colleague.pk)
    )
    begin = today + timedelta(days=30)
    services.set_absence(here, colleague, since=begin, until=begin + timedelta(days=AWAY_DAYS), by=desk.by)


def _bring(row: Table, person: Actor, desk: Actor) -> Case:
    channel = Channel(row.get("how", "web"))
    by_hand = channel in BY_HAND
    told = Told(
        row["text"], contact=row.get("tel", ""), language=row.get("language", "ja"), category=row["kind"]
    )
    made = services.open_case(
        told, channel=channel, consented=by_hand, demonstration=True, by=desk if by_hand else person
    )
    return made.case


def _hold(row: Table, case: Case, desk: Desk) -> None:
    """Open, answer, lead on, hand over and end a case as it is written. What is new is left as it is."""
    if row.get("now") == "new":
        return
    services.open_reading(case, by=desk.by)
    _lead_on(row, case, desk)
    if "end" in row:
        _end(row, case, desk.by)
        return
    due = _open_day(max(0, row["due"]))
    services.answer(case, body=row["answer"], next_action=row.get("next", ""), due_on=due, by=desk.by)
    if "to" in row:
        _pass(row, case, desk)


def _lead_on(row: Table, case: Case, desk: Desk) -> None:
    """Begin what is written: an introduction that goes as far as it says, or an idea that may grow."""
    if "pair" in row:
        one, other = (desk.actors[key] for key in row["pair"])
        first, second = (Party.objects.get(pk=actor.required_party) for actor in (one, other))
        made = services.introduce(
            case, first=first, second=second, purpose=row["why"], agreed=True, by=desk.by
        )
        go_on(made, row, one, other, desk.by)
    if "idea" in row:
        seed = services.plant(case, text=row["idea"], agreed=True, by=desk.by)
        seeds.answer(seed, body=row["answer"], by=desk.by)
        if "grows" in row:
            writing.begin(open_rounds()[0], seed=seed, demonstration=True, by=desk.actors[row["grows"]])


def _pass(row: Table, case: Case, desk: Desk) -> None:
    """Ask departments and the colleague to take a case; the first of them answers as it is written."""
    receivers = {key: desk.actors.get(key) or Actor(desk.users[key].pk) for key in row["to"]}
    parties = [Party.objects.get(pk=one.party) for one in receivers.values() if one.party]
    person = desk.users[COLLEAGUE] if COLLEAGUE in receivers else None
    reason = "くわしい人に、見てもらいます。"
    asked, *_others = services.offer(case, to=parties, person=person, reason=reason, by=desk.by)
    match row["now"]:
        case "with":
            services.accept(asked, by=receivers[row["to"][0]])
        case "refused":
            services.refuse(asked, reason=row["no"], by=receivers[row["to"][0]])
        case Passing.WITHDRAWN:
            services.withdraw(asked, by=desk.by)


def _end(row: Table, case: Case, desk: Actor) -> None:
    joined = Collaboration.objects.get(title=row["joins"], demonstration=True) if "joins" in row else None
    services.close(case, outcome=Outcome(row["end"]), words=row["answer"], collaboration=joined, by=desk)
    if row["day"] < ASKED_AFTER:
        return
    services.ask(Case.objects.get(pk=case.pk), by=SYSTEM)
    if "after" not in row:
        return
    services.rate(case, _rating(row))
    services.tell_how_it_is(case, helped=Help(row["after"]), by=PUBLIC)


def _rating(row: Table) -> Rating:
    return Rating.FAIR if row["after"] == Help.BETTER else Rating.GOOD


def _spread(rows: list[Table]) -> None:
    """Count what people thought in the month in which each was asked."""
    Satisfied.objects.all().delete()
    for row in rows:
        if "after" in row and row["day"] >= ASKED_AFTER:
            day = timezone.localdate() - timedelta(days=row["day"] - ASKED_AFTER)
            found, _made = Satisfied.objects.get_or_create(month=day.replace(day=1), rating=_rating(row))
            found.count += 1
            found.save()


def _open_day(days: int) -> date:
    """Return the day so many days from now on which the city hall is open: a past one stays in the past."""
    day = timezone.localdate() + timedelta(days=days)
    return next_business_day(day) if days >= 0 else add_business_days(day + timedelta(days=1), -1)


def _move(row: Table, case: Case) -> None:
    """Move the days of a case to where they are written."""
    now = Case.objects.get(pk=case.pk)
    came = timezone.now() - timedelta(days=row["day"])
    answered = min(came + timedelta(days=ANSWERED_AFTER), timezone.now())
    days: dict[str, date] = {"created_at": came, "owned_since": came}
    if now.answered_at:
        days |= {"answered_at": answered}
    if now.consented_at:
        days |= {"consented_at": came}
    if now.status == Status.CLOSED:
        days |= {"closed_at": came + timedelta(days=CLOSED_AFTER)}
        if now.asked_at:
            days |= {"asked_at": came + timedelta(days=ASKED_AFTER)}
    elif "due" in row:
        days |= {"due_on": _open_day(row["due"])}
    Case.objects.filter(pk=case.pk).update(**days)
    Message.objects.filter(case=case).update(said_at=answered)
    Access.objects.filter(case=case).update(at=answered, until=answered + timedelta(hours=4))
