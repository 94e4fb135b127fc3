"""What a page says after a deed of those who hold a case: what has happened, and what comes next."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from wanowa.consultations.models import Case
from wanowa.consultations.rules import CALL_WEEKS, CALLS, Status
from wanowa.kernel.eras import day_label


def done(act: str, case: Case) -> str:
    """Return the sentence after an act, about the case as it is now. No query."""
    return SAID[act](case)


def _until(case: Case) -> str:
    return day_label(case.due_on) if case.due_on else ""


def _unreached(case: Case) -> str:
    left = CALLS - case.calls
    if left <= 0:
        return _("書きとめました。%(calls)s回かけたので、一覧から外れました。") % {"calls": case.calls}
    return _("書きとめました。あと%(left)s回かけるか、%(weeks)s週間たつと、一覧から外れます。") % {
        "left": left,
        "weeks": CALL_WEEKS,
    }


def _heard(case: Case) -> str:
    if case.status == Status.CLOSED:
        return _("書きとめました。この相談ですることは、もうありません。")
    return _("書きとめました。また始まりました。%(day)sまでに返事をします。") % {"day": _until(case)}


SAID: dict[str, Callable[[Case], str]] = {
    "open": lambda case: _("ひらきました。4時間読めます。"),
    "accept": lambda case: (
        _("引き受けました。いまから、あなたが担当です。%(day)sまでに進めます。") % {"day": _until(case)}
    ),
    "withdraw": lambda case: _("たのみを取り下げました。あなたが担当のままです。"),
    "unlink": lambda case: _("つながりを外しました。"),
    "unreached": _unreached,
    "answer": lambda case: _("返事を送りました。次は、%(day)sまでです。") % {"day": _until(case)},
    "note": lambda case: _("メモを残しました。相談した人は読めません。"),
    "plan": lambda case: (
        _("決めました。%(day)sまでに進めます。相談した人も読めます。") % {"day": _until(case)}
    ),
    "sort": lambda case: _("種類を決めました。"),
    "pass": lambda case: _("たのみました。返事が来るまで、あなたが担当です。"),
    "refuse": lambda case: _("引き受けられないと伝えました。担当は変わりません。"),
    "link": lambda case: _("つなぎました。両方のページから、行き来できます。"),
    "introduce": lambda case: _("両方の主体にたずねました。14日のあいだ、返事を待ちます。"),
    "plant": lambda case: _("ひとこと提案にしました。このページから、その先を見られます。"),
    "close": lambda case: _("相談を終えました。4週間あとに、その後のようすを聞きます。"),
    "after": _heard,
}
"""Act → what is said when it is done."""
