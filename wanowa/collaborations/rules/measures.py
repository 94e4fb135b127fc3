"""What the parties may do about an entry of their record, and when it takes effect: all at the table are for it."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.rules.consent import two_persons
from wanowa.record.rules import Ground


class Remedy(TextChoices):
    """What is proposed."""

    CORRECT = "correct", _("訂正を足す")
    REDACT = "redact", _("ことばを消す")
    HIDE = "hide", _("見えなくする")


REMEDIES: Mapping[Remedy, Promise] = {
    Remedy.CORRECT: _("記録はそのままで、正しい内容をそばに書きます。だれでも読めます。"),
    Remedy.REDACT: _("記録といっしょにしまってあることばを、消します。もとにはもどせません。"),
    Remedy.HIDE: _("ページから記録を見えなくします。番号と時刻と理由は、だれにでも見えます。"),
}
"""What happens, in the words the page shows before anything is proposed."""

GROUNDS: tuple[Ground, ...] = (Ground.LAW, Ground.RIGHTS, Ground.WITHHELD, Ground.ERROR)
"""The grounds parties may give. What somebody asks for about herself needs nobody's agreement; nothing here expires."""


def takes_effect(concerned: Collection[int], assents: Iterable[tuple[int, int]]) -> bool:
    """Whether every party concerned is for it; `assents` are (party, person), each person for one party only."""
    given = list(assents)
    return set(concerned) <= {party for party, _person in given} and two_persons(given)
