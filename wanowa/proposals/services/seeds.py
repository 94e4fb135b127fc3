"""Ideas of 200 characters: taken in from anybody, held by name, talked over in one room, grown or settled."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.guideline.queries import pack
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.kernel.text import graphemes
from wanowa.people.models import User
from wanowa.people.queries import coordinators, least_busy
from wanowa.people.rules import Purpose
from wanowa.people.rules.receipts import (
    LONGER,
    mail_code,
    passphrase,
    plain_number,
    plain_words,
    receipt_number,
)
from wanowa.people.services import deliver, letter
from wanowa.proposals.models import Seed, SeedMessage
from wanowa.proposals.queries.rounds import open_rounds, require_desk
from wanowa.proposals.queries.seeds import seed_by_words, seeds_under_way
from wanowa.proposals.rules.deadlines import due
from wanowa.proposals.rules.lifecycle import SEED, SeedMove, SeedStatus
from wanowa.proposals.rules.told import digest_of_text
from wanowa.proposals.rules.vocabulary import SEED_LENGTH, Channel
from wanowa.proposals.services.letters import tell
from wanowa.proposals.verbs import ANSWERED, ASKED, PASSED_ON, RECEIVED, SETTLED, TAKEN_IN
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded

LONGEST_MESSAGE = 2000
UNCONFIRMED_A_DAY = 100
"""Ideas without a confirmed address that are taken in on one day; beyond that, only with a code by mail."""


@unrecorded("as long as the address is not confirmed, nobody has proposed anything")
def send_code(*, email: str) -> str:
    """Mail a code to an address and return it. Nothing is stored. Raises Refused, MailUnavailable (503)."""
    code = mail_code(secrets.randbelow)
    if not deliver(letter("proposals/mail/code.txt", email, {"code": code}), purpose=Purpose.CONFIRM):
        raise Refused(
            _("このアドレスには、今日はもう送れません。メールを使わずに送るか、窓口に電話してください。")
        )
    return code


@records(RECEIVED)
def plant(
    text: str,
    *,
    name: str = "",
    email: str = "",
    channel: Channel = Channel.WEB,
    person: int | None = None,
    demonstration: bool = False,
    by: Actor,
) -> Seed:
    """Take an idea in; from its first second a coordinator holds it by name, with a day for the answer.

    The address, where there is one, was confirmed before. At the counter and by phone a coordinator writes it
    down (`by`) for somebody, who may have an account (`person`). Raises Invalid, Forbidden, Refused.
    """
    text = _checked(text, SEED_LENGTH, _("ひとことを書いてください。1文で大丈夫です。"))
    if channel is not Channel.WEB:
        require_desk(by)
    elif not email and _unconfirmed_today() >= UNCONFIRMED_A_DAY:
        raise Refused(_("今日は、たくさんとどいています。メールアドレスを書いて送ってください。"))
    owner = least_busy(seeds_under_way())
    if owner is None:
        raise Refused(_("返事をする人が、まだいません。窓口に電話してください。文は、そのまま残っています。"))
    today = timezone.localdate()
    seed = Seed(
        text=text,
        round=next(iter(open_rounds()), None),
        name=name.strip(),
        email=email.strip().lower(),
        person_id=by.person if channel is Channel.WEB else person,
        entered_by_id=by.person if channel is not Channel.WEB else None,
        channel=channel,
        number=_new_number(),
        words=passphrase(secrets.randbelow, LONGER),
        owner=owner,
        due_on=due(today, pack().closing_days),
        received_at=timezone.now(),
        demonstration=demonstration,
    )
    seed.save(force_insert=True)
    write(RECEIVED, seed, by=by, channel=channel, due=seed.due_on, text=digest_of_text(text))
    _tell_later("received", seed)
    return seed


def _new_number() -> str:
    """Return a number that no idea has yet; it does not tell how many there are."""
    while True:
        number = receipt_number(secrets.randbelow)
        if not Seed.objects.filter(number=number).exists():
            return number


def _unconfirmed_today() -> int:
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Seed.objects.filter(email="", channel=Channel.WEB, received_at__gte=today).count()


def _checked(text: str, limit: int, missing: str) -> str:
    text = text.strip()
    if not text:
        raise Invalid(missing)
    if (length := graphemes(text)) > limit:
        raise Invalid(
            _("%(limit)d文字までで書いてください。いまは%(length)d文字です。")
            % {"limit": limit, "length": length}
        )
    return text


@unrecorded("who comes back with the receipt reads; nothing happens to the idea")
def open_with_words(number: str, words: str) -> Seed:
    """Return the idea of a receipt. Raises Invalid when number and words do not belong together."""
    found = seed_by_words(plain_number(number), plain_words(words))
    if found is None:
        raise Invalid(_("受付番号か、あいことばがちがいます。控えを見て、もう一度入れてください。"))
    return found


@records(ANSWERED)
def answer(seed: Seed, *, body: str, by: Actor) -> SeedMessage:
    """Answer as the desk; the author gets a mail with a link. Raises Forbidden, Invalid, Refused."""
    require_desk(by)
    seed = _locked(seed)
    after = SEED.after(SeedStatus(seed.status), SeedMove.ANSWER)
    body = _checked(body, LONGEST_MESSAGE, _("返事を書いてください。書いた人が読みます。"))
    told = write(ANSWERED, seed, by=by)
    seed.status, seed.answered_at = after, seed.answered_at or told.at
    seed.save()
    _tell_later("answered", seed)
    return SeedMessage.objects.create(
        seed=seed, person_id=by.required_person, from_desk=True, body=body, said_at=told.at
    )


@records(ASKED)
def ask(seed: Seed, *, body: str, by: Actor) -> SeedMessage:
    """Go on as the author: the link or the receipt is the permission. The desk has a new day. Raises Refused."""
    seed = _locked(seed)
    after = SEED.after(SeedStatus(seed.status), SeedMove.ASK)
    body = _checked(body, LONGEST_MESSAGE, _("つづきを書いてください。協働推進員が読みます。"))
    day = due(timezone.localdate(), pack().closing_days)
    told = write(ASKED, seed, by=by, due=day)
    seed.status, seed.settled_at = after, None
    seed.due_on = min(seed.due_on, day) if seed.answered_at is None else day
    seed.save()
    return SeedMessage.objects.create(
        seed=seed, person_id=by.person, from_desk=False, body=body, said_at=told.at
    )


@records(PASSED_ON)
def pass_on(seed: Seed, *, to: int, by: Actor) -> Seed:
    """Hand an idea to another coordinator; it is never without one. Raises Forbidden, Invalid."""
    require_desk(by)
    seed = _locked(seed)
    if not coordinators().filter(pk=to).exists():
        raise Invalid(_("協働推進員をえらんでください。"))
    if to == seed.owner_id:
        raise Invalid(_("もう、その人が担当です。ほかの協働推進員をえらんでください。"))
    write(PASSED_ON, seed, by=by)
    seed.owner_id = to
    seed.save()
    return seed


@records(TAKEN_IN)
def take_in(seed: Seed, *, to: User, by: Actor) -> None:
    """Give an idea whose coordinator left the desk to another, who is told; its author too."""
    seed.owner = to
    seed.save(update_fields=["owner", "updated_at"])
    write(TAKEN_IN, seed, by=by)


@records(SETTLED)
def settle(seed: Seed, *, by: Actor) -> Seed:
    """Say that the talk is over; only after an answer. Its author can always go on. Raises Forbidden, Refused."""
    require_desk(by)
    seed = _locked(seed)
    seed.status = SEED.after(SeedStatus(seed.status), SeedMove.SETTLE)
    seed.settled_at = write(SETTLED, seed, by=by).at
    seed.save()
    return seed


def _locked(seed: Seed) -> Seed:
    found = Seed.objects.select_for_update().get(pk=seed.pk)
    if found.forgotten_at:
        raise Refused(_("本人の希望で、文を消しました。もう返事はできません。"))
    return found


def _tell_later(name: str, seed: Seed) -> None:
    """Mail when it is committed: a mail about something that did not happen cannot be called back."""
    transaction.on_commit(lambda: tell(name, seed))
