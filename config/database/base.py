"""The PostgreSQL backend: starts the embedded server when needed, and can act as the owner of the schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import base

from config.database import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own wrapper, with the address of the embedded server filled in when it is needed."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return psycopg's parameters; a first call may start the embedded server."""
        if self.settings_dict["HOST"] == embedded.HOST:
            self.settings_dict["HOST"] = embedded.socket_folder()
        parameters: dict[str, Any] = super().get_connection_params()
        return parameters

    @contextmanager
    def as_owner(self) -> Iterator[None]:
        """Connect as the owner of the schema while the block runs; pages never do."""
        mine = self.settings_dict
        owner = {**mine, **mine["OWNER"]}
        if mine["USER"] == owner["USER"]:
            yield
            return
        self._reconnect(owner)
        try:
            yield
        finally:
            self._reconnect(mine)

    def _reconnect(self, settings: dict[str, Any]) -> None:
        self.close()
        self.close_pool()
        self.settings_dict = settings
