"""The PostgreSQL backend: starts the embedded server on the first connection when there is no DATABASE_URL."""

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
