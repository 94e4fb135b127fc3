"""`wanowa migrate`: Django's, as the owner of the schema, never waiting long for a lock; then privileges."""

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connection

from wanowa.cli.grants import grant

LOCK_TIMEOUT = "5s"
"""How long a migration may wait for a table that pages are using, before it gives up and pages go on."""


class Command(migrate.Command):
    """Bring the tables up to date and give the application role its privileges."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then grant. Idempotent."""
        with connection.as_owner():  # type: ignore[attr-defined] # config/database/base.py
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
            super().handle(*args, **options)
            if not options["check_unapplied"] and not options["plan"]:
                grant(settings.DATABASE_APP_ROLE)
