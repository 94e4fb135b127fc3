"""How the embedded PostgreSQL says that it cannot run: one Japanese sentence and what to do."""

from django.db.utils import OperationalError

OWN_SERVER = "自分の PostgreSQL を使うときは、DATABASE_URL に postgresql://… を指定してください。"


class Unavailable(OperationalError):
    """The embedded server cannot be used here; the message says why and what to do instead."""

    def __init__(self, why: str, what_to_do: str = "") -> None:
        super().__init__("\n".join(part for part in (why, what_to_do, OWN_SERVER) if part))
