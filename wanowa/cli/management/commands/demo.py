"""`wanowa demo`: a living town on this machine alone, from nothing, with one word."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from wanowa.cli import running, town


class Command(BaseCommand):
    """Prepare the database, build the demonstration town and serve it on loopback."""

    help = "お試しのまちを作って、この機械の中だけで動かします。何度実行しても、同じまちのままです。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the size of the town, the port and whether to stop after building."""
        parser.add_argument("--build-only", action="store_true", help="まちを作るところまで行う")
        parser.add_argument("--size", choices=("S", "M", "L"), default="S", help="まちの大きさ")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, build_only: bool, size: town.Size, port: int, **options: Any) -> None:
        """Build what is missing, tell who can be visited, and serve until told to stop."""
        if settings.SECURE:
            raise CommandError("WANOWA_URL が https です。本番の設定ではお試しのまちを動かせません。")
        console = Console()
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
            step = progress.add_task("データベースを整える", total=1)
            call_command("migrate", verbosity=0, interactive=False)
            progress.update(step, completed=1)
            step = progress.add_task("見た目を整える", total=1)
            running.collect_static()
            progress.update(step, completed=1)
            steps: dict[str, Any] = {}

            def report(what: str, done: int, total: int) -> None:
                if what not in steps:
                    steps[what] = progress.add_task(what, total=total)
                progress.update(steps[what], completed=done, total=total)

            visitors = town.build(size, report)
        if build_only:
            console.print("お試しのまちができました。動かすには: [bold]uv run wanowa demo[/bold]")
            return
        address = f"http://127.0.0.1:{port}"
        for visitor in visitors:
            console.print(
                f"{visitor.name}（{visitor.role}） {address}{visitor.path}", soft_wrap=True, highlight=False
            )
        console.print(f"まちの入口: [bold]{address}/[/bold]（止めるには Ctrl-C）", soft_wrap=True)
        settings.PUBLIC_URL = address
        running.run("127.0.0.1", port, 2, demo=True, say=console.print)
