"""Files of a case: sealed before they reach the disk, a few at a time, and never enough to fill it."""

from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.consultations.models import Attachment, Case, Message
from wanowa.consultations.queries import place
from wanowa.consultations.rules import MOST_FILES, MOST_FILES_IN_A_CASE
from wanowa.consultations.services.authority import add_sealed, reserved
from wanowa.kernel import keyrings
from wanowa.kernel.errors import Invalid, Refused
from wanowa.kernel.files import Accepted


def keep_files(case: Case, files: Sequence[Accepted], message: Message | None = None) -> None:
    """Keep what came with the worry, or with a message of either side, of a locked case.

    Raises Invalid when too many come at once, Refused when the case is full. Costs a query, and three a file.
    """
    if len(files) > MOST_FILES:
        raise Invalid(_("ファイルは%(most)sつまでです。") % {"most": MOST_FILES})
    if files and case.files.count() + len(files) > MOST_FILES_IN_A_CASE:
        raise Refused(
            _("1つの相談に、ファイルは%(most)s個までです。続きは、文で書いてください。")
            % {"most": MOST_FILES_IN_A_CASE}
        )
    for accepted in files:
        row = Attachment(
            pk=reserved(Attachment),
            case=case,
            message=message,
            media_type=accepted.media_type,
            added_at=timezone.now(),
        )
        sealed = keyrings.fetch(case.key).seal_bytes(accepted.content, place=place(row, "file"))
        row.file.save("consultations/sealed.bin", ContentFile(sealed), save=False)
        add_sealed(case, row, name=accepted.name)
