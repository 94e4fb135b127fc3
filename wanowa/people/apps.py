"""Registers people with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.people"

    def ready(self) -> None:
        """Listen to sign-ins (for the length of sessions) and to new second factors."""
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415 - models are ready only now
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415

        from wanowa.people.views.gate import begin, setting_up_proves  # noqa: PLC0415

        user_logged_in.connect(begin, dispatch_uid="people.begin")
        authenticator_added.connect(setting_up_proves, dispatch_uid="people.setting_up_proves")
