"""`wanowa verify`: recomputes the whole process log and names every entry that does not fit."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from wanowa.record.services import verify


class Command(BaseCommand):
    """Print what was read and what is wrong. Exit code: 0 all fits, 1 altered, 2 could not look."""

    help = "経過の記録がすべて元のままかを確かめます。終了コード 0 元のまま、1 書き換え、2 確認不能。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
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
