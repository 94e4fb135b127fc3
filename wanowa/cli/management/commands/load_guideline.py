"""`wanowa load-guideline FILE`: publishes the text of the city's guideline as a new version, whole or not at all."""

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from wanowa.guideline.queries import newest_edition
from wanowa.guideline.rules.text import Outline, PolicyError, decoded, letters, outline_of, source_digest
from wanowa.guideline.services import AlreadyLoaded, load
from wanowa.kernel import eras
from wanowa.kernel.actors import SYSTEM
from wanowa.kernel.errors import Invalid

LONGEST_LABEL = 60


class Command(BaseCommand):
    """Read a file, tell its outline, publish it. Exit code: 0 published or already there, 2 not understood."""

    help = "市の指針の本文を、章と節に分けて載せます。同じファイルをもう一度読み込んでも、何も変わりません。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, its name and day, and whether only to look."""
        parser.add_argument("file", type=Path, help="文字だけのファイル（UTF-8 か Shift_JIS）")
        parser.add_argument("--label", default="", help="版の名前。例: 令和5年12月改定。なければ表紙から読む")
        parser.add_argument("--adopted", type=_day, help="定めた日。例: 2023-12-01、令和5年12月1日")
        parser.add_argument("--dry-run", action="store_true", help="章と節を書き出すだけで、載せない")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; every refusal is one sentence on standard error."""
        try:
            text = decoded(_bytes_of(options["file"]))
            outline = outline_of(text)
            self._tell(text, outline)
            if not options["dry_run"]:
                self._load(text, outline, options["label"], options["adopted"])
        except PolicyError as fault:
            self.stderr.write(str(fault))
            sys.exit(2)

    def _tell(self, text: str, outline: Outline) -> None:
        for passage in outline.passages:
            size = sum(len(block.text) for block in passage.blocks)
            indent = "　" * max(passage.place.level - 1, 0)
            self.stdout.write(f"{indent}{passage.heading or '表紙'}　{size:,}字　#{passage.place.slug}")
        kept = letters("".join(p.heading + "".join(b.text for b in p.blocks) for p in outline.passages))
        missing = letters(text.replace("#", "")) - kept
        count = f"節 {len(outline.passages)}、文字 {kept.total():,}。なくなった文字 {missing.total()}。"
        self.stdout.write(count)
        for chapter in outline.guessed:
            self.stdout.write(
                f"注意　「{chapter}」は、見出しが本文のあとにあります。始まりを行の幅から決めました。"
                "上の区切りが合っているか、確かめてください。"
            )

    def _load(self, text: str, outline: Outline, label: str, adopted_on: dt.date | None) -> None:
        digest, newest = source_digest(text), newest_edition()
        if newest and newest.source_digest == digest:
            label, adopted_on = label or newest.label, adopted_on or newest.adopted_on
        label = label or outline.revision
        if not label.strip() or len(label) > LONGEST_LABEL:
            raise PolicyError(
                "版の名前がわかりません。--label 令和5年12月改定 のように、60文字までで書いてください。"
            )
        try:
            edition = load(outline, label=label, adopted_on=adopted_on, source_digest=digest, by=SYSTEM)
        except AlreadyLoaded as same:
            self.stdout.write(f"{same} 何も変えていません。")
            return
        self.stdout.write(
            f"第{edition.number}版「{edition.label}」を載せました。{settings.PUBLIC_URL}/guideline/text/"
        )


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise PolicyError(f"「{path}」を開けません。名前と場所を確かめてください。") from fault


def _day(written: str) -> dt.date:
    try:
        return eras.parse(written)
    except Invalid as fault:
        raise argparse.ArgumentTypeError(str(fault)) from fault
