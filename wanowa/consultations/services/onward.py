"""Leading a case on, for somebody who agreed: her holder brings two parties together, or writes her idea down."""

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.consultations.models import Case, Way
from wanowa.consultations.queries import own
from wanowa.consultations.rules import Channel, Move, Onward
from wanowa.consultations.services.authority import held, moved
from wanowa.consultations.services.letters import address_of, tell_person
from wanowa.consultations.verbs import LED_ON
from wanowa.introductions import services as introductions
from wanowa.introductions.models import Introduction
from wanowa.introductions.rules import Origin
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.parties.models import Party
from wanowa.proposals.models import Seed
from wanowa.proposals.rules.vocabulary import Channel as SeedChannel
from wanowa.proposals.services import seeds
from wanowa.record.services import records, write


@records(LED_ON)
def introduce(
    case: Case,
    *,
    first: Party,
    second: Party,
    purpose: str,
    hope: str = "",
    dates: str = "",
    agreed: bool,
    by: Actor,
) -> Introduction:
    """Bring two parties before each other because of a case. They read `purpose`, and nothing that the case holds.

    The pair is locked before the case, as where a party closes. Raises Forbidden, Invalid, Refused.
    """
    _check(agreed=agreed)
    made = introductions.introduce(
        first=first,
        second=second,
        purpose=purpose,
        hope=hope,
        dates=dates,
        origin=Origin.DESK,
        demonstration=case.demonstration,
        by=Actor(by.required_person),
    )
    case, actor = held(case, by)
    moved(case, Move.LEAD_ON)
    _led_on(Way(case=case, introduction=made), Onward.INTRODUCTION, by=actor)
    return made


@records(LED_ON)
def plant(case: Case, *, text: str, name: bool = False, mail: bool = False, agreed: bool, by: Actor) -> Seed:
    """Write an idea of 200 characters down for the person of a case: these words, and what she lets be given.

    `name`, `mail`: whether what she is called, and the address she is told by, go along. Raises Forbidden, Invalid,
    Refused.
    """
    _check(agreed=agreed)
    case, actor = held(case, by)
    moved(case, Move.LEAD_ON)
    if case.ways.filter(seed__text=text.strip()).exists():
        raise Refused(_("この文のひとこと提案は、もうあります。下の「つながった先」を見てください。"))
    made = seeds.plant(
        text,
        name=own(case).read(case, "name") if name else "",
        email=address_of(case) if mail else "",
        channel=SeedChannel.PHONE if case.channel == Channel.PHONE else SeedChannel.COUNTER,
        person=case.person_id,
        demonstration=case.demonstration,
        by=Actor(actor.required_person),
    )
    _led_on(Way(case=case, seed=made), Onward.IDEA, by=actor)
    return made


def _check(*, agreed: bool) -> None:
    if not agreed:
        raise Invalid(_("本人に聞いてから、同意のしるしをつけてください。"))


def _led_on(way: Way, to: Onward, *, by: Actor) -> None:
    """Keep the way, and let the person hear that something goes on."""
    way.begun_by_id, way.agreed_at = by.person, timezone.now()
    way.save(force_insert=True)
    write(LED_ON, way.case, by=by, to=to)
    tell_person("moved", way.case)
