"""Who may do what for a party, until when; how a registration goes. Pure: no database, no clock."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from unicodedata import normalize

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from stdnum.jp import cn

from wanowa.guideline.rules import Kind
from wanowa.kernel.errors import Invalid
from wanowa.kernel.lifecycles import Lifecycle


class Role(TextChoices):
    """What a member may do for the party."""

    REPRESENTATIVE = "representative", _("代表")
    MEMBER = "member", _("担当")
    VIEWER = "viewer", _("閲覧")


SPEAKS = frozenset({Role.REPRESENTATIVE})
"""Roles that offer, consent, leave and end for the party."""
WRITES = frozenset({Role.REPRESENTATIVE, Role.MEMBER})
"""Roles that edit drafts, ask and answer for the party."""
READS = frozenset(Role)
"""Roles that read what only the party may read."""


class Act(StrEnum):
    """What can be done for a party; `ALLOWED` says by whom."""

    SEE_MEMBERS = "see_members"
    DESCRIBE = "describe"
    RENAME = "rename"
    APPLY = "apply"
    INVITE = "invite"
    CHANGE_ROLE = "change_role"
    END_TERM = "end_term"
    HAND_OVER = "hand_over"
    CLOSE = "close"


ALLOWED: dict[Act, frozenset[Role]] = {
    Act.SEE_MEMBERS: READS,
    Act.DESCRIBE: WRITES,
    Act.RENAME: SPEAKS,
    Act.APPLY: WRITES,
    Act.INVITE: SPEAKS,
    Act.CHANGE_ROLE: SPEAKS,
    Act.END_TERM: SPEAKS,
    Act.HAND_OVER: SPEAKS,
    Act.CLOSE: SPEAKS,
}
"""The one table of rights inside a party. It does not look at the kind of the party (G-22f)."""

FOUNDED_AT_THE_DESK = frozenset({Kind.CITY, Kind.NATION})
"""Public offices are opened at the desk, so that nobody poses as one; then they are like any other party."""
ALONE = frozenset({Kind.RESIDENT})
"""Kinds that are one person: nobody can be invited, and the representative cannot change."""

OWN_WORDS = (
    "name",
    "reading",
    "alternative_name",
    "good_at",
    "hard_for",
    "story",
    "place",
    "contact_note",
)
"""Columns of a party that hold what people wrote: a person's own party takes them out and erases them."""

SORT_KEY_LENGTH = 400
"""Characters of the reading that decide the order of the directory."""

RESERVED_SLUGS = frozenset({"new", "invitations"})
"""First path segments below /parties/ that are pages of their own."""
INVITATION_DAYS = 14
"""An invitation opens for so many days at most (trust.md T43)."""


class RegistrationStatus(TextChoices):
    """Where a registration for one fiscal year stands."""

    APPLIED = "applied", _("確認待ち")
    ACCEPTED = "accepted", _("登録済み")
    RETURNED = "returned", _("差しもどし")
    EXPIRED = "expired", _("期限切れ")


RENEWABLE = frozenset({RegistrationStatus.ACCEPTED, RegistrationStatus.EXPIRED})
"""What was accepted once can be renewed with the same words and papers."""


class RegistrationMove(StrEnum):
    """What can happen to a registration."""

    ACCEPT = "accept"
    RETURN = "return"
    APPLY_AGAIN = "apply_again"
    EXPIRE = "expire"


REGISTRATION = Lifecycle[RegistrationStatus, RegistrationMove](
    {
        (RegistrationStatus.APPLIED, RegistrationMove.ACCEPT): RegistrationStatus.ACCEPTED,
        (RegistrationStatus.APPLIED, RegistrationMove.RETURN): RegistrationStatus.RETURNED,
        (RegistrationStatus.RETURNED, RegistrationMove.APPLY_AGAIN): RegistrationStatus.APPLIED,
        (RegistrationStatus.ACCEPTED, RegistrationMove.EXPIRE): RegistrationStatus.EXPIRED,
    }
)
"""A coordinator from outside the party decides. It is a label, never a condition for working together."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office: both days inclusive; no last day means until further notice."""

    since: date
    until: date | None = None


def first_day_without(terms: Iterable[Term], start: date) -> date | None:
    """Return the first day from `start` on that no term covers, or None when every day is covered for ever.

    >>> first_day_without([Term(date(2026, 4, 1), date(2027, 3, 31))], date(2026, 4, 1))
    datetime.date(2027, 4, 1)
    """
    uncovered = start
    for term in sorted(terms, key=lambda term: term.since):
        if term.since > uncovered:
            return uncovered
        if term.until is None:
            return None
        uncovered = max(uncovered, term.until + timedelta(days=1))
    return uncovered


def slug_among(wanted: str, taken: Collection[str]) -> str:
    """Return `wanted`, or `wanted-2`, `wanted-3` … : the first that is neither taken nor reserved.

    >>> slug_among("わの会", {"わの会"})
    'わの会-2'
    """
    unavailable = RESERVED_SLUGS | set(taken)
    number, slug = 1, wanted
    while slug in unavailable:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def corporate_number(typed: str) -> str:
    """Return the 13 digits of a 法人番号 typed with hyphens, spaces or full-width digits; empty stays empty.

    Raises Invalid for a wrong length or check digit. Source: 法人番号の指定等に関する省令 第2条.
    """
    digits = normalize("NFKC", typed).replace("-", "").replace(" ", "").replace("ー", "")
    if digits and not (digits.isascii() and cn.is_valid(digits)):
        raise Invalid(_("法人番号が正しくありません。13けたの数字を、もう一度確かめてください。"))
    return digits
