"""The check before the judging: a short list, a reason for everything that is missing, nobody left out for paper."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.errors import Invalid

LONGEST_WHY = 400
"""Characters of one reason."""


class CheckItem(TextChoices):
    """What the desk looks at."""

    TOWN = "town", _("このまちの課題に取り組んでいる")
    EVERYBODY = "everybody", _("自分たちだけでなく、まちの人のためになる")
    PAPERS = "papers", _("つけるファイルがそろっている")
    MONEY = "money", _("お金の使いみちがわかる")
    SAFE = "safe", _("法律と安全に、はっきりした問題がない")


class Finding(NamedTuple):
    """Whether one item is met, and what should be handed in where it is not."""

    met: bool
    why: str = ""


def check_findings(findings: Mapping[str, Finding]) -> None:
    """Raise Invalid unless every item is looked at, and every one that is not met says what is missing."""
    if set(findings) != set(CheckItem.values):
        raise Invalid(_("すべての項目について、「はい」か「まだ」をえらんでください。"))
    for key, finding in findings.items():
        if not finding.met and not finding.why.strip():
            raise Invalid(
                _("「%(item)s」が「まだ」のときは、何を足してほしいかを書いてください。")
                % {"item": CheckItem(key).label}
            )
        if len(finding.why) > LONGEST_WHY:
            raise Invalid(_("足してほしいことは、項目ごとに400文字までで書いてください。"))


def content_of(findings: Mapping[str, Finding]) -> dict[str, dict[str, object]]:
    """Return the JSON form; a reason stands only where something is missing."""
    return {
        key: {"met": finding.met, "why": "" if finding.met else finding.why.strip()}
        for key, finding in sorted(findings.items())
    }
