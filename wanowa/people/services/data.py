"""A person's own data: all of it in one file, or gone."""

import json
import zipfile
from collections.abc import Callable, Collection, Iterable, Mapping
from io import BytesIO
from typing import Any, Protocol

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext

from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.kernel.languages import in_japanese
from wanowa.people.models import Draft, Session, User
from wanowa.people.queries import Holding, addresses_of, erasure_obstacles, holdings
from wanowa.people.rules import Language, TextSize, Theme
from wanowa.people.verbs import ERASED, EXPORTED
from wanowa.record.rules import Ground
from wanowa.record.services import records, redact_person, write
from wanowa.record.verbs import VALUE_REDACTED

type Export = Callable[[User], Mapping[str, object]]
type Enclosure = Callable[[User], Iterable[tuple[str, FieldFile]]]


class Erasure(Protocol):
    """What another app does when a person is erased."""

    def __call__(self, person: User, *, by: Actor) -> None:
        """Erase what the app holds about `person`, inside the erasure's transaction."""


_exports: dict[str, Export] = {}
_enclosures: dict[str, Enclosure] = {}
_erasures: list[Erasure] = []


def register_export(app: str, export: Export) -> None:
    """Add what `export(person)` returns (JSON values) to the person's file, under `app`. From `ready()`.

    Columns classified in personal_fields.toml with an owner are in the file anyway.
    """
    _exports[app] = export


def register_enclosure(app: str, files: Enclosure) -> None:
    """Put what `files(person)` returns, by a name of its own each, into the person's file, under `app`. From `ready()`.

    Files are read into memory one after the other: for what is a person's own and seldom, as a recorded voice.
    """
    _enclosures[app] = files


def register_erasure(erasure: Erasure) -> None:
    """Call `erasure(person, by)` in the transaction in which a person is erased. From `ready()`.

    Whoever registered last is called first: an app may need what those below it still know, such as names.
    """
    _erasures.append(erasure)


@records(EXPORTED)
def export(person: User, *, by: Actor) -> bytes:
    """Return a ZIP with all we hold about `person`: data.json and, to read, data.html; files. Forbidden to others.

    Costs one query a table of personal_fields.toml.
    """
    _own(person, by)
    with in_japanese():
        packed = _packed(person)
    write(EXPORTED, person, by=by)
    return packed


def _packed(person: User) -> bytes:
    tables = [_table(holding, person) for holding in holdings() if holding.owner and holding.installed]
    content = {
        "made_at": timezone.now(),
        "tables": {
            table["label"]: {"title": table["title"], "rows": [row["values"] for row in table["rows"]]}
            for table in tables
        },
        "more": {app: dict(export(person)) for app, export in sorted(_exports.items())},
    }
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    page = render_to_string(
        "people/data.html", {"tables": tables, "made_at": content["made_at"], "more": content["more"]}
    )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", text)
        archive.writestr("data.html", page)
        for app, files in sorted(_enclosures.items()):
            for name, file in files(person):
                with file.open("rb") as opened:
                    archive.writestr(f"{app}/{name}", opened.read())
    return buffer.getvalue()


@records(ERASED)
def erase(person: User, *, by: Actor) -> None:
    """Forget `person`: account, addresses, keys, sessions, drafts, and what other apps registered.

    What the process log keeps back about her, her number, addresses and words, is redacted in the same
    transaction. Forbidden to others; Refused, with what to do first, while something hinders it.
    """
    _own(person, by)
    person = User.objects.select_for_update().get(pk=person.pk)
    if obstacles := erasure_obstacles(person):
        raise Refused("\n".join(force_str(sentence) for sentence in obstacles))
    for erasure in reversed(_erasures):
        erasure(person, by=by)
    redact_person(person.pk, addresses_of(person), ground=Ground.REQUEST)
    for theirs in (
        EmailAddress.objects.filter(user=person),
        Authenticator.objects.filter(user=person),
        Draft.objects.filter(person=person),
        Session.objects.filter(person=person.pk),
    ):
        theirs.delete()
    person.groups.clear()
    person.user_permissions.clear()
    person.email = f"erased-{person.pk}@erased.invalid"
    with in_japanese():
        person.name, person.reading = gettext("登録を消した人"), ""
    person.language, person.text_size, person.theme = Language.JA, TextSize.NORMAL, Theme.AUTO
    person.reduced_motion = person.is_coordinator = person.is_staff = person.is_superuser = False
    person.is_active = False
    person.last_login, person.erased_at = None, timezone.now()
    person.set_unusable_password()
    person.save()
    write(ERASED, person, by=SYSTEM)  # by herself, it would keep her number


@records(VALUE_REDACTED)
def redact_own(person: User, entries: Collection[int], *, by: Actor) -> int:
    """Delete what entries of the process log (ids) keep back about `person`; return how many values went.

    Her right alone, so nobody else is asked. Forbidden to others; Invalid when there is nothing of hers in them.
    """
    _own(person, by)
    gone = redact_person(person.pk, addresses_of(person), entries=entries, ground=Ground.REQUEST)
    if not gone:
        raise Invalid(gettext("消す記録をえらんでください。もう消したものは、一覧にありません。"))
    return gone


def _own(person: User, by: Actor) -> None:
    if by.required_person != person.pk:
        raise Forbidden(gettext("本人だけができます。本人のページから行ってください。"))


def _table(holding: Holding, person: User) -> dict[str, Any]:
    columns = [
        (holding.label_of(field), holding.column(field.name)) for field in holding.fields if field.export
    ]
    return {
        "label": holding.label,
        "title": holding.title,
        "rows": [
            {
                "values": {column.name: _plain(column.value_from_object(row)) for _label, column in columns},
                "read": [(label, _read(row, column.name)) for label, column in columns],
            }
            for row in holding.rows_of(person)
        ],
    }


def _plain(value: object) -> object:
    """Return a value as JSON can hold it: of a file, its name in our store."""
    return value.name if isinstance(value, FieldFile) else value


def _read(row: Model, name: str) -> object:
    display = getattr(row, f"get_{name}_display", None)
    return display() if display else getattr(row, name)
