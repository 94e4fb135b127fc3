"""Logs through structlog, one event a line: what happened, never who looked (no addresses, no accounts)."""

import logging.config
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

PERSONAL = {"ip", "remote_addr", "user", "user_id", "username", "email", "request", "session", "cookie"}
"""Keys that never reach a log, wherever they come from."""


def without_people(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Drop every key that tells who a person is."""
    return {key: value for key, value in event.items() if key not in PERSONAL}


def configuration(form: str) -> dict[str, Any]:
    """Return Django's LOGGING for `form` "console" (people) or "json" (machines)."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "event": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    renderer,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "event"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"wanowa": {"level": "INFO"}, "procrastinate": {"level": "WARNING"}},
    }


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_people,
]


def configure(settings: dict[str, Any]) -> None:
    """Set up the standard library's logging and structlog on top of it (Django's LOGGING_CONFIG)."""
    logging.config.dictConfig(settings)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
