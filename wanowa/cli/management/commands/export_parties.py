"""`wanowa export-parties -o FILE`: writes the groups of citizens in the columns of the NPO portal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wanowa.cli.desk import desk_of
from wanowa.kernel.errors import Refused
from wanowa.opendata import services
from wanowa.opendata.rules import Encoding


class Command(BaseCommand):
    """Says which characters an old encoding could not hold, and what stands there instead."""

    help = "市民活動団体の一覧を、NPO法人ポータルと同じ列で書き出します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, who takes it out, and the encoding."""
        parser.add_argument("-o", "--output", required=True, help="書き出すファイル")
        parser.add_argument("--by", required=True, help="書き出す人のメールアドレス（協働推進員か運用担当）")
        parser.add_argument(
            "--encoding",
            choices=[Encoding.UTF8.value, Encoding.CP932.value],
            default=Encoding.UTF8.value,
            help="文字コード。既定は UTF-8（BOMつき）",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        try:
            raw, instead = services.export(Encoding(options["encoding"]), by=desk_of(options["by"]))
            Path(options["output"]).write_bytes(raw)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as fault:
            raise CommandError(f"ファイルを書けません。場所を確かめてください。{fault}") from fault
        for character, written in instead.items():
            self.stdout.write(f"書けない文字　{character} → {written}")
        self.stdout.write(f"{options['output']} に書き出しました。")
