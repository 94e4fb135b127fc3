"""Consent: one purpose, one field, one exact text. Without a live one nobody sees anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as _text

from wanowa.talent.rules.fields import Tier


class Purpose(TextChoices):
    """What a field may be used for, and so by whom."""

    DESK = "desk", _("協働推進員が、あう人をさがすため")
    CALL = "call", _("お願いを、この連絡先に伝えるため")
    PARTIES = "parties", _("登録団体と市の課が、あう人をさがすため")
    PUBLIC = "public", _("人数をまとめて、だれにでも見せるため")
    HANDOVER = "handover", _("お願いを受けた相手に渡すため")


class Channel(TextChoices):
    """How a consent, an answer or a registration came in."""

    WEB = "web", _("この画面")
    MAIL = "mail", _("メールのリンク")
    PAPER = "paper", _("紙")
    DESK = "desk", _("窓口")
    PHONE = "phone", _("電話")


TEXTS: Mapping[Purpose, str] = MappingProxyType(
    {
        Purpose.DESK: _text("協働推進員が読みます。読むたびに、わけと日時が残ります。"),
        Purpose.CALL: _text("お願いを伝えるときだけ、連絡先を使います。ひらいた人と日時が残ります。"),
        Purpose.PARTIES: _text(
            "登録団体と市の課の人が、わけを書いてから読みます。名前と連絡先は見えません。"
        ),
        Purpose.PUBLIC: _text("5人以上をまとめた数だけが、だれにでも見えます。"),
        Purpose.HANDOVER: _text("選んだことだけを、この相手だけに、選んだ日まで見せます。"),
    }
)
"""What a person reads before she agrees. A changed text asks again: old consents no longer count."""

LASTS = timedelta(days=365 * 3)
"""A consent ends by itself after so long, also when it is never withdrawn."""

SERVES: Mapping[Tier, Purpose] = MappingProxyType(
    {Tier.V1: Purpose.DESK, Tier.V2: Purpose.PARTIES, Tier.V3: Purpose.PUBLIC}
)
"""Which purpose a tier stands for."""


def purposes_for(tier: Tier) -> frozenset[Purpose]:
    """Return what is consented to by choosing a tier: it, and every narrower one."""
    return frozenset(purpose for step, purpose in SERVES.items() if step <= tier)


def digest_of(purpose: Purpose) -> str:
    """Return the fingerprint of today's text, in Japanese as it is written here: 64 hex digits."""
    return sha256(f"{purpose.value}\n{TEXTS[purpose]}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Given:
    """A consent as the rule sees it."""

    purpose: Purpose
    text: str
    given_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None = None


def is_current(given: Given, now: datetime) -> bool:
    """Tell whether a consent counts at a moment: to today's text, not withdrawn, not expired."""
    return (
        given.text == digest_of(given.purpose)
        and given.given_at <= now < given.expires_at
        and (given.withdrawn_at is None or now < given.withdrawn_at)
    )
