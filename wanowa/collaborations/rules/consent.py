"""When a version binds: everybody concerned has consented to exactly this version (G-22f)."""

import hashlib
from collections.abc import Collection, Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.rules.lifecycle import Change
from wanowa.collaborations.rules.terms import Content
from wanowa.kernel.canonical import canonical

CONSENT_RULES: Mapping[Change, Promise] = {
    Change.START: _("この取組の主体すべてが同意すると、始まります。"),
    Change.AMEND: _("いまの主体すべてが同意すると、内容が変わります。それまでは、いまの内容のままです。"),
    Change.JOIN: _("いまの主体すべてと、加わる主体が同意すると、仲間がふえます。"),
    Change.LEAVE: _("抜ける主体と、残る主体のすべてが同意すると、抜けることが決まります。"),
    Change.SUSPEND: _("いまの主体すべてが同意すると、休止します。"),
    Change.RESUME: _("いまの主体すべてが同意すると、再開します。"),
    Change.END: _("いまの主体すべてが同意すると、終わります。"),
}
"""Who has to consent to what, in the words the page shows."""


def concerned(proposed: Iterable[int], in_force: Iterable[int] = ()) -> frozenset[int]:
    """Return the parties whose consent a version needs: those it binds, and those bound now.

    One rule for every change: a newcomer is in `proposed`, a leaver in `in_force`, everybody else in both.
    """
    return frozenset(proposed) | frozenset(in_force)


def fingerprint(
    collaboration: int,
    number: int,
    change: Change,
    concerned_parties: Collection[int],
    reason: str,
    content: Content,
) -> str:
    """Return the SHA-256 (hex) that a consent is bound to.

    It covers the number, so a text that is changed and changed back does not revive an old consent; and the
    parties concerned, so nobody can be dropped from the circle of those who must agree.
    """
    return hashlib.sha256(
        sealed_text(collaboration, number, change, concerned_parties, reason, content)
    ).hexdigest()


def sealed_text(
    collaboration: int,
    number: int,
    change: Change,
    concerned_parties: Collection[int],
    reason: str,
    content: Content,
) -> bytes:
    """Return the canonical JSON that a fingerprint covers: whoever has it can recompute the fingerprint."""
    return canonical(
        {
            "v": 1,
            "collaboration": collaboration,
            "number": number,
            "change": str(change),
            "concerned": sorted(concerned_parties),
            "reason": reason,
            "content": content,
        }
    )


def awaiting(parties: Iterable[int], consents: Iterable[tuple[int, str]], expected: str) -> frozenset[int]:
    """Return the parties whose consent to the expected fingerprint is still missing."""
    return frozenset(parties) - {party for party, given in consents if given == expected}


def two_persons(consents: Iterable[tuple[int, int]]) -> bool:
    """Whether every consent (party, person) came from a person of its own: one human cannot agree with herself."""
    given = list(consents)
    return len(given) > 1 and len({person for _party, person in given}) == len(given)
