"""A form counts once: the key it carries, what it does and what was answered are committed together."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.errors import Conflict, Invalid
from wanowa.web import problems
from wanowa.web.middleware import Next
from wanowa.web.models import Submission
from wanowa.web.sent import FIELD, FORMS, KEY, digest

KEEP = timedelta(hours=24)
LARGEST_BODY = 64 * 1024
"""Bytes of an answer that are kept; a form answers with a redirect or a small page."""

CLAIM = """
insert into web_submission (key, owner, path, digest, location, media_type, body, messages, created_at)
values (%s, %s, %s, %s, '', '', '', '[]', clock_timestamp())
on conflict (key) do nothing returning 1
"""


class _NotKept(Exception):
    """Carries an answer of 4xx or 5xx out of the transaction that it undoes."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__(response.status_code)
        self.response = response


class Idempotency:
    """Runs a POST that carries a key in one transaction with its receipt; a repetition gets the same answer.

    A second POST with the key waits on the unique index until the first one commits, then replays it. After
    4xx or 5xx nothing is kept, so the corrected form may be sent again. Costs two queries.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; the work is in process_view, after the CSRF check."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Run the view once for a key."""
        if request.method != "POST" or request.content_type not in FORMS or FIELD not in request.POST:
            return None
        try:
            with transaction.atomic():
                return _once(request, lambda: view(request, *args, **kwargs))
        except _NotKept as refusal:
            return refusal.response
        except Exception as exception:
            if page := problems.answer(request, exception):
                return page
            raise


def _once(request: HttpRequest, run: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    key = request.POST[FIELD]
    if not KEY.fullmatch(key):
        raise Invalid(_("このページは古くなりました。ひらき直してから、もう一度送ってください。"))
    claim = (_owner(request), request.path[:500], digest(request))
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [key, *claim])
        first = cursor.fetchone() is not None
    if not first:
        return _again(request, Submission.objects.get(key=key), claim)
    response = run()
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    if response.status_code >= 400:
        raise _NotKept(response)
    Submission.objects.filter(key=key).update(**_receipt(request, response))
    return response


def _owner(request: HttpRequest) -> str:
    """Whose form it is: the person, or the browser of somebody who has not signed in."""
    person = getattr(getattr(request, "user", None), "pk", None)
    if person is not None:
        return f"person:{person}"
    return "browser:" + sha256(request.COOKIES.get(settings.CSRF_COOKIE_NAME, "").encode()).hexdigest()


def _receipt(request: HttpRequest, response: HttpResponseBase) -> dict[str, Any]:
    body = response.content if isinstance(response, HttpResponse) else b""
    queued = getattr(getattr(request, "_messages", None), "_queued_messages", [])
    return {
        "status": response.status_code,
        "location": response.headers.get("Location", ""),
        "media_type": response.headers.get("Content-Type", ""),
        "body": body if len(body) <= LARGEST_BODY else b"",
        "messages": [[message.level, str(message.message), message.extra_tags] for message in queued],
    }


def _again(request: HttpRequest, kept: Submission, claim: tuple[str, str, str]) -> HttpResponse:
    """Return the answer of the first time, its toasts too."""
    if (kept.owner, kept.path) != claim[:2]:
        raise Conflict(_("この用紙は、別のところで使われました。ひらき直してから、もう一度送ってください。"))
    if kept.digest != claim[2]:
        raise Conflict(_("この用紙は、もう送られています。ページをひらき直して、書きたしてください。"))
    if kept.status == 200 and not kept.body:
        raise Conflict(_("すでに受け取りました。もう一度送らなくてもだいじょうぶです。"))
    for level, text, tags in kept.messages:
        messages.add_message(request, level, text, tags)
    response = HttpResponse(bytes(kept.body), status=kept.status, content_type=kept.media_type)
    if kept.location:
        response["Location"] = kept.location
    return response


def purge() -> int:
    """Delete receipts older than a day; return how many."""
    return Submission.objects.filter(created_at__lt=timezone.now() - KEEP).delete()[0]
