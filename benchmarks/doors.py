"""What a reader of a town asks for: addresses, signed-in people, prepared forms, and what each page costs in SQL.

    uv run python -m benchmarks.doors S|M|L|XL

Prints one JSON object for journeys.py. Signing in writes sessions of benchmark people, nothing else changes.
"""

import json
import sys
import time
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from benchmarks.towns import enter

if TYPE_CHECKING:
    from wanowa.people.models import User

FORMS = 6_000
"""Prepared consents, each for a version of its own."""
CSRF = "wanowaBenchmarkwanowaBenchmark00"
READER = 11
"""Acts for a party that talks in five rooms and is awaited in five others, in every town; owes no second factor."""


def main() -> None:
    """Print the doors of one town."""
    enter(sys.argv[1])
    json.dump(doors(), sys.stdout, ensure_ascii=False)


def doors() -> dict[str, Any]:
    """Return addresses, cookies, forms and costs."""
    from django.conf import settings

    from wanowa.collaborations.models import Collaboration, Participation
    from wanowa.people.models import User

    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    reader = User.objects.get(pk=READER)
    cookie = _cookies([reader])[reader.pk]
    seats = Participation.objects.filter(party_id=READER, collaboration__messages__isnull=False)
    talked = Collaboration.objects.filter(pk__in=seats.values("collaboration")).order_by("pk").first()
    assert talked is not None
    own = f"/collaborations/{talked.slug}/"
    pages = {
        "front": "/",
        "list": "/collaborations/",
        "parties": "/parties/",
        "detail": own,
        "party": f"/parties/和光湧水の会-{READER}/",
    }
    inside = {"room": f"{own}room/", "inside": own, "me": "/me/", "notices": "/notices/"}
    return {
        "pages": {name: _address(page) for name, page in (pages | inside).items()},
        "cookie": cookie,
        "costs": {name: _cost(page) for name, page in pages.items()}
        | {name: _cost(page, cookie) for name, page in inside.items()},
        "consents": _consents(),
        "words": _words(_address(inside["room"]), cookie),
        "counts": {
            "consents": _count("collaborations_consent"),
            "messages": _count("collaborations_message"),
        },
    }


def _cookies(people: "list[User]") -> dict[int, str]:
    """Sign people in and return their cookies."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from wanowa.people.models import SessionStore

    cookies = {}
    for person in people:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        cookies[person.pk] = (
            f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={CSRF}"
        )
    return cookies


def _cost(page: str, cookie: str = "") -> dict[str, int]:
    """Return SQL statements and bytes of a page, asked for a second time."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1", "cookie": cookie})
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(page)
    assert response.status_code == 200, (page, response.status_code, response.headers)
    return {"sql": len(asked), "bytes": len(response.content)}


def _consents() -> list[tuple[str, str, str]]:
    """Return forms (path, cookie, body) by which the second party consents, each to another version."""
    from wanowa.collaborations.models import Version
    from wanowa.guideline.rules import Kind
    from wanowa.parties.models import Party
    from wanowa.people.models import User

    waiting = (
        Version.objects.filter(in_force_at=None, closed_at=None, collaboration__status="offered")
        .select_related("collaboration")
        .order_by("id")
    )
    city = set(Party.objects.filter(kind=Kind.CITY).values_list("id", flat=True))
    forms = []
    for version in waiting[: FORMS * 2]:
        (other,) = set(version.concerned) - {version.offered_by_id}
        if other not in city:
            forms.append((other, version.collaboration.slug, version.fingerprint))
    forms = forms[:FORMS]
    cookies = _cookies(list(User.objects.filter(pk__in={person for person, _slug, _seen in forms})))
    return [
        (_address(f"/collaborations/{slug}/consent/"), cookies[person], _form(seen=seen))
        for person, slug, seen in forms
    ]


def _words(room: str, cookie: str) -> list[tuple[str, str, str]]:
    """Return forms by which one person says something in one room."""
    return [(room, cookie, _form(body=f"{n} 観察会の日どりを決めましょう。")) for n in range(FORMS)]


def _form(**fields: str) -> str:
    return urlencode({"csrfmiddlewaretoken": CSRF, "idempotency_key": token_urlsafe(16), **fields})


def _address(page: str) -> str:
    from django.utils.encoding import iri_to_uri

    return str(iri_to_uri(page))


def _count(table: str) -> int:
    from django.db import connection

    with connection.cursor() as sql:
        sql.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a table of ours
        return int(sql.fetchone()[0])


if __name__ == "__main__":
    main()
