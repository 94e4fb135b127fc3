"""`wanowa rotate-log-key`: lets a new key sign checkpoints, vouched for by the old one."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wanowa.kernel.actors import SYSTEM
from wanowa.record.services import Halted, KeyUnusable, checkpoint, introduce_key


class Command(BaseCommand):
    """Introduce a key and make the checkpoint that both keys sign; then the old private key is deleted."""

    help = "まとめ印の鍵を、新しい鍵に替えます。次のまとめ印には、古い鍵と新しい鍵の両方が署名します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether the old key is gone."""
        parser.add_argument(
            "--lost", action="store_true", help="前の鍵がもう無い（両方の署名はできず、そのことが経過に残る）"
        )

    def handle(self, *args: Any, lost: bool, **options: Any) -> None:
        """Introduce, sign, and print the new public key."""
        try:
            key = introduce_key(lost=lost, by=SYSTEM)
            self.stdout.write(f"新しい公開鍵: {key.text}")
            made = checkpoint()
        except KeyUnusable as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        except Halted:
            self.stderr.write(
                "鍵は用意しましたが、経過に合わないところがあるので、まだ使いません。"
                "wanowa verify で調べてください。"
            )
            sys.exit(1)
        if made:
            self.stdout.write(f"まとめ印 {made.number}番から、新しい鍵が署名します。")
        if key.lost:
            self.stdout.write(
                "前の鍵は署名していません。新しい公開鍵を、広報など、このサイトの外でも知らせてください。"
            )
