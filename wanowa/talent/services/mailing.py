"""Mail to people in the bank: a link and no content, so that a mail read by somebody else tells nothing."""

from collections.abc import Mapping
from secrets import token_urlsafe

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.kernel.errors import Sentence
from wanowa.kernel.languages import speaking
from wanowa.people.queries import language_at
from wanowa.people.rules import MailUnavailable, Purpose
from wanowa.people.services import deliver
from wanowa.record.services.unrecorded import unrecorded
from wanowa.talent.models import Access, Profile, Request
from wanowa.talent.queries import CALLER, digest_of_token, fields_shown, opened, to_mail
from wanowa.talent.rules import Field, Method


def address_of(profile: Profile) -> str:
    """Return where a person reads mail: her account's address, or the one that she told; else nothing."""
    if profile.hidden_at is not None:
        return ""
    values = opened(profile, {Field.METHOD, Field.CONTACT})
    if values.get(Field.METHOD) != Method.MAIL:
        return ""
    if values.get(Field.CONTACT) and Field.CONTACT in fields_shown([profile], CALLER)[profile.pk]:
        return values[Field.CONTACT]
    return profile.person.email if profile.person else ""


@unrecorded("that the request was made or passed on is recorded; a mail repeats it")
def mail_request(request: Request) -> bool:
    """Mail a person that something was asked, with a token that answers once; True when it went out.

    Nothing is lost when it did not: her page shows the request, and the worker tries again. The caller holds the
    request, or is the only one to know of it.
    """
    address = address_of(request.profile)
    if not address:
        return False
    token = token_urlsafe(32)
    link = f"{settings.PUBLIC_URL}{reverse('talent:answer', args=[token])}"
    until = timezone.localtime(request.expires_at)
    with speaking(language_at(address)):
        body = _(
            "人材バンクに、あなたへのお願いが1件あります。\n\n"
            "次のリンクをひらくと、読んで、返事ができます。サインインはいりません。\n%(link)s\n\n"
            "「受ける」「見送る」「あとで」から、えらべます。わけはいりません。\n"
            "%(month)s月%(day)s日をすぎると、見送りになります。何もしなくてだいじょうぶです。\n"
            "あなたの名前と連絡先は、あなたがえらぶまで、だれにも渡りません。\n"
        ) % {"link": link, "month": until.month, "day": until.day}
        message = EmailMessage(_("わのわ：人材バンクに、お願いが1件あります"), body, to=[address])
    before = request.token_digest
    request.token_digest, request.mailed_at = digest_of_token(token), timezone.now()
    try:
        sent = deliver(message, purpose=Purpose.NOTICE)
    except MailUnavailable:
        sent = False
    if not sent:
        request.token_digest, request.mailed_at = before, None
    request.save(update_fields=["token_digest", "mailed_at", "updated_at"])
    return sent


@unrecorded("that the request was made or passed on is recorded; a mail repeats it")
def mail_waiting() -> int:
    """Mail every request that is still to be mailed; return how many went out. Two workers never mail one twice."""
    sent = 0
    for waiting in to_mail():
        with transaction.atomic():
            held = (
                Request.objects.select_for_update(skip_locked=True, of=("self",))
                .filter(pk=waiting.pk, mailed_at__isnull=True)
                .select_related("profile__person")
                .first()
            )
            if held is not None:
                sent += mail_request(held)
    return sent


def remind(profile: Profile, days: int) -> bool:
    """Mail a person that her yearly confirmation is due in so many days; True when it went out."""
    return _tell(
        profile,
        gettext_lazy("わのわ：人材バンクの登録を、つづけますか"),
        gettext_lazy(
            "人材バンクの登録は、年に1回、つづけるかどうかを確かめます。あと%(days)s日です。\n\n"
            "つづけるときは、次のページで「つづける」を押してください。\n%(link)s\n\n"
            "何もしないと、登録はかくれます。90日あとに、すべて消えます。\n"
        ),
        {"days": days, "link": _own_page()},
    )


@unrecorded("a mail repeats what the log of reads says")
def mail_digests() -> int:
    """Tell everybody whose fields were read since the last time how often; return how many mails went out."""
    now, sent = timezone.now(), 0
    for profile in Profile.objects.filter(accesses__isnull=False).distinct().order_by("pk"):
        since = profile.told_until or profile.created_at
        count = Access.objects.filter(profile=profile, at__gt=since, at__lte=now).count()
        if count and _tell(
            profile,
            gettext_lazy("わのわ：あなたの登録が読まれました"),
            gettext_lazy(
                "人材バンクのあなたの登録が、この1か月に%(count)s回、読まれました。\n\n"
                "だれが、いつ、何を、どんなわけで読んだかは、次のページでわかります。\n%(link)s\n"
            ),
            {"count": count, "link": _own_page()},
        ):
            Profile.objects.filter(pk=profile.pk).update(told_until=now)
            sent += 1
    return sent


def _tell(profile: Profile, subject: Sentence, body: Sentence, facts: Mapping[str, object]) -> bool:
    address = address_of(profile)
    if not address:
        return False
    try:
        with speaking(language_at(address)):
            message = EmailMessage(str(subject), str(body) % facts, to=[address])
        return deliver(message, purpose=Purpose.NOTICE)
    except MailUnavailable:
        return False


def _own_page() -> str:
    return f"{settings.PUBLIC_URL}{reverse('talent:mine')}"
