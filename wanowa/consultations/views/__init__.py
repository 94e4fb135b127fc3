"""The pages of the desk: bringing a worry, one's own case, a case for those who hold it, answers, the work."""

from wanowa.consultations.views.answering import answer, answers
from wanowa.consultations.views.asking import index, look, receipt
from wanowa.consultations.views.desk import card, desk, new, rota
from wanowa.consultations.views.holding import held
from wanowa.consultations.views.own import attachment, by_link, case
from wanowa.consultations.views.working import report, report_file, work

__all__ = [
    "answer",
    "answers",
    "attachment",
    "by_link",
    "card",
    "case",
    "desk",
    "held",
    "index",
    "look",
    "new",
    "receipt",
    "report",
    "report_file",
    "rota",
    "work",
]
