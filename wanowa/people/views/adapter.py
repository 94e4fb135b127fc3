"""How django-allauth speaks and sends here: our letters, our allowance, our record, sealed secrets."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMultiAlternatives
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.languages import speaking
from wanowa.people import queries, services
from wanowa.people.models import User
from wanowa.people.rules import MailUnavailable, Purpose
from wanowa.people.views.look import remember_look

EMAIL_LENGTH = 254

PURPOSES = {
    "login_code": Purpose.SIGN_IN,
    "unknown_account": Purpose.SIGN_IN,
    "email_confirmation_signup": Purpose.CONFIRM,
    "email_confirmation": Purpose.CONFIRM,
    "account_already_exists": Purpose.CONFIRM,
    "confirmation_code": Purpose.CONFIRM,
}
"""Why each letter goes out; every other letter is a notice about the safety of the account."""

MESSAGES = {
    "email_confirmed": _("メールアドレスを確かめました。"),
    "email_deleted": _("メールアドレスを消しました。"),
    "logged_out": _("サインアウトしました。"),
    "login_code_sent": _("メールを送りました。"),
    "email_confirmation_sent": _("メールを送りました。"),
    "primary_email_set": _("メールアドレスを変えました。"),
    "email_confirmation_failed": _("このメールアドレスは使えません。別のアドレスを入れてください。"),
    "recovery_codes_generated": _("予備のコードを作りました。"),
    "totp_activated": _("認証アプリを使えるようにしました。"),
    "totp_deactivated": _("認証アプリを外しました。"),
    "webauthn_added": _("パスキーを加えました。"),
    "webauthn_removed": _("パスキーを外しました。"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("コードがちがいます。メールの6けたの数字を、もう一度たしかめてください。"),
        "too_many_login_attempts": _("回数が多すぎます。少し待ってから、もう一度お試しください。"),
        "rate_limited": _("回数が多すぎます。少し待ってから、もう一度お試しください。"),
        "email_taken": _("このメールアドレスは使えません。別のアドレスを入れてください。"),
        "same_as_current": _("いまと同じアドレスです。新しいアドレスを入れてください。"),
    }

    def clean_email(self, email: str) -> str:
        """Refuse an address longer than mail allows (RFC 5321: 254 letters)."""
        if len(email) > EMAIL_LENGTH:
            raise ValidationError(_("メールアドレスが長すぎます。正しいアドレスを入れてください。"))
        return email

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMultiAlternatives:
        """Return people/mail/<name>.txt, whose first line is the subject, as text and as HTML."""
        name = template_prefix.rpartition("/")[2]
        letter = render_to_string(f"people/mail/{name}.txt", context | _addresses())
        subject, _line, text = letter.strip().partition("\n")
        page = render_to_string("people/mail/letter.html", {"subject": subject, "text": text.strip()})
        to = [email] if isinstance(email, str) else email
        message = EmailMultiAlternatives(
            subject, f"{text.strip()}\n", self.get_from_email(), to, headers=headers
        )
        message.attach_alternative(page, "text/html")
        return message

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter within the day's allowance of its recipient; beyond it nothing happens, silently.

        The letter speaks the language of the account, or the reader's own where nobody has one.
        Silence is deliberate: the page must not tell whether an address is known or was written to before.
        A notice about the safety of the account never undoes the act it tells of. Else MailUnavailable.
        """
        name = template_prefix.rpartition("/")[2]
        with speaking(queries.language_at(email, reader=True)):
            message = self.render_mail(template_prefix, email, context)
        purpose = PURPOSES.get(name, Purpose.SECURITY)
        try:
            services.deliver(message, purpose=purpose)
        except MailUnavailable:
            if purpose != Purpose.SECURITY:
                raise

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell the owner of an address that somebody wanted to sign up with it."""
        self.send_mail("account_already_exists", email, {})

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say our sentence in place of allauth's template; what has no sentence here is not worth saying."""
        name = (message_template or "").rpartition("/")[2].removesuffix(".txt")
        if sentence := message or MESSAGES.get(name):
            super().add_message(request, level, extra_tags=extra_tags, message=str(sentence))

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in; the first time, the person has joined."""
        assert isinstance(user, User)  # noqa: S101 - narrows the type for mypy; AUTH_USER_MODEL says so
        first = user.last_login is None
        super().login(request, user)
        if first and EmailAddress.objects.filter(user=user, verified=True).exists():
            services.join(user, by=Actor(person=user.pk))

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Lead on, and let this browser look as the person likes it."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if isinstance(user, User):
            remember_look(request, response, user)
        return response


def _addresses() -> dict[str, str]:
    request = allauth_context.request
    names = {"sign_in_url": "account_login", "sign_up_url": "account_signup", "safety_url": "mfa_index"}
    return {key: request.build_absolute_uri(reverse(name)) for key, name in names.items()}


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: secrets are sealed with the platform's key before they reach the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("コードがちがいます。アプリに出ている数字を、もう一度たしかめてください。"),
        "unverified_email": _("先にメールアドレスを確かめてください。"),
        "add_email_blocked": _("先に、2つめの確かめ方で本人であることを示してください。"),
    }

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """Return how a new passkey is called until its owner says otherwise. Costs one query."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("パスキー%(number)s") % {"number": number}

    def encrypt(self, text: str) -> str:
        """Return `text` sealed (Fernet: AES-128-CBC with HMAC-SHA256), under a key made from SECRET_KEY."""
        return _seals().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what was sealed; a value sealed under a lost key opens nothing (the empty secret)."""
        try:
            return _seals().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""


def _seals() -> MultiFernet:
    keys: list[str] = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    digests = (hashlib.sha256(f"people.second-factor:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
