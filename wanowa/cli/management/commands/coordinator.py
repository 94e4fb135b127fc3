"""`wanowa coordinator`: says who works at the desk, and hands over what somebody held there who leaves it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wanowa.kernel.actors import SYSTEM
from wanowa.kernel.errors import Refused
from wanowa.people.models import User
from wanowa.people.services import end_coordinator, name_coordinator


class Command(BaseCommand):
    """Name a coordinator, or end her time at the desk."""

    help = "協働推進員を決めます。やめる人が持っていたものは、すぐに、ほかの協働推進員が引き取ります。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take who it is, and whether she leaves."""
        parser.add_argument("email", help="その人のメールアドレス")
        parser.add_argument("--end", action="store_true", help="協働推進員をやめる")

    def handle(self, *args: Any, email: str, end: bool, **options: Any) -> None:
        """Do it, and say so."""
        person = User.objects.filter(email__iexact=email.strip()).first()
        if person is None:
            raise CommandError("その人は見つかりません。先に、本人が登録してください。")
        try:
            (end_coordinator if end else name_coordinator)(person, by=SYSTEM)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"{person.name}さんは、協働推進員でなくなりました。"
            if end
            else f"{person.name}さんは、協働推進員です。"
        )
