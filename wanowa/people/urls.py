"""Addresses of people. django-allauth's names stay, because it looks them up; what is not listed is a 404."""

from django.urls import URLPattern, URLResolver, include, path

from wanowa.people.views import confirm, demo, own, sign_in

own_pages: list[URLPattern] = [
    path("settings/", own.settings, name="settings"),
    path("export/", own.export, name="export"),
    path("erase/", own.erase, name="erase"),
    path("record/", own.record, name="record"),
    path("privacy/", own.privacy, name="privacy"),
    path("drafts/", own.drafts, name="drafts"),
    path("confirm/", confirm.confirm, name="confirm"),
    path("demo/<str:token>/", demo.demo, name="demo"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own_pages, "people"))),
    path("sign-in/", sign_in.SignIn.as_view(), name="account_login"),
    path("sign-in/", sign_in.SignIn.as_view(), name="account_request_login_code"),
    path("sign-in/code/", sign_in.ConfirmSignIn.as_view(), name="account_confirm_login_code"),
    path("sign-in/passkey/", sign_in.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("sign-in/second-factor/", sign_in.ShowSecondFactor.as_view(), name="mfa_authenticate"),
    path("sign-up/", sign_in.SignUp.as_view(), name="account_signup"),
    path("sign-up/with-passkey/", sign_in.SignUpByPasskey.as_view(), name="account_signup_by_passkey"),
    path("sign-up/code/", sign_in.ConfirmAddress.as_view(), name="account_email_verification_sent"),
    path("sign-up/passkey/", sign_in.FirstPasskey.as_view(), name="mfa_signup_webauthn"),
    path("sign-out/", sign_in.SignOut.as_view(), name="account_logout"),
    path("inactive/", sign_in.Inactive.as_view(), name="account_inactive"),
    path("address/", sign_in.Address.as_view(), name="account_email"),
    path("safety/", sign_in.SecondFactors.as_view(), name="mfa_index"),
    path("safety/confirm/", sign_in.ShowSecondFactorAgain.as_view(), name="mfa_reauthenticate"),
    path("safety/confirm/passkey/", sign_in.ShowPasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("safety/app/add/", sign_in.AddApp.as_view(), name="mfa_activate_totp"),
    path("safety/app/remove/", sign_in.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("safety/passkeys/", sign_in.Passkeys.as_view(), name="mfa_list_webauthn"),
    path("safety/passkeys/add/", sign_in.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("safety/passkeys/<int:pk>/remove/", sign_in.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("safety/passkeys/<int:pk>/rename/", sign_in.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("safety/codes/", sign_in.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("safety/codes/make/", sign_in.MakeRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
]
