"""Registers notices with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See the package docstring."""

    name = "wanowa.notices"

    def ready(self) -> None:
        """Forget a person's notices when the person is erased."""
        from wanowa.notices.services import forget_person  # noqa: PLC0415
        from wanowa.people.services import register_erasure  # noqa: PLC0415

        register_erasure(forget_person)
