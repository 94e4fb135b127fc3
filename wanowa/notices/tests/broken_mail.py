"""A mail server that never answers."""

from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Refuses every mail."""

    def send_messages(self, email_messages):
        """Fail as a socket would."""
        raise OSError("connection refused")
