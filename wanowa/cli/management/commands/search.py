"""`wanowa search rebuild`: reads everything that can be found into the index again, while it is being used."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from wanowa.search.queries import lag, sources
from wanowa.search.services import rebuild


class Command(BaseCommand):
    """Rebuild the index with progress, or say how it stands."""

    help = "検索の索引を作りなおします（rebuild）。止めても、続きから始まります。status で、様子を見ます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one word."""
        parser.add_argument(
            "act", choices=("rebuild", "status"), help="rebuild: 作りなおす。status: 様子を見る。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and tell how far it is after every piece."""
        if options["act"] == "rebuild":
            total = rebuild(lambda kind, done: self.stdout.write(f"{sources()[kind].label}: {done}件"))
            self.stdout.write(f"作りなおしました。ぜんぶで{total}件です。")
            return
        found = lag()
        self.stdout.write(
            f"索引には{found.documents}件あります。まだ読んでいない経過は{found.waiting}件です。"
        )
        if found.rebuilding:
            self.stdout.write("作りなおしの途中です。wanowa search rebuild で、続きから始まります。")
