"""From an idea to a table at which everybody sits: start, invite, sit down, decline, stand up."""

from collections.abc import Collection
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration, Draft, Participation
from wanowa.collaborations.queries import draft_locked, locked, require_own_seat, seated
from wanowa.collaborations.rules import (
    LIFECYCLE,
    Change,
    Move,
    Seat,
    Status,
    first_draft,
    for_joining,
    for_leaving,
)
from wanowa.collaborations.verbs import DECLINED, GIVEN_UP, INVITED, SEATED, STARTED, STOOD_UP, TALKS_OPENED
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.text import search_key, slug_of
from wanowa.parties.queries import answerable, require
from wanowa.parties.rules import SPEAKS, WRITES
from wanowa.record.services import records, write

RESERVED = frozenset({"new", "quiet"})
"""Words that stand for pages of their own below /collaborations/."""
LONGEST_TITLE = Collaboration._meta.get_field("title").max_length or 0
LONGEST_SLUG = Collaboration._meta.get_field("slug").max_length or 0


@records(STARTED)
def start(
    *,
    title: str,
    summary: str,
    purpose: str,
    invited: Collection[int],
    area: str = "",
    form: str = "",
    continuing_since: int | None = None,
    demonstration: bool = False,
    by: Actor,
) -> Collaboration:
    """Put an idea before other parties. Stays between them until all have sat down.

    `invited` are party ids, one or more, other than the actor's own; `area` and `form` may be left open, and the
    form brings its proposed text; `continuing_since` is the first fiscal year of a project that goes on (★継続).
    Raises Invalid, Forbidden.
    """
    require(by, WRITES)
    own = by.required_party
    others = sorted(set(invited) - {own})
    if not others:
        raise Invalid(_("いっしょに取り組みたい相手を、1つ以上選んでください。"))
    if answerable().filter(pk__in=others).count() != len(others):
        raise Invalid(_("選んだ相手の中に、いまは答えられない主体があります。選びなおしてください。"))
    refuse_long_title(title)
    terms = first_draft(title, summary, [own], purpose, area=area, form=form)
    collaboration = _created(title, summary, continuing_since, demonstration=demonstration)
    now = timezone.now()
    Participation.objects.create(collaboration=collaboration, party_id=own, seat=Seat.SEATED, since=now)
    Draft.objects.create(
        collaboration=collaboration,
        change=Change.START,
        content=terms.content(),
        edited_by_id=own,
    )
    write(STARTED, collaboration, by=by, address=sha256(collaboration.slug.encode()).hexdigest())
    for party in others:
        _invite(collaboration, party, by)
    return collaboration


def refuse_long_title(title: str) -> None:
    """Refuse what no list can hold: some characters that readers count as one are made of many."""
    if len(title) > LONGEST_TITLE:
        raise Invalid(_("題名が長すぎます。絵文字や記号をへらして、短くしてください。"))


def _created(title: str, summary: str, continuing_since: int | None, *, demonstration: bool) -> Collaboration:
    """Insert under the first free address: 花壇, 花壇-2, 花壇-3 … Two people may choose one at the same time."""
    slug = slug_of(title)[: LONGEST_SLUG - len("-999")]
    for number in range(2 if slug in RESERVED else 1, 1000):
        try:
            with transaction.atomic():
                return Collaboration.objects.create(
                    slug=slug if number == 1 else f"{slug}-{number}",
                    title=title,
                    summary=summary,
                    search_key=search_key(f"{title} {summary}"),
                    continuing_since=continuing_since,
                    demonstration=demonstration,
                )
        except IntegrityError:
            continue
    raise Refused(_("同じ題名の取組が多すぎます。ちがう題名にしてください。"))


@records(INVITED)
def invite(collaboration: Collaboration, *, party: int, by: Actor) -> Collaboration:
    """Invite one more party while the text is still being talked about."""
    collaboration = locked(collaboration)
    require_own_seat(collaboration, by, WRITES)
    if collaboration.status not in {Status.IDEA, Status.TALKING}:
        raise Refused(
            _(
                "招けるのは、提案の前だけです。あとからは、相手に「仲間に入りたい」と申し出てもらってください。"
            )
        )
    if not answerable().filter(pk=party).exists():
        raise Invalid(_("その主体は見つかりません。選びなおしてください。"))
    _invite(collaboration, party, by)
    return collaboration


