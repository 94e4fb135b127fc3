"""`wanowa verify`: recomputes the process log in the database, or a bundle in a file, and names what does not fit."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from wanowa.record.rules.bundles import verify as bundles
from wanowa.record.services import verify


class Command(BaseCommand):
    """Print what was read and what is wrong.

    Exit code: 0 all fits, 1 altered, 2 could not look, or something is missing; of bundles also 3 not a bundle,
    4 two histories.
    """

    help = (
        "経過の記録がすべて元のままかを確かめます。ファイルを渡すと、その束を確かめます。"
        "終了コード 0 元のまま、1 書き換え、2 確認不能、3 束ではない、4 経過が二通り。"
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Without a file the database is verified."""
        parser.add_argument("bundle", nargs="?", help="経過の束（ZIP、または開いたフォルダ）")
        parser.add_argument("--receipt", metavar="控え", help="束を、この「控え」とも見くらべる")
        parser.add_argument(
            "--compare", nargs=2, metavar=("束", "束"), help="2つの束が、同じ経過かを見くらべる"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify a bundle by the very program that lies in it, or everything in the database."""
        if options["compare"]:
            sys.exit(bundles.main(["--compare", *options["compare"]]))
        if options["receipt"]:
            words = ["--receipt", options["receipt"], *([options["bundle"]] if options["bundle"] else [])]
            sys.exit(bundles.main(words))
        if options["bundle"]:
            sys.exit(bundles.main([options["bundle"]]))
        self._database()

    def _database(self) -> None:
        """Verify everything in one snapshot; nothing is changed and nobody waits."""
        try:
            report = verify()
        except DatabaseError as fault:
            self.stderr.write(f"確かめられませんでした。wanowa doctor で土台を調べてください。\n{fault}")
            sys.exit(2)
        self.stdout.write(f"経過 {report.entries} 件（案件 {report.cases} 件）を確かめました。")
        for problem in report.problems:
            self.stdout.write(f"問題　{problem.case} {problem.number or ''}　{problem.sentence}")
        if report.problems:
            self.stdout.write(
                f"\n合わないところが {len(report.problems)} 件あります。"
                "データベースに直接手が加えられたか、壊れています。\n"
                "いまの状態の控えを取り、書き換えられる前の控えと比べてください。"
            )
            sys.exit(1)
        self.stdout.write("すべて元のままです。")
