"""What a body says about a published evaluation: entered at the desk, beside it, changing nothing."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.collaborations.queries import locked
from wanowa.evaluations.models import Comment, Round
from wanowa.evaluations.rules import Status
from wanowa.evaluations.verbs import COMMENT_ENTERED
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.people.models import User
from wanowa.record.services import records, write


@records(COMMENT_ENTERED)
def enter_comment(found: Round, *, body: str, text: str, said_on: date, source: str, by: Actor) -> Comment:
    """Enter what a body said, with its day and where it can be read. Only for a coordinator; never changed later."""
    if not User.objects.filter(pk=by.required_person, is_coordinator=True, is_active=True).exists():
        raise Forbidden(_("会議の意見をのせるのは、協働推進員だけです。"))
    collaboration = locked(found.collaboration)
    found = Round.objects.select_for_update().get(pk=found.pk)
    if found.status != Status.PUBLISHED:
        raise Refused(_("会議の意見は、ふりかえりが公開されてからのせます。"))
    if said_on > timezone.localdate():
        raise Invalid(_("意見が出た日は、今日までの日にしてください。"))
    if not (body.strip() and text.strip() and source.strip()):
        raise Invalid(_("会議の名前、意見、出どころを書いてください。"))
    told = write(
        COMMENT_ENTERED,
        collaboration,
        by=by,
        published={"body": body, "text": text, "source": source},
        number=found.number,
        said_on=said_on,
    )
    return Comment.objects.create(
        round=found, body=body, text=text, said_on=said_on, source=source, entered_at=told.at
    )
