"""Who acts at the terminal for the desk: named by the mail address of a coordinator or of staff."""

from django.core.management.base import CommandError

from wanowa.kernel.actors import Actor
from wanowa.people.models import User


def desk_of(email: str) -> Actor:
    """Return the person of the desk with a mail address; CommandError when there is none."""
    person = User.objects.filter(email__iexact=email.strip()).first()
    if person is None or not (person.is_coordinator or person.is_staff):
        raise CommandError("その人は見つかりません。協働推進員か運用担当のメールアドレスを指定してください。")
    return Actor(person=person.pk)
