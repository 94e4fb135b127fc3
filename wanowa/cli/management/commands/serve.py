"""`wanowa serve`: pages and background jobs in one command, until SIGTERM or Ctrl-C."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wanowa.cli import running
from wanowa.kernel.clock import complaint, read


class Command(BaseCommand):
    """Serve the site with granian and look after the job worker."""

    help = "サイトを動かします（ページと裏方の仕事）。Ctrl-C か SIGTERM で、作業を終えてから止まります。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address and the number of web workers."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--workers", type=int, default=2, help="ページを返すプロセスの数（CPU の数が目安）"
        )

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        """Refuse to serve an unprepared database, then run until told to stop."""
        self.check_migrations()
        if settings.DEMO:
            raise CommandError("WANOWA_DEMO は wanowa demo だけが使います。この変数を消してください。")
        running.collect_static()
        if said := complaint(read().ahead):
            self.stderr.write(said)
        self.stdout.write(f"{settings.PUBLIC_URL} で動いています（{host}:{port}）。止めるには Ctrl-C。")
        self.stdout.flush()
        running.run(host, port, workers, demo=False, say=self.stderr.write)
        self.stdout.write("止まりました。")