def _invite(collaboration: Collaboration, party: int, by: Actor) -> None:
    participation, new = Participation.objects.get_or_create(
        collaboration=collaboration, party_id=party, defaults={"seat": Seat.INVITED}
    )
    if not new:
        if participation.seat in {Seat.INVITED, Seat.SEATED}:
            raise Refused(_("その主体は、もう招かれているか、参加しています。"))
        participation.seat = Seat.INVITED
        participation.save()
    write(INVITED, collaboration, by=by, invited=party)


@records(SEATED)
def sit_down(collaboration: Collaboration, *, by: Actor) -> Collaboration:
    """Accept an invitation. When nobody invited is missing, the talks open and the page becomes public."""
    collaboration = locked(collaboration)
    participation = _invitation(collaboration, by)
    participation.seat = Seat.SEATED
    participation.since, participation.until = timezone.now(), None
    participation.save()
    draft = draft_locked(collaboration)
    draft.content = for_joining(draft.terms, by.required_party).content()
    draft.revision += 1
    draft.save()
    write(SEATED, collaboration, by=by)
    _open_talks_when_complete(collaboration, by)
    return collaboration


@records(DECLINED)
def decline(collaboration: Collaboration, *, by: Actor) -> Collaboration:
    """Decline an invitation. No reason is asked for."""
    collaboration = locked(collaboration)
    participation = _invitation(collaboration, by)
    participation.seat = Seat.DECLINED
    participation.save()
    write(DECLINED, collaboration, by=by)
    _open_talks_when_complete(collaboration, by)
    return collaboration


def _invitation(collaboration: Collaboration, by: Actor) -> Participation:
    require(by, SPEAKS)
    found = Participation.objects.filter(
        collaboration=collaboration, party_id=by.required_party, seat=Seat.INVITED
    ).first()
    if found is None:
        raise Forbidden(_("この主体への招きはありません。もう返事をしたか、招きが変わりました。"))
    if collaboration.status not in {Status.IDEA, Status.TALKING}:
        raise Refused(_("いまは、話し合いに加われません。提案の結果を待ってください。"))
    return found


def _open_talks_when_complete(collaboration: Collaboration, by: Actor) -> None:
    """Open the talks when at least two sit and nobody invited is missing; give up when nobody else came.

    The platform opens them: the step is public, and must not show who answered last, for that may have been a no.
    """
    seats = list(collaboration.participations.values_list("seat", flat=True))
    if collaboration.status != Status.IDEA or Seat.INVITED in seats:
        return
    if seats.count(Seat.SEATED) > 1:
        collaboration.status = LIFECYCLE.after(Status.IDEA, Move.OPEN_TALKS)
        collaboration.public_since = write(TALKS_OPENED, collaboration, by=SYSTEM).at
        collaboration.save()
    else:
        _give_up(collaboration, by)


@records(STOOD_UP)
def stand_up(collaboration: Collaboration, *, by: Actor) -> Collaboration:
    """Leave the talks before anything binds. With fewer than two left, the idea is given up."""
    collaboration = locked(collaboration)
    require_own_seat(collaboration, by, SPEAKS)
    if collaboration.status not in {Status.IDEA, Status.TALKING}:
        raise Refused(
            _(
                "いまは、ひとりで抜けることはできません。提案を話し合いに戻すか、「抜ける」を提案してください。"
            )
        )
    collaboration.participations.filter(party_id=by.required_party).update(
        seat=Seat.LEFT, until=timezone.now()
    )
    draft = draft_locked(collaboration)
    draft.content = for_leaving(draft.terms, by.required_party).content()
    draft.revision += 1
    draft.save()
    write(STOOD_UP, collaboration, by=by)
    invited = collaboration.participations.filter(seat=Seat.INVITED).exists()
    if len(seated(collaboration)) + invited < 2:
        _give_up(collaboration, by)
    return collaboration


def _give_up(collaboration: Collaboration, by: Actor) -> None:
    collaboration.status = LIFECYCLE.after(Status(collaboration.status), Move.GIVE_UP)
    collaboration.save()
    write(GIVEN_UP, collaboration, by=by)
