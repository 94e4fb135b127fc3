"""What waits at the desk: texts to review, requests to check, reports, people to call, exports, alarms."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from wanowa.kernel.rows import only
from wanowa.talent.models import Access, Export, Freeze, Profile, Request
from wanowa.talent.queries.looking import profiles_today
from wanowa.talent.queries.sight import CALLER, DESK, Seen, seen
from wanowa.talent.rules import ALARM_AT, ALERT_AT, LOOK_MINUTES, Status


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that waits, and how many people are in the bank."""

    to_review: list[Profile]
    to_check: list[Request]
    to_tell: list[Request]
    reported: list[Request]
    frozen: list[Freeze]
    bulk: list[tuple[str, int]]
    people: int
    alarm: bool


def board() -> Board:
    """Return what waits at the desk. Costs seven queries, however much waits."""
    visible = Profile.objects.filter(hidden_at__isnull=True, overdue_at__isnull=True)
    requests = Request.objects.select_related("party", "profile").order_by("sent_at", "id")
    running = requests.filter(expires_at__gt=timezone.now())
    people = Profile.objects.count()
    return Board(
        to_review=list(
            visible.filter(reviewed_at__isnull=True, returned_at__isnull=True)
            .exclude(experience=b"")
            .order_by("updated_at", "id")[:50]
        ),
        to_check=list(running.filter(status=Status.CHECKING)[:50]),
        to_tell=list(running.filter(status=Status.SENT, mailed_at__isnull=True)[:50]),
        reported=list(requests.filter(reported_at__isnull=False).exclude(report="")[:50]),
        frozen=list(Freeze.objects.select_related("party").order_by("created_at")),
        bulk=bulk_readers(),
        people=people,
        alarm=people >= ALARM_AT,
    )


def bulk_readers() -> list[tuple[str, int]]:
    """Return (party, people) of those who opened many cards in the last day. Costs one query."""
    since = timezone.now() - timedelta(days=1)
    found = (
        Access.objects.filter(at__gte=since, party__isnull=False, look__isnull=False)
        .values("party__name")
        .annotate(people=Count("profile", distinct=True))
        .filter(people__gte=ALERT_AT)
        .order_by("-people", "party__name")
    )
    return [(row["party__name"], row["people"]) for row in found]


def is_bulk(party: int) -> bool:
    """Tell whether a party has opened so many cards today that a coordinator should know. Costs one query."""
    return profiles_today(party) >= ALERT_AT


def profile_of(pk: int) -> Profile | None:
    """Return a profile for the desk; what it says is opened by `opened_for`. Costs one query."""
    return only(Profile.objects.filter(pk=pk))


def by_number(number: str) -> Profile | None:
    """Return the profile of a receipt's number, typed with or without the hyphen. Costs one query."""
    digits = "".join(letter for letter in number if letter.isascii() and letter.isdigit())
    return only(Profile.objects.filter(number=f"{digits[:4]}-{digits[4:]}"))


def reading(profile: Profile, person: int) -> Access | None:
    """Return the open reading of a coordinator, made by `services.open_profile`. Costs one query."""
    return (
        Access.objects.filter(
            Q(party__isnull=True),
            profile=profile,
            person_id=person,
            look__isnull=True,
            until__gt=timezone.now(),
        )
        .order_by("-at")
        .first()
    )


def opened_for(access: Access) -> Seen:
    """Return what a coordinator's open reading shows now: no more than it was opened for. ≤ one query."""
    viewer = CALLER if "contact" in access.fields else DESK
    values = seen([access.profile], viewer)[access.profile_id]
    return {field: value for field, value in values.items() if field.value in access.fields}


def people_by_state(limit: int = 100) -> QuerySet[Profile]:
    """Return the newest profiles for the desk's list: numbers and states, nothing that was told. One query."""
    return Profile.objects.order_by("-created_at", "-id")[:limit]


def exports() -> QuerySet[Export]:
    """Return the exports that can still be decided or taken, newest first. Costs one query."""
    return (
        Export.objects.filter(expires_at__gt=timezone.now())
        .select_related("asked_by", "approved_by")
        .order_by("-id")
    )


def exportable() -> QuerySet[Profile]:
    """Return the people that an export would hold: who hides or is overdue is not in it. Costs one query."""
    return Profile.objects.filter(
        hidden_at__isnull=True, overdue_at__isnull=True, confirm_by__gte=timezone.localdate()
    ).order_by("id")


READING = timedelta(minutes=LOOK_MINUTES)
