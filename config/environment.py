"""What differs between machines, in one typed place. Nothing must be set to run the demo."""

import os
from dataclasses import dataclass, field
from pathlib import Path


def _flag(name: str, default: str) -> bool:
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


@dataclass(frozen=True, slots=True)
class Environment:
    """Every variable the platform reads; docs/reference/settings.md repeats these sentences (tested)."""

    home: Path = field(
        default_factory=lambda: Path(os.environ.get("WANOWA_HOME", Path.cwd() / ".wanowa")).absolute()
    )
    """WANOWA_HOME: where the embedded database, uploads, keys and static files live."""
    database_url: str = field(default_factory=lambda: os.environ.get("DATABASE_URL", ""))
    """DATABASE_URL: postgresql://…; empty starts the embedded PostgreSQL under WANOWA_HOME."""
    database_role: str = field(default_factory=lambda: os.environ.get("WANOWA_DATABASE_ROLE", "app"))
    """WANOWA_DATABASE_ROLE: `app` (pages, worker) or `owner` (migrations, tests)."""
    database_name: str = field(default_factory=lambda: os.environ.get("WANOWA_DATABASE_NAME", "wanowa"))
    """WANOWA_DATABASE_NAME: name of the database in the embedded server."""
    demo: bool = field(default_factory=lambda: _flag("WANOWA_DEMO", "0"))
    """WANOWA_DEMO: one-click sign-in for demo persons, on loopback only. Never on a public machine."""
    pack: str = field(default_factory=lambda: os.environ.get("WANOWA_PACK", "wako"))
    """WANOWA_PACK: the municipality pack, a folder under wanowa/guideline/packs."""
    secret_key: str = field(default_factory=lambda: os.environ.get("WANOWA_SECRET_KEY", ""))
    """WANOWA_SECRET_KEY: empty makes one under WANOWA_HOME/secret-key (fsynced, mode 600)."""
    hosts: tuple[str, ...] = field(
        default_factory=lambda: tuple(os.environ.get("WANOWA_HOSTS", "127.0.0.1,localhost,[::1]").split(","))
    )
    """WANOWA_HOSTS: comma-separated host names under which the site answers."""
    smtp_url: str = field(default_factory=lambda: os.environ.get("WANOWA_SMTP_URL", ""))
    """WANOWA_SMTP_URL: smtp://user:password@host:port (or smtps://); empty writes mail to the console."""


environment = Environment()
