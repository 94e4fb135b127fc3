"""What differs between machines, in one typed place. Nothing must be set to run the demo."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def _text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def _flag(name: str, *, default: bool = False) -> bool:
    return _text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def _number(name: str, default: str) -> int:
    text = _text(name, default)
    if not text.isascii() or not text.isdigit():
        raise ImproperlyConfigured(f"{name} には 0 以上の整数を書いてください（いまの値: {text!r}）。")
    return int(text)


def _list(name: str) -> tuple[str, ...]:
    return tuple(part for part in (part.strip() for part in _text(name).split(",")) if part)


@dataclass(frozen=True, slots=True)
class Environment:
    """Every variable the platform reads; docs/reference/settings.md repeats them (tested)."""

    home: Path = field(default_factory=lambda: Path(_text("WANOWA_HOME") or ".wanowa").absolute())
    """WANOWA_HOME: where the embedded database, uploads, keys and static files live."""
    database_url: str = field(default_factory=lambda: _text("DATABASE_URL"))
    """DATABASE_URL: postgresql://… of the application role; empty starts the embedded PostgreSQL."""
    database_owner_url: str = field(default_factory=lambda: _text("DATABASE_OWNER_URL"))
    """DATABASE_OWNER_URL: postgresql://… of the role that owns the schema; for `migrate` and tests."""
    database_role: str = field(default_factory=lambda: _text("WANOWA_DATABASE_ROLE", "app"))
    """WANOWA_DATABASE_ROLE: `app` (pages, worker) or `owner` (tests); `migrate` becomes the owner itself."""
    database_name: str = field(default_factory=lambda: _text("WANOWA_DATABASE_NAME", "wanowa"))
    """WANOWA_DATABASE_NAME: name of the database in the embedded server."""
    database_pool: int = field(default_factory=lambda: _number("WANOWA_DATABASE_POOL", "0"))
    """WANOWA_DATABASE_POOL: connections a process keeps open, 0 for none. `serve` sets it."""
    demo: bool = field(default_factory=lambda: _flag("WANOWA_DEMO"))
    """WANOWA_DEMO: one-click sign-in for demo persons, on loopback only. Never on a public machine."""
    step_up: bool = field(default_factory=lambda: _flag("WANOWA_STEP_UP", default=True))
    """WANOWA_STEP_UP: whether offering and consenting ask for a fresh code or passkey (10 minutes)."""
    pack: str = field(default_factory=lambda: _text("WANOWA_PACK", "wako"))
    """WANOWA_PACK: the municipality pack, a folder under wanowa/guideline/packs."""
    secret_key: str = field(default_factory=lambda: _text("WANOWA_SECRET_KEY"))
    """WANOWA_SECRET_KEY: empty makes one under WANOWA_HOME/secret-key (fsynced, mode 600)."""
    public_url: str = field(default_factory=lambda: _text("WANOWA_URL", "http://127.0.0.1:8000").rstrip("/"))
    """WANOWA_URL: the address residents see, as https://wanowa.example.jp; https makes cookies secure."""
    hosts: tuple[str, ...] = field(default_factory=lambda: _list("WANOWA_HOSTS"))
    """WANOWA_HOSTS: further comma-separated host names under which the site answers."""
    behind_proxy: bool = field(default_factory=lambda: _flag("WANOWA_BEHIND_PROXY"))
    """WANOWA_BEHIND_PROXY: a reverse proxy of ours ends TLS and sets X-Forwarded-Proto itself."""
    static_built: bool = field(default_factory=lambda: _flag("WANOWA_STATIC_BUILT"))
    """WANOWA_STATIC_BUILT: static files stand collected in WANOWA_HOME/static. `serve` sets it."""
    smtp_url: str = field(default_factory=lambda: _text("WANOWA_SMTP_URL"))
    """WANOWA_SMTP_URL: smtp://, starttls:// or smtps://user:password@host:port; empty prints mail."""
    mail_from: str = field(default_factory=lambda: _text("WANOWA_MAIL_FROM", "わのわ <wanowa@localhost>"))
    """WANOWA_MAIL_FROM: the sender of every mail, as in わのわ <wanowa@example.jp>."""
    log_key: str = field(default_factory=lambda: _text("WANOWA_LOG_KEY"))
    """WANOWA_LOG_KEY: the file of the key that signs checkpoints; empty: WANOWA_HOME/keys/log-key."""
    log_strict: bool = field(default_factory=lambda: _flag("WANOWA_LOG_STRICT"))
    """WANOWA_LOG_STRICT: no consent while steps have been waiting for a checkpoint for 7 days."""
    seal_key: str = field(default_factory=lambda: _text("WANOWA_SEAL_KEY"))
    """WANOWA_SEAL_KEY: the file of the key that closes evaluations; empty: WANOWA_HOME/keys/seal-key."""
    log_format: str = field(default_factory=lambda: _text("WANOWA_LOG", "console"))
    """WANOWA_LOG: `console` for people or `json` for machines, one line an event."""

    def __post_init__(self) -> None:
        if self.database_role not in {"app", "owner"}:
            raise ImproperlyConfigured("WANOWA_DATABASE_ROLE には app か owner を書いてください。")
        if urlsplit(self.public_url).scheme not in {"http", "https"}:
            raise ImproperlyConfigured("WANOWA_URL は http:// か https:// で始めてください。")
        if self.log_format not in {"console", "json"}:
            raise ImproperlyConfigured("WANOWA_LOG には console か json を書いてください。")

    @property
    def https(self) -> bool:
        """Whether residents reach the site over TLS."""
        return self.public_url.startswith("https://")

    @property
    def allowed_hosts(self) -> list[str]:
        """The host of the public address, the further hosts and loopback, for health checks."""
        public = urlsplit(self.public_url).hostname or "localhost"
        return list(dict.fromkeys([public, *self.hosts, "127.0.0.1", "localhost", "[::1]"]))


environment = Environment()
