"""`wanowa worker`: does the jobs that pages leave behind (mail, notices, checks) until SIGTERM or Ctrl-C."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from wanowa.kernel.clock import platform

GRACE = 15.0
"""Seconds a running job has to finish at a stop; afterwards it is aborted and tried again by its own rule."""


class Command(BaseCommand):
    """Run procrastinate's worker on the platform's database."""

    help = (
        "裏方の仕事（メールやお知らせなど）をします。Ctrl-C か SIGTERM で、いまの仕事を終えてから止まります。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many jobs run at once, and whether to stay when there is nothing to do."""
        parser.add_argument("--concurrency", type=int, default=1, help="同時にする仕事の数")
        parser.add_argument("--once", action="store_true", help="たまっている仕事を終えたら止まる")

    def handle(self, *args: Any, concurrency: int, once: bool, **options: Any) -> None:
        """Work until told to stop."""
        connector = app.connector
        if not isinstance(connector, DjangoConnector):
            raise TypeError("procrastinate must use Django's database")
        platform.follow()
        connection.close()
        with app.replace_connector(connector.get_worker_connector()) as working:
            working.run_worker(
                concurrency=concurrency,
                wait=not once,
                delete_jobs="successful",
                shutdown_graceful_timeout=GRACE,
            )
