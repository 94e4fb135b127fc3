"""A third party saw the public page and asks to join; it sits down only with everybody's consent."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration, Draft, JoinRequest
from wanowa.collaborations.queries import locked, open_version, require_own_seat, seated
from wanowa.collaborations.rules import CHANGES_FROM, Change, Status, for_joining
from wanowa.collaborations.services.changing import begin_draft
from wanowa.collaborations.verbs import ASKED_TO_JOIN, CHANGE_BEGUN, JOINING_ANSWERED, JOINING_WITHDRAWN
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Invalid, Refused
from wanowa.parties.queries import require
from wanowa.parties.rules import SPEAKS, WRITES
from wanowa.record.services import records, write


@records(ASKED_TO_JOIN)
def ask_to_join(collaboration: Collaboration, *, message: str, by: Actor) -> JoinRequest:
    """Ask the parties of a running collaboration to be let in."""
    collaboration = locked(collaboration)
    require(by, SPEAKS)
    if Change.JOIN not in CHANGES_FROM[Status(collaboration.status)]:
        raise Refused(_("仲間に入れるのは、取組中のときだけです。気になる取組は、ときどき見にきてください。"))
    if by.required_party in seated(collaboration):
        raise Refused(_("この主体は、もう参加しています。"))
    if not message.strip():
        raise Invalid(_("どんなことで力になれるかを、ひとこと書いてください。"))
    try:
        with transaction.atomic():
            request = JoinRequest.objects.create(
                collaboration=collaboration,
                party_id=by.required_party,
                person_id=by.required_person,
                message=message,
            )
    except IntegrityError:
        raise Refused(_("もう申し出ています。返事を待ってください。")) from None
    write(ASKED_TO_JOIN, collaboration, by=by)
    return request


@records(CHANGE_BEGUN)
def accept_request(request: JoinRequest, *, by: Actor) -> Draft:
    """Begin the change that lets the asking party in. It is in only when everybody has consented to the new text."""
    collaboration = locked(request.collaboration)
    require_own_seat(collaboration, by, WRITES)
    request = _waiting(request)
    if Change.JOIN not in CHANGES_FROM[Status(collaboration.status)] or collaboration.in_force is None:
        raise Refused(_("いまの状態では、仲間をふやせません。取組のページで状態を確かめてください。"))
    if open_version(collaboration) is not None or Draft.objects.filter(collaboration=collaboration).exists():
        raise Refused(_("いま、別の変更を準備しています。先にそれを終えてください。"))
    request.state = JoinRequest.State.ACCEPTED
    request.save()
    terms = for_joining(collaboration.in_force.terms, request.party_id)
    draft = begin_draft(collaboration, Change.JOIN, terms, newcomer=request.party_id, by=by)
    write(JOINING_ANSWERED, collaboration, by=by, asker=request.party_id, accepted=True)
    return draft


@records(JOINING_ANSWERED)
def decline_request(request: JoinRequest, *, answer: str, by: Actor) -> JoinRequest:
    """Answer that it does not fit now, with a word that helps the asking party on."""
    collaboration = locked(request.collaboration)
    require_own_seat(collaboration, by, SPEAKS)
    request = _waiting(request)
    if not answer.strip():
        raise Invalid(_("相手が次に進めるように、ひとこと書いてください。"))
    request.state = JoinRequest.State.DECLINED
    request.answer = answer
    request.save()
    write(JOINING_ANSWERED, collaboration, by=by, asker=request.party_id, accepted=False)
    return request


@records(JOINING_WITHDRAWN)
def withdraw_request(request: JoinRequest, *, by: Actor) -> JoinRequest:
    """Take one's own request back while it waits."""
    collaboration = locked(request.collaboration)
    require(by, SPEAKS)
    request = _waiting(request)
    if request.party_id != by.required_party:
        raise Refused(_("取り下げられるのは、申し出た主体だけです。"))
    request.state = JoinRequest.State.WITHDRAWN
    request.save()
    write(JOINING_WITHDRAWN, collaboration, by=by)
    return request


def _waiting(request: JoinRequest) -> JoinRequest:
    request = JoinRequest.objects.select_for_update().get(pk=request.pk)
    if request.state != JoinRequest.State.WAITING:
        raise Refused(_("この申し出には、もう返事をしています。"))
    return request
