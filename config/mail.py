"""Turns WANOWA_SMTP_URL into Django's MAILERS entry."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TIMEOUT = 10
"""Seconds to wait for the mail server: a mail is sent by the worker and tried again later."""


def mailer(url: str) -> dict[str, Any]:
    """Return the entry: print mail when `url` is empty, else send by smtp://, starttls:// or smtps://."""
    if not url:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "starttls", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "WANOWA_SMTP_URL を読めません。smtps://利用者:合言葉@ホスト:465 の形で書いてください。"
        )
    options: dict[str, Any] = {"host": parts.hostname, "timeout": TIMEOUT}
    options["use_tls"] = parts.scheme == "starttls"
    options["use_ssl"] = parts.scheme == "smtps"
    if parts.port:
        options["port"] = parts.port
    if parts.username:
        options["username"] = unquote(parts.username)
        options["password"] = unquote(parts.password or "")
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
