"""`wanowa checkpoint`: signs the whole process log now, and prints what to keep outside of this machine."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wanowa.record.queries import latest_checkpoint
from wanowa.record.rules.words import words_of
from wanowa.record.services import Halted, KeyUnusable, checkpoint


class Command(BaseCommand):
    """Make a checkpoint and print its note and its words. Exit code: 0 signed, 1 something does not fit, 2 no key."""

    help = "経過ぜんぶの先頭に、まとめ印をつけます。署名つきの文と、印刷する「確かめの言葉」を書き出します。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Sign what moved; when nothing did, print the newest checkpoint again."""
        try:
            made = checkpoint()
        except Halted as halted:
            for problem in halted.problems:
                self.stderr.write(f"問題　{problem.case} {problem.number or ''}　{problem.sentence}")
            self.stderr.write(
                "経過に合わないところがあるので、まとめ印をつけませんでした。wanowa verify で調べてください。"
            )
            sys.exit(1)
        except KeyUnusable as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        newest = made or latest_checkpoint()
        if newest is None:
            self.stdout.write("経過がまだないので、まとめ印はありません。")
            return
        if made is None:
            self.stdout.write("前のまとめ印から、何も変わっていません。いちばん新しいまとめ印です。\n")
        self.stdout.write(newest.note)
        self.stdout.write(f"まとめ印 {newest.number}番　確かめの言葉: {words_of(newest.digest)}")
