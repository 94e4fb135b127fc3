"""Django's PostgreSQL backend, which starts the embedded server when no DATABASE_URL is given."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from config.environment import Environment

STATEMENT_TIMEOUT = "5s"
"""The longest statement of the application role: a page that needs more is a mistake."""
IDLE_TIMEOUT = "60s"
"""The longest pause inside a transaction of the application role: longer holds locks for nothing."""


def settings(environment: Environment) -> dict[str, Any]:
    """Return DATABASES["default"]; its own key OWNER holds what differs for the owner of the schema."""
    if environment.database_url:
        app = _parameters(environment.database_url)
        owner = _parameters(environment.database_owner_url or environment.database_url)
    else:
        app = {"NAME": environment.database_name, "HOST": "embedded", "USER": "wanowa_app"}
        owner = {**app, "USER": "wanowa_owner"}
    if environment.database_role == "app":
        limits = (
            f"-c statement_timeout={STATEMENT_TIMEOUT} -c idle_in_transaction_session_timeout={IDLE_TIMEOUT}"
        )
        app["OPTIONS"] = {"options": limits, **app.get("OPTIONS", {})}
        if environment.database_pool:
            app["OPTIONS"]["pool"] = {"min_size": 1, "max_size": environment.database_pool, "timeout": 10}
    owner.setdefault("OPTIONS", {})
    mine = app if environment.database_role == "app" else owner
    return {"ENGINE": "config.database", **mine, "CONN_HEALTH_CHECKS": True, "OWNER": owner}


def app_role(environment: Environment) -> str:
    """Return the name of the role that pages and worker use, to which `migrate` gives privileges."""
    return str(_parameters(environment.database_url)["USER"]) if environment.database_url else "wanowa_app"


def _parameters(url: str) -> dict[str, Any]:
    """Return Django's names for the parts of a PostgreSQL address."""
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as fault:
        raise ImproperlyConfigured(
            "DATABASE_URL を読めません。"
            "postgresql://利用者:合言葉@ホスト:5432/データベース名 の形で書いてください。"
        ) from fault
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    known = {django: str(parts.pop(name)) for name, django in names.items() if parts.get(name)}
    return {"NAME": "wanowa", "PASSWORD": "", "HOST": "", "PORT": "", "USER": "", **known, "OPTIONS": parts}
