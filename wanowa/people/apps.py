"""Registers people with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.people"

    def ready(self) -> None:
        """Listen to sign-ins (for the length of sessions) and new second factors; export the record; keep languages."""
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415 - models are ready only now
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415

        from wanowa.people.queries import is_of_the_desk, kept_on_record  # noqa: PLC0415
        from wanowa.people.services import register_export  # noqa: PLC0415
        from wanowa.people.views.gate import begin, setting_up_proves  # noqa: PLC0415
        from wanowa.people.views.look import keep_language  # noqa: PLC0415
        from wanowa.search.queries import register_readers  # noqa: PLC0415
        from wanowa.web.languages import register_keeper  # noqa: PLC0415

        register_readers(desk=is_of_the_desk)
        user_logged_in.connect(begin, dispatch_uid="people.begin")
        authenticator_added.connect(setting_up_proves, dispatch_uid="people.setting_up_proves")
        register_export("record", kept_on_record)
        register_keeper(keep_language)
