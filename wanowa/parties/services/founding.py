"""A party begins, gets a name and a face, and closes."""

from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.kernel.text import search_key, skeleton, slug_of
from wanowa.parties import verbs
from wanowa.parties.models import Membership, Party
from wanowa.parties.queries import closing_obstacles, current_memberships
from wanowa.parties.rules import (
    ALONE,
    FOUNDED_AT_THE_DESK,
    SORT_KEY_LENGTH,
    Act,
    Role,
    corporate_number,
    slug_among,
)
from wanowa.parties.services.authority import acting
from wanowa.parties.services.terms import forget_invitations
from wanowa.people.models import User
from wanowa.record.services import records, write


@dataclass(frozen=True, slots=True)
class Naming:
    """How a party is called: exactly as typed."""

    name: str
    reading: str = ""
    alternative_name: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a party tells about itself. Everything is public except `contact_note`."""

    good_at: str = ""
    hard_for: str = ""
    story: str = ""
    fields: tuple[str, ...] = ()
    place: str = ""
    corporate_number: str = ""
    contact_note: str = ""
    founded_year: int | None = None
    member_count: int | None = None


@records(verbs.FOUNDED)
def found(
    kind: Kind, naming: Naming, profile: Profile | None = None, *, by: Actor, is_demo: bool = False
) -> Party:
    """Return a new party whose first representative is `by`, from today on.

    A person has one open party of kind resident; coordinators or staff open offices of city and state.
    Raises Forbidden, Refused, Invalid.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=by.required_person)
    if kind in FOUNDED_AT_THE_DESK and not (person.is_coordinator or person.is_staff):
        raise Forbidden(_("市や国の部署は、協働の窓口で登録します。窓口にご連絡ください。"))
    if kind in ALONE and _parties_alone(person):
        raise Refused(_("あなたはもう個人として参加しています。マイページから紹介を書きかえられます。"))
    party = Party(kind=kind, is_demo=is_demo)
    fill(party, naming, profile or Profile())
    queue_for_a_slug()
    party.slug = free_slug(kind, naming.name)
    store(party)
    Membership.objects.create(
        party=party, person=person, role=Role.REPRESENTATIVE, since=timezone.localdate()
    )
    actor = Actor(person=person.pk, party=party.pk)
    write(verbs.FOUNDED, party, by=actor, personal={"name": naming.name}, kind=kind)
    return party


@records(verbs.DESCRIBED)
def describe(party: Party, profile: Profile, *, seen: str = "", by: Actor) -> Party:
    """Replace what the party tells about itself.

    `seen` is the `updated_at` (ISO) the writer started from; another one raises Conflict, so that no text is
    lost. Raises Forbidden, Invalid.
    """
    mine = acting(party.pk, Act.DESCRIBE, by=by)
    if seen and seen != mine.updated_at.isoformat():
        raise Conflict(
            _("書いているあいだに、ほかの人が書きかえました。下の文を見て、もう一度送ってください。")
        )
    fill(mine, _naming_of(mine), profile)
    store(mine)
    write(verbs.DESCRIBED, mine, by=by)
    return mine


@records(verbs.RENAMED)
def rename(party: Party, naming: Naming, *, by: Actor) -> Party:
    """Give the party another name; its address stays. Raises Forbidden, Invalid."""
    mine = acting(party.pk, Act.RENAME, by=by)
    before = mine.name
    fill(mine, naming, _profile_of(mine))
    store(mine)
    write(verbs.RENAMED, mine, by=by, personal={"before": before, "after": naming.name})
    return mine


@records(verbs.CLOSED)
def close(party: Party, *, by: Actor) -> Party:
    """End the party's activity: it no longer acts; page and history stay. Raises Forbidden, Refused."""
    mine = acting(party.pk, Act.CLOSE, by=by)
    list(
        mine.memberships.select_for_update(no_key=True)
    )  # waits for everybody who is just acting for the party
    for sentence in closing_obstacles(mine):
        raise Refused(sentence)
    forget_invitations(mine.invitations.all())
    mine.closed_at = timezone.now()
    mine.save(update_fields=["closed_at", "updated_at"])
    write(verbs.CLOSED, mine, by=by)
    return mine


def _parties_alone(person: User) -> bool:
    return (
        current_memberships()
        .filter(person=person, party__kind__in=ALONE, party__closed_at__isnull=True)
        .exists()
    )


def queue_for_a_slug() -> None:
    """Let foundings wait for each other until commit, so that two of one name get two addresses."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('parties.slug'))")


def _refuse_to_pose_as_the_city(kind: Kind, name: str) -> None:
    """Refuse a name that a hurried reader takes for a city department's."""
    departments = Party.objects.filter(kind=Kind.CITY).values_list("name", flat=True)
    if kind != Kind.CITY and skeleton(name) in {skeleton(department) for department in departments}:
        raise Invalid(_("市の部署とまちがえやすい名前です。ちがいがわかる名前にしてください。"))


def free_slug(kind: Kind, name: str) -> str:
    """Return a free address. A person's does not carry the name: addresses outlive people's wishes."""
    if kind in ALONE:
        return f"個人-{get_random_string(10, 'abcdefghjkmnpqrstuvwxyz23456789')}"
    wanted = slug_of(name)[:100]
    taken = Party.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)
    return slug_among(wanted, frozenset(taken))


def _naming_of(party: Party) -> Naming:
    return Naming(party.name, party.reading, party.alternative_name)


def _profile_of(party: Party) -> Profile:
    return Profile(**{name: getattr(party, name) for name in Profile.__slots__})


def fill(party: Party, naming: Naming, profile: Profile) -> None:
    """Set and check what was typed; raise Invalid with every problem."""
    for name, value in (asdict(naming) | asdict(profile)).items():
        setattr(party, name, value)
    party.fields = sorted(set(profile.fields))
    party.corporate_number = corporate_number(profile.corporate_number)
    party.search_key = search_key(" ".join([*asdict(naming).values(), profile.place, profile.good_at]))
    party.sort_key = search_key(naming.reading or naming.name)[:SORT_KEY_LENGTH]
    if not naming.name.strip():
        raise Invalid(_("名前を書いてください。"))
    try:
        party.full_clean(exclude=["slug", "search_key", "sort_key"])
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from None
    _refuse_to_pose_as_the_city(Kind(party.kind), naming.name)


def store(party: Party) -> None:
    """Save a checked party; raise Conflict when somebody else took its corporate number this moment."""
    try:
        with transaction.atomic():
            party.save()
    except IntegrityError:
        raise Conflict(_("同じ法人番号の団体が、いま登録されました。番号を確かめてください。")) from None
