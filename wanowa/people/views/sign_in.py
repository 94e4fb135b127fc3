"""Signing up and in: django-allauth's views with our templates and status codes, kind when mail fails."""

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from wanowa.people.rules import MailUnavailable

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BASE64URL = re.compile(r"[A-Za-z0-9_=-]+")


class Careful:
    """A form page: bad input answers 400, a mail server that is down 503; both keep everything typed."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Do it, or undo all of it and show the form again with a sentence."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except MailUnavailable as refusal:
            form.add_error(None, str(refusal.sentence))
            return self._again(form, refusal.status)
        return response

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the form again; a redirect (too many attempts) stays one."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if response.status_code == HttpResponse.status_code:
            response.status_code = 400
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        """Read digits typed full-width (１２３) as digits: Japanese keyboards send them."""
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        data = kwargs.get("data")
        if data is not None and "code" in data:
            kwargs["data"] = data.copy()
            kwargs["data"]["code"] = unicodedata.normalize("NFKC", data["code"])
        return kwargs

    def _again(self, form: BaseForm, status: int) -> HttpResponse:
        context = self.get_context_data(form=form)  # type: ignore[attr-defined]
        response: HttpResponse = self.render_to_response(context, status=status)  # type: ignore[attr-defined]
        return response


class Shaped:
    """A page that takes a passkey's answer; what has not the shape of one counts as missing."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Empty a credential that fido2 could not even read."""
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        if "data" in kwargs:
            kwargs["data"] = shaped(kwargs["data"])
        return kwargs


class Labelled:
    """A page about a passkey, with labels of ours: allauth has none, or long ones."""

    LABELS: "dict[str, tuple[StrOrPromise, StrOrPromise]]" = {
        "name": (_("名前"), ""),
        "passwordless": (
            _("このパスキーだけで、サインインできるようにする"),
            _("メールのコードがいらなくなります。端末の指や顔、暗証番号で確かめます。"),
        ),
    }

    def get_form(self, form_class: Any = None) -> Any:
        """Return the form with our labels and hints."""
        form: Any = super().get_form(form_class)  # type: ignore[misc]
        for name in form.fields.keys() & self.LABELS.keys():
            form.fields[name].label, form.fields[name].help_text = self.LABELS[name]
        return form


def shaped(data: QueryDict) -> QueryDict:
    """Return `data` with an empty credential unless it is a WebAuthn public key credential in JSON."""
    try:
        credential = json.loads(data.get("credential", ""))
        response = credential["response"]
        texts = [credential["id"], credential["rawId"], response["clientDataJSON"]]
        keys = [
            response[name]
            for name in ("attestationObject", "authenticatorData", "signature")
            if name in response
        ]
        sound = (
            all(isinstance(text, str) and BASE64URL.fullmatch(text) for text in texts + keys)
            and len(keys) > 0
        )
    except (ValueError, KeyError, TypeError):
        sound = False
    if sound:
        return data
    data = data.copy()
    data["credential"] = ""
    return data


class SignIn(Careful, account.RequestLoginCodeView):
    """Ask for the address to which the code goes; beside it, the passkey."""

    template_name = "people/sign_in.html"


class ConfirmSignIn(Careful, account.ConfirmLoginCodeView):
    """Take the code from the mail."""

    template_name = "people/code.html"
    extra_context = {"resume": "account_confirm_login_code"}


class SignUp(Careful, account.SignupView):
    """Ask for name and address."""

    template_name = "people/sign_up.html"


class SignUpByPasskey(Careful, account.SignupByPasskeyView):
    """Ask for name and address; a passkey is made after the address is confirmed."""

    template_name = "people/sign_up.html"
    extra_context = {"by_passkey": True}


class ConfirmAddress(Careful, account.ConfirmEmailVerificationCodeView):
    """Take the code that confirms an address."""

    template_name = "people/code.html"
    extra_context = {"resume": "account_email_verification_sent"}


class SignOut(account.LogoutView):
    """Sign out, after a press of the button."""

    template_name = "people/sign_out.html"


class Inactive(account.AccountInactiveView):
    """Say that this account cannot be used."""

    template_name = "people/inactive.html"


class Address(Careful, account.EmailView):
    """Change the mail address: the new one is confirmed first."""

    template_name = "people/address.html"


class SecondFactors(mfa.IndexView):
    """Show the ways in which a person proves who they are."""

    template_name = "people/safety.html"


class ShowSecondFactor(mfa.AuthenticateView):
    """Take the second factor while signing in."""

    template_name = "people/second_factor.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the code or the passkey; a passkey's answer without its shape is asked for again."""
        if "code" not in request.POST and not shaped(request.POST)["credential"]:
            again: HttpResponse = self.form_invalid(self.form)
            return again
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response


class ShowSecondFactorAgain(Careful, mfa.ReauthenticateView):
    """Take the second factor again before something sensitive."""

    template_name = "people/second_factor_again.html"


class ShowPasskeyAgain(Careful, Shaped, webauthn.ReauthenticateWebAuthnView):
    """Take the passkey again before something sensitive."""

    template_name = "people/passkey_again.html"


class AddApp(Careful, totp.ActivateTOTPView):
    """Set up an authenticator app."""

    template_name = "people/app_add.html"


class RemoveApp(Careful, totp.DeactivateTOTPView):
    """Remove the authenticator app."""

    template_name = "people/app_remove.html"


class AddPasskey(Careful, Labelled, Shaped, webauthn.AddWebAuthnView):
    """Add a passkey."""

    template_name = "people/passkey_add.html"


class FirstPasskey(Careful, Labelled, Shaped, webauthn.SignupWebAuthnView):
    """Make the passkey of a new account."""

    template_name = "people/passkey_first.html"


class RemovePasskey(webauthn.RemoveWebAuthnView):
    """Remove a passkey."""

    template_name = "people/passkey_remove.html"


class RenamePasskey(Careful, Labelled, webauthn.EditWebAuthnView):
    """Rename a passkey."""

    template_name = "people/passkey_rename.html"


class Passkeys(webauthn.ListWebAuthnView):
    """List the passkeys."""

    template_name = "people/passkeys.html"


class PasskeySignIn(Shaped, webauthn.LoginWebAuthnView):
    """Sign in with a passkey: JSON for the browser, a form for its answer."""


class RecoveryCodes(recovery.ViewRecoveryCodesView):
    """Show the recovery codes."""

    template_name = "people/recovery_codes.html"


class MakeRecoveryCodes(Careful, recovery.GenerateRecoveryCodesView):
    """Make new recovery codes."""

    template_name = "people/recovery_codes_make.html"
