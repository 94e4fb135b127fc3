"""`wanowa bundle`: writes the whole history of one collaboration into one file, to be checked elsewhere."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wanowa.collaborations.models import Collaboration
from wanowa.kernel.errors import Refused
from wanowa.record.queries import case_of
from wanowa.record.rules.bundles.verify import Bundle, unpack
from wanowa.record.services import bundle


class Command(BaseCommand):
    """Write a bundle, read it again, and say what it holds. Exit code: 0 written, 1 refused."""

    help = "協働の取組の経過を、1つの束（ZIP）に書き出します。だれでも、市にたずねずに確かめられます。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the collaboration by the end of its address, or any case by its name."""
        parser.add_argument(
            "case", help="取組のアドレスの終わりの部分、または案件の名前（parties.party/3 など）"
        )
        parser.add_argument("-o", "--output", required=True, type=Path, help="書き出すファイル")
        parser.add_argument(
            "--party", type=int, action="append", help="この番号の主体に渡す、全部入りの束にする"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Only reads the record; a file that is already there is not written over."""
        case, title, public = self._named(options["case"])
        inside = frozenset(options["party"]) if options["party"] else None
        output: Path = options["output"]
        try:
            raw = bundle(case, title, inside=inside)
            with output.open("xb") as file:
                file.write(raw)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except FileExistsError as fault:
            raise CommandError(f"{output} は、もうあります。ほかの名前にしてください。") from fault
        except OSError as fault:
            raise CommandError(
                f"{output} に書けません。場所を確かめてください。（{fault.strerror}）"
            ) from fault
        found = Bundle(unpack(raw))
        self.stdout.write(
            f"{output} に書き出しました。{case}　記録 {len(found.entries)}件、{len(raw):,} バイト。"
        )
        for finding in found.findings:
            self.stdout.write(f"注意　{finding.sentence}")
        if not public or inside is not None:
            self.stdout.write("公開していない内容が入っています。渡す相手を、確かめてください。")

    def _named(self, named: str) -> tuple[str, str, bool]:
        """Return the case, its title, and whether everybody may see it."""
        found = Collaboration.objects.filter(slug=named).first()
        label, _slash, key = named.partition("/")
        if found is None and label == Collaboration._meta.label_lower and key.isdecimal():
            found = Collaboration.objects.filter(pk=int(key)).first()
        if found is not None:
            return case_of(found), found.title, found.public_since is not None
        if "/" not in named:
            sys.stderr.write("取組のアドレスは、ページの /collaborations/ のあとの部分です。\n")
            raise CommandError(f"「{named}」という取組は、ありません。")
        return named, named, False
