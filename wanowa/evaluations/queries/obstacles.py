"""What must wait while parties look back: other goals. Ending never has to."""

from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration
from wanowa.evaluations.models import Round
from wanowa.evaluations.rules import Status
from wanowa.kernel.errors import Sentence


def keeps_goals(collaboration: Collaboration) -> Sentence | None:
    """Say why goals cannot change now: the parties are being asked about these. Costs one query."""
    if not Round.objects.filter(collaboration=collaboration, status=Status.OPEN).exists():
        return None
    return _("ふりかえりの記入中は、目標を変えられません。封を開いたあとで、提案してください。")
