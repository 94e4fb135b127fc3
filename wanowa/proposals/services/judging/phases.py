"""Which step of the judging is possible now, in a sentence for who comes at another time."""

from django.utils.translation import gettext as _

from wanowa.kernel.errors import Refused
from wanowa.proposals.models import Judging
from wanowa.proposals.rules.judging import Phase


def require_phase(judging: Judging, *phases: Phase) -> None:
    """Raise Refused unless the judging stands in one of `phases`."""
    if judging.phase not in phases:
        raise Refused(
            _("審査は、いま「%(now)s」です。ページを開きなおして、いまできることを見てください。")
            % {"now": Phase(judging.phase).label}
        )
