"""Reading notices: who should be told of an entry, what waits unread, what is still to be mailed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from wanowa.activities.queries import circle_of, may_know, titles_of
from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.queries import around, visible_to
from wanowa.exchange import queries as exchange
from wanowa.introductions import queries as introductions
from wanowa.kernel.actors import Actor
from wanowa.notices.models import Notice, OwedReceipt, Preference
from wanowa.notices.rules import RECEIPTS, TOLD, Audience, Receiver
from wanowa.parties.queries import current_memberships, parties_of
from wanowa.parties.rules import SPEAKS
from wanowa.people.models import User
from wanowa.proposals.queries import telling as proposals
from wanowa.record.models import Entry, Opening
from wanowa.record.queries import Moment, narrate, receipt_of
from wanowa.record.rules.receipts import Receipt
from wanowa.talent.queries import around_request, may_know_request, titles_of_requests

_signer = Signer(salt="notices.off")


@dataclass(slots=True)
class Group:
    """Everything new in one case: what it is called, where it is, what happened, newest first."""

    case: str
    title: str
    address: str
    moments: list[Moment] = field(default_factory=list)
    unread: bool = False


def audience(entry: Entry) -> frozenset[int]:
    """Return the persons who should be told of an entry: not the one who acted. Costs four queries."""
    told = TOLD.get(entry.verb)
    if told is None:
        return frozenset()
    kind, fact = told
    if kind is Audience.COORDINATORS:
        coordinators = User.objects.filter(is_coordinator=True, is_active=True)
        return frozenset(coordinators.values_list("pk", flat=True)) - _who_acted(entry)
    parties, others = ({entry.facts[fact]}, frozenset()) if kind is Audience.NAMED else _table(entry.case)
    persons = set(current_memberships().filter(party_id__in=parties).values_list("person_id", flat=True))
    return frozenset((persons | others) - _who_acted(entry))


def _table(case: str) -> tuple[Collection[int], frozenset[int]]:
    """Return the parties around a case, and who hears of it besides."""
    if (collaboration := collaboration_of(case)) is not None:
        return around(collaboration), frozenset()
    circle = circle_of(case)
    if not circle.parties:
        circle = introductions.circle_of(case)
    askers, asked = around_request(case)
    parties = circle.parties or askers or exchange.parties_around(case) or proposals.parties_around(case)
    return parties, circle.persons | asked | proposals.persons_around(case)


def knows(case: str, person: int) -> bool:
    """Tell whether somebody may know of a case, and so may choose to hear nothing of it. Costs ≤ three queries."""
    if not case.rpartition("/")[2].isdecimal():
        return False
    if (collaboration := collaboration_of(case)) is not None:
        return visible_to(Actor(person=person)).filter(pk=collaboration.pk).exists()
    mine = parties_of(person)
    return (
        may_know(case, mine, person)
        or exchange.may_know(case, mine)
        or may_know_request(case, mine, person)
        or introductions.may_know(case, mine, person)
        or proposals.may_know(case, mine, person)
    )


def receivers(entry: Entry) -> frozenset[int]:
    """Return the persons who get the receipt of an entry by mail. Costs at most three queries."""
    if entry.verb not in RECEIPTS:
        return frozenset()
    if RECEIPTS[entry.verb] is Receiver.WHO_ACTED:
        return frozenset(_who_acted(entry))
    collaboration = collaboration_of(entry.case)
    version = Version.objects.filter(collaboration=collaboration, number=entry.facts["number"]).first()
    parties = version.concerned if version else ()
    speaking = current_memberships().filter(party_id__in=parties, role__in=SPEAKS)
    return frozenset(speaking.values_list("person_id", flat=True))


def _who_acted(entry: Entry) -> set[int]:
    opened = Opening.objects.filter(entry=entry, field="actor.person").values_list("value", flat=True).first()
    return {int(opened)} if opened else set()


def collaboration_of(case: str) -> Collaboration | None:
    """Return the collaboration a case is about. Costs one query."""
    label, _slash, key = case.partition("/")
    if label != Collaboration._meta.label_lower:
        return None
    return Collaboration.objects.filter(pk=int(key)).first()


def grouped(notices: Iterable[Notice], known_names: Mapping[int, str] | None = None) -> list[Group]:
    """Return notices as groups by case, the newest case first. Costs ≤ five queries, however many there are.

    The query for names falls away when `known_names` holds all of them.
    """
    wanted = list(notices)
    entries = {entry.pk: entry for entry in Entry.objects.filter(pk__in=[notice.entry for notice in wanted])}
    present = [notice for notice in wanted if notice.entry in entries]
    moments = narrate([entries[notice.entry] for notice in present], known_names)
    groups: dict[str, Group] = {}
    known = _titles({notice.case for notice in present})
    for notice, moment in zip(present, moments, strict=True):
        title, address = known.get(notice.case, ("", ""))
        if not address:
            continue
        group = groups.setdefault(notice.case, Group(notice.case, title, address))
        group.moments.append(moment)
        group.unread = group.unread or notice.seen_at is None
    return list(groups.values())


def _titles(cases: Collection[str]) -> dict[str, tuple[str, str]]:
    keys = {
        int(case.rpartition("/")[2]): case
        for case in cases
        if case.startswith(Collaboration._meta.label_lower)
    }
    found = Collaboration.objects.filter(pk__in=keys).values_list("pk", "title", "slug")
    return (
        titles_of(cases)
        | exchange.titles_of(cases)
        | introductions.titles_of(cases)
        | titles_of_requests(cases)
        | proposals.titles_of(cases)
        | {
            keys[pk]: (title, reverse("collaborations:collaboration", args=[slug]))
            for pk, title, slug in found
        }
    )


def inbox(person: int, limit: int = 60, known_names: Mapping[int, str] | None = None) -> list[Group]:
    """Return what happened lately around a person, grouped by case. Costs four queries."""
    return grouped(Notice.objects.filter(person_id=person)[:limit], known_names)


def unread_count(person: int) -> int:
    """Return how many notices a person has not seen. Costs one query."""
    return Notice.objects.filter(person_id=person, seen_at__isnull=True).count()


def preference_of(person: int) -> Preference:
    """Return what a person wants to be told, unsaved when nothing was ever chosen. Costs one query."""
    return Preference.objects.filter(person_id=person).first() or Preference(person_id=person)


def to_mail() -> dict[User, list[Notice]]:
    """Return what is neither seen nor mailed yet, by person, for those who want mail. Costs three queries.

    The order of the mails is that of the persons: it tells nobody who acted first.
    """
    waiting: defaultdict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(mailed_at__isnull=True, seen_at__isnull=True).order_by("pk"):
        waiting[notice.person_id].append(notice)
    silent = set(
        Preference.objects.filter(person_id__in=waiting, by_mail=False).values_list("person_id", flat=True)
    )
    people = User.objects.filter(pk__in=waiting, is_active=True).order_by("pk")
    return {person: waiting[person.pk] for person in people if person.pk not in silent}


@dataclass(frozen=True, slots=True)
class Ready:
    """A receipt that can be mailed: what it is about, the sentence of its entry, itself."""

    owed: int
    title: str
    sentence: str
    receipt: Receipt


def owed_to() -> list[int]:
    """Return the persons to whom receipts are owed and who want mail. Costs one query."""
    waiting = OwedReceipt.objects.filter(mailed_at__isnull=True, person__is_active=True)
    wanted = waiting.exclude(person__notice_preference__by_mail=False)
    return sorted(set(wanted.values_list("person_id", flat=True)))


def ready(owed: Iterable[OwedReceipt]) -> list[Ready]:
    """Return those receipts that a checkpoint covers by now. Costs four queries, and two for each receipt."""
    entries = {entry.pk: entry for entry in Entry.objects.filter(pk__in=[one.entry for one in owed])}
    found = [(one.pk, entries[one.entry]) for one in owed if one.entry in entries]
    titles = _titles({entry.case for _pk, entry in found})
    made = [(pk, entry, receipt_of(entry)) for pk, entry in found]
    moments = narrate([entry for _pk, entry in found])
    return [
        Ready(pk, titles.get(entry.case, ("", ""))[0], moment.sentence, receipt)
        for (pk, entry, receipt), moment in zip(made, moments, strict=True)
        if receipt
    ]


def off_address(person: int) -> str:
    """Return the address behind 'no more mail': signed, so it works without signing in. No query."""
    return reverse("notices:off", args=[_signer.sign(str(person))])


def person_of(token: str) -> int | None:
    """Return whom a 'no more mail' address belongs to; None when it is not ours. No query."""
    try:
        return int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
