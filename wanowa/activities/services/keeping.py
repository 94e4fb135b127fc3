"""An activity is put before everybody, rewritten, and ended."""

from dataclasses import asdict
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from wanowa.activities.models import Activity, Suggestion
from wanowa.activities.queries import answered, locked, refuse_unless
from wanowa.activities.rules import (
    LIFECYCLE,
    SUGGESTION,
    Move,
    Stand,
    Status,
    SuggestionMove,
    SuggestionStatus,
    Words,
    area_of,
    keeps_open,
    roles_for,
)
from wanowa.activities.verbs import EDITED, ENDED, FORGOTTEN, LAPSED, STARTED, WITHDRAWN
from wanowa.guideline.rules import Area, Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Refused
from wanowa.kernel.languages import in_japanese
from wanowa.kernel.text import search_key, slug_of
from wanowa.parties.models import Party
from wanowa.parties.queries import require
from wanowa.parties.rules import ALONE, WRITES
from wanowa.people.models import User
from wanowa.record.models import Entry
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded
from wanowa.search.services import forget as forget_documents

RESERVED = frozenset({"new", "watching", "checklists"})
"""Words that stand for pages of their own below /activities/."""
LONGEST_SLUG = Activity._meta.get_field("slug").max_length or 0


@records(STARTED)
def start(words: Words, *, demonstration: bool = False, by: Actor) -> Activity:
    """Put an activity of the actor's own party before everybody: the city's in area E, everybody else's in area A.

    Raises Invalid, Forbidden.
    """
    require(by, WRITES)
    party = Party.objects.get(pk=by.required_party)
    area = area_of(Kind(party.kind))
    words.check(area)
    activity = _created(
        Activity(party=party, person_id=by.required_person, area=area, demonstration=demonstration), words
    )
    write(STARTED, activity, by=by, area=area, address=_digest(activity.slug), text=words.digest())
    return activity


def _created(activity: Activity, words: Words) -> Activity:
    """Insert under the first free address: 花壇, 花壇-2, 花壇-3 … Two people may choose one at the same time."""
    _fill(activity, words)
    slug = slug_of(words.title)[: LONGEST_SLUG - len("-999")]
    for number in range(2 if slug in RESERVED else 1, 1000):
        activity.slug = slug if number == 1 else f"{slug}-{number}"
        try:
            with transaction.atomic():
                activity.save(force_insert=True)
                return activity
        except IntegrityError:
            if not Activity.objects.filter(slug=activity.slug).exists():
                raise
    raise Refused(_("同じ題名の活動が多すぎます。ちがう題名にしてください。"))


def _fill(activity: Activity, words: Words) -> None:
    for name, value in asdict(words).items():
        setattr(activity, name, value)
    activity.search_key = search_key(f"{words.title} {words.what} {words.for_whom} {words.place}")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@records(EDITED)
def edit(activity: Activity, words: Words, *, seen: str, by: Actor) -> Activity:
    """Replace the text of a going activity; address and area stay.

    `seen` is the digest of the words the writer started from; another one raises Conflict, so that no text is lost.
    Raises Forbidden, Refused, Invalid.
    """
    activity = locked(activity)
    refuse_unless(activity, Move.EDIT, owner=by.required_party)
    area = Area(activity.area)
    require(by, roles_for(area, Stand.OWNER, Move.EDIT))
    if seen != activity.words.digest():
        raise Conflict(
            _("書いているあいだに、ほかの人が書きかえました。下の文を見て、もう一度送ってください。")
        )
    words.check(area)
    _fill(activity, words)
    activity.save()
    write(EDITED, activity, by=by, text=words.digest())
    return activity


@records(ENDED)
def end(activity: Activity, *, by: Actor) -> Activity:
    """End an activity. In area E only when every question is answered; what waits for an answer lapses.

    Raises Forbidden, Refused with the questions that are missing.
    """
    activity = locked(activity)
    refuse_unless(activity, Move.END, owner=by.required_party)
    area = Area(activity.area)
    require(by, roles_for(area, Stand.OWNER, Move.END))
    if area is Area.E and (sentence := keeps_open(answered(activity))):
        raise Refused(sentence)
    _end(activity, by)
    return activity


def _end(activity: Activity, by: Actor) -> None:
    told = write(ENDED, activity, by=by)
    activity.status = LIFECYCLE.after(Status(activity.status), Move.END)
    activity.ended_at = told.at
    activity.save()
    waiting = Suggestion.objects.select_for_update().filter(
        activity=activity, status=SuggestionStatus.WAITING
    )
    for suggestion in waiting.order_by("id"):
        settle(suggestion, SuggestionMove.LAPSE, write(LAPSED, suggestion, by=by))


def settle(suggestion: Suggestion, move: SuggestionMove, told: Entry) -> None:
    """Close a locked suggestion at the moment of the entry that tells it."""
    suggestion.status = SUGGESTION.after(SuggestionStatus(suggestion.status), move)
    suggestion.settled_at = told.at
    suggestion.save()


@unrecorded("runs inside the erasure, which is recorded; what is erased here is recorded too")
def forget_person(person: User, *, by: Actor) -> None:
    """Erase the words of a person's own activities and of what she suggested for herself, addresses too."""
    own = Activity.objects.filter(person=person, party__kind__in=ALONE, forgotten_at__isnull=True)
    for found in own.order_by("id"):
        _forget_words(locked(found), by)
    said = Suggestion.objects.filter(person=person).exclude(wish="", reason="")
    for told in said.select_related("suggested_by").order_by("id"):
        if told.suggested_by is None or told.suggested_by.kind in ALONE:
            _forget_suggestion(told, by)


def _forget_words(activity: Activity, by: Actor) -> None:
    acting = Actor(person=by.person, party=activity.party_id)
    if activity.status == Status.GOING:
        _end(activity, acting)
    with in_japanese():
        empty = Words(_("消した活動"), "", activity.field, activity.since)
    _fill(activity, empty)
    activity.slug = f"消した活動-{get_random_string(10, 'abcdefghjkmnpqrstuvwxyz23456789')}"
    told = write(FORGOTTEN, activity, by=acting, address=_digest(activity.slug), text=empty.digest())
    activity.forgotten_at = told.at
    activity.save()
    forget_documents("activities", [str(activity.pk)])


def _forget_suggestion(suggestion: Suggestion, by: Actor) -> None:
    suggestion.wish = suggestion.reason = ""
    if suggestion.status == SuggestionStatus.WAITING:
        acting = Actor(person=by.person, party=suggestion.suggested_by_id)
        settle(suggestion, SuggestionMove.WITHDRAW, write(WITHDRAWN, suggestion, by=acting))
    else:
        suggestion.save()
