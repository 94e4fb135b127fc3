"""A party registers as 登録団体 for a fiscal year; a coordinator from outside decides, with a reason."""

from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_label, fiscal_year_of
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.files import Accepted
from wanowa.kernel.text import problems
from wanowa.parties import verbs
from wanowa.parties.models import Paper, Party, Registration
from wanowa.parties.queries import role_in
from wanowa.parties.rules import REGISTRATION, RENEWABLE, Act, RegistrationMove, RegistrationStatus
from wanowa.parties.services.authority import acting, locked, refuse_alone
from wanowa.people.models import User
from wanowa.record.services import records, write


@records(verbs.APPLIED)
def apply_for_registration(
    party: Party, fiscal_year: int, *, note: str = "", papers: Sequence[Accepted] = (), by: Actor
) -> Registration:
    """Return the party's registration for this or the next fiscal year, applied for, or again after a return.

    `papers` have passed `kernel.files.accept`. Raises Forbidden, Invalid, Refused.
    """
    mine = acting(party.pk, Act.APPLY, by=by)
    registration = _begin(mine, fiscal_year, note)
    for paper in papers:
        kept = Paper(registration=registration, name=paper.name, media_type=paper.media_type)
        kept.file.save(paper.name, ContentFile(paper.content), save=True)
    write(verbs.APPLIED, mine, by=by, year=fiscal_year)
    return registration


@records(verbs.APPLIED)
def renew(party: Party, fiscal_year: int, *, by: Actor) -> Registration:
    """Apply with the words and papers of the last accepted registration. Raises Forbidden, Refused."""
    mine = acting(party.pk, Act.APPLY, by=by)
    last = (
        mine.registrations.filter(fiscal_year__lt=fiscal_year)
        .filter(status__in=RENEWABLE)
        .order_by("-fiscal_year")
        .first()
    )
    if last is None:
        raise Refused(_("前の年度の登録がありません。はじめての申請として、書類を付けて出してください。"))
    registration = _begin(mine, fiscal_year, last.note)
    Paper.objects.bulk_create(
        Paper(registration=registration, name=paper.name, media_type=paper.media_type, file=paper.file.name)
        for paper in last.papers.all()
    )
    write(verbs.APPLIED, mine, by=by, year=fiscal_year)
    return registration


@records(verbs.REGISTERED, verbs.RETURNED)
def decide_registration(registration: Registration, *, accept: bool, reason: str, by: Actor) -> Registration:
    """Accept or return an application, with a reason the party reads.

    Any coordinator who is not in the party decides: no kind of party decides about another.
    Raises Forbidden, Invalid, Refused.
    """
    party = locked(registration.party_id)
    person = User.objects.get(pk=by.required_person)
    if not person.is_coordinator:
        raise Forbidden(_("登録を決めるのは協働推進員です。窓口にご相談ください。"))
    if role_in(party.pk, person.pk):
        raise Forbidden(_("自分の団体の登録は決められません。ほかの協働推進員にたのんでください。"))
    if not reason.strip():
        raise Invalid(_("理由を書いてください。団体の人が読みます。"))
    _check_body(reason)
    move = RegistrationMove.ACCEPT if accept else RegistrationMove.RETURN
    current = _move(registration, move)
    current.reason, current.decided_at = reason, timezone.now()
    current.save()
    verb = verbs.REGISTERED if accept else verbs.RETURNED
    write(verb, party, by=by, year=current.fiscal_year)
    return current


@records(verbs.EXPIRED)
def expire(registration: Registration, *, by: Actor) -> Registration:
    """Mark an accepted registration whose fiscal year is over. Raises Refused.

    The label 登録団体 goes by itself on 1 April.
    """
    party = locked(registration.party_id)
    if registration.fiscal_year >= fiscal_year_of(timezone.localdate()):
        raise Refused(_("この登録は、まだ期限が来ていません。年度が終わるまで待ってください。"))
    current = _move(registration, RegistrationMove.EXPIRE)
    current.save()
    write(verbs.EXPIRED, party, by=by, year=current.fiscal_year)
    return current


def _begin(party: Party, fiscal_year: int, note: str) -> Registration:
    """Return the saved registration of `party` (locked) in status applied."""
    refuse_alone(party)
    this_year = fiscal_year_of(timezone.localdate())
    if fiscal_year not in {this_year, this_year + 1}:
        raise Invalid(_("今年度か来年度を選んでください。"))
    _check_body(note)
    registration = party.registrations.filter(fiscal_year=fiscal_year).first()
    if registration is None:
        return party.registrations.create(fiscal_year=fiscal_year, note=note)
    if registration.status != RegistrationStatus.RETURNED:
        raise Refused(
            _("%(year)sの申請は、もう出ています。結果をお待ちください。")
            % {"year": fiscal_year_label(fiscal_year)}
        )
    registration.status = REGISTRATION.after(RegistrationStatus.RETURNED, RegistrationMove.APPLY_AGAIN)
    registration.note = note
    registration.save()
    return registration


def _move(registration: Registration, move: RegistrationMove) -> Registration:
    """Return the registration as stored now with the status after `move`; the caller holds the party."""
    current = Registration.objects.get(pk=registration.pk)
    current.status = REGISTRATION.after(RegistrationStatus(current.status), move)
    return current


def _check_body(text: str) -> None:
    for sentence in problems(text, multiline=True):
        raise Invalid(sentence)
