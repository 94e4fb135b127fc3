"""How the platform answers when it cannot: a page in the house style that says what to do next."""

import logging
import re
import sys
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.errors import Refused, Sentence
from wanowa.web.waiting import Again, again, door, ours

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a status means in words, and where to go from there."""

    title: Sentence
    sentence: Sentence
    href: str = "/"
    action: Sentence = ""


PROBLEMS = {
    400: Problem(
        _("読み取れませんでした"),
        _("送られた内容に、読めないところがあります。前のページにもどって、もう一度お試しください。"),
    ),
    403: Problem(
        _("このページは使えません"),
        _("見る人や、できる人が決まっています。サインインすると、使えることがあります。"),
        "/me/",
        _("マイページへ"),
    ),
    404: Problem(
        _("ページが見つかりません"),
        _("アドレスがちがうか、まだ公開されていません。上の欄に、さがすことばを入れてください。"),
        "/collaborations/",
        _("協働の一覧を見る"),
    ),
    405: Problem(
        _("この開き方はできません"), _("アドレスを直接ひらかずに、ページの中のボタンから進んでください。")
    ),
    409: Problem(
        _("いまはできません"), _("ほかの人が先に変えました。新しい内容を見てから、もう一度お試しください。")
    ),
    413: Problem(
        _("大きすぎて受け取れません"), _("写真やファイルを小さくするか、いくつかに分けて送ってください。")
    ),
    429: Problem(
        _("少しお待ちください"), _("短い時間に、何度も送られました。1分ほど待って、もう一度お試しください。")
    ),
    500: Problem(
        _("こちらの故障です"),
        _("申しわけありません。故障は記録しました。少し待って、もう一度お試しください。"),
    ),
    503: Problem(
        _("いま、つながりにくくなっています"),
        _("書いたものは、まだ送られていません。1分ほど待って、もう一度お試しください。"),
    ),
}
EXPIRED = _("ページをひらいてから、時間がたちました。前のページにもどり、ひらき直してから送ってください。")
RETRY_SECONDS = {429: "60", 503: "30"}
BARE = (
    "<!doctype html><html lang=ja><meta charset=utf-8><title>わのわ</title>"
    "<main><h1>こちらの故障です</h1><p>少し待って、もう一度お試しください。</p></main></html>"
)


def page(
    request: HttpRequest | None,
    status: int,
    sentence: Sentence = "",
    *,
    typed: list[str] | None = None,
    waiting: Again | None = None,
) -> HttpResponse:
    """Return the page of a status. Needs no database, no session and no context processor.

    `sentence` replaces the general one; `typed` is what the person wrote, given back in full; `waiting` is the form
    to send again. htmx gets a short piece for the toast region, with the same status.
    """
    problem = PROBLEMS.get(status) or PROBLEMS[400 if status < 500 else 500]
    context = {
        "request": request,
        "status": status,
        "problem": problem,
        "sentence": sentence or problem.sentence,
        "typed": typed or [],
        "waiting": waiting,
        "retry": RETRY_SECONDS.get(status),
    }
    piece = request is not None and request.headers.get("HX-Request") == "true"
    try:
        body: str = render_to_string("web/problem_piece.html" if piece else "web/problem.html", context)
    except Exception:
        logger.exception("the page for status %s failed", status)
        body = BARE
    response = HttpResponse(body, status=status)
    if piece:
        response["HX-Retarget"], response["HX-Reswap"] = "#toasts", "innerHTML"
    if status in RETRY_SECONDS:
        response["Retry-After"] = RETRY_SECONDS[status]
    return response


def answer(request: HttpRequest, exception: BaseException | None) -> HttpResponse | None:
    """Return the page for an exception that is no fault of ours; None for real faults."""
    if isinstance(exception, Refused):
        return page(request, exception.status, exception.sentence, typed=typed(request))
    if isinstance(exception, OperationalError | InterfaceError):
        logger.error("the database does not answer", exc_info=exception)
        door.look_at(exception)
        return queue(request)
    if isinstance(exception, DataError):
        return page(request, 400, typed=typed(request))
    return None


def queue(request: HttpRequest) -> HttpResponse:
    """Answer that we cannot take it now, with everything needed to send it again.

    It may be said before the CSRF check, so a form of another site gets nothing back.
    """
    return page(request, 503, typed=typed(request) if ours(request) else [], waiting=again(request))


PROTOCOL = re.compile(r"[!-~]{0,256}")
"""Keys, numbers and codes: ASCII without a space. They are not text somebody wrote."""


def typed(request: HttpRequest) -> list[str]:
    """Return the texts of a form as they were written, so that a refusal loses nothing."""
    if request.method != "POST":
        return []
    try:
        fields = [(name, text) for name, texts in request.POST.lists() for text in texts]
    except Exception:  # noqa: BLE001  a body that cannot be read holds nothing to give back
        return []
    return [text for name, text in fields if "password" not in name and not PROTOCOL.fullmatch(text)]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what Django could not read (handler400); too much of it is 413."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return page(request, 413 if too_much else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer PermissionDenied (handler403)."""
    return page(request, 403, typed=typed(request))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer Http404 (handler404)."""
    return page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer everything else (handler500)."""
    return answer(request, sys.exception()) or page(request, 500, typed=typed(request))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that has waited too long or came from elsewhere (CSRF_FAILURE_VIEW).

    The texts are given back only to a form of this site.
    """
    return page(request, 403, EXPIRED, typed=typed(request) if ours(request) else [])
