"""`wanowa import-parties FILE`: takes groups in from a file of the NPO portal, whole or not at all."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wanowa.cli.desk import desk_of
from wanowa.kernel.errors import Refused
from wanowa.opendata import services
from wanowa.opendata.queries import Preview
from wanowa.opendata.rules import Encoding, Plan, Status, Target


class Command(BaseCommand):
    """Exit code: 0 taken in (or previewed), 1 something has to be mended first."""

    help = (
        "NPO法人ポータルのファイルから、団体を取りこみます。1行でも直すところがあれば、何も取りこみません。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, who brings it, and how it is to be read."""
        parser.add_argument("file", help="ファイル")
        parser.add_argument("--by", required=True, help="取りこむ人のメールアドレス（協働推進員か運用担当）")
        parser.add_argument("--encoding", choices=Encoding.values, default="", help="文字コード")
        parser.add_argument("--mapping", help='列の割り当てのファイル。JSON で {"name": 0, "number": 3} の形')
        parser.add_argument("--everywhere", action="store_true", help="ほかのまちの団体も取りこむ")
        parser.add_argument("--preview", action="store_true", help="何が変わるかだけを見て、取りこまない")
        parser.add_argument("--even-if-shrunk", action="store_true", help="団体がへっていても取りこむ")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, show, and take in unless only looking."""
        by = desk_of(options["by"])
        try:
            path = Path(options["file"])
            one = services.bring(
                path.name,
                path.read_bytes(),
                encoding=options["encoding"],
                only_here=not options["everywhere"],
                by=by,
            )
            if options["mapping"]:
                one = services.remap(
                    one, _mapping(options["mapping"]), only_here=not options["everywhere"], by=by
                )
            plan = Preview(one).plan
            self._tell(plan)
            if options["preview"] or plan.faults:
                services.drop(one, by=by)
                sys.exit(1 if plan.faults else 0)
            begun = services.confirm(
                one, seen=Preview(one).seen, even_if_shrunk=options["even_if_shrunk"], by=by
            )
            done = services.take_in(begun, by=by)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as fault:
            raise CommandError(f"ファイルを読めません。場所と名前を確かめてください。{fault}") from fault
        if done.status != Status.DONE:
            raise CommandError(done.trouble)
        self.stdout.write(f"取りこみました。新しい団体 {done.new}、変わった団体 {done.changed}。")

    def _tell(self, plan: Plan) -> None:
        self.stdout.write(
            f"新しい団体 {len(plan.new)}、変わる団体 {len(plan.changed)}、変わらない団体 {plan.same}、"
            f"ほかのまち {plan.elsewhere}、ファイルにない団体 {len(plan.gone)}"
        )
        for fault in plan.faults:
            self.stdout.write(f"{fault.line}行目　{fault.column}　{fault.value}　{fault.sentence}")


def _mapping(name: str) -> dict[Target, int]:
    try:
        written = json.loads(Path(name).read_text(encoding="utf-8"))
        return {Target(target): int(column) for target, column in written.items()}
    except (ValueError, AttributeError, TypeError) as fault:
        names = "、".join(Target.values)
        raise CommandError(
            f'割り当てのファイルを読めません。{{"name": 0}} の形で、{names} を使ってください。'
        ) from fault
