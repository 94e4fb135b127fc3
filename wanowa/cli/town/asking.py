"""People bring worries to the desk over a year, in every state and by every way in; ten answers become public.

Each is told, answered, handed over and ended by the services. The process log says that it was done now; the case's own
days are then moved to where they are written, so that the year of the desk can be seen.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.utils import timezone

from wanowa.cli.town.content import Person, Table, table
from wanowa.cli.town.settling import DESK
from wanowa.consultations import services
from wanowa.consultations.models import Access, Case, Message, Satisfied
from wanowa.consultations.queries import month_before
from wanowa.consultations.rules import BY_HAND, Channel, Help, Outcome, Rating, Reply, Status, Told
from wanowa.kernel.actors import PUBLIC, SYSTEM, Actor
from wanowa.kernel.calendar import add_business_days, next_business_day
from wanowa.parties.models import Party
from wanowa.people.models import User

ANSWERED_AFTER, CLOSED_AFTER, ASKED_AFTER = 1, 6, 34
"""Days from a worry to its first answer, to its end, and to the question how it is."""
SECOND = "dep-collaboration"
"""The department whose speaker releases what the coordinator wrote."""


def pieces(people: Mapping[str, Person], actors: Mapping[str, Actor]) -> list[Callable[[], None]]:
    """Return what fills the desk, unless it is filled: one piece, because worries have no other mark."""
    return [lambda: _fill(people, actors)]


def _fill(people: Mapping[str, Person], actors: Mapping[str, Actor]) -> None:
    if Case.objects.filter(demonstration=True).exists():
        return
    written = table("consultations.toml")
    users = User.objects.in_bulk([person.email for person in people.values()], field_name="email")
    desk, today = Actor(users[people[DESK].email].pk), timezone.localdate()
    services.set_duty(users[people[DESK].email], since=today, until=today + timedelta(days=60), by=desk)
    made = []
    for row in written["case"]:
        person = users[people[row["who"]].email] if "who" in row else None
        case = _bring(row, Actor(person.pk) if person else PUBLIC, desk)
        _hold(row, case, desk, actors)
        made.append(case)
    for row in written["answer"]:
        reply = Reply(row["question"], row["text"], row["kind"])
        advice = services.propose_advice(made[row["after"]], reply, demonstration=True, by=desk)
        services.release_advice(advice.wordings.get(), by=Actor(actors[SECOND].required_person))
    for row, case in zip(written["case"], made, strict=True):
        _move(row, case)
    Satisfied.objects.update(month=month_before(today.replace(day=1)))
    services.note_overdue()


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


def _hold(row: Table, case: Case, desk: Actor, actors: Mapping[str, Actor]) -> None:
    """Open, answer, hand over and end a case as it is written. What is new is left as it is."""
    if row.get("now") == "new":
        return
    services.open_reading(case, by=desk)
    if "end" in row:
        _end(row, case, desk)
        return
    due = _business_day(max(0, row["due"]))
    services.answer(case, body=row["answer"], next_action=row.get("next", ""), due_on=due, by=desk)
    if "dep" in row:
        _pass(row, case, desk, actors[row["dep"]])


def _business_day(days: int) -> date:
    """Return the business day nearest to so many days from today, on the same side of it."""
    day = timezone.localdate() + timedelta(days=days)
    return next_business_day(day) if days >= 0 else add_business_days(day + timedelta(days=1), -1)


def _pass(row: Table, case: Case, desk: Actor, receiver: Actor) -> None:
    party = Party.objects.get(pk=receiver.required_party)
    (asked,) = services.offer(case, to=[party], reason="くわしい課で、見てもらいます。", by=desk)
    if row["now"] == "with":
        services.accept(asked, by=receiver)
    elif row["now"] == "refused":
        services.refuse(asked, reason="水路は、県が見ています。県の窓口を伝えてください。", by=receiver)


def _end(row: Table, case: Case, desk: Actor) -> None:
    services.close(case, outcome=Outcome(row["end"]), words=row["answer"], by=desk)
    if row["day"] < ASKED_AFTER:
        return
    services.ask(Case.objects.get(pk=case.pk), by=SYSTEM)
    if "after" not in row:
        return
    services.rate(case, Rating.FAIR if row["after"] == Help.BETTER else Rating.GOOD)
    services.tell_how_it_is(case, helped=Help(row["after"]), by=PUBLIC)


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
        days |= {"due_on": _business_day(row["due"])}
    Case.objects.filter(pk=case.pk).update(**days)
    Message.objects.filter(case=case).update(said_at=answered)
    Access.objects.filter(case=case).update(at=answered, until=answered + timedelta(hours=4))
